/**
 * Toolchains of another language (a JDK, Go, Rust) that no build step of the file calls: beside a program that nobody has
 * read they are evidence that it compiles or runs with them (pitfall 61).
 */
import type { Entry } from '../demand/entry.ts';
import type { Program } from '../demand/program.ts';
import type { Facts } from '../facts/index.ts';
import { baseName } from '../model/path.ts';
import type { Atom, ImageState } from '../model/state.ts';

/** npm and its like compile with a C compiler, and with nothing else (github.com/nodejs/node-gyp, README, "Installation"). */
const OF_NODE = /^(npm|cnpm|tnpm|npx|yarn|yarnpkg|pnpm|bun|bunx|node)$/;

/** Names of the packages that stay for the program. */
export function toolchainsOfProgram(
  state: ImageState,
  atoms: readonly Atom[],
  entry: Entry,
  program: Program,
  facts: Facts,
): ReadonlySet<string> {
  const out = new Set<string>();
  if (program.read && state.unread.length === 0 && entry.unread.length === 0) return out;
  const os = state.root.facts?.os;
  for (const { name, by } of state.packages.values()) {
    if (by !== 'asked') continue;
    const { class: kind, group } = facts.classify(os, name);
    if (kind === 'build-only' && group === 'language-toolchain') out.add(name);
  }
  return out.size === 0 || atoms.some(mayBuild) ? new Set() : out;
}

/** Who builds may do it with any toolchain that is there; so may a command that nobody follows. */
function mayBuild({ effect }: Atom): boolean {
  if (effect.opaque !== undefined || effect.roles.has('build')) return true;
  const compiles = effect.needs.some(({ kind }) => kind === 'compiler');
  return compiles && !effect.commands.every((name) => OF_NODE.test(baseName(name)));
}
