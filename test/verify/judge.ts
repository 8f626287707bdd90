/** The verifier as the engine calls it; what a text simulates to is kept, for the same texts are judged again and again. */
import { Facts } from '../../server/src/engine/facts/index.ts';
import type { Context, EngineSettings, Violation } from '../../server/src/engine/model/analysis.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { type Simulated, verify } from '../../server/src/engine/verify/index.ts';
import { fileFacts } from '../engine/engine.ts';

const facts = new Facts(fileFacts);
const none: Context = { read: () => 'unread', list: () => 'unread' };
const kept = new WeakMap<Context, Map<string, Simulated>>();

/** A text, parsed and simulated in a build context; the same object for the same text and context. */
export function simulated(text: string, context: Context | undefined): Simulated {
  const key = context ?? none;
  const texts = kept.get(key) ?? new Map<string, Simulated>();
  kept.set(key, texts);
  const known = texts.get(text);
  if (known !== undefined) return known;
  const file = parseDockerfile(text);
  const made = { file, simulation: simulate(file, facts, context) };
  texts.set(text, made);
  return made;
}

/** The violations of a result, as `dockerfile-stages verify` reports them. */
export function judge(
  original: string,
  result: string,
  context: Context | undefined,
  settings?: Pick<EngineSettings, 'copiesKeepOwners'>,
): readonly Violation[] {
  const violations = verify(simulated(original, context), simulated(result, context), facts, context, settings);
  // Every sentence is whole.
  for (const { message } of violations)
    if (/(?<!\$)\{\w+\}|undefined|``|\[object/.test(message)) throw new Error(message);
  return violations;
}

/** Base packages and installed ones of the last stage, as one sorted string. */
export function packagesIn(text: string, context: Context | undefined): string {
  const state = simulated(text, context).simulation.stages.at(-1)?.state;
  const base = state?.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
  return [...new Set([...(base ?? []), ...(state?.packages.keys() ?? [])])].sort().join(' ');
}
