/** Decoding of single records of the table `bases`; its `# format:` lines say what the fields are. */
import { fromBase36, linesOf, memo, wordsOf, type Section } from './table.ts';
import type { BaseConfig, BaseFacts } from './types.ts';

type Os = BaseFacts['os'];

/** A counterpart as written, before it is fitted to a tag. */
export interface Option {
  readonly ref: string;
  readonly relation: string;
  readonly os: string;
  /** The counterpart is published with the same aliases. */
  readonly aliased: boolean;
  readonly containsToolchain: boolean;
  readonly osDiffers: boolean;
  readonly condition: string | undefined;
  readonly note: string | undefined;
}

export interface BaseRecord {
  readonly image: string;
  readonly tag: string;
  readonly version: string | undefined;
  readonly status: BaseFacts['status'];
  readonly os: Os;
  readonly libc: BaseFacts['libc'];
  readonly kind: string;
  readonly from: readonly string[];
  readonly config: string;
  readonly users: Readonly<Record<string, number>>;
  readonly compilers: readonly string[];
  readonly tools: readonly string[];
  /** Compared with the first option; `undefined` when not said. */
  readonly toolsLost: readonly string[] | undefined;
  readonly libsLost: readonly string[] | undefined;
  readonly options: readonly Option[];
  readonly sizeMB: number | undefined;
  readonly sizeMeasured: boolean;
  readonly confidence: BaseFacts['confidence'];
}

const STATUS: Readonly<Record<string, BaseFacts['status']>> = {
  c: 'current',
  r: 'retired',
  d: 'deprecated',
  p: 'preview',
};
const LIBC: Readonly<Record<string, BaseFacts['libc']>> = { g: 'glibc', m: 'musl', n: 'none', u: 'unknown' };
const CONFIDENCE: Readonly<Record<string, BaseFacts['confidence']>> = { h: 'high', m: 'medium', l: 'low' };

/** The shared values of the table: each pool is split into lines when first used. */
export class Pools {
  private readonly pool: (name: string) => readonly string[];
  private readonly names: (pool: string) => readonly string[];
  private readonly nameSet: (key: string) => readonly string[];

  constructor(text: () => string, sections: ReadonlyMap<string, Section>) {
    this.pool = memo((name: string) => linesOf(text(), sections.get(name)));
    this.names = memo((pool: string) => (this.pool(pool)[0] ?? '').split(pool === 'tools' ? '\t' : ' '));
    this.nameSet = memo((key: string) => {
      const [pool = '', number = ''] = key.split(' ');
      const names = this.names(pool);
      return wordsOf(this.pool(pool)[fromBase36(number) + 1]).map((word) => names[fromBase36(word)] ?? '');
    });
  }

  private line(pool: string, number: string | undefined): string {
    return number === undefined || number === '' ? '' : (this.pool(pool)[fromBase36(number)] ?? '');
  }

  os(number: string | undefined): Os {
    const [id = 'other', release = '', versionId = ''] = this.line('os', number).split('\t');
    return { id: id as Os['id'], release, versionId };
  }

  tools(number: string): readonly string[] {
    return this.nameSet(`tools ${number}`);
  }

  /** Reads an `r` line. */
  record(image: string, line: string): BaseRecord {
    const [
      ,
      tag = '',
      version = '',
      status = '',
      os,
      libc = '',
      kind = '',
      from,
      config = '',
      users,
      compilers = '',
      tools = '',
      toolsLost = '',
      libsLost = '-',
      options,
      size = '',
      confidence = '',
    ] = line.split('\t');
    return {
      image,
      tag,
      version: version === '' ? undefined : version,
      status: STATUS[status] ?? 'retired',
      os: this.os(os),
      libc: LIBC[libc] ?? 'unknown',
      kind,
      from: wordsOf(this.line('from', from)),
      config,
      users: Object.fromEntries(
        wordsOf(users).map((word) => [word.slice(0, word.indexOf(':')), Number(word.slice(word.indexOf(':') + 1))]),
      ),
      compilers: this.tools(compilers),
      tools: this.tools(tools),
      toolsLost: toolsLost === '' ? undefined : this.tools(toolsLost),
      libsLost: libsLost === '-' ? undefined : this.nameSet(`libs ${libsLost}`),
      options: wordsOf(options).map((number) => this.option(number)),
      sizeMB: size === '' ? undefined : Number(size.replace('!', '')),
      sizeMeasured: size.startsWith('!'),
      confidence: CONFIDENCE[confidence] ?? 'low',
    };
  }

  option(number: string): Option {
    const [ref = '', relation = '', os = '', flags = '', condition = '', note = ''] = this.line('option', number).split(
      '\t',
    );
    return {
      ref,
      relation,
      os,
      aliased: flags.includes('a'),
      containsToolchain: flags.includes('t'),
      osDiffers: flags.includes('o'),
      condition: condition === '' ? undefined : condition,
      note: note === '' ? undefined : note,
    };
  }

  status(code: string): BaseFacts['status'] {
    return STATUS[code] ?? 'retired';
  }

  libc(code: string): BaseFacts['libc'] {
    return LIBC[code] ?? 'unknown';
  }

  confidence(code: string): BaseFacts['confidence'] {
    return CONFIDENCE[code] ?? 'low';
  }

  /**
   * Reads a configuration.
   * @param version what `{v}` stands for; `undefined`: values with it are not known
   * @param exact false for another build than the recorded one: values that hold a version are not known, but for the version itself
   */
  config(number: string, version: string | undefined, exact: boolean): BaseConfig {
    const { e, ...rest } = JSON.parse(this.line('config', number) || '{"e":""}') as { e: string } & Omit<
      BaseConfig,
      'env'
    >;
    const env: Record<string, string | null> = {};
    for (const word of wordsOf(e)) {
      const line = this.line('env', word);
      const cut = line.indexOf('=');
      if (cut < 0) env[line] = null;
      else env[line.slice(0, cut)] = valueOf(line.slice(cut + 1), version, exact);
    }
    return { env, ...rest };
  }
}

function valueOf(template: string, version: string | undefined, exact: boolean): string | null {
  if (!template.includes('{v}')) {
    const kept = exact || !/\d[.u]\d/.test(template) || version?.startsWith(`${template}.`) === true;
    return kept ? template : null;
  }
  if (version === undefined || (!exact && template !== '{v}')) return null;
  return template.replaceAll('{v}', version);
}
