/** Which room knows which command. */
import type { Handler } from './call.ts';
import type { Machine } from './machine.ts';

const exact = new Map<string, Handler>();
const memo = new Map<string, Handler | null>();

/** Adds a room's commands. A name that is registered twice is a mistake in the program. */
export function register(commands: Readonly<Record<string, Handler>>): void {
  for (const [name, handler] of Object.entries(commands)) {
    if (exact.has(name)) throw new Error(`command ${name} is known twice`);
    exact.set(name, handler);
  }
  memo.clear();
}

/** An installer that is downloaded first and then run as a file: known by the name that its publisher gives it. */
export interface InstallerFile {
  readonly name: RegExp;
  readonly run: Handler;
}

const installers: InstallerFile[] = [];

/** Adds the installers of a room. */
export function registerInstallers(all: readonly InstallerFile[]): void {
  installers.push(...all);
}

/** What runs the installer of this file name, if it is one. */
export function findInstaller(name: string): Handler | undefined {
  return installers.find((one) => one.name.test(name))?.run;
}

/** The path that must be there for commands in a SHELL that a room knows (`SHELL ["conda", "run", "-n", "app", …]`). */
export type ShellPlace = (words: readonly string[], machine: Machine) => string | undefined;

const shells: ShellPlace[] = [];

/** Adds a room's shells. */
export function registerShells(all: readonly ShellPlace[]): void {
  shells.push(...all);
}

/** What a SHELL needs beside the base, if one room knows it. */
export function placeOfShell(words: readonly string[], machine: Machine): string | undefined {
  for (const shell of shells) {
    const place = shell(words, machine);
    if (place !== undefined) return place;
  }
  return undefined;
}

const VERSIONED = /^(.*?[a-z+])-?\d+(?:\.\d+)*$/i;

/** The handler of a command by its base name; `python3.11` and `gcc-12` find those of `python` and `gcc`. */
export function findHandler(name: string): Handler | undefined {
  const found = exact.get(name);
  if (found !== undefined) return found;
  let cached = memo.get(name);
  if (cached === undefined) {
    const stem = VERSIONED.exec(name)?.[1];
    cached = (stem === undefined ? undefined : exact.get(stem)) ?? null;
    if (memo.size > 2000) memo.clear();
    memo.set(name, cached);
  }
  return cached ?? undefined;
}
