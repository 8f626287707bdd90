/**
 * What the image ships only because it was needed to build: packages by their
 * class, kept when something that runs names them.
 */
import type { Facts } from '../facts/index.ts';
import type { BaseFacts } from '../facts/types.ts';
import { baseName } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type { Atom, ImageState, PackageRecord } from '../model/state.ts';
import type { Entry } from '../demand/entry.ts';
import { hasLink, linkNames } from '../demand/linkNames.ts';
import type { Program } from '../demand/program.ts';
import type { Steering } from '../parse/steering.ts';
import { pythonOfBuilds } from './interpreter.ts';
import { toolchainsOfProgram } from './toolchains.ts';

/** A package that may leave, or that stays for a reason worth telling. */
export interface PackageVerdict {
  readonly name: string;
  readonly verdict: 'leaves' | 'kept';
  /** `compiler`, `headers`, `vcs`, … (the group of the class rule). */
  readonly group: string;
  readonly why: string;
  readonly span: Span;
  readonly atom: number;
}

export interface PackageView {
  readonly verdicts: readonly PackageVerdict[];
  /** Names that were asked for and stay. */
  readonly staying: ReadonlySet<string>;
  readonly leaving: ReadonlySet<string>;
  /** Something at run time compiles: why. */
  readonly runtimeCompiler: string | undefined;
  /** What `linkNames` says. */
  readonly links: ReadonlyMap<string, string>;
}

const COMPILER_GROUPS = new Set(['compiler', 'debian-packaging', 'language-toolchain']);

/** True for a package that compiles or brings what does. */
export function isCompiler(facts: Facts, os: BaseFacts['os'] | undefined, name: string): boolean {
  const { class: kind, group } = facts.classify(os, name);
  return kind === 'build-only' && COMPILER_GROUPS.has(group);
}

/** Packages that the program itself needs to compile when it runs. */
export const COMPILE_AT_RUN =
  /^(gcc|g\+\+|cc|c\+\+|clang|make|cmake|ninja|nvcc|javac|go|cargo|rustc|mvn|gradle|dotnet)$/;

/** Judges the packages that the file asked for and that are there at the end. */
export function judgePackages(
  state: ImageState,
  entry: Entry,
  program: Program,
  facts: Facts,
  compilesAtRun: string | undefined,
  atoms: readonly Atom[],
  steering: Steering,
): PackageView {
  const verdicts: PackageVerdict[] = [];
  const staying = new Set<string>();
  const leaving = new Set<string>();
  const demanded = demandedNames(entry);
  const runtimeCompiler = compilesAtRun ?? [...demanded].find((name) => COMPILE_AT_RUN.test(name));
  const index = state.root.facts === undefined ? undefined : facts.packageIndex(state.root.facts.os)?.index;
  const ofBuilds = runtimeCompiler === undefined ? pythonOfBuilds(state, atoms, entry, facts) : new Set<string>();
  const ofProgram = toolchainsOfProgram(state, atoms, entry, program, facts);
  const links = linkNames(state, entry, program);
  for (const record of state.packages.values()) {
    if (record.by !== 'asked') continue;
    const link = linkOf(record.name, links, state, facts);
    if (record.unlisted === true) {
      staying.add(record.name);
      continue;
    }
    const { class: kind, group, reason } = facts.classify(state.root.facts?.os, record.name);
    const span = record.span ?? { start: 0, end: 0 };
    const atom = record.atom ?? -1;
    const commands = [record.name, ...(index?.get(record.name)?.executables ?? [])];
    const named = commands.some((name) => demanded.has(name));
    const started = !named && commands.some((name) => program.words.has(name));
    if (steering.keep.has(record.name) || (steering.leave.has(record.name) && !named)) {
      const verdict = steering.keep.has(record.name) ? 'kept' : 'leaves';
      (verdict === 'kept' ? staying : leaving).add(record.name);
      verdicts.push({ name: record.name, verdict, group, why: 'a comment of this file says so', span, atom });
    } else if (!started && ofBuilds.has(record.name)) {
      leaving.add(record.name);
      verdicts.push({
        name: record.name,
        verdict: 'leaves',
        group: 'interpreter',
        why: 'node-gyp runs it to compile native modules; nothing else here runs Python',
        span,
        atom,
      });
    } else if (kind === 'runtime' || kind === 'unknown') staying.add(record.name);
    else if (link !== undefined) {
      staying.add(record.name);
      verdicts.push({ name: record.name, verdict: 'kept', group, why: link, span, atom });
    } else if (named) {
      staying.add(record.name);
      verdicts.push({
        name: record.name,
        verdict: 'kept',
        group,
        why: namedBy(entry, commands),
        span,
        atom,
      });
    } else if (started) {
      staying.add(record.name);
      verdicts.push({ name: record.name, verdict: 'kept', group, why: "the program's sources start it", span, atom });
    } else if (runtimeCompiler !== undefined && kind === 'build-only' && group !== 'docs') {
      staying.add(record.name);
      verdicts.push({
        name: record.name,
        verdict: 'kept',
        group,
        why: `${runtimeCompiler} compiles at run time`,
        span,
        atom,
      });
    } else if (ofProgram.has(record.name)) {
      staying.add(record.name);
      verdicts.push({
        name: record.name,
        verdict: 'kept',
        group,
        why: 'nothing in the file builds with it; what was not read may call it',
        span,
        atom,
      });
    } else if (kind === 'build-only') {
      leaving.add(record.name);
      verdicts.push({ name: record.name, verdict: 'leaves', group, why: reason, span, atom });
    } else {
      staying.add(record.name);
      verdicts.push({
        name: record.name,
        verdict: 'kept',
        group,
        why: 'something at run time may call it',
        span,
        atom,
      });
    }
  }
  // What compiles in the container does so with the compiler that one of them brought.
  if (runtimeCompiler === undefined) dropBringers(state, facts, verdicts, staying, leaving, demanded, steering);
  return { verdicts, staying, leaving, runtimeCompiler, links };
}

