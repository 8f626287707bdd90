/** Reader of the tables `debian-<release>`: one line per package, decoded when asked for. */
import { fromBase36, lazy, lineEnd, memo, sectionsOf, wordsOf } from './table.ts';
import type { PackageFacts, PackageIndex } from './types.ts';

/** The index of one Debian release. */
export interface DebianIndex extends PackageIndex {
  /**
   * Run-time libraries that stand for a -dev package, for every -dev package of the release,
   * also those that `has` does not know; [] when header-only, `undefined` when not known.
   */
  runtimeOf(name: string): readonly string[] | undefined;
}

/**
 * Opens a table. The names are read on first use, a package when it is asked for.
 * @param text the table; throws nothing, an empty table is an empty index
 */
export function openDebianIndex(release: string, text: string): DebianIndex {
  return new TextIndex(release, text);
}

/** Answers of `providers` that are kept, most of them empty; somebody who types a command asks for each of its beginnings. */
const KEPT = 8192;

class TextIndex implements DebianIndex {
  readonly release: string;
  private readonly text: string;
  /** Where the lines of the packages start, in the order of their names, and where the last one ends. */
  private readonly starts: () => Uint32Array;
  private readonly decoded = memo((at: number) => this.decode(at));
  private devs: Map<string, string> | undefined;
  private readonly byExecutable = new Map<string, readonly string[]>();
  private base: Set<string> | undefined;

  constructor(release: string, text: string) {
    this.release = release;
    this.text = text;
    this.starts = lazy(() => lineStarts(text));
  }

  has(name: string): boolean {
    return this.find(name) >= 0;
  }

  get(name: string): PackageFacts | undefined {
    const at = this.find(name);
    return at < 0 ? undefined : this.decoded(at);
  }

  get minbase(): ReadonlySet<string> {
    if (this.base === undefined) {
      const line = sectionsOf(this.text).find((section) => section.title.startsWith('minbase '));
      this.base = new Set(this.namesOf(line?.title.slice('minbase '.length)));
    }
    return this.base;
  }

  providers(executable: string): readonly string[] {
    let found = this.byExecutable.get(executable);
    if (found === undefined) {
      if (this.byExecutable.size >= KEPT) this.byExecutable.clear();
      this.byExecutable.set(executable, (found = this.findProviders(executable)));
    }
    return found;
  }

  runtimeOf(name: string): readonly string[] | undefined {
    const known = this.get(name);
    if (known !== undefined) return known.runtime;
    this.devs ??= this.readDevs();
    const field = this.devs.get(name);
    return field === undefined ? undefined : this.runtime(name, field);
  }

  /** The number of a package, or -1. Lines are sorted by name: nothing is kept but where they start. */
  private find(name: string): number {
    const starts = this.starts();
    let low = 0;
    let high = starts.length - 2;
    while (low <= high) {
      const middle = (low + high) >> 1;
      const order = this.compare(name, starts[middle] as number);
      if (order === 0) return middle;
      if (order < 0) high = middle - 1;
      else low = middle + 1;
    }
    return -1;
  }

  /** Whether a name comes before (negative) or after the one that stands at an offset. */
  private compare(name: string, start: number): number {
    for (let at = 0; at < name.length; at++) {
      const other = this.text.charCodeAt(start + at);
      if (other === TAB) return 1;
      const difference = name.charCodeAt(at) - other;
      if (difference !== 0) return difference;
    }
    return this.text.charCodeAt(start + name.length) === TAB ? 0 : -1;
  }

  private nameAt(number: number): string {
    const start = this.starts()[number];
    return start === undefined || number > this.starts().length - 2
      ? ''
      : this.text.slice(start, this.text.indexOf('\t', start));
  }

  private fields(at: number): string[] {
    const starts = this.starts();
    return this.text.slice(starts[at], (starts[at + 1] as number) - 1).split('\t');
  }

