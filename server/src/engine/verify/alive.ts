/** What the last image of a side still shows, found by path: rules look at what is at, above and below, not at all of it. */
import { PathIndex } from '../model/pathIndex.ts';
import type { Write } from '../model/state.ts';
import type { Side } from './images.ts';

/** A write and its place among all that the last image shows. */
export interface Placed {
  readonly write: Write;
  readonly at: number;
}

const indexes = new WeakMap<readonly Write[], PathIndex<Placed>>();

/** The index of what a side shows; made once. */
export function aliveIndex({ alive }: Side): PathIndex<Placed> {
  let index = indexes.get(alive);
  if (index === undefined) {
    index = new PathIndex();
    for (const [at, write] of alive.entries()) index.add(write.path, { write, at });
    indexes.set(alive, index);
  }
  return index;
}

/** What is written at a path and above it, in order. */
export function reaching(side: Side, path: string): readonly Write[] {
  return ordered(upwards(side, path));
}

/** What is written at a path, above and below it, in order. */
export function around(side: Side, path: string): readonly Write[] {
  return ordered([...aliveIndex(side).below(path), ...upwards(side, path)]);
}

function upwards(side: Side, path: string): Placed[] {
  const found: Placed[] = [];
  aliveIndex(side).upwards(path, (writes) => {
    for (const one of writes) found.push(one);
    return false;
  });
  return found;
}

function ordered(found: Placed[]): readonly Write[] {
  return found.sort((a, b) => a.at - b.at).map(({ write }) => write);
}
