/**
 * Yarn 2 and later (yarnpkg.com, settings `nodeLinker`, `enableGlobalCache`, `yarnPath`; release notes of 4.0: the
 * cache of the home directory is the default). Without node_modules a program loads its dependencies from archives.
 */
import { joinPath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';

/** Where `yarn install` leaves dependencies: below the project, or in archives of the home directory; `unread`: nobody can tell. */
export type YarnPlace = 'project' | 'home' | 'unread';

/** What `.yarnrc.yml` and package.json of a directory of the image say of it. */
export function yarnPlace(machine: Machine, directory: string): YarnPlace {
  const path = joinPath(directory, '.yarnrc.yml');
  const settings = machine.context.fileAt(path, machine.state.writes);
  const stated = packageManager(machine, directory);
  if (settings === 'unknown' || settings === 'unread') {
    // Any copied directory may hold the file; a COPY that names it says that it is there.
    if (machine.state.writes.index.exactly(path).some(({ context }) => context?.endsWith('.yarnrc.yml') === true))
      return 'unread';
    return stated !== undefined && stated >= 4 ? 'home' : 'project';
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

/** Major version of Yarn that package.json states; `undefined` when it was not read or states none. */
function packageManager(machine: Machine, directory: string): number | undefined {
  const file = machine.context.fileAt(joinPath(directory, 'package.json'), machine.state.writes);
  const found = typeof file === 'string' ? null : /"packageManager":\s*"yarn@(\d+)\./.exec(file.text);
  return found === null ? undefined : Number(found[1]);
}
