/** What makes two commands, or two instructions, the same. */
import type { Instruction } from '../model/dockerfile.ts';
import type { ShellScript } from '../model/shell.ts';
import type { ImageState } from '../model/state.ts';
import type { ChainItem } from '../parse/chain.ts';
import { Generations } from '../parse/generations.ts';
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
 * Keys that were made of the same words. Most of them are made again at every keystroke, and for a file and its
 * split: the same text as the same string is compared without looking at it.
 */
export class Made {
  private readonly made: { readonly a: string; readonly b: string; readonly c: string; readonly key: string }[] = [];

  constructor(readonly words: string) {}

  /** The key of three parts; `make` puts it together, the same way for the same parts. */
  key(a: string, b: string, c: string, make: (words: string, a: string, b: string, c: string) => string): string {
    const { made } = this;
    for (let at = 0; at < made.length; at++) {
      const one = made[at] as (typeof made)[number];
      if (one.a === a && one.b === b && one.c === c) return one.key;
    }
    const key = make(this.words, a, b, c);
    if (made.length < SAME_WORDS) made.push({ a, b, c, key });
    return key;
  }
}

/** Keys kept of the same words: they run in a few directories, by a few users. */
const SAME_WORDS = 8;

/** More UTF-16 units than a file may have. */
const LONGEST = 2 ** 24;

/** Of one command: its key with everything around it, and with what it uses of that. */
interface OfCommand {
  readonly whole: Made;
  readonly used: Made;
}

const commands = new WeakMap<ShellScript, Map<number, OfCommand>>();
const instructions = new Generations<Made>(4096);

/** Same text, same directory, same user, same variables: the same command. `item`: a command of the chain of `script`. */
export function commandKey(script: ShellScript, item: ChainItem, machine: Machine): KeyParts {
  let ofScript = commands.get(script);
  if (ofScript === undefined) commands.set(script, (ofScript = new Map<number, OfCommand>()));
  const { start, end } = item.span;
  const place = start * LONGEST + end;
  let command = ofScript.get(place);
  if (command === undefined) {
    const words = squeeze(script.text.slice(start, end));
    ofScript.set(place, (command = { whole: new Made(words), used: new Made(words) }));
  }
  let variables = '';
  for (const [name, value] of machine.vars) {
    if (name !== 'OLDPWD' && !name.startsWith('dir:')) variables += ` ${name}=${value.text}`;
  }
  if (variables !== '') variables = ` {${variables} }`;
  const directory = machine.cwd.text;
  const user = userOf(machine.state);
  return {
    whole: command.whole.key(directory, user, variables, whole),
    used: (inDirectory, withVariables) =>
      command.used.key(inDirectory ? directory : '', user, withVariables ? variables : '', used),
  };
}

function whole(words: string, directory: string, user: string, variables: string): string {
  return `${words} @${directory} @${user} @${variables}`;
}

function used(words: string, directory: string, user: string, variables: string): string {
  return `${words}${directory === '' ? '' : ` @${directory}`}${user}${variables}`;
}

function ofInstruction(words: string, head: string, place: string, bodies: string): string {
  return `${head} ${words}${place}${bodies}`;
}

/** An instruction as a whole: its flags, its text and its heredocs; for those that touch files, where. */
export function textKey(instruction: Instruction, state: ImageState): string {
  const { text } = instruction.args;
  let made = instructions.get(text);
  if (made === undefined) {
    instructions.age();
    made = new Made(squeeze(text));
    instructions.set(text, made);
  }
  const { keyword, kind, heredocs } = instruction;
  const flags = instruction.flags.map((flag) => ` --${flag.name}=${flag.value ?? ''}`).join('');
  const place = kind === 'copy' || kind === 'add' || kind === 'run' ? ` @${state.config.workdir.value.text}` : '';
  return made.key(keyword + flags, place, heredocs.map((heredoc) => heredoc.content).join(''), ofInstruction);
}
