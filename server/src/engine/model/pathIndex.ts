import { parentOf } from './path.ts';

/**
 * Values by absolute path, so that "what is at or above this path" and "what is
 * below it" cost as much as the path is deep, not as many values as there are.
 * What lies below a path is only filed once somebody has asked.
 */
export class PathIndex<T> {
  private readonly at = new Map<string, T[]>();
  private readonly under = new Map<string, T[]>();
  /** Everything in the order it was added: path, value, path, value … */
  private readonly order: (string | T)[] = [];
  /** How much of `order` is filed in `under`. */
  private filed = 0;

  /** Files a value under its path. */
  add(path: string, value: T): void {
    push(this.at, path, value);
    this.order.push(path, value);
  }

  /** Values at exactly this path, in the order they were added. */
  exactly(path: string): readonly T[] {
    return this.at.get(path) ?? NONE;
  }

  /** Values strictly below the path, in the order they were added. */
  below(path: string): readonly T[] {
    for (; this.filed < this.order.length; this.filed += 2) {
      const value = this.order[this.filed + 1] as T;
      for (let up = this.order[this.filed] as string; up !== '/'; ) {
        up = parentOf(up);
        push(this.under, up, value);
      }
    }
    return this.under.get(path) ?? NONE;
  }

  /** Visits the path and then each directory above it; stops when the visitor returns true. */
  upwards(path: string, visit: (values: readonly T[], path: string) => boolean): boolean {
    for (let up = path; ; up = parentOf(up)) {
      const values = this.at.get(up);
      if (values !== undefined && visit(values, up)) return true;
      if (up === '/') return false;
    }
  }

  /** True when some value at the path, above or below it satisfies the test. */
  overlaps(path: string, test: (value: T) => boolean): boolean {
    return this.upwards(path, (values) => values.some(test)) || this.below(path).some(test);
  }

  /** A copy that can grow by itself. */
  clone(): PathIndex<T> {
    const copy = new PathIndex<T>();
    for (let at = 0; at < this.order.length; at += 2) copy.add(this.order[at] as string, this.order[at + 1] as T);
    return copy;
  }
}

const NONE: readonly never[] = [];

function push<T>(map: Map<string, T[]>, path: string, value: T): void {
  const list = map.get(path);
  if (list === undefined) map.set(path, [value]);
  else list.push(value);
}
