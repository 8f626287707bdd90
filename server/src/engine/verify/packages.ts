/** Rules 3 and 4 on packages: what may leave, and what must stand in for it. */
import { installsAtStart } from '../demand/atStart.ts';
import { pythonOfBuilds } from '../assess/interpreter.ts';
import { toolchainsOfProgram } from '../assess/toolchains.ts';
import { COMPILE_AT_RUN, demandedNames, isCompiler, linkOf } from '../assess/tools.ts';
import {
  compilerRuntimes,
  compilesAtRun,
  linksToFind,
  knownNeeds,
  linkedByUnread,
  startedCommands,
} from '../demand/dependencies.ts';
import { linkNames } from '../demand/linkNames.ts';
import { importedModules, interpretersOf, startsDistributionPython } from '../demand/distribution.ts';
import { hasOwnPython } from '../facts/bases.ts';
import { alpineNames, nameIn } from '../facts/names.ts';
import { dataFilesOf } from '../facts/packageFiles.ts';
import type { BaseFacts } from '../facts/types.ts';
import type { Atom, PackageRecord } from '../model/state.ts';
import { type Steering, steeringOf } from '../parse/steering.ts';
import { nameOf } from './commands.ts';
import type { Pair, Side } from './images.ts';
import { indexOf, searchPath } from './provides.ts';
import type { Report } from './report.ts';

/** Groups of class `ambiguous` that the closed list lets go when nothing demands them: downloaders, version control, installers. */
const MAY_LEAVE = new Set([
  'debug-or-link',
  'package-manager',
  'vcs',
  'fetch',
  'apt-setup',
  'archive',
  'language-toolchain',
  'language-headers',
  'build-tool',
]);

/** Data that programs read without naming it. */
const SILENT = new Set(['ca-certificates', 'netbase', 'media-types', 'mime-support', 'tzdata']);

/** Compares the packages of the two last images. */
export function checkPackages(pair: Pair, report: Report): void {
  const { before, after, facts } = pair;
  const os = before.state.root.facts?.os;
  const steering = steeringOf(before.file);
  const demanded = demandedNames(before.entry);
  const links = before.atoms.some((atom) => atom.effect.needs.some((need) => need.kind === 'compiler'));
  const unknown = after.state.root.facts === undefined;
  const named = linkNames(before.state, before.entry, before.program);
  const toolchains = toolchainsOfProgram(before.state, before.simulation.atoms, before.entry, before.program, facts);
  for (const name of before.packages) {
    if (after.packages.has(name)) continue;
    const record = before.state.packages.get(name);
    // What a base without facts holds is not known.
    if (record === undefined && unknown) continue;
    const at = record?.span;
    if (SILENT.has(name) && !(name === 'tzdata' && record?.by !== 'asked') && !isCarried(name, pair))
      report.original('missing-certificates', at, { name });
    else if ((record?.by === 'asked' && !mayLeave(record, pair, steering, toolchains)) || steering.keep.has(name))
      report.original('lost-package', at, { name });
    else if (demanded.has(name) && !hasInstead(name, pair)) report.original('missing-executable', at, { name });
    const link = steering.leave.has(name) ? undefined : linkOf(name, named, before.state, facts);
    if (link !== undefined) report.original('missing-library', at, { name, why: link });
    if (!name.endsWith('-dev') || !links || record?.by !== 'asked') continue;
    for (const library of os === undefined ? [] : (facts.runtimeFor(os, name) ?? [])) {
      if (isHeaderOnly(name) || after.packages.has(library)) continue;
      report.original('missing-library', at, { name: library, why: `the build links against ${name}` });
    }
  }
  checkCompiler(pair, report);
  const unlisted = isUnlisted(pair);
  for (const need of knownNeeds(before.state, facts, startedCommands(before.entry, before.state))) {
    for (const name of need.packages) {
      if ((before.packages.has(name) || (unlisted && !need.optional)) && !after.packages.has(name))
        report.original('missing-library', undefined, { name, why: need.why });
    }
  }
  const doubtful = [...compilerRuntimes(before.state, links), ...linkedByUnread(before.state, facts)];
  for (const name of doubtful)
    if (before.packages.has(name) && !after.packages.has(name))
      report.original('missing-library', undefined, { name, why: 'what nobody has read may link it' });
  const lost = [...before.packages].filter((name) => !after.packages.has(name));
  const { atoms } = before.simulation;
  for (const name of [
    ...importedModules(atoms, before.state, facts, lost),
    ...interpretersOf(atoms, before.state).filter((one) => lost.includes(one)),
  ])
    report.original('missing-library', undefined, { name, why: 'installed packages may import it' });
  checkAdded(pair, toolchains, report);
  checkQuestions(pair, report);
}

