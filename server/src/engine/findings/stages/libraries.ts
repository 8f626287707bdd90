/**
 * Libraries that a builder links against and the last stage lacks (pitfall 7): the
 * program is copied, `libpq.so.5` is not, and the container ends with "cannot open
 * shared object file". Asked of the packages of headers that the builder installs.
 */
import { knownNeeds } from '../../demand/dependencies.ts';
import { editsOf } from '../../emit/index.ts';
import type { BaseFacts } from '../../facts/types.ts';
import type { Finding, Fix, Severity } from '../../model/analysis.ts';
import { isBelow } from '../../model/path.ts';
import type { ImageState, PackageRecord } from '../../model/state.ts';
import { isProved } from '../hints.ts';
import { withPackages } from './installs.ts';
import { programAt, programsOf } from './programs.ts';
import { finding, isOff, type StageCopy, type StagesView } from './view.ts';

/** A finding for each package of headers whose library the last stage lacks, at the source that brings what links it. */
export function missingLibraries(view: StagesView): Finding[] {
  const os = view.last.state.root.facts?.os;
  if (isOff(view, 'missing-runtime-library') || os === undefined || copiesLibraries(view)) return [];
  const have = packagesOf(view, view.last.state);
  if (have === undefined) return [];
  const out: Finding[] = [];
  const seen = new Set<string>();
  for (const copy of view.copies) {
    if (!view.chain.has(copy.to.index) || view.chain.has(copy.from.index)) continue;
    for (const record of copy.from.state.packages.values()) {
      const link = record.by === 'asked' && !seen.has(record.name) ? linkOf(view, copy, record, os) : undefined;
      if (link === undefined || link.libraries.some((name) => have.has(stem(name)))) continue;
      seen.add(record.name);
      const [first = ''] = link.libraries;
      const one = finding(
        view,
        'missing-runtime-library',
        link.source.word.span,
        {
          what: link.what,
          header: record.name,
          library: link.libraries.join(', '),
          stage: copy.from.name ?? String(copy.from.index),
        },
        {
          severity: link.severity,
          related:
            record.span === undefined ? [] : [{ span: record.span, message: `${record.name} is installed here` }],
          fix: () => fixOf(view, link.libraries, first),
        },
      );
      if (one !== undefined) out.push(one);
    }
  }
  return out;
}

interface Link {
  readonly libraries: readonly string[];
  readonly what: string;
  readonly source: StageCopy['sources'][number];
  readonly severity: Severity;
}

/** Headers of which a build needs no library at run time, or only in the builder: compilers' own, interpreters', code generators'. */
const NOT_LINKED =
  /^(lib)?(clang|llvm|python|c6|stdc\+\+|gcc|protobuf|protoc|perl|boost|ruby|node|erlang|php)|^(linux|musl|libc)-/;

/** More libraries than this: nobody knows which of them is meant. */
const MOST = 4;

/** What of a copy links the library of a package of headers; `undefined` when nothing is known to. */
function linkOf(view: StagesView, copy: StageCopy, record: PackageRecord, os: BaseFacts['os']): Link | undefined {
  const { name } = record;
  if (!name.endsWith('-dev') || NOT_LINKED.test(name)) return undefined;
  const libraries = view.facts.runtimeFor(os, name);
  if (libraries === undefined || libraries.length === 0 || libraries.length > MOST) return undefined;
  const python = pythonLink(view, copy, libraries);
  if (python !== undefined) return { ...python, libraries };
  for (const source of copy.sources) {
    const program = programAt(programsOf(view, copy.from), source.path);
    if (program === undefined) continue;
    const what = `The ${program.language} program of \`${program.command}\``;
    const named = linksByName(copy.from.state, name);
    // A C program that names its libraries, and not this one, does without it.
    if (named === false && program.language === 'C') continue;
    return { libraries, what, source, severity: named === true ? 'warning' : 'information' };
  }
  return undefined;
}

