/** Writing of tables: a header that says where the facts are from, then sorted lines. */
import { writeFileSync } from 'node:fs';
import { gzipSync } from 'node:zlib';

/** Code-unit order: the same on every machine, unlike `localeCompare`. */
export const byCode = (a, b) => (a < b ? -1 : a > b ? 1 : 0);

/** Sorted copy without duplicates. */
export const sorted = (names) => [...new Set(names)].sort(byCode);

/** Index as written in the tables. */
export const base36 = (n) => n.toString(36);

/**
 * Writes one table and says how large it is.
 * @param {string} path file to write
 * @param {{what: string, source: string, date: string, licence: string, command: string, format: string[]}} header
 * @param {string[]} lines body
 */
export function writeTable(path, header, lines) {
  const head = [
    `# what: ${header.what}`,
    `# source: ${header.source}`,
    `# date: ${header.date}`,
    `# licence: ${header.licence}`,
    `# command: ${header.command}`,
    ...header.format.map((line) => `# format: ${line}`),
  ];
  const text = `${[...head, ...lines].join('\n')}\n`;
  writeFileSync(path, text);
  const name = path.replace(/^.*\//, '');
  console.log(`${name}: ${lines.length} lines, ${text.length} bytes, gzip ${gzipSync(text, { level: 9 }).length}`);
}

/** Gives every distinct value a number, in order of first use. */
export class Pool {
  constructor() {
    this.index = new Map();
    this.values = [];
  }

  /** Number of a string, base 36. */
  ref(value) {
    let at = this.index.get(value);
    if (at === undefined) {
      at = this.values.length;
      this.index.set(value, at);
      this.values.push(value);
    }
    return base36(at);
  }
}
