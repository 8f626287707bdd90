/**
 * Rule 3 seen from a command: it does the same only where it runs with the variables, the
 * shell and the mounts that it had in the original (pitfalls 5, 6, 14).
 */
import type { Instruction, KeyValue } from '../model/dockerfile.ts';
import type { Atom } from '../model/state.ts';
import { textOf } from './commands.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** What ENV, ARG and SHELL have set when a command runs: the words as they stand in the file. */
interface Surroundings {
  readonly env: Chain<KeyValue>;
  readonly args: Chain<string | undefined>;
  readonly shell: string;
}

/**
 * Names that were set one after the other, the last one first. Chains of the same names and words have the
 * same number, so that most are compared without looking; a map for every command would cost its square.
 */
interface Chain<T> {
  readonly number: number;
  readonly last?: { readonly before: Chain<T>; readonly name: string; readonly value: T };
}

const NOTHING: Chain<never> = { number: 0 };

/** Gives chains their numbers: by the number before, the name and the words. */
class Numbers {
  private readonly known = new Map<string, number>();

  of(before: number, name: string, words: string | undefined): number {
    const key = `${before} ${name} ${words === undefined ? '' : `=${words}`}`;
    const number = this.known.get(key) ?? this.known.size + 1;
    this.known.set(key, number);
    return number;
  }
}

function valuesOf<T>(chain: Chain<T>): ReadonlyMap<string, T> {
  const out = new Map<string, T>();
  for (let { last } = chain; last !== undefined; last = last.before.last)
    if (!out.has(last.name)) out.set(last.name, last.value);
  return out;
}

/** Compares each command of the result with the same command of the original. */
export function checkSurroundings(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const numbers = new Numbers();
  const [had, has] = [surroundingsOf(before, numbers), surroundingsOf(after, numbers)];
  const told = new Set<number>();
  for (const atom of after.atoms) {
    const others = before.byKey.get(atom.key);
    const here = has.get(atom.id);
    if (others === undefined || here === undefined) continue;
    // Mounts around installations are judged with these.
    const { roles } = atom.effect;
    const around = roles.has('install') || roles.has('scaffold') || roles.has('cleanup');
    const flags = flagsOf(after, atom);
    let what: string | undefined;
    // The same words may stand more than once in the original: one of them is this one.
    for (const other of others) {
      what =
        around || flagsOf(before, other) === flags
          ? difference(had.get(other.id) as Surroundings, here, atom, pair)
          : 'mounts or flags of RUN';
      if (what === undefined) break;
    }
    // A RUN is named once.
    if (what === undefined || told.has(atom.instruction)) continue;
    told.add(atom.instruction);
    report.result('other-surroundings', atom.span, { command: textOf(atom, after.file.text), what });
  }
}

/** For every command of a RUN that is reached: what is set when it runs. */
function surroundingsOf(side: Side, numbers: Numbers): ReadonlyMap<number, Surroundings> {
  const out = new Map<number, Surroundings>();
  const globals = new Map<string, string | undefined>();
  for (const { pairs } of side.file.globalArgs) for (const { key, raw } of pairs) globals.set(key, raw);
  for (const stage of side.simulation.stages) {
    if (!side.reachable.has(stage.index)) continue;
    let now: Surroundings = { env: NOTHING, args: NOTHING, shell: '' };
    for (const id of stage.state.atoms) {
      const atom = side.simulation.atoms[id] as Atom;
      const instruction = instructionOf(side, atom);
      if (instruction.kind !== 'run') now = applied(now, instruction, globals, numbers);
      else if (atom.stage === stage.index) out.set(id, now);
    }
  }
  return out;
}

function instructionOf(side: Side, atom: Atom): Instruction {
  return side.file.instructions[atom.instruction] as Instruction;
}

function applied(
  now: Surroundings,
  instruction: Instruction,
  globals: ReadonlyMap<string, string | undefined>,
  numbers: Numbers,
): Surroundings {
  const longer = <T>(before: Chain<T>, name: string, value: T, words: string | undefined): Chain<T> => ({
    number: numbers.of(before.number, name, words),
    last: { before, name, value },
  });
  switch (instruction.kind) {
    case 'env': {
      let { env } = now;
      for (const pair of instruction.pairs) env = longer(env, pair.key, pair, pair.raw);
      return { ...now, env };
    }
    case 'arg': {
      let { args } = now;
      for (const { key, raw } of instruction.pairs) {
        const words = raw ?? globals.get(key);
        args = longer(args, key, words, words);
      }
      return { ...now, args };
    }
    case 'shell':
      return { ...now, shell: JSON.stringify(instruction.argv) };
    default:
      return now;
  }
}

function flagsOf(side: Side, atom: Atom): string {
  const { flags } = instructionOf(side, atom);
  if (flags.length === 0) return '';
  return flags
    .map(({ name, value }) => `--${name}=${String(value)}`)
    .sort()
    .join(' ');
}

/** What differs, in words; `undefined` when nothing does. */
function difference(had: Surroundings, has: Surroundings, atom: Atom, pair: Pair): string | undefined {
  if (had.shell !== has.shell) return 'SHELL';
  return differentEnv(had.env, has.env, atom, pair) ?? differentArg(had.args, has.args, atom, pair.after);
}

function differentEnv(
  was: Chain<KeyValue>,
  is: Chain<KeyValue>,
  atom: Atom,
  { before, after }: Pair,
): string | undefined {
  if (was.number === is.number) return undefined;
  const [had, has] = [valuesOf(was), valuesOf(is)];
  for (const [name, pair] of had)
    if (has.get(name)?.raw !== pair.raw && isUsed(name, atom, after)) return `ENV ${name}`;
  for (const [name, pair] of has) {
    if (had.has(name) || !isUsed(name, atom, after)) continue;
    // What the original inherits may be restated.
    const inherited = before.state.config.env.get(name);
    const restated = after.state.config.env.get(name);
    if (inherited?.from !== 'base' || restated?.span?.start !== pair.span.start) return `ENV ${name}`;
  }
  return undefined;
}

function differentArg(
  was: Chain<string | undefined>,
  is: Chain<string | undefined>,
  atom: Atom,
  after: Side,
): string | undefined {
  if (was.number === is.number) return undefined;
  const has = valuesOf(is);
  for (const [name, words] of valuesOf(was))
    if (isUsed(name, atom, after) && (!has.has(name) || has.get(name) !== words)) return `ARG ${name}`;
  return undefined;
}

/** A command reads a variable where its words name it, or where it is a program; PATH says what a command is. */
function isUsed(name: string, { effect, span }: Atom, after: Side): boolean {
  if (name === 'PATH') return true;
  const programs = ['dependencies', 'build', 'toolchain', 'program', 'opaque'] as const;
  if (programs.some((role) => effect.roles.has(role))) return true;
  // A broken line may declare what is no name (`ARG g++`).
  return new RegExp(`\\$\\{?${name.replace(/\W/g, '\\$&')}\\b`).test(after.file.text.slice(span.start, span.end));
}
