/** Executes a Dockerfile in the abstract: all stages, in order, base images included. */
import type { Context } from '../model/analysis.ts';
import type { Dockerfile, Instruction, RunInstruction, Stage } from '../model/dockerfile.ts';
import { resolvePath } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type {
  Atom,
  Effect,
  ImageState,
  MountRoot,
  Role,
  Simulation,
  SimulatedStage,
  StageBase,
} from '../model/state.ts';
import { union, type Value } from '../model/value.ts';
import type { Facts } from '../facts/index.ts';
import { topLevelChain } from '../parse/chain.ts';
import { expandWord } from '../parse/expand.ts';
import { parseImageRef } from '../parse/imageRef.ts';
import { sourceSpan } from '../parse/joined.ts';
import { isShellScript, parseShell } from '../parse/shell.ts';
import { cloneState, stateOfBase, stateOfStage } from './base.ts';
import type { Call } from './call.ts';
import { rerun } from './commands/wrappers.ts';
import { ContextReader } from './context.ts';
import { executeCopy, type StageLookup } from './copy.ts';
import { emptyEffect, finished } from './effect.ts';
import { applyInstruction } from './instructions.ts';
import { commandKey, textKey, userOf } from './keys.ts';
import { Machine } from './machine.ts';
import { type Checkpoint, checkpointOf, FRESH, resumeFrom, type Resume, type Trace } from './resume.ts';
import { placeOfShell } from './registry.ts';
import { openRooms } from './rooms.ts';
import { ShellRun, sourceOf } from './shell.ts';
import { afterSilentEdit } from './silent.ts';
import { expandIn } from './values.ts';
import type { Arg } from './words.ts';

/**
 * Simulates a parsed file. Never throws for a file without fatal problems.
 * `context` is a snapshot of the build context; what was wanted and not read
 * comes back in `wants`.
 */
export function simulate(file: Dockerfile, facts: Facts, context: Context | undefined): Simulation {
  openRooms();
  return new Run(file, facts, new ContextReader(context), FRESH).all();
}

/**
 * As `simulate`, going on from what an earlier simulation of almost the same
 * text has left; the result is the same as without it.
 */
export function simulateAfter(
  file: Dockerfile,
  facts: Facts,
  context: Context | undefined,
  before: Trace | undefined,
): Trace {
  openRooms();
  const resume = resumeFrom(file, context, before);
  const { from, mark, same } = resume;
  const revision = context?.revision;
  const machine = (): Machine =>
    new Machine(cloneState((from as Checkpoint).state), facts, new ContextReader(context), emptyEffect());
  const simulation =
    before === undefined || from === undefined ? undefined : afterSilentEdit(file, before, mark, same, machine);
  if (simulation !== undefined) return { file, context, revision, simulation, checkpoint: from };
  const run = new Run(file, facts, new ContextReader(context, from?.wants), resume);
  return { file, context, revision, simulation: run.all(), checkpoint: run.checkpoint };
}

/** What such a command does may depend on where it runs, and on every variable. */
const OPEN_ROLES: readonly Role[] = ['program', 'dependencies', 'build', 'toolchain', 'check', 'opaque', 'fetch'];

class Run {
  /** Left for the next simulation of almost the same text. */
  checkpoint: Resume['from'];
  private readonly atoms: Atom[];
  private readonly stages: SimulatedStage[] = [];
  private readonly globals = new Map<string, Value>();

  constructor(
    private readonly file: Dockerfile,
    private readonly facts: Facts,
    private readonly context: ContextReader,
    private readonly resume: Resume,
  ) {
    this.atoms = [...resume.atoms];
    this.checkpoint = resume.from;
  }

  all(): Simulation {
    for (const instruction of this.file.globalArgs) {
      for (const pair of instruction.pairs) this.globals.set(pair.key, this.global(pair.raw, pair.key));
    }
    for (const stage of this.file.stages) this.stages.push(this.stage(stage));
    return { stages: this.stages, atoms: this.atoms, wants: this.context.wants() };
  }

  private global(raw: string | undefined, name: string): Value {
    if (raw === undefined) return { text: `\${${name}}`, open: [name], args: [name] };
    const value = this.expandGlobal(raw);
    return { ...value, args: union(value.args, [name]) };
  }

