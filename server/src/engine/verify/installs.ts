/**
 * Rule 8 for the installations that a split writes itself: they must succeed. Each does what
 * the original's own installations do: the index is there, root runs it.
 */
import { unpackedAlone } from '../demand/archives.ts';
import { lacksManuals, linksManuals, MANUALS } from '../facts/manuals.ts';
import type { Instruction } from '../model/dockerfile.ts';
import { isBelow } from '../model/path.ts';
import { countWhile } from '../model/sorted.ts';
import type { Atom, ImageState, InstallWord, PackageManager, Simulation } from '../model/state.ts';
import { textOf } from './commands.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Flags that change nothing of what is installed (apt-get(8), apk-add(8)). */
const PLAIN = /^(-[yq]+|--yes|--assume-yes|--quiet|--no-install-recommends|--no-cache|-U|--update-cache)$/;
const CACHES = /^\/(var\/cache\/(apt|apk)|var\/lib\/apt(\/lists)?|etc\/apk\/cache)\/?$/;

/** What each distribution installs with. */
const MANAGERS: Readonly<Record<string, PackageManager>> = { alpine: 'apk', debian: 'apt', ubuntu: 'apt', rpm: 'rpm' };

/** Checks each installation of the result that does not stand in the original. */
export function checkInstalls(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const own = before.atoms.filter(installs);
  const like = habitsOf(before, own);
  for (const atom of after.atoms) {
    if (!installs(atom) || before.byKey.has(atom.key)) continue;
    const why = fault(atom, after, like);
    if (why !== undefined) report.result('unsound-install', atom.span, { command: textOf(atom, after.file.text), why });
  }
  checkTags(pair, report);
  checkAlone(pair, report);
  checkManuals(pair, report);
}

/** Packages that link manual pages find the directory for them where the original's base has it. */
function checkManuals({ before, after }: Pair, report: Report): void {
  const { ref, facts } = after.state.root;
  if (before.state.root.ref === ref || !lacksManuals(facts) || lacksManuals(before.state.root.facts)) return;
  for (const atom of after.atoms) {
    if (!after.final.has(atom.id)) continue;
    if (atom.effect.writes.some(({ kind, path }) => kind === 'dir' && path === MANUALS)) return;
    const name = linksManuals(
      atom.effect.installs.flatMap(({ words, added }) => [...words.map((one) => one.name), ...added]),
    );
    if (name === undefined) continue;
    const why = `${name} links manual pages into ${MANUALS}, which ${ref} lacks`;
    report.result('unsound-install', atom.span, { command: textOf(atom, after.file.text), why });
    return;
  }
}

/** A file of a package finds what it depends on in the full base; another one may lack that. */
function checkAlone({ before, after }: Pair, report: Report): void {
  if (before.state.root.ref === after.state.root.ref) return;
  const alone = unpackedAlone(after.atoms.filter(({ id }) => after.final.has(id)));
  if (alone === undefined) return;
  const why = `nobody brings what ${alone.file} depends on`;
  report.result('unsound-install', alone.atom.span, { command: textOf(alone.atom, after.file.text), why });
}

/** What stands for `foo-dev@edge` is of the same repository: the build linked the library that is there. */
function checkTags({ before, after, facts }: Pair, report: Report): void {
  const { os } = before.state.root.facts ?? {};
  if (os?.id !== 'alpine') return;
  const words = (side: Side, atoms: readonly Atom[]): readonly InstallWord[] =>
    atoms
      .flatMap(({ effect }) => effect.installs.flatMap((install) => install.words))
      .filter(({ name }) => side.packages.has(name));
  const has = words(after, after.atoms);
  for (const { raw, name, span } of words(before, before.atoms)) {
    const tag = /@[\w-]+/.exec(raw)?.[0];
    if (tag === undefined || after.packages.has(name)) continue;
    const library = facts.runtimeFor(os, name)?.find((one) => has.some((word) => word.raw === one));
    if (library !== undefined)
      report.original('missing-library', span, { name: library + tag, why: `the build links against ${raw}` });
  }
}

