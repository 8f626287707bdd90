/** The package managers: where each keeps what it downloads, and which options take a value. */
import { type Locked, npmLock, pnpmLock, yarnLock } from './locks.ts';
import type { Options } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';

export const VALUED = new Set(
  `-C --dir --cwd --prefix --registry --cache -w --workspace --filter -F --loglevel --omit --only --include --userconfig --network-timeout
--cache-folder --modules-folder --store-dir --network-concurrency --fetch-timeout --fetch-retries --unsafe-perm-for --frozen-store
--mutex --global-folder --tag --legacy-bundling-for --node-linker --reporter --jobs`.split(/\s+/),
);

export function directoryOf(options: Options, machine: Machine): string {
  const stated =
    options.values.get('-C') ??
    options.values.get('--dir') ??
    options.values.get('--cwd') ??
    options.values.get('--prefix');
  return machine.path(stated ?? machine.cwd);
}

export function home(machine: Machine, rest: string): string {
  return `${(machine.lookup('HOME') ?? machine.home()).text}/${rest}`;
}

export interface Manager {
  readonly name: string;
  /** Its lock file. */
  readonly lock: string;
  /** Reads it, where that tells more than names. */
  readonly readLock?: (text: string) => Locked | undefined;
  /** Names that it reads as well. */
  readonly olderLocks: readonly string[];
  readonly cache: (machine: Machine, options: Options) => string;
}

export const npm: Manager = {
  name: 'npm',
  lock: 'package-lock.json',
  readLock: npmLock,
  olderLocks: ['npm-shrinkwrap.json'],
  cache: (machine, options) =>
    options.values.get('--cache')?.text ?? machine.lookup('npm_config_cache')?.text ?? home(machine, '.npm'),
};
export const yarn: Manager = {
  name: 'yarn',
  lock: 'yarn.lock',
  readLock: yarnLock,
  olderLocks: [],
  cache: (machine, options) =>
    options.values.get('--cache-folder')?.text ??
    machine.lookup('YARN_CACHE_FOLDER')?.text ??
    (machine.isRoot() ? '/usr/local/share/.cache/yarn' : home(machine, '.cache/yarn')),
};
/** Beside its store (pnpm.io, settings: `cacheDir`, `stateDir`). */
export const PNPM_STATE = ['.cache/pnpm', '.local/state/pnpm'];

export const pnpm: Manager = {
  name: 'pnpm',
  lock: 'pnpm-lock.yaml',
  readLock: pnpmLock,
  olderLocks: [],
  cache: (machine, options) => options.values.get('--store-dir')?.text ?? home(machine, '.local/share/pnpm/store'),
};
export const bun: Manager = {
  name: 'bun',
  lock: 'bun.lock',
  olderLocks: ['bun.lockb'],
  cache: (machine) => home(machine, '.bun/install/cache'),
};

/** nodesource's and Alpine's packages keep npm's own prefix, /usr; docker-library puts Node into /usr/local. */
export function nodePrefix(machine: Machine): string {
  return machine.state.packages.has('nodejs') ? '/usr' : '/usr/local';
}
