/**
 * Programs that a stage compiles, as far as its commands say: what is written where,
 * and whether it is linked against the C library of the stage. Read from the
 * commands themselves, since only the linking matters here.
 */
import { commandsOfText, type Command } from '../../demand/collect.ts';
import type { Stage } from '../../model/dockerfile.ts';
import { baseName, isBelow, parentOf, resolvePath } from '../../model/path.ts';
import type { Span } from '../../model/span.ts';
import type { ImageState, SimulatedStage } from '../../model/state.ts';
import type { Value } from '../../model/value.ts';
import { expandIn } from '../../simulate/values.ts';
import { chainOf, type StagesView } from './view.ts';

/** A program linked against the C library of the stage that builds it. */
export interface Program {
  readonly language: 'Go' | 'Rust' | 'C';
  /** Where the program lies, or a directory in which it does. */
  readonly path: string;
  /** The command that builds it, as written. */
  readonly command: string;
  /** Of the RUN. */
  readonly span: Span;
  /** False: Go links the C library only for packages that need it. */
  readonly sure: boolean;
}

/** Programs of a stage and of those it is FROM, that nothing says are linked statically. */
export function programsOf(view: StagesView, stage: SimulatedStage): readonly Program[] {
  const known = found.get(stage);
  if (known !== undefined) return known;
  const out: Program[] = [];
  for (const index of chainOf(view.simulation, stage.index).reverse()) {
    const part = view.file.stages[index];
    if (part !== undefined) collect(view, part, stage.state, out);
  }
  found.set(stage, out);
  return out;
}

/** Asked for each copy of the same simulation. */
const found = new WeakMap<SimulatedStage, readonly Program[]>();

interface Shell {
  cwd: string;
  readonly env: Map<string, string>;
  readonly state: ImageState;
}

function collect(view: StagesView, stage: Stage, state: ImageState, out: Program[]): void {
  let workdir = '/';
  const base = view.simulation.stages[stage.index]?.state.base;
  const parent = base?.stage === undefined ? undefined : view.simulation.stages[base.stage];
  workdir = parent?.state.config.workdir.value.text ?? base?.facts?.config.workdir ?? '/';
  for (const instruction of stage.instructions) {
    if (instruction.kind === 'workdir')
      workdir = resolvePath(workdir, expandIn(state, instruction.args.text, view.file.escape).text);
    if (instruction.kind !== 'run') continue;
    const { command } = instruction;
    const shell: Shell = { cwd: workdir, env: new Map(), state };
    const lookup = (name: string): Value | undefined => state.config.env.get(name)?.value ?? state.args.get(name);
    const commands: readonly Command[] | undefined =
      command.form === 'exec'
        ? [{ argv: command.argv, known: true, maybe: false }]
        : commandsOfText(command.text.text, lookup);
    for (const one of commands ?? []) {
      const program = step(one, shell);
      if (program !== undefined) out.push({ ...program, span: instruction.span });
      out.push(...moved(one, shell, out));
    }
  }
}

/** `cp`, `mv` and `install` take a program to another place. */
function moved({ argv }: Command, shell: Shell, programs: readonly Program[]): Program[] {
  if (!/^(cp|mv|install)$/.test(baseName(argv[0] ?? ''))) return [];
  const paths = argv.slice(1).filter((word) => !word.startsWith('-'));
  const target = paths.pop();
  if (target === undefined) return [];
  return paths.flatMap((word) => {
    const program = programAt(programs, resolvePath(shell.cwd, word));
    const to = resolvePath(shell.cwd, target);
    return program === undefined ? [] : [{ ...program, path: target.endsWith('/') ? `${to}/${baseName(word)}` : to }];
  });
}

/** Follows `cd`, `export` and `env`; a program for a command that builds one. */
function step({ argv, assignments }: Command, shell: Shell): Omit<Program, 'span'> | undefined {
  let words = argv;
  const own = new Map(assignments);
  if (words[0] === 'cd' && words[1] !== undefined) shell.cwd = resolvePath(shell.cwd, words[1]);
  if (words[0] === 'export') for (const word of words.slice(1)) assign(word, shell.env);
  if (words[0] === 'env') {
    words = words.slice(1);
    while (words[0] !== undefined && assign(words[0], own)) words = words.slice(1);
  }
  const variable = (name: string): string | undefined =>
    own.get(name) ??
    shell.env.get(name) ??
    shell.state.config.env.get(name)?.value.text ??
    shell.state.args.get(name)?.text;
  const name = baseName(words[0] ?? '');
  if (name === 'go' && words[1] === 'env') for (const word of words.slice(2)) assign(word, shell.env);
  if (name === 'go' && (words[1] === 'build' || words[1] === 'install')) return goProgram(words, shell, variable);
  if (name === 'cargo' && (words.includes('build') || words.includes('install')))
    return rustProgram(words, shell, variable);
  if (/^(gcc|g\+\+|cc|c\+\+|clang|clang\+\+)(-\d+)?$/.test(name)) return cProgram(words, shell);
  return undefined;
}