function installs({ effect }: Atom): boolean {
  return effect.installs.some((install) => install.words.length > 0);
}

/** What the installations of the original allow themselves. */
interface Habits {
  readonly flags: ReadonlySet<string>;
  readonly versions: ReadonlySet<string>;
  /** Packages that are asked for in one version alone, as they stand there. */
  readonly pins: ReadonlyMap<string, string>;
  readonly origins: readonly Origin[];
  readonly runFlags: ReadonlySet<string>;
  readonly users: ReadonlySet<string>;
  readonly hasIndex: boolean;
  readonly managers: ReadonlySet<PackageManager>;
}

function habitsOf(side: Side, own: readonly Atom[]): Habits {
  const words = own.flatMap(({ effect }) => effect.installs.flatMap((install) => install.words));
  return {
    flags: new Set(own.flatMap((atom) => flagsOf(atom, side))),
    versions: new Set(words.map((word) => versionOf(word.raw))),
    pins: pinsOf(words),
    origins: originsOf(own, side),
    runFlags: new Set(side.atoms.flatMap((atom) => runFlagsOf(atom, side))),
    users: new Set(['root', '0', ...own.map((atom) => userAt(atom, side))]),
    hasIndex: own.some((atom) => !indexAt(atom, side)),
    managers: new Set(own.flatMap(({ effect }) => effect.installs.map((install) => install.manager))),
  };
}

function pinsOf(words: readonly InstallWord[]): ReadonlyMap<string, string> {
  const pins = new Map<string, string>();
  for (const { raw, name } of words) if (raw !== name) pins.set(name, raw);
  for (const { raw, name } of words) if (raw === name) pins.delete(name);
  return pins;
}

/** A flag that says where packages come from, and the packages that are installed with it. */
interface Origin {
  readonly flag: string;
  readonly names: ReadonlySet<string>;
}

/** Flags of that kind (apt-get(8), apk-add(8)). */
const FROM_WHERE = /^(-t|--(target|default)-release|-X|--repository)\b/;

function originsOf(own: readonly Atom[], side: Side): readonly Origin[] {
  return own.flatMap((atom) => {
    const flag = flagsOf(atom, side).find((one) => FROM_WHERE.test(one));
    const names = new Set(atom.effect.installs.flatMap(({ words }) => words.map(({ name }) => name)));
    return flag === undefined ? [] : [{ flag, names }];
  });
}

/** Why an installation may fail, in words; `undefined` when nothing speaks against it. */
function fault(atom: Atom, side: Side, like: Habits): string | undefined {
  const flag = flagsOf(atom, side).find((one) => !PLAIN.test(one) && !like.flags.has(one));
  if (flag !== undefined) return `no installation of the original has the flag ${flag}`;
  const word = atom.effect.installs
    .flatMap((install) => install.words)
    .find(({ raw, name }) => raw !== name && !like.versions.has(versionOf(raw)));
  if (word !== undefined) return `the original does not pin ${word.raw}`;
  const manager = atom.effect.installs.find((one) => !isManager(one.manager, atom, side, like))?.manager;
  if (manager !== undefined) return `${manager} is not the package manager of the image`;
  const runFlag = runFlagsOf(atom, side).find((one) => !like.runFlags.has(one));
  if (runFlag !== undefined) return `no RUN of the original has the flag ${runFlag}`;
  const user = userAt(atom, side);
  if (!like.users.has(user)) return `it runs as ${user}`;
  if (!like.hasIndex && !indexAt(atom, side)) return 'the index of packages is not there';
  const words = atom.effect.installs.flatMap((install) => install.words).filter(({ raw, name }) => raw === name);
  const loose = words.find(({ name }) => like.pins.has(name));
  if (loose !== undefined) return `the original installs ${String(like.pins.get(loose.name))}`;
  const flags = flagsOf(atom, side);
  const elsewhere = like.origins.find(
    (one) => !flags.includes(one.flag) && words.some(({ name }) => one.names.has(name)),
  );
  if (elsewhere !== undefined) return `the original installs with ${elsewhere.flag}`;
  return undefined;
}

