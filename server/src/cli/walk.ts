/** Finds Dockerfiles below a directory. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { dockerfileName, skippedFolders } from '../host/dockerfileName.ts';
import { reasonOf } from './source.ts';
import { UsageError } from './usage.ts';

/**
 * A file is itself, whatever its name; a directory is every Dockerfile below it,
 * sorted. Links to directories are not followed. Names stay relative as given.
 */
export function findDockerfiles(name: string, cwd: string): readonly string[] {
  let stat: fs.Stats;
  try {
    stat = fs.statSync(path.resolve(cwd, name));
  } catch (error) {
    throw new UsageError(`cannot read '${name}': ${reasonOf(error)}`);
  }
  return stat.isDirectory() ? walk(name, cwd) : [name];
}

function walk(folder: string, cwd: string): string[] {
  let entries: fs.Dirent[];
  try {
    entries = fs.readdirSync(path.resolve(cwd, folder), { withFileTypes: true });
  } catch (error) {
    throw new UsageError(`cannot read '${folder}': ${reasonOf(error)}`);
  }
  const byName = entries.sort((a, b) => (a.name < b.name ? -1 : 1));
  return byName.flatMap((entry) => {
    const name = path.join(folder, entry.name);
    if (entry.isDirectory()) return skippedFolders.has(entry.name) ? [] : walk(name, cwd);
    return dockerfileName.test(entry.name) && isFile(entry, path.resolve(cwd, name)) ? [name] : [];
  });
}

function isFile(entry: fs.Dirent, file: string): boolean {
  return entry.isFile() || (entry.isSymbolicLink() && fs.statSync(file, { throwIfNoEntry: false })?.isFile() === true);
}