  private expandGlobal(raw: string): Value {
    let open: readonly string[] = [];
    let args: readonly string[] = [];
    const { text, unresolved } = expandWord(
      raw,
      (name) => {
        const value = this.globals.get(name);
        if (value === undefined || value.open.length > 0) {
          if (value !== undefined) args = union(args, value.args);
          return undefined;
        }
        open = union(open, value.open);
        args = union(args, value.args);
        return value.text;
      },
      this.file.escape,
    );
    return { text, open: union(open, unresolved), args: union(args, unresolved) };
  }

  private stage(stage: Stage): SimulatedStage {
    const uses = new Set<number>();
    const base = this.baseOf(stage);
    const parent = base.stage === undefined ? undefined : this.stages[base.stage];
    if (parent !== undefined) uses.add(parent.index);
    const { from, mark } = this.resume;
    const state =
      from !== undefined
        ? cloneState(from.state)
        : parent === undefined
          ? stateOfBase(base)
          : stateOfStage(base, parent.state);
    const machine = new Machine(state, this.facts, this.context, emptyEffect());
    for (let at = from?.done ?? 0; at < stage.instructions.length; at++) {
      if (at === mark && from?.done !== mark)
        this.checkpoint = checkpointOf(at, state, this.atoms.length, this.context.all());
      this.instruction(stage.instructions[at] as Instruction, stage, machine, uses);
    }
    return { index: stage.index, name: stage.name, state, uses };
  }

  private baseOf(stage: Stage): StageBase {
    const { from } = stage;
    const raw = from.image?.raw ?? '';
    const value = this.expandGlobal(raw);
    const span = from.image?.span ?? from.span;
    const earlier = this.stages.find((one) => one.name !== undefined && one.name === value.text.toLowerCase());
    const reference = parseImageRef(value.text);
    const ref = earlier === undefined && reference !== undefined && !reference.variable ? reference : undefined;
    const facts = ref === undefined ? undefined : this.facts.base(ref);
    return {
      ref: value.text,
      raw,
      span,
      stage: earlier?.index,
      facts,
      args: value.args,
      open: value.open,
      digest: ref?.digest,
      platform: from.flags.find((flag) => flag.name === 'platform')?.value,
    };
  }

  private instruction(instruction: Instruction, stage: Stage, machine: Machine, uses: Set<number>): void {
    if (instruction.kind === 'run') {
      this.run(instruction, stage, machine, uses);
      return;
    }
    const effect = this.begin(machine, textKey(instruction, machine.state));
    if (instruction.kind === 'copy' || instruction.kind === 'add') {
      const read = executeCopy(instruction, machine, this.lookup(stage.index), this.file.escape);
      if (read !== undefined) uses.add(read);
    } else applyInstruction(instruction, machine, machine.atom, this.globals, this.file.escape);
    this.end(machine, effect, stage.index, instruction, 0, instruction.span);
  }

  private lookup(before: number): StageLookup {
    return {
      stage: (name) => {
        const found =
          this.stages.find((one) => one.name === name.toLowerCase()) ??
          (/^\d+$/.test(name) ? this.stages[Number(name)] : undefined);
        return found === undefined || found.index >= before ? undefined : { index: found.index, state: found.state };
      },
    };
  }

  /** Starts an atom: a fresh effect and key on the machine. */
  private begin(machine: Machine, key: string): Effect {
    const effect = emptyEffect();
    machine.effect = effect;
    machine.atom = this.atoms.length;
    machine.key = key;
    machine.keyParts = undefined;
    return effect;
  }

  private end(
    machine: Machine,
    effect: Effect,
    stage: number,
    instruction: Instruction,
    command: number,
    span: Span,
  ): void {
    const id = this.atoms.length;
    const run = instruction.kind === 'run';
    if (run) machine.key = this.finalKey(machine, effect);
    const atom = {
      id,
      stage,
      instruction: instruction.index,
      command,
      span,
      key: machine.key,
      effect: finished(effect),
    };
    this.atoms.push(run && machine.mounts.length > 0 ? { ...atom, mounts: machine.mounts } : atom);
    machine.state.atoms.push(id);
    if (effect.opaque !== undefined) machine.state.holes.push(id);
  }

  /** A command that uses no relative path is the same in every directory; one that reads no variable, whatever they are. */
  private finalKey(machine: Machine, effect: Effect): string {
    const { roles } = effect;
    const fixed = !OPEN_ROLES.some((role) => roles.has(role));
    const parts = machine.keyParts;
    if (parts === undefined || !fixed) return machine.key;
    const key = parts.used(effect.relative, effect.variables);
    for (const write of effect.writes as { key: string }[]) write.key = key;
    return key;
  }

