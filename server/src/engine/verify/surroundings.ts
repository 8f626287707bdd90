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
  readonly env: ReadonlyMap<string, KeyValue>;
  readonly args: ReadonlyMap<string, string | undefined>;
  readonly shell: string;
}

/** Compares each command of the result with the same command of the original. */
export function checkSurroundings(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const own = new Map<string, Atom[]>();
  for (const atom of before.atoms) {
    const list = own.get(atom.key);
    if (list === undefined) own.set(atom.key, [atom]);
    else list.push(atom);
  }
  const [had, has] = [surroundingsOf(before), surroundingsOf(after)];
  const told = new Set<number>();
  for (const atom of after.atoms) {
    const others = own.get(atom.key);
    const here = has.get(atom.id);
    if (others === undefined || here === undefined) continue;
    // Mounts around installations are judged with these.
    const around = (['install', 'scaffold', 'cleanup'] as const).some((role) => atom.effect.roles.has(role));
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
function surroundingsOf(side: Side): ReadonlyMap<number, Surroundings> {
  const out = new Map<number, Surroundings>();
  const globals = new Map<string, string | undefined>();
  for (const { pairs } of side.file.globalArgs) for (const { key, raw } of pairs) globals.set(key, raw);
  for (const stage of side.simulation.stages) {
    if (!side.reachable.has(stage.index)) continue;
    let now: Surroundings = { env: new Map(), args: new Map(), shell: '' };
    for (const id of stage.state.atoms) {
      const atom = side.simulation.atoms[id] as Atom;
      const instruction = instructionOf(side, atom);
      if (instruction.kind !== 'run') now = applied(now, instruction, globals);
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
): Surroundings {
  switch (instruction.kind) {
    case 'env':
      return { ...now, env: new Map([...now.env, ...instruction.pairs.map((pair) => [pair.key, pair] as const)]) };
    case 'arg':
      return {
        ...now,
        args: new Map([
          ...now.args,
          ...instruction.pairs.map(({ key, raw }) => [key, raw ?? globals.get(key)] as const),
        ]),
      };
    case 'shell':
      return { ...now, shell: JSON.stringify(instruction.argv) };
    default:
      return now;
  }
}

function flagsOf(side: Side, atom: Atom): string {
  return instructionOf(side, atom)
    .flags.map(({ name, value }) => `--${name}=${value ?? ''}`)
    .sort()
    .join(' ');
}

/** What differs, in words; `undefined` when nothing does. */
function difference(had: Surroundings, has: Surroundings, atom: Atom, { before, after }: Pair): string | undefined {
  if (had.shell !== has.shell) return 'SHELL';
  for (const [name, pair] of had.env)
    if (has.env.get(name)?.raw !== pair.raw && isUsed(name, atom, after)) return `ENV ${name}`;
  for (const [name, pair] of has.env) {
    if (had.env.has(name) || !isUsed(name, atom, after)) continue;
    // What the original inherits may be restated.
    const inherited = before.state.config.env.get(name);
    const restated = after.state.config.env.get(name);
    if (inherited?.from !== 'base' || restated?.span !== pair.span) return `ENV ${name}`;
  }
  for (const [name, raw] of had.args)
    if (isUsed(name, atom, after) && (!has.args.has(name) || has.args.get(name) !== raw)) return `ARG ${name}`;
  return undefined;
}

/** A command reads a variable where its words name it, or where it is a program; PATH says what a command is. */
function isUsed(name: string, { effect, span }: Atom, after: Side): boolean {
  if (name === 'PATH') return true;
  const programs = ['dependencies', 'build', 'toolchain', 'program', 'opaque'] as const;
  if (programs.some((role) => effect.roles.has(role))) return true;
  return new RegExp(`\\$\\{?${name}\\b`).test(after.file.text.slice(span.start, span.end));
}
