/** The tags of one image of the table `bases`. */
import { wordsOf } from './table.ts';

/** How a tag belongs to a record. */
export interface TagEntry {
  readonly record: number;
  /** The record names the tag; else it is another build of the same kind, of which only the OS release is recorded. */
  readonly exact: boolean;
  /** The tag has left the library: it is not moved any more. */
  readonly frozen: boolean;
  /** Number of the OS release; '' the record's. */
  readonly os: string;
  readonly version: string;
  /** Tag of the counterpart that was published with this one. */
  readonly counterpart: string | undefined;
}

/** Reads the `t` lines of an image into a map from tag to entry. */
export function tagMap(lines: readonly string[]): Map<string, TagEntry> {
  const out = new Map<string, TagEntry>();
  for (const line of lines) {
    const [, record = '', mode = '', os = '', suffix = '', counterpart = '-', versions] = line.split('\t');
    for (const word of wordsOf(versions)) {
      const version = word === '.' ? '' : word;
      const tag = version + suffix;
      if (out.has(tag)) continue;
      out.set(tag, {
        record: Number.parseInt(record, 36),
        exact: mode === 'x',
        frozen: mode === 'f',
        os,
        version,
        counterpart:
          counterpart === '-'
            ? undefined
            : counterpart.startsWith('=')
              ? counterpart.slice(1)
              : version + counterpart.slice(1),
      });
    }
  }
  return out;
}
