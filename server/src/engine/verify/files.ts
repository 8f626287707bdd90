/** Rules 3, 4, 6 and 7 on files: what was written is there, from the same writer, in the same order, with the same owner. */
import { demandedNames } from '../assess/tools.ts';
import { namedByContainer } from '../demand/named.ts';
import type { Instruction } from '../model/dockerfile.ts';
import { given, numbersOf, ownerAtEnd } from '../model/owners.ts';
import { isBelow } from '../model/path.ts';
import { PathIndex } from '../model/pathIndex.ts';
import type { Atom, Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import { textOf } from './commands.ts';
import type { Pair, Side } from './images.ts';
import { makes } from './provides.ts';
import type { Report } from './report.ts';

/** Classes that may be missing from the last image (design, 2.1.3). */
const MAY_LEAVE: ReadonlySet<Write['class']> = new Set<Write['class']>(['cache', 'intermediate', 'toolchain']);

/** The package manager's own state and configuration: compared as packages. */
const OF_THE_MANAGER =
  /^\/(etc\/apt|etc\/apk|var\/lib\/(apt|dpkg)|var\/cache\/(apt|apk|debconf)|usr\/share\/keyrings|etc\/ssl\/certs\/java)(\/|$)|^\/var\/log\/(apt|dpkg\.log|alternatives\.log)/;

/** Where programs leave behind what nobody misses (Filesystem Hierarchy Standard 3.0, sections 3.15, 3.18, 5.5, 5.10, 5.15). */
const LEFT_BEHIND = /^\/(var\/cache|var\/log|tmp|var\/tmp|run)(\/|$)/;
const TEMPORARY = /^\/(var\/)?tmp(\/|$)/;

interface Placed {
  readonly write: Write;
  readonly at: number;
}

/** A write of the original, and where it stands among those of the result. */
type Matched = Placed;

/** Compares the files of the two last images by who wrote them. */
export function checkFiles(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const index = indexOf(after.alive);
  const sources = new Set(before.alive.filter(({ context }) => context !== undefined).map(placeAndSource));
  const matched: Matched[] = [];
  const named = namedByContainer(before.state, before.entry, before.simulation.atoms);
  for (const write of before.alive) {
    if (write.kind === 'gone') {
      checkDeletion(write, pair, report);
      continue;
    }
    if (OF_THE_MANAGER.test(write.path)) continue;
    const isLeft = LEFT_BEHIND.test(write.path) || MAY_LEAVE.has(write.class);
    if (isLeft && !isMeant(write, before) && !isServing(write, before) && !named(write)) continue;
    const found = match(write, index);
    if (found === undefined) {
      if ((write.sure || isWanted(write)) && !isRestored(write, index, sources) && !isOverwritten(write, before))
        missing(write, pair, report);
      continue;
    }
    if (found.write.within !== undefined && write.within === undefined && write.sure)
      report.original('partial-path', writerOf(write, before).span, { path: write.path });
    else checkOwner(write, found.write, pair, report);
    matched.push({ write, at: found.at });
  }
  checkOwnersOfRoots(pair, report);
  checkOrder(matched, pair, report);
}

/**
 * Among what programs leave behind: what came from the build context, what a file made that works there, and what a
 * command makes there that does nothing else: a directory of logs, its owner, a link to the output. /tmp is for anybody,
 * so that only an owner counts there, as in caches elsewhere.
 */
function isMeant(write: Write, side: Side): boolean {
  const { path, class: use, kind, context, owner, mode } = write;
  // What a tool makes of a file of the context (`poetry export`) is an intermediate like others.
  if ((context !== undefined && use !== 'intermediate') || (use === 'data' && TEMPORARY.test(path))) return true;
  if (!writerOf(write, side).effect.roles.has('setup')) return false;
  if (kind === 'meta' && owner !== undefined) return true;
  if (kind === 'meta' && mode !== undefined && side.alive.some((one) => one.kind === 'dir' && one.path === path))
    return true;
  if (!LEFT_BEHIND.test(path) || TEMPORARY.test(path)) return false;
  return kind !== 'tree' || use !== 'cache';
}

/** The container runs a command that needs it, or may: a script of an unread manifest, an unread entry script. */
function isServing({ serves }: Write, { entry }: Side): boolean {
  if (serves === undefined) return false;
  if (entry.unreadScript || entry.unread.length > 0) return true;
  const demanded = demandedNames(entry);
  return serves.some((name) => demanded.has(name));
}

/** What an installation may have written is kept: a doubt is not settled by dropping. */
function isWanted(write: Write): boolean {
  return write.class === 'dependencies' || write.guessed === true;
}

/** The writes of a side by the key of their writer, and by path, kind and source. */
interface Index {
  readonly byWriter: ReadonlyMap<string, readonly Placed[]>;
  readonly bySource: ReadonlyMap<string, Placed>;
  /** Everything certain that is there, found by path. */
  readonly certain: PathIndex<Write>;
}

function indexOf(alive: readonly Write[]): Index {
  const certain = new PathIndex<Write>();
  const byWriter = new Map<string, Placed[]>();
  const bySource = new Map<string, Placed>();
  alive.forEach((write, at) => {
    const placed = { write, at };
    if (write.sure && makes(write)) certain.add(write.path, write);
    const others = byWriter.get(write.key);
    if (others === undefined) byWriter.set(write.key, [placed]);
    else others.push(placed);
    if (write.context !== undefined) bySource.set(sourceKey(write), placed);
  });
  return { byWriter, bySource, certain };
}

/** Owner and mode of what lies below a path are told apart from those of the path itself. */
function isSamePlace(a: Write, b: Write): boolean {
  return a.path === b.path && a.kind === b.kind && (a.kind !== 'meta' || a.below === b.below);
}

function sourceKey(write: Write): string {
  return `${write.path}\0${write.kind}\0${String(write.context)}\0${String(write.pattern)}`;
}

/** The last write of the same command at the same path, or of the same file of the build context. */
function match(write: Write, index: Index): Placed | undefined {
  const found = index.byWriter.get(write.key)?.findLast((one) => isSamePlace(one.write, write));
  return found ?? index.bySource.get(sourceKey(write));
}

/** A later COPY of the original brings the same file of the build context again, with its own owner (measured with BuildKit). */
function isOverwritten(write: Write, { alive }: Side): boolean {
  if (write.context === undefined || write.kind !== 'file') return false;
  return alive.some(
    (other) =>
      other.atom > write.atom && other.pattern === undefined && sourceBelow(write.path, other) === write.context,
  );
}

/** Where in the build context the tree's part at the path comes from; `undefined` when it does not come from there. */
function sourceBelow(path: string, tree: Write): string | undefined {
  if (tree.context === undefined || !isBelow(path, tree.path)) return undefined;
  const rest = path.slice(tree.path === '/' ? 1 : tree.path.length + 1);
  return [tree.context, rest].filter((part) => part !== '').join('/');
}

function placeAndSource({ path, context }: Write): string {
  return `${path}\0${String(context)}`;
}

/** `sources`: of what the original has. A directory is there for what lies below it; the same part of the build context comes with a whole directory. */
function isRestored(write: Write, { certain }: Index, sources: ReadonlySet<string>): boolean {
  if (write.kind === 'dir' && write.owner === undefined && write.mode === undefined) {
    // A directory that exists through anything below it was not only made for itself.
    if (certain.exactly(write.path).length > 0 || certain.below(write.path).length > 0) return true;
  }
  if (write.context === undefined) return false;
  const brings = (other: Write): boolean =>
    other.pattern === undefined &&
    other.owner === write.owner &&
    other.mode === write.mode &&
    sourceBelow(write.path, other) === write.context &&
    sources.has(placeAndSource(other));
  return certain.upwards(write.path, (others) => others.some(brings));
}

function missing(write: Write, { before }: Pair, report: Report): void {
  const writer = writerOf(write, before);
  const words = textOf(writer, before.file.text);
  report.original('lost-path', writer.span, { path: write.path, writer: `written by \`${words}\`` });
}

function writerOf({ atom }: Write, { simulation }: Side): Atom {
  return simulation.atoms[atom] as Atom;
}

function checkDeletion(write: Write, { before, after }: Pair, report: Report): void {
  if (!write.sure) return;
  const { path } = write;
  // Of caches and of /tmp only what came from the build context matters: a key, for one. The index of packages lies below `/`.
  const minor = write.class === 'cache' || OF_THE_MANAGER.test(path) || LEFT_BEHIND.test(path);
  const isSame = (other: Write): boolean => other.kind === 'gone' && other.path === path;
  const keys = new Set(before.alive.slice(before.alive.findLastIndex(isSame) + 1).map((other) => other.key));
  const deletions = after.alive.filter(isSame);
  const here = deletions.some((other) => other.copied === write.copied);
  // Where it is deleted here too, what a copy takes of the base comes with that deletion.
  const matters = (other: Write): boolean =>
    minor ? other.context !== undefined && other.path !== '/' : !here || other.base === undefined;
  const brings = (other: Write): boolean => isOver(other, write) && !keys.has(other.key) && matters(other);
  const stays = !here && isOfBase(path, before) && (deletions.length === 0 || baseHolds(after.state, path));
  if (isBack(after.alive, isSame, brings) || (!minor && stays))
    report.original('returns', writerOf(write, before).span, { path });
}

/** Something brings it and nothing deletes it afterwards. COPY --from deletes nothing: it only does not bring what is gone in its stage. */
function isBack(
  alive: readonly Write[],
  deletes: (write: Write) => boolean,
  brings: (write: Write) => boolean,
): boolean {
  const without = new Set<number>();
  for (const write of alive.toReversed()) {
    if (!deletes(write)) {
      if (!without.has(write.atom) && brings(write)) return true;
    } else if (write.copied === true) without.add(write.atom);
    else return false;
  }
  return false;
}

/** Something is written at, above (a tree) or below the path that is deleted. */
function isOver({ kind, class: what, path }: Write, deletion: Write): boolean {
  if (kind === 'gone' || kind === 'meta' || what === 'cache') return false;
  // The directory itself stays.
  if (deletion.below === true && path === deletion.path) return kind === 'tree';
  return isBelow(path, deletion.path) || (kind === 'tree' && isBelow(deletion.path, path));
}

/** It came with the base, and no command made it. */
function isOfBase(path: string, { state, simulation }: Side): boolean {
  return (
    baseHolds(state, path) &&
    !simulation.atoms.some((atom) => atom.effect.writes.some((one) => makes(one) && one.path === path))
  );
}

function checkOwner(a: Write, b: Write, pair: Pair, report: Report): void {
  const print = (write: Write): string => `${write.owner ?? ''} ${write.mode ?? ''}`.trim() || 'unchanged';
  if (a.owner === b.owner && a.mode === b.mode) return;
  if (a.mode === b.mode && sameNumbers(ownerAtEnd(a, pair.before.alive), ownerAtEnd(b, pair.after.alive), pair)) return;
  report.result('owner', writerOf(b, pair.after).span, {
    path: a.path,
    before: print(a),
    after: print(b),
  });
}

/** `--chown=10001:10001` for a tree that `chown app:app` made: equal when the numbers are. */
function sameNumbers(a: string | undefined, b: string | undefined, pair: Pair): boolean {
  if (a === undefined || b === undefined) return false;
  const numbers = (text: string, side: Side): string => Object.values(numbersOf(text, side.state.principals)).join(':');
  return numbers(a, pair.before) === numbers(b, pair.after);
}

/**
 * A directory that COPY --from makes belongs to root, and one that is there keeps its owner, whoever the contents belong to
 * (measured with BuildKit): the owner that it had in the original is given again.
 */
function checkOwnersOfRoots(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const { id, effect, span } of after.atoms) {
    const copies = effect.roles.has('copy') || effect.roles.has('copy-stage');
    if (!copies || !after.final.has(id)) continue;
    const root = effect.writes.find(({ kind }) => kind === 'tree' || kind === 'dir');
    if (root === undefined) continue;
    const mode = modeOfItself(root.path, before);
    const hasMode = modeOfItself(root.path, after) ?? '755';
    if (mode !== undefined && mode !== hasMode)
      report.result('owner', span, { path: root.path, before: mode, after: hasMode });
    const had = ownerOfItself(root.path, before);
    const has = ownerOfItself(root.path, after) ?? 'root';
    if (had === undefined || sameNumbers(had, has, pair)) continue;
    report.result('owner', span, { path: root.path, before: had, after: has });
  }
}

