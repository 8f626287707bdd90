/** What makes two commands, or two instructions, the same. */
import type { Instruction } from '../model/dockerfile.ts';
import type { ShellScript } from '../model/shell.ts';
import type { ImageState } from '../model/state.ts';
import type { ChainItem } from '../parse/chain.ts';
import type { KeyParts, Machine } from './machine.ts';

function squeeze(text: string): string {
  if (!/[^\S ]|\s\s|^\s|\s$/.test(text)) return text;
  return text.replace(/\s+/g, ' ').trim();
}

/** ` as USER` where commands do not run as root. */
export function userOf(state: ImageState): string {
  const user = state.config.user?.value.text;
  return user === undefined ? '' : ` as ${user}`;
}

/**
 * The key that was made last of a command's words. Most keys are made again at every keystroke, and for a file and its
 * split: the same text as the same string is compared without looking at it. A file has thousands: one, without a list.
 */
class Made {
  private a = '';
  private b = '';
  private c = '';
  private made: string | undefined;

  /** The key of these words and three parts; `make` puts it together, the same way for the same parts. */
  key(words: string, a: string, b: string, c: string, make: Make): string {
    if (this.made !== undefined && this.a === a && this.b === b && this.c === c) return this.made;
    [this.a, this.b, this.c] = [a, b, c];
    return (this.made = make(words, a, b, c));
  }
}

type Make = (words: string, a: string, b: string, c: string) => string;

/** A command of a script: its keys with everything around it, and with what it uses of that. */
interface OfCommand {
  readonly start: number;
  readonly end: number;
  readonly words: string;
  readonly whole: Made;
  readonly used: Made;
}

/** Commands by their place in the chain. */
const commands = new WeakMap<ShellScript, OfCommand[]>();

/** Same text, same directory, same user, same variables: the same command. `item`: the command at a place of the chain of `script`. */
export function commandKey(script: ShellScript, item: ChainItem, at: number, machine: Machine): KeyParts {
  const command = commandAt(script, item, at);
  let variables = '';
  for (const [name, value] of machine.vars) {
    if (name !== 'OLDPWD' && !name.startsWith('dir:')) variables += ` ${name}=${value.text}`;
  }
  if (variables !== '') variables = ` {${variables} }`;
  const directory = machine.cwd.text;
  const user = userOf(machine.state);
  const { words } = command;
  return {
    whole: command.whole.key(words, directory, user, variables, whole),
    used: (inDirectory, withVariables) =>
      command.used.key(words, inDirectory ? directory : '', user, withVariables ? variables : '', used),
  };
}

function commandAt(script: ShellScript, { span: { start, end } }: ChainItem, at: number): OfCommand {
  let ofScript = commands.get(script);
  if (ofScript === undefined) commands.set(script, (ofScript = []));
  const known = ofScript[at];
  // A heredoc is cut into commands in another way than the same text behind RUN.
  if (known?.start === start && known.end === end) return known;
  const words = squeeze(script.text.slice(start, end));
  return (ofScript[at] = { start, end, words, whole: new Made(), used: new Made() });
}

function whole(words: string, directory: string, user: string, variables: string): string {
  return `${words} @${directory} @${user} @${variables}`;
}

function used(words: string, directory: string, user: string, variables: string): string {
  return `${words}${directory === '' ? '' : ` @${directory}`}${user}${variables}`;
}

/** The directory that a program of a RUN was executed in, as its key has it; `undefined`: the key has none. */
export function directoryOf(key: string): string | undefined {
  // The words may have an `@/` of their own, and the variables too: the directory stands between them.
  const found = WHOLE.exec(key) ?? EXEC.exec(key);
  return found?.[1];
}

/** What `whole` makes, and what the exec form of RUN is called. */
const WHOLE = /^.* @(\/.*?) @(?: as \S+)? @(?: \{.* \})?$/s;
const EXEC = /^RUN \[.* @(\/.*?)(?: as \S+)?$/s;

/** An instruction as a whole: its flags, its text and its heredocs; for those that touch files, where. */
export function textKey(instruction: Instruction, state: ImageState): string {
  const flags = instruction.flags.map((flag) => ` --${flag.name}=${flag.value ?? ''}`).join('');
  const place =
    instruction.kind === 'copy' || instruction.kind === 'add' || instruction.kind === 'run'
      ? ` @${state.config.workdir.value.text}`
      : '';
  const bodies = instruction.heredocs.map((heredoc) => heredoc.content).join('');
  return `${instruction.keyword}${flags} ${squeeze(instruction.args.text)}${place}${bodies}`;
}
