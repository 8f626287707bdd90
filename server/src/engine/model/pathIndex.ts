import { parentOf } from './path.ts';

/**
 * Values by absolute path, so that "what is at or above this path" and "what is
 * below it" cost as much as the path is deep, not as many values as there are.
 * What lies below a path is only filed once somebody has asked.
 */
export class PathIndex<T> {
  /** Notes what this index is asked, from when it is set; copies of it do not. */
  asked: AskedPaths | undefined;
  /** What this index and its copies began with; it does not change any more. */
  private base: Layer<T> | undefined;
  private own: Layer<T>;

  constructor(base?: Layer<T>) {
    this.base = base;
    this.own = new Layer(base);
  }

  /** Files a value under its path. */
  add(path: string, value: T): void {
    this.own.add(path, value);
  }

  /** Values at exactly this path, in the order they were added. */
  exactly(path: string): readonly T[] {
    this.asked?.at.add(path);
    return this.own.at.get(path) ?? this.base?.at.get(path) ?? NONE;
  }

  /** Values strictly below the path, in the order they were added. */
  below(path: string): readonly T[] {
    this.asked?.below.add(path);
    return this.own.below(path) ?? NONE;
  }

  /** Visits the path and then each directory above it; stops when the visitor returns true. */
  upwards(path: string, visit: (values: readonly T[], path: string) => boolean): boolean {
    for (let up = path; ; up = parentOf(up)) {
      const values = this.exactly(up);
      if (values.length > 0 && visit(values, up)) return true;
      if (up === '/') return false;
    }
  }

  /** True when some value at the path, above or below it satisfies the test. */
  overlaps(path: string, test: (value: T) => boolean): boolean {
    return this.upwards(path, (values) => values.some(test)) || this.below(path).some(test);
  }

  /** A copy that can grow by itself; both go on from what is there now, which is stored once. */
  clone(): PathIndex<T> {
    if (!this.own.isEmpty) {
      this.base = this.own.flat();
      this.own = new Layer(this.base);
    }
    return new PathIndex(this.base);
  }
}

/** What an index was asked. */
export class AskedPaths {
  /** Paths whose own values were looked at. */
  readonly at = new Set<string>();
  /** Paths below which it was looked. */
  readonly below = new Set<string>();

  /** True when some answer may have been another with other values at `path`. */
  sees(path: string): boolean {
    if (this.at.has(path)) return true;
    for (let up = path; up !== '/'; ) {
      up = parentOf(up);
      if (this.below.has(up)) return true;
    }
    return false;
  }
}

/** Values on top of a layer that does not change. The list of a path is copied when it is first added to. */
class Layer<T> {
  readonly at = new Map<string, T[]>();
  private readonly under = new Map<string, T[]>();
  /** Everything in the order it was added: path, value, path, value … */
  private readonly order: (string | T)[] = [];
  /** How much of `order` is filed in `under`. */
  private filed = 0;

  constructor(private readonly base: Layer<T> | undefined) {}

  get isEmpty(): boolean {
    return this.order.length === 0;
  }

  add(path: string, value: T): void {
    push(this.at, this.base?.at, path, value);
    this.order.push(path, value);
  }

  below(path: string): readonly T[] | undefined {
    this.base?.file();
    this.file();
    return this.under.get(path) ?? this.base?.under.get(path);
  }

  /** This layer and the one below it as one. */
  flat(): Layer<T> {
    if (this.base === undefined) return this;
    const out = new Layer<T>(undefined);
    for (const { order } of [this.base, this])
      for (let at = 0; at < order.length; at += 2) out.add(order[at] as string, order[at + 1] as T);
    return out;
  }

  private file(): void {
    for (; this.filed < this.order.length; this.filed += 2) {
      const value = this.order[this.filed + 1] as T;
      for (let up = this.order[this.filed] as string; up !== '/'; ) {
        up = parentOf(up);
        push(this.under, this.base?.under, up, value);
      }
    }
  }
}

const NONE: readonly never[] = [];

function push<T>(
  map: Map<string, T[]>,
  base: ReadonlyMap<string, readonly T[]> | undefined,
  path: string,
  value: T,
): void {
  const list = map.get(path);
  if (list !== undefined) list.push(value);
  else {
    const before = base?.get(path);
    map.set(path, before === undefined ? [value] : [...before, value]);
  }
}