/** Who a directory itself belongs to at the end; `undefined`: whoever ran the command that made it. */
function ownerOfItself(path: string, { alive }: Side): string | undefined {
  let owner: string | undefined;
  let made = false;
  for (const write of alive) {
    if (write.kind === 'meta') {
      const reaches =
        write.path === path ? write.below !== true : write.recursive === true && isBelow(path, write.path);
      // What is given away is there.
      made ||= reaches && write.path === path;
      if (reaches && made && write.owner !== undefined) owner = given(owner, write.owner);
    } else if (!made && write.path === path && (write.kind === 'dir' || write.kind === 'tree')) {
      made = true;
      owner = write.below === true ? undefined : write.owner;
    }
  }
  return owner;
}

/** The mode that a directory itself has at the end, as it stands in the file; `undefined`: what a new one has. */
function modeOfItself(path: string, side: Side): string | undefined {
  let mode: string | undefined;
  let made = false;
  for (const write of side.alive) {
    if (write.kind === 'meta') {
      const reaches =
        write.path === path ? write.below !== true : write.recursive === true && isBelow(path, write.path);
      made ||= reaches && write.path === path;
      if (reaches && made && write.mode !== undefined) mode = write.mode.replace(/^0+(?=\d)/, '');
    } else if (!made && write.path === path && (write.kind === 'dir' || write.kind === 'tree')) {
      made = true;
      // COPY --from gives it what a new one has, or what --chmod says (measured with BuildKit).
      if (write.below !== true && (write.copied !== true || hasChmod(write, side)))
        mode = write.mode?.replace(/^0+(?=\d)/, '');
    }
  }
  return mode;
}