/** Why a -dev package is needed for a link that the container is told of; `undefined`: none of its links is. */
export function linkOf(
  name: string,
  links: ReadonlyMap<string, string>,
  { root }: ImageState,
  facts: Facts,
): string | undefined {
  if (links.size === 0 || !name.endsWith('-dev')) return undefined;
  const libraries = root.facts === undefined ? [] : (facts.runtimeFor(root.facts.os, name) ?? []);
  for (const [link, by] of links) if (hasLink(name, link, libraries)) return `${by} names ${link}, which only it has`;
  return undefined;
}

/**
 * A package whose Recommends or Depends bring a compiler back (python3-pip) leaves
 * as well, when nothing but an installer is lost with it. Measured: python3-pip with
 * Recommends brings gcc, g++ and some 240 packages.
 */
function dropBringers(
  state: ImageState,
  facts: Facts,
  verdicts: PackageVerdict[],
  staying: Set<string>,
  leaving: Set<string>,
  demanded: ReadonlySet<string>,
  steering: Steering,
): void {
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  if (index === undefined) {
    keepWhatReturns(state, facts, verdicts, staying, leaving);
    return;
  }
  verdicts.forEach((verdict, at) => {
    if (
      steering.keep.has(verdict.name) ||
      verdict.verdict !== 'kept' ||
      demanded.has(verdict.name) ||
      facts.classify(os, verdict.name).class !== 'ambiguous'
    )
      return;
    const record = state.packages.get(verdict.name) as PackageRecord;
    const bring = [
      ...facts.closure(index, [record.name], { recommends: record.recommends === true, have: index.minbase }).keys(),
    ];
    const compiler = bring.find(
      (name) => name !== record.name && state.packages.has(name) && isCompiler(facts, os, name),
    );
    if (compiler === undefined) return;
    verdicts[at] = { ...verdict, verdict: 'leaves', why: `it brings ${compiler}` };
    staying.delete(verdict.name);
    leaving.add(verdict.name);
  });
}

/** What build-essential and python3-dev are made of. */
const BROUGHT_BY_PIP =
  /^(build-essential|gcc|g\+\+|cpp|make|dpkg-dev|binutils|libc6-dev|libc-dev|python3?(-all)?-dev)$/;

/** The pip that recommends a compiler in every release of Debian and Ubuntu since 2014 (Recommends of python3-pip, python-pip). */
export function pipWithCompiler({ packages, root }: ImageState): string | undefined {
  // A base that nobody knows may have pip's package already.
  if (root.facts === undefined) return undefined;
  return ['python3-pip', 'python-pip'].find((name) => packages.get(name)?.recommends === true);
}

/**
 * Of a release whose packages nobody has listed pip's package stays, and with it the compilers that it recommends:
 * where nothing else would leave, nothing is gained.
 */
function keepWhatReturns(
  state: ImageState,
  facts: Facts,
  verdicts: PackageVerdict[],
  staying: Set<string>,
  leaving: Set<string>,
): void {
  const pip = pipWithCompiler(state);
  if (pip === undefined || !staying.has(pip)) return;
  const os = state.root.facts?.os;
  // Headers stay where nobody knows which libraries stand for them.
  const stays = (name: string): boolean =>
    name.endsWith('-dev') && os !== undefined && facts.runtimeFor(os, name) === undefined;
  if ([...leaving].some((name) => !BROUGHT_BY_PIP.test(name) && !stays(name))) return;
  verdicts.forEach((verdict, at) => {
    if (verdict.verdict !== 'leaves' || !BROUGHT_BY_PIP.test(verdict.name)) return;
    verdicts[at] = { ...verdict, verdict: 'kept', why: `${pip} brings it` };
    staying.add(verdict.name);
    leaving.delete(verdict.name);
  });
}

/** Who names one of the commands: a script or a file of the surroundings by its name, for it is elsewhere. */
function namedBy(entry: Entry, commands: readonly string[]): string {
  const namer = entry.commands.find(({ argv }) => argv.some((word) => commands.includes(baseName(word))));
  return namer === undefined || /^(CMD|ENTRYPOINT|HEALTHCHECK)$/.test(namer.by)
    ? 'a command that runs in the container names it'
    : `${namer.by} names it`;
}

/** Base names of everything that runs in the container, and the words of what was read. */
export function demandedNames(entry: Entry): Set<string> {
  const names = new Set<string>();
  for (const command of entry.commands) {
    const first = command.argv[0];
    if (first !== undefined) names.add(baseName(first));
    // `exec app`, `xargs app`: words that follow may be commands too; a mention is reason enough to keep.
    for (const word of command.argv.slice(1)) if (/^[a-z][\w.+-]*$/i.test(word)) names.add(word);
  }
  // It leaves every use of a private key to another program (gpg-agent(1)), which Debian's package only recommends.
  if (names.has('gpg')) names.add('gpg-agent');
  return names;
}

/** Atoms that need something that leaves, or that install or build with it. */
export function usesOf(atoms: readonly Atom[], leaving: ReadonlySet<string>, facts: Facts, state: ImageState): Atom[] {
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  const gone = (executable: string): boolean => {
    if (leaving.has(executable)) return true;
    return index?.providers(executable).some((name) => leaving.has(name)) ?? false;
  };
  return atoms.filter((atom) =>
    atom.effect.needs.some(
      (need) => need.kind === 'compiler' || need.kind === 'headers' || (need.kind === 'exe' && gone(need.name)),
    ),
  );
}