/** Python packages that are known to link the library, from a stage whose packages are copied. */
function pythonLink(
  view: StagesView,
  copy: StageCopy,
  libraries: readonly string[],
): Omit<Link, 'libraries'> | undefined {
  const { state } = copy.from;
  const need = knownNeeds(state, view.facts, []).find((one) => one.packages.some((name) => libraries.includes(name)));
  const unread = state.unread.find((one) => one.ecosystem === 'python' && one.kind === 'dependencies');
  const often = unread !== undefined && libraries.some((name) => OFTEN_LINKED.test(name));
  if (need === undefined && !often) return undefined;
  const source = copy.sources.find(({ path }) =>
    state.writes.all.some(
      (write) =>
        write.class === 'dependencies' &&
        write.kind === 'tree' &&
        !/\/(bin|share|etc)$/.test(write.path) &&
        (isBelow(write.path, path) || isBelow(path, write.path)),
    ),
  );
  if (source === undefined) return undefined;
  return need === undefined
    ? { what: `What ${unread?.what ?? 'the manifest'} lists`, source, severity: 'information' }
    : { what: need.why.replace(/ loads it$/, ''), source, severity: 'warning' };
}

/** Database clients: their Python packages have no wheels for Linux (psycopg2, mysqlclient). */
const OFTEN_LINKED = /^(libpq5|libpq|libmariadb3|libmysqlclient\d+|mariadb-connector-c)$/;

/** True: `-lpq` is given; false: others are; `undefined`: none. */
function linksByName({ runNeeds }: ImageState, header: string): boolean | undefined {
  const names = runNeeds.filter((need) => need.kind === 'library').map((need) => need.name);
  if (names.length === 0) return undefined;
  const own = header.replace(/-dev$/, '').replace(/^lib/, '');
  return names.some((name) => own === name || own.startsWith(name) || name.startsWith(own.replace(/[\d.-]+$/, '')));
}

/** Names without version: `libssl3t64` and `libssl3` are the same to a reader who asks whether libssl is there. */
function stem(name: string): string {
  return name.replace(/t64$/, '').replace(/[-.\d]+$/, '');
}

/** Libraries that official images of languages bring beyond the smallest system. */
const OF_LANGUAGES =
  'libssl libcrypto zlib libffi libexpat expat sqlite-libs libsqlite3 ncurses-libs libncursesw readline xz-libs libbz2 libstdc++ libgcc libuuid ca-certificates gdbm libnsl libtirpc tzdata';

/** Stems of everything in the last stage; `undefined` where nobody knows what its base holds. */
function packagesOf({ facts }: StagesView, { root, packages }: ImageState): ReadonlySet<string> | undefined {
  const base = root.facts;
  if (base === undefined || !['debian', 'ubuntu', 'alpine'].includes(base.os.id) || /full|sdk|jdk/.test(base.kind))
    return undefined;
  const index = facts.packageIndex(base.os)?.index;
  if (index === undefined) return undefined;
  const known = facts.packagesOfBase(base);
  const names = [...(known ?? index.minbase), ...packages.keys()];
  const out = new Set(names.map(stem));
  if (known === undefined) for (const name of OF_LANGUAGES.split(' ')) out.add(stem(name));
  return out;
}

/** Libraries are copied as files. */
function copiesLibraries({ copies, chain, last }: StagesView): boolean {
  const files = last.state.writes.all.some((write) => write.image !== undefined && /\/lib/.test(write.path));
  return (
    files ||
    copies.some(
      ({ to, sources }) =>
        chain.has(to.index) &&
        sources.some(
          ({ path }) => path === '/' || path === '/usr' || /^\/(usr\/)?lib(64)?(\/(?!python)|$)|\.so\b/.test(path),
        ),
    )
  );
}

function fixOf(view: StagesView, libraries: readonly string[], first: string): Fix | undefined {
  const text = withPackages(view, libraries);
  const { file, simulation, facts, raw: context } = view;
  if (text === undefined || !isProved({ file, simulation, facts, context }, text)) return undefined;
  const title = `Install ${libraries.length === 1 ? first : libraries.join(' ')} in the last stage`;
  return { title, edits: editsOf(file, text) };
}
