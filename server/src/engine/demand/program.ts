/** What the sources of the program say of the commands it starts. */
import { nodeSources } from '../ecosystems/node/program.ts';
import { pythonSources } from '../ecosystems/python/program.ts';
import type { ImageState } from '../model/state.ts';
import type { ContextReader } from '../simulate/context.ts';
import { programWords } from './sources.ts';

export interface Program {
  /** Nothing of it is unread. */
  readonly read: boolean;
  /** Words of the places that start processes; a command among them is demanded. */
  readonly words: ReadonlySet<string>;
  /** Base names of the commands that its sources start. */
  readonly commands: ReadonlySet<string>;
  /** Libraries without a version that its sources name, with their paths. */
  readonly links: ReadonlySet<string>;
  /** They look for libraries with the linker, where there is no loader's cache (musl). */
  readonly searches: boolean;
}

const NONE: ReadonlySet<string> = new Set();

/** Reads the program of an image when there is a build context. */
export function programOf(state: ImageState, context: ContextReader): Program {
  // Nothing but installed packages runs: their own code is what the dependencies say.
  const own = state.writes.all.some((write) => write.context !== undefined || write.class === 'app');
  if (!own) return { read: true, words: NONE, commands: NONE, links: NONE, searches: false };
  if (!context.present) return { read: false, words: NONE, commands: NONE, links: NONE, searches: false };
  const found = programWords(state.writes.aliveNow(), context, [pythonSources, nodeSources]);
  const { complete, ...rest } = found;
  return { read: complete, ...rest };
}