/** The distribution installs with it; of a base without facts the original's installations say so. */
function isManager(manager: PackageManager, atom: Atom, side: Side, like: Habits): boolean {
  if (like.managers.has(manager)) return true;
  const { facts } = stateOf(atom, side).root;
  return facts === undefined ? like.managers.size === 0 : MANAGERS[facts.os.id] === manager;
}

function flagsOf({ span }: Atom, { file }: Side): string[] {
  const flags = file.text.slice(span.start, span.end).matchAll(/\s(--?[a-zA-Z][^\s;&|\\]*)/g);
  return [...flags].map(([, flag]) => flag as string);
}

function isApt({ effect }: Atom): boolean {
  return effect.installs.some((install) => install.manager === 'apt');
}

function versionOf(raw: string): string {
  return raw.replace(/^[^=~<>@/:]+/, '');
}

function stateOf(atom: Atom, { simulation }: Side): ImageState {
  return (simulation.stages[atom.stage] as Simulation['stages'][number]).state;
}

function instructionOf(side: Side, atom: Atom): Instruction {
  return side.file.instructions[atom.instruction] as Instruction;
}

/** Flags of the RUN, without caches of the package manager. */
function runFlagsOf(atom: Atom, side: Side): string[] {
  const instruction = instructionOf(side, atom);
  if (instruction.kind !== 'run') return [];
  const caches = instruction.mounts.filter(({ type, target }) => type === 'cache' && CACHES.test(String(target)));
  return instruction.flags
    .filter(({ span }) => !caches.some((mount) => mount.span.start >= span.start && mount.span.end <= span.end))
    .map(({ name, value }) => `--${name}=${String(value)}`);
}

/** What holds in a stage from a command on, in the order of commands. */
type Changes<T> = readonly { readonly from: number; readonly value: T }[];

interface Course {
  readonly users: Changes<string>;
  readonly index: Changes<boolean>;
}

const courses = new WeakMap<ImageState, Course>();

/** Users and the index of packages over a stage; looked up once for all of its commands. */
function courseOf(atom: Atom, side: Side): Course {
  const state = stateOf(atom, side);
  let course = courses.get(state);
  if (course === undefined) courses.set(state, (course = courseOfStage(state, side)));
  return course;
}

function courseOfStage(state: ImageState, side: Side): Course {
  const users: { from: number; value: string }[] = [];
  const index: { from: number; value: boolean }[] = [];
  for (const id of state.atoms) {
    const atom = side.simulation.atoms[id] as Atom;
    const instruction = instructionOf(side, atom);
    const user = instruction.kind === 'user' ? instruction.words[0]?.raw : undefined;
    if (user !== undefined) users.push({ from: id, value: user });
    for (const { path, kind } of atom.effect.writes) {
      if (path === '/var/lib/apt/lists' && kind !== 'gone') index.push({ from: id, value: true });
      else if (kind === 'gone' && isBelow('/var/lib/apt/lists', path)) index.push({ from: id, value: false });
    }
  }
  return { users, index };
}

/** What the commands before `id` have left. */
function before<T>(changes: Changes<T>, id: number): T | undefined {
  return changes[countWhile(changes, ({ from }) => from < id) - 1]?.value;
}

/** The user that USER has set when the atom runs. */
function userAt(atom: Atom, side: Side): string {
  return before(courseOf(atom, side).users, atom.id) ?? 'root';
}

/** The package manager knows what there is: it was told, and has not been made to forget. */
export function indexAt(atom: Atom, side: Side): boolean {
  if (!isApt(atom) && atom.effect.held.length === 0) return true;
  return before(courseOf(atom, side).index, atom.id) ?? false;
}
