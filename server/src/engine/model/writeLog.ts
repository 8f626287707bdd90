import { PathIndex } from './pathIndex.ts';
import type { Write } from './state.ts';
import { aliveWrites } from './writes.ts';

/** All writes of a stage in order, found by path as well. */
export class WriteLog {
  readonly all: Write[];
  readonly index: PathIndex<Write>;
  private places: ReadonlyMap<Write, number> = new Map();
  private alive: { readonly of: number; readonly writes: readonly Write[] } | undefined;

  constructor(all: Write[] = [], index = new PathIndex<Write>()) {
    this.all = all;
    this.index = index;
  }

  add(write: Write): void {
    this.all.push(write);
    this.index.add(write.path, write);
  }

  /** The writes that the final image still shows, in order; `all` itself when nothing was deleted. */
  aliveNow(): readonly Write[] {
    if (this.alive?.of !== this.all.length) this.alive = { of: this.all.length, writes: aliveWrites(this.all) };
    return this.alive.writes;
  }

  /** Writes at, above and below a path, in order. */
  around(path: string): readonly Write[] {
    const found = [...this.index.below(path)];
    this.index.upwards(path, (writes) => {
      found.push(...writes);
      return false;
    });
    // Writes are in the order of their atoms; only those of the same one are looked up.
    return found.sort((a, b) => a.atom - b.atom || this.placeOf(a) - this.placeOf(b));
  }

  private placeOf(write: Write): number {
    if (this.places.size !== this.all.length) this.places = new Map(this.all.map((one, at) => [one, at]));
    return this.places.get(write) ?? 0;
  }

  /** A log that starts with the same writes and grows by itself. */
  clone(): WriteLog {
    return new WriteLog(this.all.slice(), this.index.clone());
  }

  /** A certain write made a directory at exactly this path. */
  isDirectory(path: string): boolean {
    return this.index.exactly(path).some((write) => write.kind === 'dir');
  }
}
