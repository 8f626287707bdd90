/** Which room knows which command. */
import type { Handler } from './call.ts';

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