/**
 * The package is nothing but files of data, and each lies in the last stage as the original's base has it: brought from a
 * stage on that base, by a copy of its own, and touched by nothing else (measured: test/images/apps/types-of-files).
 */
function isCarried(name: string, { before, after }: Pair): boolean {
  const files = before.state.packages.has(name) ? undefined : dataFilesOf(name);
  return (
    files?.every((path) => {
      if (before.state.writes.index.overlaps(path, () => true)) return false;
      const [copy, ...others] = after.state.writes.index.exactly(path);
      if (copy?.base !== before.state.root.ref || others.length > 0) return false;
      const asIs = copy.moved === undefined && copy.owner === undefined && copy.mode === undefined;
      return asIs && !after.state.writes.index.overlaps(path, (write) => write !== copy);
    }) === true
  );
}

/**
 * `python3` is also the name of Debian's package, which the full images have for their own tools: what the name finds on
 * PATH is docker-library's Python, in either image.
 */
function hasInstead(name: string, { before, after }: Pair): boolean {
  const bases = [before.state.root.facts, after.state.root.facts];
  const search = searchPath(before);
  return (
    bases.every((base) => base !== undefined && hasOwnPython(base, name)) &&
    !startsDistributionPython(before.entry) &&
    search.includes('/usr/local/bin') &&
    !search.slice(0, search.indexOf('/usr/local/bin')).includes('/usr/bin')
  );
}

/** What is compiled when the container runs is compiled with the compiler that the original has. */
function checkCompiler({ before, after, facts }: Pair, report: Report): void {
  if (compiles(before) === undefined) return;
  const { facts: base, span } = after.state.root;
  const { facts: own } = before.state.root;
  // What was asked for is missed by its name.
  const asked = (one: string): boolean => before.state.packages.get(one)?.by === 'asked';
  const brought = [...before.packages].filter((one) => isCompiler(facts, own?.os, one));
  const name = own?.compilers[0] ?? (brought.some(asked) ? undefined : brought[0]);
  if (name === undefined || base === undefined || base.compilers.length > 0) return;
  if (![...after.packages].some((one) => isCompiler(facts, base.os, one)))
    report.result('missing-executable', span, { name });
}

/** What compiles in the container: a library of the program, or an installation when it starts. */
function compiles({ entry, state, program }: Side): string | undefined {
  return compilesAtRun(state) ?? installsAtStart(entry, state) ?? linksToFind(state, program);
}

/** Without `-y` an installation goes on only when it brings nothing else: what came before in the original comes here too. */
function checkQuestions({ before, after }: Pair, report: Report): void {
  const asked = (atom: Atom): string | undefined => {
    for (const { words, added, asks } of atom.effect.installs) {
      const more = asks === true ? added.find((name) => !words.some((word) => word.name === name)) : undefined;
      if (more !== undefined) return more;
    }
    return undefined;
  };
  // Where the original would have asked as well, the release's index here is another one; a full base has more than is listed.
  const { facts: base } = before.state.root;
  const listed = base !== undefined && base.compilers.length === 0;
  if (listed && before.atoms.some((atom) => asked(atom) !== undefined)) return;
  for (const atom of after.atoms) {
    const name = after.final.has(atom.id) ? asked(atom) : undefined;
    if (name !== undefined) report.result('asks-first', atom.span, { command: nameOf(atom), name });
  }
}

