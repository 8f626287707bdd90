/** What known dependencies of the program need when it runs. */
import { knowledgeOf as nodeKnowledge } from '../ecosystems/node/knowledge.ts';
import { isBinary, knowledgeOf as pythonKnowledge } from '../ecosystems/python/knowledge.ts';
import { linkedWithoutWheel } from '../ecosystems/python/wheels.ts';
import { isPythonImage } from '../facts/bases.ts';
import type { Facts } from '../facts/index.ts';
import { packagesOfRuntime } from '../simulate/commands/runtimes.ts';
import type { Entry } from './entry.ts';
import type { Program } from './program.ts';
import { baseName } from '../model/path.ts';
import type { Dependency, ImageState } from '../model/state.ts';

/** What a room knows of a dependency. */
interface Knowledge {
  readonly links?: readonly string[];
  readonly loads?: readonly string[];
  readonly finds?: readonly string[];
  readonly runs?: readonly string[];
  readonly compiles?: boolean;
  readonly searches?: boolean;
}

function knowledgeOf({ ecosystem, name }: Dependency): Knowledge | undefined {
  if (ecosystem === 'python') return pythonKnowledge(name);
  return ecosystem === 'node' ? nodeKnowledge(name.replace(/^script:/, '')) : undefined;
}

/** A package of npm that runs nothing when it is installed is only JavaScript; the lock file marks the others. */
function isKnown(one: Dependency): boolean {
  return knowledgeOf(one) !== undefined || (one.ecosystem === 'node' && !one.name.startsWith('script:'));
}

export interface LibraryNeed {
  readonly packages: readonly string[];
  readonly why: string;
  /** Needed even though the original did not have it by package. */
  readonly always: boolean;
  /** Used where it is there; names of several releases. */
  readonly optional: boolean;
}

/** Base names of the commands that the container starts, but for those that a package of the distribution brought. */
export function startedCommands({ commands }: Entry, state: ImageState): string[] {
  return commands.map(({ argv }) => baseName(argv[0] ?? '')).filter((name) => !state.packages.has(name));
}

/**
 * Run-time libraries that the known dependencies load or link, as packages of the
 * base's release. `commands`: what the container starts; a command that is named
 * like a package (uwsgi) came with it, whoever listed it.
 */
export function knownNeeds(state: ImageState, facts: Facts, commands: readonly string[]): LibraryNeed[] {
  const os = state.root.facts?.os;
  const out: LibraryNeed[] = [];
  if (os === undefined) return out;
  const minor = minorOf(state);
  const started = commands.map((name) => ({ ecosystem: 'python', name, version: undefined, span: undefined }));
  for (const dependency of [...state.dependencies, ...started]) {
    const knowledge = knowledgeOf(dependency);
    const compiled =
      dependency.ecosystem === 'python' ? linkedWithoutWheel(dependency.name, dependency.version, minor) : [];
    for (const name of [...(knowledge?.links ?? []), ...(knowledge?.loads ?? []), ...compiled]) {
      const packages = name.endsWith('-dev') ? facts.runtimeFor(os, name) : [name];
      if (packages !== undefined && packages.length > 0)
        out.push({ packages, why: `${dependency.name} loads it`, always: false, optional: false });
    }
    if (knowledge?.finds !== undefined)
      out.push({ packages: knowledge.finds, why: `${dependency.name} loads it`, always: false, optional: true });
  }
  return out;
}

/** Minor version of CPython 3 that the tag of a Python image fixes; `undefined`: it may be any. */
function minorOf({ root }: ImageState): number | undefined {
  if (root.facts === undefined || !isPythonImage(root.facts.image, root.facts.from) || root.args.length > 0)
    return undefined;
  const found = /^3\.(\d+)/.exec(root.facts.tagVersion)?.[1];
  return found === undefined ? undefined : Number(found);
}

/**
 * Libraries that packages without wheels link most often, as packages of the base's
 * release: what nobody has read may link them. Database clients (psycopg2 and
 * mysqlclient publish sources only for Linux); the rest is small in number and large in size.
 */
export function linkedByUnread(state: ImageState, facts: Facts): string[] {
  const os = state.root.facts?.os;
  const unread = state.unread.some((one) => one.kind === 'dependencies' && one.ecosystem === 'python');
  if (os === undefined || !unread) return [];
  return [...new Set(OFTEN_LINKED.flatMap((name) => facts.runtimeFor(os, name) ?? []))];
}

/** Commands that known dependencies and the sources of the program start, with what starts each. */
export function calledCommands(state: ImageState, program: Program): Map<string, string> {
  const out = new Map<string, string>();
  for (const name of program.commands) out.set(name, "the program's sources start it");
  for (const dependency of state.dependencies)
    for (const name of knowledgeOf(dependency)?.runs ?? []) out.set(name, `${dependency.name} starts it`);
  return out;
}

/** Run-time libraries of compilers (measured: a program built with OpenMP exits with 127 without libgomp1). */
const COMPILER_RUNTIMES = [
  'libgomp1',
  'libatomic1',
  'libstdc++6',
  'libgfortran5',
  'libstdc++',
  'libgcc',
  'libgomp',
  'libgfortran',
];

/** Libraries of the compiler's own that something compiled may link: all of them, where nobody knows what is compiled; else by its options and build files. */
export function compilerRuntimes(state: ImageState, compiles: boolean): readonly string[] {
  const surprises =
    state.unread.some((one) => one.kind !== 'entry-script') || !allKnown(state) || compilesWheels(state);
  if (compiles && surprises) return COMPILER_RUNTIMES;
  return state.runNeeds.flatMap(({ kind, name }) => (kind === 'runtime' ? packagesOfRuntime(name) : []));
}

/** The file brings a compiler of its own for packages that have wheels for most platforms only. */
function compilesWheels({ packages, dependencies }: ImageState): boolean {
  const own = ['gcc', 'g++', 'gfortran', 'build-essential', 'build-base'].some(
    (name) => packages.get(name)?.by === 'asked',
  );
  return own && dependencies.some((one) => one.ecosystem === 'python' && isBinary(one.name));
}

const OFTEN_LINKED = ['libpq-dev', 'default-libmysqlclient-dev'];

/** The dependency that compiles at run time, if there is one. */
export function compilesAtRun(state: ImageState): string | undefined {
  const searching = searchesByLinking(state);
  return state.dependencies.find((one) => {
    const { compiles, searches } = knowledgeOf(one) ?? {};
    return compiles === true || (searching && searches === true);
  })?.name;
}

/**
 * docker-library's Python on musl: its ctypes.util.find_library finds what gcc or ld can link, so that both and the link of the
 * -dev package are needed (docker-library/python issue 111, cpython issue 65821). Alpine's own Python has a patch.
 */
function searchesByLinking({ root }: ImageState): boolean {
  const { facts } = root;
  return facts?.os.id === 'alpine' && isPythonImage(facts.image, facts.from);
}

/** What the program's own sources call to find libraries, where that links. */
export function linksToFind(state: ImageState, program: Program): string | undefined {
  return program.searches && searchesByLinking(state) ? 'find_library' : undefined;
}

/** True when all of these are known and link nothing of the system: nothing of them is compiled. */
export function compileNothing(dependencies: readonly Dependency[]): boolean {
  return dependencies.length > 0 && dependencies.every((one) => isKnown(one) && knowledgeOf(one)?.links === undefined);
}

/** True when every dependency is known: nothing that is installed can surprise. */
export function allKnown(state: ImageState): boolean {
  return state.dependencies.every(isKnown);
}