  private run(instruction: RunInstruction, stage: Stage, machine: Machine, uses: Set<number>): void {
    const { state } = machine;
    for (const mount of instruction.mounts) {
      const read =
        mount.from === undefined
          ? undefined
          : this.lookup(stage.index).stage(expandIn(state, mount.from, this.file.escape).text);
      if (read !== undefined) uses.add(read.index);
    }
    machine.restart();
    machine.mounts = this.mountRoots(instruction, state);
    machine.firstAtom = this.atoms.length;
    if (instruction.command.form === 'exec') this.runExec(instruction, stage, machine);
    else this.runShell(instruction, stage, machine);
  }

  /** What is written below a mount is not part of the image (Dockerfile reference, "RUN --mount"). */
  private mountRoots(instruction: RunInstruction, state: ImageState): readonly MountRoot[] {
    return instruction.mounts.flatMap((mount) => {
      const target = mount.target ?? (mount.type === 'secret' ? '/run/secrets' : undefined);
      if (target === undefined) return [];
      const path = resolvePath(state.config.workdir.value.text, expandIn(state, target, this.file.escape).text);
      return [{ path, type: mount.type }];
    });
  }

  private runExec(instruction: RunInstruction, stage: Stage, machine: Machine): void {
    if (instruction.command.form !== 'exec') return;
    const { argv, argSpans } = instruction.command;
    const effect = this.begin(machine, `RUN ${JSON.stringify(argv)} @${machine.cwd.text}${userOf(machine.state)}`);
    const args: Arg[] = argv.map((text, word) => ({
      text,
      known: true,
      glob: false,
      open: [],
      args: [],
      span: argSpans[word] ?? instruction.span,
      word,
      variable: false,
      raw: text,
    }));
    const first = args[0];
    if (first === undefined) effect.roles.add('query');
    else {
      const call: Call = {
        name: first.text,
        command: first,
        path: undefined,
        args: [],
        span: instruction.span,
        node: { k: 'simple', span: instruction.span, assignments: [], words: [], redirects: [] },
        stdin: undefined,
        piped: false,
      };
      rerun(call, args, machine);
    }
    this.end(machine, effect, stage.index, instruction, 0, instruction.span);
  }

  private runShell(instruction: RunInstruction, stage: Stage, machine: Machine): void {
    if (instruction.command.form !== 'shell') return;
    const { text } = instruction.command;
    const shell = machine.state.config.shell?.value;
    if (shell !== undefined && /powershell|pwsh|cmd(\.exe)?$/i.test(shell[0] ?? '')) {
      this.wholeOpaque(instruction, stage, machine, shell[0] ?? 'shell');
      return;
    }
    machine.errexit = shell?.some((word) => /^-[a-z]*e/.test(word) || word === 'errexit') === true;
    const ownPlace = shell === undefined ? undefined : placeOfShell(shell, machine);
    const { heredocScript } = instruction.command;
    const script = parseShell(text.text);
    if (script.errors.length > 0 || (heredocScript && !isShellScript(text.text))) {
      this.wholeOpaque(instruction, stage, machine, 'a command that cannot be parsed');
      return;
    }
    const toSource = sourceOf(text);
    const shellRun = new ShellRun(machine, toSource);
    const chain = topLevelChain(script, { heredocScript });
    chain.forEach((item, at) => {
      machine.chain = chain;
      machine.place = at;
      const span = sourceSpan(text, item.span.start, item.span.end);
      const effect = this.begin(machine, '');
      machine.keyParts = commandKey(script, item, at, machine);
      machine.key = machine.keyParts.whole;
      const directory = machine.cwd.text;
      if (ownPlace !== undefined) effect.reads.push(ownPlace);
      for (const node of item.nodes) shellRun.node(node);
      // A directory that `cd` left the shell in must be there for the next command.
      if (effect.relative && directory !== machine.state.config.workdir.value.text) effect.reads.push(directory);
      this.end(machine, effect, stage.index, instruction, at, span);
    });
  }

  private wholeOpaque(instruction: RunInstruction, stage: Stage, machine: Machine, name: string): void {
    const effect = this.begin(machine, textKey(instruction, machine.state));
    machine.opaque(name, instruction.span);
    this.end(machine, effect, stage.index, instruction, 0, instruction.span);
  }
}