/** The last stage starts from another image, and nobody has listed the packages of the original's: it may have had any. */
function isUnlisted({ before, after, facts }: Pair): boolean {
  const { root } = before.state;
  return (
    root.facts !== undefined && root.ref !== after.state.root.ref && facts.packagesOfBase(root.facts) === undefined
  );
}

/** Compilers' own headers stand for no library. */
function isHeaderOnly(name: string): boolean {
  return /^(libc6|linux-libc|libstdc\+\+-\d+|libgcc-\d+|python[\d.]*|libpython[\d.]*|python3-all)-dev$/.test(name);
}

/** `toolchains`: those that stay for the program. */
function mayLeave(
  { name, unlisted }: PackageRecord,
  { before, facts }: Pair,
  steering: Steering,
  toolchains: ReadonlySet<string>,
): boolean {
  // What an installed package brought along that the program uses is not known.
  if (unlisted === true) return steering.leave.has(name);
  const { class: kind, group } = facts.classify(before.state.root.facts?.os, name);
  const demanded = demandedNames(before.entry);
  const index = indexOf(before, facts);
  const runs =
    demanded.has(name) || index?.get(name)?.executables.some((executable) => demanded.has(executable)) === true;
  if (runs) return false;
  if (steering.leave.has(name)) return true;
  if (toolchains.has(name)) return false;
  if (kind === 'build-only') return group === 'docs' || compiles(before) === undefined;
  // Measured (test/images/apps/native-module): a module that node-gyp compiled runs without Python.
  if (pythonOfBuilds(before.state, before.simulation.atoms, before.entry, facts).has(name)) return true;
  return kind === 'ambiguous' && MAY_LEAVE.has(group);
}

function checkAdded({ before, after, facts }: Pair, toolchains: ReadonlySet<string>, report: Report): void {
  const os = after.state.root.facts?.os;
  const own = before.state.root.facts?.os;
  for (const record of after.state.packages.values()) {
    if (
      record.by === 'asked' &&
      before.state.packages.get(record.name)?.by !== 'asked' &&
      os !== undefined &&
      !isThere(record.name, os, facts) &&
      // What the release's own -dev package depends on exists, listed here or not.
      ![...before.packages].some((name) => facts.runtimeFor(os, name)?.includes(record.name))
    )
      report.result('unknown-package', record.span, { name: record.name, release: `${os.id} ${os.release}` });
    if (record.by === 'asked' && !toolchains.has(record.name) && isNeedless(record.name, before, facts))
      report.result('kept-build-tool', record.span, { name: record.name });
    if (before.packages.has(record.name) || record.by !== 'asked') continue;
    if (facts.classify(own, record.name).class === 'build-only' || isCompiler(facts, own, record.name))
      report.result('added-build-tool', record.span, { name: record.name });
  }
}

/** A compiler that nothing in the container runs: a split that keeps it gains nothing. */
function isNeedless(name: string, before: Side, facts: Pair['facts']): boolean {
  if (!isCompiler(facts, before.state.root.facts?.os, name)) return false;
  if (before.entry.unread.length > 0 || compiles(before) !== undefined) return false;
  return ![...demandedNames(before.entry)].some((one) => one === name || COMPILE_AT_RUN.test(one));
}

/** The release has a package of this name, as far as is known. */
function isThere(name: string, os: BaseFacts['os'], facts: Pair['facts']): boolean {
  if (os.id === 'alpine') return alpineNames(os.versionId, [name]).includes(name);
  const index = facts.debianIndex(os);
  if (index === undefined) return true;
  return index.approximate ? nameIn(os, name) === name : index.index.get(name) !== undefined;
}

/** The packages of a side: those of the base, as far as they are known, and what was installed. */
export function packagesOf(
  side: Pick<Side, 'state'>,
  basePackages: ReadonlySet<string> | undefined,
): ReadonlySet<string> {
  const all = new Set<string>();
  for (const name of basePackages ?? []) if (!side.state.removedFromBase.has(name)) all.add(name);
  for (const record of side.state.packages.values() as Iterable<PackageRecord>) all.add(record.name);
  return all;
}
