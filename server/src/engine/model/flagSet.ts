/** A set of a few known words in one number: there are two of them for every command of a file. */
export class FlagSet<K extends string> {
  private bits = 0;

  /** `table`: the words with a bit each; shared by all sets of a kind. */
  constructor(private readonly table: Readonly<Record<K, number>>) {}

  get size(): number {
    let count = 0;
    for (let { bits } = this; bits !== 0; bits &= bits - 1) count++;
    return count;
  }

  has(word: K): boolean {
    return (this.bits & this.table[word]) !== 0;
  }

  add(word: K): void {
    this.bits |= this.table[word];
  }
}
