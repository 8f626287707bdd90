/**
 * package.json and the lock files (npm documentation, "package-lock.json": the
 * lock names every package and marks those with an install script).
 */
import type { Locked } from './locks.ts';
import type { Manager } from './managers.ts';
import { joinPath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';

export interface PackageJson {
  readonly name: string | undefined;
  readonly scripts: Readonly<Record<string, string>>;
  readonly dependencies: readonly string[];
  readonly devDependencies: readonly string[];
  readonly workspaces: boolean;
  /** Names and versions of all of them, as stated. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Reads package.json of a directory of the image; `undefined` when nobody has read it or it is no JSON. */
export function packageJson(machine: Machine, directory: string): PackageJson | undefined {
  const file = machine.context.fileAt(joinPath(directory, 'package.json'), machine.state.writes);
  return file === 'unknown' || file === 'unread' ? undefined : parsePackageJson(file.text);
}

/** The parts of package.json that matter here; `undefined` for text that is no JSON object. */
export function parsePackageJson(text: string): PackageJson | undefined {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const record = value as Record<string, unknown>;
  const strings = (key: string): Record<string, string> => {
    const table = record[key];
    if (typeof table !== 'object' || table === null) return {};
    return Object.fromEntries(
      Object.entries(table).filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    );
  };
  return {
    name: typeof record['name'] === 'string' ? record['name'] : undefined,
    scripts: strings('scripts'),
    dependencies: [...Object.keys(strings('dependencies')), ...Object.keys(strings('optionalDependencies'))],
    devDependencies: Object.keys(strings('devDependencies')),
    workspaces: record['workspaces'] !== undefined,
    versions: { ...strings('devDependencies'), ...strings('optionalDependencies'), ...strings('dependencies') },
  };
}

/** Reads the lock file of a manager in a directory of the image; `undefined` without a readable one. */
export function lockedPackages(machine: Machine, directory: string, manager: Manager): Locked | undefined {
  const file = machine.context.fileAt(joinPath(directory, manager.lock), machine.state.writes);
  return file === 'unknown' || file === 'unread' ? undefined : manager.readLock?.(file.text);
}
