/**
 * What runs when the container runs: CMD, ENTRYPOINT, HEALTHCHECK, the scripts
 * they name, as far as anybody has read them.
 */
import type { Span } from '../model/span.ts';
import type { ConfigValue, ImageState } from '../model/state.ts';
import type { ContextReader } from '../simulate/context.ts';
import { type DemandedCommand, EntryReader } from './entryReader.ts';
import { isEnvironment } from './environment.ts';
import { processArgv } from './process.ts';
import { procfileLines } from './starters.ts';

export interface Entry {
  readonly commands: readonly DemandedCommand[];
  /** A shell is started. */
  readonly shell: boolean;
  /** Scripts that nobody has read. */
  readonly unread: readonly { readonly what: string; readonly span: Span | undefined }[];
  /** Nothing is stated: what runs is said elsewhere. */
  readonly none: boolean;
  /** The command is a shell, a REPL or the like: the image is an environment. */
  readonly environment: boolean;
  /** The command was inherited from the base image. */
  readonly inherited: boolean;
  /** A script of a package.json that nobody has read is started. */
  readonly unreadScript: boolean;
  /** Text that was read: CMD, scripts. Words in it count as mentions. */
  readonly texts: readonly string[];
}

/** Reads the process configuration of an image. */
export function entryOf(state: ImageState, context: ContextReader): Entry {
  const reader = new EntryReader(state, context);
  const { entrypoint, cmd, healthcheck } = state.config;
  const argv = processArgv(entrypoint?.value, cmd?.value);
  const by = entrypoint === undefined ? 'CMD' : 'ENTRYPOINT';
  reader.process(argv, (entrypoint ?? cmd)?.span, by);
  if (healthcheck?.value.process !== undefined)
    reader.process(processArgv(undefined, healthcheck.value.process), healthcheck.span, 'HEALTHCHECK');
  for (const { by: file, run } of context.runs) reader.outside(run, file);
  for (const line of procfile(context)) reader.outside(line, 'Procfile');
  const inherited = stated(entrypoint) === undefined && stated(cmd) === undefined;
  return {
    commands: reader.commands,
    shell: reader.shell,
    unread: reader.unread,
    none: argv.length === 0,
    environment: isEnvironment(argv, entrypoint === undefined),
    inherited,
    unreadScript: reader.unreadScript,
    texts: reader.texts,
  };
}

/** The commands of a Procfile, which a process manager or a platform runs (Heroku Dev Center, "The Procfile"). */
function procfile(context: ContextReader): readonly string[] {
  const text = context.present ? context.readBeside('Procfile') : 'absent';
  if (text === 'absent' || text === 'unread') return [];
  return procfileLines(text);
}

function stated<T>(value: ConfigValue<T> | undefined): T | undefined {
  return value === undefined || value.from === 'base' ? undefined : value.value;
}
