import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FactSource, TableName } from '../../server/src/engine/facts/types.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'server', 'facts', 'tables');

/** The tables of the repository, read when asked for. */
export function testFacts(): FactSource {
  const known = new Map<TableName, string>();
  return {
    table(name) {
      const text = known.get(name) ?? readFileSync(join(FOLDER, `${name}.txt`), 'utf8');
      known.set(name, text);
      return text;
    },
  };
}
