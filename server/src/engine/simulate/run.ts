/** Executes instructions of a stage in order, command by command. */
import type { Dockerfile, Instruction, RunInstruction } from '../model/dockerfile.ts';
import { resolvePath } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type { Atom, Effect, ImageState, MountRoot, Role, SimulatedStage } from '../model/state.ts';
import type { Value } from '../model/value.ts';
import { topLevelChain } from '../parse/chain.ts';
import { sourceSpan } from '../parse/joined.ts';
import { isShellScript, parseShell } from '../parse/shell.ts';
import type { Call } from './call.ts';
import { conditionalItems } from './conditions.ts';
import { rerun } from './commands/wrappers.ts';
import { executeCopy, type StageLookup } from './copy.ts';
import { emptyEffect, finished } from './effect.ts';
import { applyInstruction } from './instructions.ts';
import { commandKey, textKey, userOf } from './keys.ts';
import type { Machine } from './machine.ts';
import { placeOfShell } from './registry.ts';
import { ShellRun, sourceOf } from './shell.ts';
import { expandIn } from './values.ts';
import type { Arg } from './words.ts';

const NO_MOUNTS: readonly MountRoot[] = [];

/** What such a command does may depend on where it runs, and on every variable. */
const OPEN_ROLES: readonly Role[] = ['program', 'dependencies', 'build', 'toolchain', 'check', 'opaque', 'fetch'];

/** One execution of a file: `atoms` and `stages` are those up to now, `globals` the build arguments before the first FROM. */
export class Run {
  constructor(
    private readonly file: Dockerfile,
    private readonly globals: ReadonlyMap<string, Value>,
    private readonly atoms: Atom[],
    private readonly stages: readonly SimulatedStage[],
  ) {}

  /** Executes an instruction on the machine; stages that it reads are added to `uses`. */
  instruction(instruction: Instruction, stage: number, machine: Machine, uses: Set<number>): void {
    machine.restart();
    machine.mounts = NO_MOUNTS;
    if (instruction.kind === 'run') {
      this.run(instruction, stage, machine, uses);
      return;
    }
    const effect = this.begin(machine, textKey(instruction, machine.state));
    if (instruction.kind === 'copy' || instruction.kind === 'add') {
      const read = executeCopy(instruction, machine, this.lookup(stage), this.file.escape);
      if (read !== undefined) uses.add(read);
    } else applyInstruction(instruction, machine, machine.atom, this.globals, this.file.escape);
    this.end(machine, effect, stage, instruction, 0, instruction.span);
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

  private run(instruction: RunInstruction, stage: number, machine: Machine, uses: Set<number>): void {
    const { state } = machine;
    for (const mount of instruction.mounts) {
      const read =
        mount.from === undefined
          ? undefined
          : this.lookup(stage).stage(expandIn(state, mount.from, this.file.escape).text);
      if (read !== undefined) uses.add(read.index);
    }
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

  private runExec(instruction: RunInstruction, stage: number, machine: Machine): void {
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
    this.end(machine, effect, stage, instruction, 0, instruction.span);
  }

  private runShell(instruction: RunInstruction, stage: number, machine: Machine): void {
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
    const conditional = conditionalItems(chain);
    chain.forEach((item, at) => {
      machine.chain = chain;
      machine.place = at;
      const span = sourceSpan(text, item.span.start, item.span.end);
      const effect = this.begin(machine, '');
      machine.keyParts = commandKey(script, item, at, machine);
      machine.key = machine.keyParts.whole;
      const directory = machine.cwd.text;
      if (ownPlace !== undefined) effect.reads.push(ownPlace);
      for (const node of item.nodes) shellRun.node(node, conditional[at]);
      // A directory that `cd` left the shell in must be there for the next command.
      if (effect.relative && directory !== machine.state.config.workdir.value.text) effect.reads.push(directory);
      this.end(machine, effect, stage, instruction, at, span);
    });
  }

  private wholeOpaque(instruction: RunInstruction, stage: number, machine: Machine, name: string): void {
    const effect = this.begin(machine, textKey(instruction, machine.state));
    machine.opaque(name, instruction.span);
    this.end(machine, effect, stage, instruction, 0, instruction.span);
  }
}