function assign(word: string, into: Map<string, string>): boolean {
  const [, name, value] = /^([A-Za-z_]\w*)=(.*)$/s.exec(word) ?? [];
  if (name !== undefined) into.set(name, value ?? '');
  return name !== undefined;
}

type Variables = (name: string) => string | undefined;

/**
 * Go calls C for `net`, `os/user` and packages with C code when CGO_ENABLED is not 0,
 * a C compiler is there and the target is the machine itself (cmd/cgo documentation).
 */
function goProgram(words: readonly string[], shell: Shell, variable: Variables): Omit<Program, 'span'> | undefined {
  const text = words.join(' ');
  const off = variable('CGO_ENABLED') === '0' || /-static\b|\bnetgo\b|-buildmode=(plugin|c-archive)/.test(text);
  const other = [variable('GOOS') ?? 'linux', variable('GOARCH') ?? 'amd64'].some(
    (one) => one !== 'linux' && one !== 'amd64',
  );
  if (off || other || /-static\b/.test(variable('GOFLAGS') ?? '') || !hasCompiler(shell.state)) return undefined;
  const output = valueOf(words, '-o');
  const gopath = variable('GOBIN') ?? `${variable('GOPATH') ?? '/go'}/bin`;
  const path = words[1] === 'install' ? gopath : output === undefined ? shell.cwd : resolvePath(shell.cwd, output);
  return { language: 'Go', path, command: `go ${words[1] ?? ''}`, sure: variable('CGO_ENABLED') === '1' };
}

/** Rust's targets for glibc are linked dynamically unless `crt-static` is asked for (The rustc book, "Linkage"). */
function rustProgram(words: readonly string[], shell: Shell, variable: Variables): Omit<Program, 'span'> | undefined {
  const target = valueOf(words, '--target') ?? variable('CARGO_BUILD_TARGET') ?? '';
  if (/musl|wasm|-none/.test(target) || /\+crt-static/.test(`${variable('RUSTFLAGS') ?? ''} ${words.join(' ')}`))
    return undefined;
  const root = valueOf(words, '--root') ?? variable('CARGO_INSTALL_ROOT');
  const installed =
    root === undefined ? `${variable('CARGO_HOME') ?? '/usr/local/cargo'}/bin` : `${resolvePath(shell.cwd, root)}/bin`;
  const directory = valueOf(words, '--target-dir') ?? variable('CARGO_TARGET_DIR') ?? 'target';
  const path = words.includes('install') ? installed : resolvePath(shell.cwd, directory);
  return { language: 'Rust', path, command: words.includes('install') ? 'cargo install' : 'cargo build', sure: true };
}

function cProgram(words: readonly string[], shell: Shell): Omit<Program, 'span'> | undefined {
  const output = valueOf(words, '-o');
  if (output === undefined || words.includes('-c') || words.some((word) => /^-static(-pie)?$/.test(word)))
    return undefined;
  return { language: 'C', path: resolvePath(shell.cwd, output), command: words[0] ?? 'cc', sure: true };
}

/** `-o value`, `--root=value`, `--root value`. */
function valueOf(words: readonly string[], option: string): string | undefined {
  const at = words.indexOf(option);
  if (at >= 0) return words[at + 1];
  return words.find((word) => word.startsWith(`${option}=`))?.slice(option.length + 1);
}

function hasCompiler({ root, packages }: ImageState): boolean {
  if (root.facts?.compilers.includes('gcc') === true) return true;
  return [...packages.keys()].some((name) =>
    /^(gcc|g\+\+|clang|build-base|build-essential|alpine-sdk|musl-dev)/.test(name),
  );
}

/** The program that a COPY of `path` brings: it lies there, in the directory that is copied, or where the build puts its results. */
export function programAt(programs: readonly Program[], path: string): Program | undefined {
  return programs.findLast((one) => {
    if (one.path === path || isBelow(one.path, path)) return true;
    if (!isBelow(path, one.path)) return false;
    // In a directory of sources only a name without an ending, right there, is a program.
    const name = baseName(path);
    const plain = !name.includes('.') && !/[*?[]/.test(name);
    if (one.language === 'Rust') return plain && /\/(release|debug|bin)$/.test(parentOf(path));
    return one.command === 'go install' ? plain : plain && parentOf(path) === one.path;
  });
}
