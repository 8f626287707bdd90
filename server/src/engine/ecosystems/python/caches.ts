/** Where the tools of Python keep what they have downloaded or unpacked, and whether they do. */
import { has, type Call, type Options } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { homePath } from './project.ts';

/** The cache of a tool of the user in force (XDG Base Directory Specification). */
export function cachePath(machine: Machine, tool: string): string {
  const stated = machine.lookup('XDG_CACHE_HOME')?.text ?? '';
  return stated === '' ? homePath(machine, `.cache/${tool}`) : `${stated}/${tool}`;
}

/**
 * virtualenv unpacks what it puts into an environment and keeps that: in the user's cache since 20.38, among their data
 * before (virtualenv's changelog). Whoever makes environments with it (poetry, pipenv) does the same.
 */
export function keepSeeds(machine: Machine): void {
  const stated = machine.lookup('VIRTUALENV_OVERRIDE_APP_DATA')?.text;
  const places =
    stated === undefined ? [cachePath(machine, 'virtualenv'), homePath(machine, '.local/share/virtualenv')] : [stated];
  for (const place of places) machine.write(place, { kind: 'tree', class: 'cache', sure: stated !== undefined });
}

/** True where `pip` or `uv pip` is told to keep nothing; uv has a cache and variables of its own (docs.astral.sh/uv, "Caching"). */
export function keepsNothing({ name }: Call, options: Options, machine: Machine): boolean {
  return name === 'uv'
    ? isSet(machine, 'UV_NO_CACHE') || has(options, '--no-cache', '--no-cache-dir', '-n')
    : isSet(machine, 'PIP_NO_CACHE_DIR') || has(options, '--no-cache-dir', '--no-cache');
}

export function cacheOf({ name }: Call, options: Options, machine: Machine): string {
  const [variable, tool] = name === 'uv' ? ['UV_CACHE_DIR', 'uv'] : ['PIP_CACHE_DIR', 'pip'];
  const stated = options.values.get('--cache-dir')?.text ?? machine.lookup(variable)?.text;
  return stated ?? cachePath(machine, tool);
}

/** True for a variable that is set to something other than an empty text, `0`, `false`, `off` or `no`. */
export function isSet(machine: Machine, name: string): boolean {
  const value = machine.lookup(name);
  return value !== undefined && value.open.length === 0 && !/^(|0|false|off|no)$/i.test(value.text);
}
