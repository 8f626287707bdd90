/** Right splits, those of all fixtures: nothing is said of them. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderContext } from '../engine/engine.ts';
import { judge } from './judge.ts';

const root = new URL('../fixtures/', import.meta.url).pathname;

describe('a right split', () => {
  for (const kind of readdirSync(root)) {
    for (const name of readdirSync(join(root, kind))) {
      const folder = join(root, kind, name);
      if (!existsSync(join(folder, 'after.Dockerfile'))) continue;
      it(`${kind}/${name}`, () => {
        const [before, after] = ['before', 'after'].map((one) =>
          readFileSync(join(folder, `${one}.Dockerfile`), 'utf8'),
        );
        expect(judge(before as string, after as string, folderContext(join(folder, 'context')))).toEqual([]);
      });
    }
  }
});