  private decode(at: number): PackageFacts {
    const [name = '', depends, recommends, executables, runtime = '', size = '0'] = this.fields(at);
    const others = new Map<string, readonly string[]>();
    return {
      name,
      depends: this.firstOf(depends, others),
      recommends: this.firstOf(recommends, others),
      ...(others.size > 0 ? { others } : {}),
      executables: wordsOf(executables).map((one) => (one === '.' ? name : one)),
      runtime: this.runtime(name, runtime),
      installedKB: fromBase36(size),
    };
  }

  private namesOf(field: string | undefined): string[] {
    return wordsOf(field).map((word) => this.nameAt(fromBase36(word)));
  }

  /** The first of each group; what else satisfies it goes into `others`. */
  private firstOf(field: string | undefined, others: Map<string, readonly string[]>): string[] {
    return wordsOf(field).map((word) => {
      const [first = '', ...rest] = word.split('|').map((one) => this.nameAt(fromBase36(one)));
      if (rest.length > 0) others.set(first, rest);
      return first;
    });
  }

  private runtime(name: string, field: string): readonly string[] | undefined {
    if (field === '') return undefined;
    if (field === '=') return [];
    const stem = name.replace(/-dev$/, '');
    return wordsOf(field).map((word) => {
      if (word.startsWith('+')) return stem + word.slice(1);
      return word.startsWith('/') ? word.slice(1) : this.nameAt(fromBase36(word));
    });
  }

  /** The -dev packages that only stand for libraries; names are written against the one before. */
  private readDevs(): Map<string, string> {
    const out = new Map<string, string>();
    const section = sectionsOf(this.text).find((one) => one.title === 'dev');
    let before = '';
    for (let at = section?.start ?? 0; at < (section?.end ?? 0); ) {
      const eol = lineEnd(this.text, at);
      const tab = this.text.indexOf('\t', at);
      before = before.slice(0, fromBase36(this.text.charAt(at))) + this.text.slice(at + 1, tab);
      out.set(before, this.text.slice(tab + 1, eol));
      at = eol + 1;
    }
    return out;
  }

  /** Looks through the text: a file names a few commands, an index of all of them is large. */
  private findProviders(executable: string): readonly string[] {
    const starts = this.starts();
    const from = starts[0] ?? 0;
    const end = starts[starts.length - 1] ?? 0;
    const out: string[] = [];
    if (!/^[^\s.]/.test(executable)) return out;
    const { length } = executable;
    for (
      let at = this.text.indexOf(executable, from);
      at >= 0 && at < end;
      at = this.text.indexOf(executable, at + length)
    ) {
      if (!isBlank(this.text.charCodeAt(at - 1)) || !isBlank(this.text.charCodeAt(at + length))) continue;
      const start = this.text.lastIndexOf('\n', at) + 1;
      const before = this.text.slice(start, at).split('\t');
      if (before.length === EXECUTABLES) out.push(before[0] as string);
    }
    const own = this.find(executable);
    if (own >= 0 && this.decoded(own).executables.includes(executable) && !out.includes(executable))
      out.push(executable);
    const rank = (name: string): number =>
      name === executable ? 0 : this.minbase.has(name) ? 1 : name.startsWith(executable) ? 2 : 3;
    return out.sort((a, b) => rank(a) - rank(b) || a.length - b.length || (a < b ? -1 : 1));
  }
}

const TAB = 9;
/** Which field of a line names the executables, counted from one. */
const EXECUTABLES = 4;

function isBlank(code: number): boolean {
  return code === TAB || code === 32;
}

/** Where the lines of the section `packages` start; the last entry is where the section ends. */
function lineStarts(text: string): Uint32Array {
  const section = sectionsOf(text).find((one) => one.title === 'packages');
  const starts: number[] = [];
  for (let at = section?.start ?? 0; at < (section?.end ?? 0); at = lineEnd(text, at) + 1) starts.push(at);
  return Uint32Array.from([...starts, section?.end ?? 0]);
}