function hasChmod(write: Write, side: Side): boolean {
  const { flags } = side.file.instructions[writerOf(write, side).instruction] as Instruction;
  return flags.some(({ name }) => name === 'chmod');
}

/** Of two writes that touch the same, the later one of the original is the later one here. */
function checkOrder(matched: readonly Matched[], { before, after }: Pair, report: Report): void {
  const index = new PathIndex<Matched>();
  // Of a command that stands more than once in the original the last time counts.
  const last = new Map(matched.map((one) => [one.at, one]));
  /** By path, the last place of all that is in the index: most often there is nothing to look for. */
  const newest = new Map<string, number>();
  for (const one of matched) {
    const { write, at } = one;
    if (last.get(at) !== one) continue;
    const isOlder = (other: Matched): boolean =>
      other.at > at &&
      other.write.key !== write.key &&
      !isSame(other.write, write) &&
      !comesAlong(write, other.at, after.alive);
    let older: Matched | undefined;
    index.upwards(write.path, (others, path) => {
      if ((newest.get(path) ?? 0) <= at) return false;
      older = others.find((other) => (path === write.path || reachesBelow(other.write)) && isOlder(other));
      return older !== undefined;
    });
    if (reachesBelow(write)) older ??= index.below(write.path).find(isOlder);
    if (older !== undefined)
      report.original('order', writerOf(write, before).span, {
        path: write.path,
        later: quote(write.key),
        earlier: quote(older.write.key),
      });
    index.add(write.path, one);
    newest.set(write.path, Math.max(newest.get(write.path) ?? 0, at));
  }
}

