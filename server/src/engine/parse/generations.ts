/** A copy that does not keep the text alive of which `text` may be a slice. */
export function detach(text: string): string {
  return ` ${text}`.slice(1);
}

/**
 * A bounded memo in two generations: when the young one is full it becomes the old one,
 * and what nobody asked for meanwhile is forgotten. A key in use never leaves.
 */
export class Generations<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  constructor(private readonly limit: number) {}

  get(key: string): T | undefined {
    const found = this.young.get(key);
    if (found !== undefined) return found;
    const aged = this.old.get(key);
    if (aged !== undefined) this.young.set(detach(key), aged);
    return aged;
  }

  set(key: string, value: T): void {
    this.young.set(detach(key), value);
  }

  /** Call between two rounds of use; within one round the memo may exceed its limit. */
  age(): void {
    if (this.young.size <= this.limit) return;
    this.old = this.young;
    this.young = new Map();
  }
}
