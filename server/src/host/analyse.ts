/** Runs the engine until it has seen every file of the build context that it asks for. */
import type { Analysis, Context, Engine, EngineSettings } from '../engine/model/analysis.ts';

/** A context that can load what the engine wanted. */
export interface LoadableContext extends Context {
  /** True when something was loaded that was not there before. */
  load(wants: readonly string[]): boolean;
}

const maximumRounds = 4;

/** Without a context there is one round and files of it are unread. With one: at most four. `previous` saves time. */
export function analyse(
  engine: Engine,
  text: string,
  settings: EngineSettings,
  context: LoadableContext | undefined,
  previous?: Analysis,
): Analysis {
  let analysis = engine.analyse(text, settings, context, previous);
  for (let round = 1; round < maximumRounds && context?.load(analysis.wants) === true; round++) {
    analysis = engine.analyse(text, settings, context);
  }
  return analysis;
}
