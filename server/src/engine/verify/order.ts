/** Rule 6 on files: of two commands that touch the same, the later one of the original is the later one here. */
import { isBelow } from '../model/path.ts';
import { PathIndex } from '../model/pathIndex.ts';
import type { Write } from '../model/state.ts';
import { sourceAt } from '../model/writes.ts';
import { type Pair, writerOf } from './images.ts';
import type { Report } from './report.ts';

/** A write of the original, and where its counterpart stands among those of the result. */
export interface Matched {
  readonly write: Write;
  readonly at: number;
}

/** Checks the order of writes that both files have; `matched`: as the original has them. */
export function checkOrder(matched: readonly Matched[], { before, after }: Pair, report: Report): void {
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
    sourceAt(upper, lower.path) === lower.context &&
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
