/** Rules 3 and 4 on files: what was written is there, from the same writer or the same file of the build context. */
import { demandedNames } from '../assess/tools.ts';
import { servedOf } from '../demand/served.ts';
import { namedByContainer } from '../demand/named.ts';
import { PathIndex } from '../model/pathIndex.ts';
import type { Write } from '../model/state.ts';
import { sourceAt } from '../model/writes.ts';
import { textOf } from './commands.ts';
import { aliveIndex, type Placed } from './alive.ts';
import { Deletions } from './deletions.ts';
import { type Pair, type Side, writerOf } from './images.ts';
import { checkOrder, type Matched } from './order.ts';
import { checkOwner, checkOwnersOfRoots } from './owners.ts';
import { LEFT_BEHIND, OF_THE_MANAGER, TEMPORARY } from './places.ts';
import { makes } from './provides.ts';
import type { Report } from './report.ts';
import { isLeftOfServed } from './served.ts';

/** Classes that may be missing from the last image (design, 2.1.3). */
const MAY_LEAVE: ReadonlySet<Write['class']> = new Set<Write['class']>(['cache', 'intermediate', 'toolchain']);

/** Compares the files of the two last images by who wrote them; deletions, owners and the order of writes as well. */
export function checkFiles(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const index = indexOf(after.alive);
  const sources = new Set(before.alive.filter(({ context }) => context !== undefined).map(placeAndSource));
  const matched: Matched[] = [];
  const deletions = new Deletions(pair);
  const served = servedOf(before.state, before.entry, before.simulation.atoms);
  const named = namedByContainer(before.state, before.entry, before.simulation.atoms);
  for (const write of before.alive) {
    if (write.kind === 'gone') {
      deletions.check(write, report);
      continue;
    }
    if (OF_THE_MANAGER.test(write.path) || (served !== undefined && isLeftOfServed(write, served, after))) continue;
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
  const isMade = (): boolean =>
    aliveIndex(side)
      .exactly(path)
      .some((one) => one.write.kind === 'dir');
  if (kind === 'meta' && mode !== undefined && isMade()) return true;
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
function isOverwritten({ context, kind, atom, path }: Write, side: Side): boolean {
  if (context === undefined || kind !== 'file') return false;
  return aliveIndex(side).upwards(path, (writes) =>
    writes.some(({ write }) => write.atom > atom && write.pattern === undefined && sourceAt(write, path) === context),
  );
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
    sourceAt(other, write.path) === write.context &&
    sources.has(placeAndSource(other));
  return certain.upwards(write.path, (others) => others.some(brings));
}

function missing(write: Write, { before }: Pair, report: Report): void {
  const writer = writerOf(write, before);
  const words = textOf(writer, before.file.text);
  report.original('lost-path', writer.span, { path: write.path, writer: `written by \`${words}\`` });
}
