import { parentOf } from './path.ts';

/**
 * Values by absolute path, so that "what is at or above this path" and "what is
 * below it" cost as much as the path is deep, not as many values as there are.
 */
export class PathIndex<T> {
  private readonly at = new Map<string, T[]>();
  private readonly under = new Map<string, T[]>();

  /** Files a value under its path. */
  add(path: string, value: T): void {
    push(this.at, path, value);
    for (let up = path; up !== '/'; ) {
      up = parentOf(up);
      push(this.under, up, value);
    }
  }

  /** Values at exactly this path, in the order they were added. */
  exactly(path: string): readonly T[] {
    return this.at.get(path) ?? NONE;
  }

  /** Values strictly below the path, in the order they were added. */
  below(path: string): readonly T[] {
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
    for (const [path, values] of this.at) copy.at.set(path, [...values]);
    for (const [path, values] of this.under) copy.under.set(path, [...values]);
    return copy;
  }
}

const NONE: readonly never[] = [];

function push<T>(map: Map<string, T[]>, path: string, value: T): void {
  const list = map.get(path);
  if (list === undefined) map.set(path, [value]);
  else list.push(value);
}
