/** Package names that Dockerfiles of a folder install with apt; only used to choose what the tables hold. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const INSTALL = /\bapt(?:-get|itude)?\b[^\n;&|]*?\binstall\b([^;&|]*)/g;

/**
 * @param {string} folder Dockerfiles
 * @returns {Map<string, number>} word of an install command that looks like a package → number of files
 */
export function aptNames(folder) {
  const counts = new Map();
  for (const file of readdirSync(folder).sort()) {
    const text = readFileSync(join(folder, file), 'utf8')
      .replace(/^\s*#.*\n/gm, '')
      .replace(/\\\r?\n/g, ' ');
    const seen = new Set();
    for (const match of text.matchAll(INSTALL)) {
      for (const word of match[1].split(/\s+/)) {
        const name = word.replace(/[=/:].*$/, '').replace(/^["']|["']$/g, '');
        if (/^[a-z0-9][a-z0-9+.-]+$/.test(name)) seen.add(name);
      }
    }
    for (const name of seen) counts.set(name, (counts.get(name) ?? 0) + 1);
  }
  return counts;
}
