/** One simple command as a handler sees it, and the helpers that handlers share. */
import type { SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import type { Machine } from './machine.ts';
import type { Arg } from './words.ts';

export interface Call {
  /** Base name of the command (`pip` for `/opt/venv/bin/pip`). */
  readonly name: string;
  /** The command word. */
  readonly command: Arg;
  /** The command was given with a slash: its path as written. */
  readonly path: string | undefined;
  /** Arguments without the name. */
  readonly args: readonly Arg[];
  readonly span: Span;
  readonly node: SimpleCommand;
  /** The command before this one in a pipeline, when its name is known. */
  readonly stdin: Call | undefined;
  /** There is a command after this one in the pipeline. */
  readonly piped: boolean;
}

/** What a command does to the image. Registered by name in the rooms. */
export type Handler = (call: Call, machine: Machine) => void;

export interface Options {
  /** Options without a value, as written (`-y`, `--no-cache`); bundled letters are spread (`-yq` gives `-y`, `-q`). */
  readonly flags: ReadonlySet<string>;
  /** Options with a value; the last one wins, `all` keeps them in order. */
  readonly values: ReadonlyMap<string, Arg>;
  readonly all: readonly { readonly name: string; readonly value: Arg }[];
  /** Operands. */
  readonly rest: readonly Arg[];
}

/**
 * Splits arguments as getopt does. `valued` names the options that take a value
 * (`-o`, `--output`); long options may be written `--output=x`. `grouped`: letters
 * share a minus (`-yq`); false for compilers and openssl, whose long options have one
 * minus (`-fopenmp`) and only a first letter takes what is glued to it (`-ofile`).
 */
export function parseOptions(args: readonly Arg[], valued: ReadonlySet<string>, grouped = true): Options {
  const flags = new Set<string>();
  const values = new Map<string, Arg>();
  const all: { name: string; value: Arg }[] = [];
  const rest: Arg[] = [];
  const set = (name: string, value: Arg): void => {
    values.set(name, value);
    all.push({ name, value });
  };
  for (let i = 0; i < args.length; i++) {
    const arg = args[i] as Arg;
    const text = arg.text;
    if (text === '--') {
      rest.push(...args.slice(i + 1));
      break;
    }
    if (text.startsWith('--')) {
      const eq = text.indexOf('=');
      const name = eq < 0 ? text : text.slice(0, eq);
      if (eq >= 0) set(name, { ...arg, text: text.slice(eq + 1) });
      else if (valued.has(name) && i + 1 < args.length) set(name, args[++i] as Arg);
      else flags.add(name);
    } else if (text.startsWith('-') && text.length > 1) {
      if (valued.has(text) && i + 1 < args.length) set(text, args[++i] as Arg);
      else if (grouped) i = bundle(arg, args, i, valued, flags, set);
      else if (valued.has(text.slice(0, 2))) set(text.slice(0, 2), { ...arg, text: text.slice(2) });
      else flags.add(text);
    } else rest.push(arg);
  }
  return { flags, values, all, rest };
}

function bundle(
  arg: Arg,
  args: readonly Arg[],
  at: number,
  valued: ReadonlySet<string>,
  flags: Set<string>,
  set: (name: string, value: Arg) => void,
): number {
  flags.add(arg.text);
  for (let c = 1; c < arg.text.length; c++) {
    const letter = `-${arg.text[c] ?? ''}`;
    if (!valued.has(letter)) {
      flags.add(letter);
      continue;
    }
    const glued = arg.text.slice(c + 1);
    if (glued !== '') set(letter, { ...arg, text: glued });
    else if (at + 1 < args.length) {
      set(letter, args[at + 1] as Arg);
      return at + 1;
    }
    break;
  }
  return at;
}

/** True when any of `names` was given. */
export function has(options: Options, ...names: string[]): boolean {
  return names.some((name) => options.flags.has(name));
}
