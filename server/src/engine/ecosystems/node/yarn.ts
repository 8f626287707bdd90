/**
 * Yarn 2 and later (yarnpkg.com, settings `nodeLinker`, `enableGlobalCache`, `yarnPath`; release notes of 4.0: the
 * cache of the home directory is the default). Without node_modules a program loads its dependencies from archives.
 */
import { joinPath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';

/** Where `yarn install` leaves dependencies: below the project, or in archives of the home directory; `unread`: nobody can tell. */
export type YarnPlace = 'project' | 'home' | 'unread';

/** Options that only Yarn 2 and later have (yarnpkg.com, `yarn install`). */
const OF_BERRY = /^--(immutable(-cache)?|check-cache|check-resolutions|inline-builds|refresh-lockfile)$/;

/** What `.yarnrc.yml`, package.json of a directory of the image and the command itself say of it. */
export function yarnPlace(machine: Machine, directory: string, args: readonly Arg[]): YarnPlace {
  const path = joinPath(directory, '.yarnrc.yml');
  const settings = machine.context.fileAt(path, machine.state.writes);
  const stated = packageManager(machine, directory) ?? preparedVersion(machine);
  if (settings === 'unknown' || settings === 'unread') {
    // Any copied directory may hold the file; a COPY that names it says that it is there.
    if (machine.state.writes.index.exactly(path).some(({ context }) => context?.endsWith('.yarnrc.yml') === true))
      return 'unread';
    if (stated !== undefined) return stated >= 4 ? 'home' : 'project';
    return args.some(({ text }) => OF_BERRY.test(text)) ? 'unread' : 'project';
  }
  const value = (name: string): string | undefined =>
    new RegExp(`^${name}:[ \\t]*["']?([^"'\\s#]+)`, 'm').exec(settings.text)?.[1];
  if (/^(node-modules|pnpm)$/.test(value('nodeLinker') ?? '')) return 'project';
  const global = value('enableGlobalCache');
  if (global !== undefined) return global === 'false' ? 'project' : 'home';
  const release = /yarn-(\d+)\./.exec(value('yarnPath') ?? '')?.[1];
  const version = release === undefined ? stated : Number(release);
  if (version === undefined) return 'unread';
  return version >= 4 ? 'home' : 'project';
}

/** Major version of Yarn that a command of the file prepared (`corepack prepare yarn@4.1.0`, `yarn set version 3.6.4`). */
function preparedVersion({ state }: Machine): number | undefined {
  const told = state.told.get('yarn:version');
  return told === undefined ? undefined : Number(told);
}

/** Remembers the version of Yarn that a command names; a tag of it is Yarn 4. */
export function prepareYarn(version: string | undefined, machine: Machine): void {
  const major =
    /^(\d+)\./.exec(version ?? '')?.[1] ?? (/^(stable|berry|latest)$/.test(version ?? '') ? '4' : undefined);
  if (major !== undefined) machine.state.told.set('yarn:version', major);
}

/** `yarn set version X` puts that release into the project, and names it there (yarnpkg.com, `yarn set version`). */
export function setVersion(version: Arg | undefined, machine: Machine): void {
  prepareYarn(version?.text, machine);
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.write('.yarn', { kind: 'tree', class: 'app', sure: false });
  for (const name of ['.yarnrc.yml', 'package.json']) machine.write(name, { kind: 'edit', class: 'app' });
}

/** Major version of Yarn that package.json states; `undefined` when it was not read or states none. */
function packageManager(machine: Machine, directory: string): number | undefined {
  const file = machine.context.fileAt(joinPath(directory, 'package.json'), machine.state.writes);
  const found = typeof file === 'string' ? null : /"packageManager":\s*"yarn@(\d+)\./.exec(file.text);
  return found === null ? undefined : Number(found[1]);
}
