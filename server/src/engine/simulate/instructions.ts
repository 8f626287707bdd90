/** What each instruction but RUN and COPY does to the configuration of the image (Dockerfile reference; OCI image specification 1.1). */
import type { CommandForm, Instruction } from '../model/dockerfile.ts';
import { resolvePath } from '../model/path.ts';
import type { ConfigValue, ImageState, ProcessForm } from '../model/state.ts';
import { known, openValue, union, type Value } from '../model/value.ts';
import type { Machine } from './machine.ts';
import { expandIn, expandWords } from './values.ts';

const POSIX_SHELL: readonly string[] = ['/bin/sh', '-c'];

/** CMD, ENTRYPOINT and the command of HEALTHCHECK as they are stored. */
export function processOf(command: CommandForm, state: ImageState): ProcessForm {
  if (command.form === 'exec') return { form: 'exec', argv: command.argv };
  return { form: 'shell', text: command.text.text, shell: state.config.shell?.value ?? POSIX_SHELL };
}

/** Build arguments that BuildKit sets itself (Dockerfile reference, "Predefined ARGs", "automatic platform ARGs"). */
const PREDEFINED =
  /^(https?_proxy|ftp_proxy|no_proxy|all_proxy|TARGETPLATFORM|TARGETOS|TARGETARCH|TARGETVARIANT|BUILDPLATFORM|BUILDOS|BUILDARCH|BUILDVARIANT|SOURCE_DATE_EPOCH|BUILDKIT_\w+)$/i;

/** Applies an instruction. `atom` is the number of the atom that stands for it. */
export function applyInstruction(
  instruction: Instruction,
  machine: Machine,
  atom: number,
  globals: ReadonlyMap<string, Value>,
  escape: '\\' | '`',
): void {
  const { state } = machine;
  const { config } = state;
  const set = <T>(value: T): ConfigValue<T> => ({ value, from: atom, span: instruction.span });
  machine.role('config');
  switch (instruction.kind) {
    case 'env':
      setEnvironment(instruction, state, set, escape);
      return;
    case 'arg':
      for (const pair of instruction.pairs)
        state.args.set(pair.key, argument(pair.key, pair.raw, state, globals, escape));
      return;
    case 'label':
      for (const pair of instruction.pairs)
        config.label.set(expandIn(state, pair.key, escape).text, set(expandIn(state, pair.raw ?? '', escape).text));
      return;
    case 'workdir':
      setWorkdir(instruction, machine, set, escape);
      return;
    case 'user':
      config.user = set(expandIn(state, firstRaw(instruction), escape));
      return;
    case 'expose':
      for (const word of expandWords(state, instruction.args.text, escape))
        config.expose.set(word.text, set(word.text));
      return;
    case 'volume':
      for (const word of instruction.words) {
        const path = expandIn(state, word.raw, escape).text;
        config.volume.set(path, set(path));
      }
      return;
    case 'stopsignal':
      config.stopsignal = set(expandIn(state, firstRaw(instruction), escape).text);
      return;
    case 'maintainer':
      config.maintainer = set(instruction.args.text);
      return;
    case 'shell':
      config.shell = set(instruction.argv);
      return;
    case 'cmd':
      config.cmd = set(processOf(instruction.command, state));
      return;
    case 'entrypoint':
      config.entrypoint = set(processOf(instruction.command, state));
      // An ENTRYPOINT clears a CMD that came from the base (Dockerfile reference, "Understand how CMD and ENTRYPOINT interact").
      if (config.cmd?.from === 'base') config.cmd = undefined;
      return;
    case 'healthcheck': {
      const flags = instruction.flags.map((flag) => `--${flag.name}=${flag.value ?? ''}`).join(' ');
      config.healthcheck = set({
        flags: instruction.command === undefined ? 'NONE' : flags,
        process: instruction.command === undefined ? undefined : processOf(instruction.command, state),
      });
      return;
    }
    case 'onbuild':
      config.onbuild.push(set(instruction.args.text.replace(/\s+/g, ' ')));
      return;
    default:
      return;
  }
}

function firstRaw(instruction: Extract<Instruction, { words: unknown }>): string {
  return instruction.words[0]?.raw ?? '';
}

function setEnvironment(
  instruction: Extract<Instruction, { pairs: unknown }>,
  state: ImageState,
  set: <T>(value: T) => ConfigValue<T>,
  escape: '\\' | '`',
): void {
  // All pairs of one ENV see the environment before it.
  const values = instruction.pairs.map((pair) => [pair.key, expandIn(state, pair.raw ?? '', escape)] as const);
  instruction.pairs.forEach((pair, at) => {
    const value = values[at]?.[1] ?? known('');
    state.config.env.set(pair.key, { ...set(value), span: pair.span });
  });
}

function argument(
  name: string,
  raw: string | undefined,
  state: ImageState,
  globals: ReadonlyMap<string, Value>,
  escape: '\\' | '`',
): Value {
  if (raw !== undefined) {
    const value = expandIn(state, raw, escape);
    return { ...value, args: union(value.args, [name]) };
  }
  const global = globals.get(name);
  if (global !== undefined) return { ...global, args: union(global.args, [name]) };
  return PREDEFINED.test(name) ? openValue(name) : { ...openValue(name), args: [name] };
}

function setWorkdir(
  instruction: Extract<Instruction, { words: unknown }>,
  machine: Machine,
  set: <T>(value: T) => ConfigValue<T>,
  escape: '\\' | '`',
): void {
  const { state } = machine;
  const value = expandIn(state, instruction.args.text.trim(), escape);
  const before = state.config.workdir.value;
  const absolute = value.text.startsWith('/') || /^[A-Za-z]:/.test(value.text);
  const path = resolvePath(before.text === '' ? '/' : before.text, value.text);
  const open = absolute ? value.open : union(before.open, value.open);
  const args = absolute ? value.args : union(before.args, value.args);
  state.config.workdir = set({ text: path, open, args });
  if (path === '/') return;
  // WORKDIR creates the directory for the user in force (measured with BuildKit).
  const user = state.config.user?.value.text;
  machine.write(
    { text: path, open, args },
    { kind: 'dir', class: 'app', ...(user === undefined ? {} : { owner: user }) },
  );
}
