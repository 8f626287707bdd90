import { PathIndex } from './pathIndex.ts';
import type { Write } from './state.ts';

/** All writes of a stage in order, found by path as well. */
export class WriteLog {
  readonly all: Write[] = [];
  readonly index: PathIndex<Write>;

  constructor(index = new PathIndex<Write>()) {
    this.index = index;
  }

  add(write: Write): void {
    this.all.push(write);
    this.index.add(write.path, write);
  }

  /** A log that starts with the same writes and grows by itself. */
  clone(): WriteLog {
    const copy = new WriteLog(this.index.clone());
    for (const write of this.all) copy.all.push(write);
    return copy;
  }

  /** A certain write made a directory at exactly this path. */
  isDirectory(path: string): boolean {
    return this.index.exactly(path).some((write) => write.kind === 'dir');
  }
}
