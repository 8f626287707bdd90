import { describe, expect, it } from 'vitest';
import { openDebianIndex } from '../../server/src/engine/facts/debian.ts';
import { headerOf } from '../../server/src/engine/facts/table.ts';
import type { TableName } from '../../server/src/engine/facts/types.ts';
import { testFacts } from './source.ts';

const source = testFacts();
const NAMES: readonly TableName[] = [
  'bases',
  'debian-bullseye',
  'debian-bookworm',
  'debian-trixie',
  'debian-classes',
  'full-vs-slim',
  'ubuntu-libraries',
  'alpine',
];
const INDEXES = ['bullseye', 'bookworm', 'trixie'] as const;
const text = (name: TableName): string => source.table(name) ?? '';
const column = (release: string, at: number): string[][] =>
  text(`debian-${release}` as TableName)
    .split('\n')
    .filter((line) => line.split('\t').length === 6 && !line.startsWith('#'))
    .map((line) => (line.split('\t')[at] ?? '').split(' ').filter((word) => word !== ''));

describe('tables of facts', () => {
  it.each(NAMES)('%s says what it is and where it is from', (name) => {
    const keys = headerOf(text(name)).map((line) => line.slice(0, line.indexOf(':')));
    expect(keys.slice(0, 5)).toEqual(['what', 'source', 'date', 'licence', 'command']);
    expect(headerOf(text(name)).find((line) => line.startsWith('date:'))).toMatch(/^date: 20\d\d-\d\d-\d\d/);
  });

  it('stays small enough for the extension', () => {
    const size = NAMES.reduce((sum, name) => sum + text(name).length, 0);
    expect(size).toBeLessThan(2_400_000);
  });

  it.each(INDEXES)('%s refers only to packages of its own', (release) => {
    const count = column(release, 0).length;
    for (const at of [1, 2]) {
      for (const refs of column(release, at)) {
        for (const ref of refs) expect(Number.parseInt(ref, 36)).toBeLessThan(count);
      }
    }
  });

  it.each(INDEXES)('%s decodes every line, twice the same', (release) => {
    const [one, two] = [0, 1].map(() => openDebianIndex(release, text(`debian-${release}` as TableName)));
    for (const [name] of column(release, 0)) {
      const facts = one?.get(name ?? '');
      expect(facts?.name).toBe(name);
      expect(facts?.depends.every((other) => one?.has(other))).toBe(true);
      expect(facts?.recommends.every((other) => one?.has(other))).toBe(true);
      expect(facts?.installedKB).toBeGreaterThanOrEqual(0);
      expect(two?.get(name ?? '')).toEqual(facts);
    }
  });
});
