/** Reader of the tables `debian-<release>`: one line per package, decoded when asked for. */
import { fromBase36, lineEnd, memo, sectionsOf, wordsOf } from './table.ts';
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

class TextIndex implements DebianIndex {
  readonly release: string;
  private readonly text: string;
  private names: string[] | undefined;
  private starts: number[] = [];
  private numbers = new Map<string, number>();
  private readonly decoded = memo((at: number) => this.decode(at));
  private devs: Map<string, string> | undefined;
  private byExecutable: Map<string, string[]> | undefined;
  private base: Set<string> | undefined;

  constructor(release: string, text: string) {
    this.release = release;
    this.text = text;
  }

  has(name: string): boolean {
    this.open();
    return this.numbers.has(name);
  }

  get(name: string): PackageFacts | undefined {
    this.open();
    const at = this.numbers.get(name);
    return at === undefined ? undefined : this.decoded(at);
  }

  get minbase(): ReadonlySet<string> {
    if (this.base === undefined) {
      this.open();
      const line = sectionsOf(this.text).find((section) => section.title.startsWith('minbase '));
      this.base = new Set(this.namesOf(line?.title.slice('minbase '.length)));
    }
    return this.base;
  }

  providers(executable: string): readonly string[] {
    this.byExecutable ??= this.readExecutables();
    return this.byExecutable.get(executable) ?? [];
  }

  runtimeOf(name: string): readonly string[] | undefined {
    const known = this.get(name);
    if (known !== undefined) return known.runtime;
    this.devs ??= this.readDevs();
    const field = this.devs.get(name);
    return field === undefined ? undefined : this.runtime(name, field);
  }

  /** Reads the names and where their lines start. */
  private open(): string[] {
    if (this.names !== undefined) return this.names;
    const names: string[] = [];
    const section = sectionsOf(this.text).find((one) => one.title === 'packages');
    for (let at = section?.start ?? 0; at < (section?.end ?? 0); at = lineEnd(this.text, at) + 1) {
      const name = this.text.slice(at, this.text.indexOf('\t', at));
      this.numbers.set(name, names.length);
      this.starts.push(at);
      names.push(name);
    }
    this.names = names;
    return names;
  }

  private fields(at: number): string[] {
    const start = this.starts[at] ?? this.text.length;
    return this.text.slice(start, lineEnd(this.text, start)).split('\t');
  }

  private decode(at: number): PackageFacts {
    const [name = '', depends, recommends, executables, runtime = '', size = '0'] = this.fields(at);
    return {
      name,
      depends: this.namesOf(depends),
      recommends: this.namesOf(recommends),
      executables: wordsOf(executables).map((one) => (one === '.' ? name : one)),
      runtime: this.runtime(name, runtime),
      installedKB: fromBase36(size),
    };
  }

  private namesOf(field: string | undefined): string[] {
    const names = this.open();
    return wordsOf(field).map((word) => names[fromBase36(word)] ?? '');
  }

  private runtime(name: string, field: string): readonly string[] | undefined {
    if (field === '') return undefined;
    if (field === '=') return [];
    const stem = name.replace(/-dev$/, '');
    return wordsOf(field).map((word) => {
      if (word.startsWith('+')) return stem + word.slice(1);
      return word.startsWith('/') ? word.slice(1) : (this.open()[fromBase36(word)] ?? '');
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

  /** The fourth field alone: most of a line is not needed to find who has a command. */
  private executablesField(at: number): string {
    let start = this.starts[at] ?? this.text.length;
    for (let tab = 0; tab < 3; tab++) start = this.text.indexOf('\t', start) + 1;
    return this.text.slice(start, this.text.indexOf('\t', start));
  }

  private readExecutables(): Map<string, string[]> {
    const out = new Map<string, string[]>();
    this.open().forEach((name, at) => {
      for (const one of wordsOf(this.executablesField(at))) {
        const executable = one === '.' ? name : one;
        const list = out.get(executable);
        if (list === undefined) out.set(executable, [name]);
        else list.push(name);
      }
    });
    const rank = (name: string, executable: string): number =>
      name === executable ? 0 : this.minbase.has(name) ? 1 : name.startsWith(executable) ? 2 : 3;
    for (const [executable, list] of out) {
      if (list.length === 1) continue;
      list.sort((a, b) => rank(a, executable) - rank(b, executable) || a.length - b.length || (a < b ? -1 : 1));
    }
    return out;
  }
}
