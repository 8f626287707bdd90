/**
 * package.json and the lock files (npm documentation, "package-lock.json": the
 * lock names every package and marks those with an install script).
 */
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

/** What a lock file says of the packages that are installed. */
export interface Locked {
  /** Those that run a script when they are installed. */
  readonly scripts: readonly string[];
  /** Those that are not there for development alone. */
  readonly names: readonly string[];
  /** Versions of all that are installed, for development too. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Reads package-lock.json; `undefined` without a readable one of npm 7 or later. */
export function lockedPackages(machine: Machine, directory: string): Locked | undefined {
  const file = machine.context.fileAt(joinPath(directory, 'package-lock.json'), machine.state.writes);
  if (file === 'unknown' || file === 'unread' || !/"lockfileVersion":\s*[23]/.test(file.text)) return undefined;
  const scripts: string[] = [];
  const names = new Set<string>();
  const versions: Record<string, string> = {};
  let current = '';
  let development = false;
  /** A name may have several entries, one for each place: any that is there for more than development counts. */
  const finish = (): void => {
    if (current !== '' && !development) names.add(current);
  };
  // Line by line: lock files grow to megabytes.
  for (const line of file.text.split('\n')) {
    const key = /^ {4}"(?:.*node_modules\/)?([^"]+)": \{/.exec(line)?.[1];
    if (key !== undefined) {
      finish();
      current = key;
      development = false;
    } else if (line.startsWith('      "version": "')) versions[current] ??= line.slice(18).replace(/".*$/, '');
    else if (line.includes('"hasInstallScript": true')) scripts.push(current);
    else if (/^ {6}"dev(Optional)?": true/.test(line)) development = true;
  }
  finish();
  return { scripts, names: [...names], versions };
}