function reachesBelow({ kind, recursive }: Write): boolean {
  return kind === 'tree' || recursive === true;
}

/** Whichever comes last, the same is there: the same files of the build context, the same owner and mode. */
function isSame(a: Write, b: Write): boolean {
  // A directory that is there already stays as it is, but for its owner and mode.
  if (a.kind === 'dir' || b.kind === 'dir') return a.kind !== 'meta' && b.kind !== 'meta';
  if (a.kind === 'meta' || b.kind === 'meta') return !differs(a, b, 'owner') && !differs(a, b, 'mode');
  const [upper, lower] = isBelow(a.path, b.path) ? [b, a] : [a, b];
  return (
    lower.context !== undefined &&
    sourceBelow(lower.path, upper) === lower.context &&
    a.owner === b.owner &&
    a.mode === b.mode
  );
}

/** Both set it; what is written has always some owner and mode. */
function differs(a: Write, b: Write, what: 'owner' | 'mode'): boolean {
  return a[what] !== b[what] && [a, b].every((write) => write.kind !== 'meta' || write[what] !== undefined);
}

/** The COPY --from that brings the older one brings what the later one has put over it in the builder. */
function comesAlong({ key }: Write, older: number, alive: readonly Write[]): boolean {
  const copy = alive[older] as Write;
  return alive.some(({ atom, key: other }, at) => at > older && atom === copy.atom && other === key);
}

function quote(key: string): string {
  return `\`${key.replace(/ @.*/, '').slice(0, 50)}\``;
}
