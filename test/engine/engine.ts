/** The engine on the tables of the repository, for tests. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { createEngine } from '../../server/src/engine/index.ts';
import type { FactSource } from '../../server/src/engine/facts/types.ts';
import type { Context, OutsideRun } from '../../server/src/engine/model/analysis.ts';

const tables = new URL('../../server/facts/tables/', import.meta.url).pathname;

/** Facts read from the tables on disk. */
export const fileFacts: FactSource = {
  table: (name) => {
    const path = join(tables, `${name}.txt`);
    return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
  },
};

export const engine = createEngine(fileFacts);

/** A folder as a build context in which everything has been read; `undefined` when it does not exist. */
export function folderContext(folder: string): Context | undefined {
  if (!existsSync(folder)) return undefined;
  const isFile = (path: string): boolean => existsSync(path) && statSync(path).isFile();
  return {
    read: (path) => (isFile(join(folder, path)) ? { text: readFileSync(join(folder, path), 'utf8') } : 'absent'),
    list: (path) => {
      const full = join(folder, path);
      if (!existsSync(full) || !statSync(full).isDirectory()) return [];
      return readdirSync(full).map((name) => (statSync(join(full, name)).isDirectory() ? `${name}/` : name));
    },
  };
}

/** A build context of these files, by path, in which everything has been read; `runs`: what the surroundings run. */
export function filesContext(files: Readonly<Record<string, string>>, runs: readonly OutsideRun[] = []): Context {
  return {
    read: (path) => (files[path] === undefined ? 'absent' : { text: files[path] }),
    list: (path) => {
      const below = path === '' ? '' : `${path}/`;
      const names = Object.keys(files)
        .filter((name) => name.startsWith(below))
        .map((name) => name.slice(below.length).replace(/\/.*/, '/'));
      return [...new Set(names)];
    },
    runs,
  };
}
