/** The engine as its hosts see it: text in, decisions out. Pure and synchronous. */
import { LazyAnalysis } from './analysis.ts';
import { hoverAt } from './explain/hover.ts';
import { Facts } from './facts/index.ts';
import type { FactSource } from './facts/types.ts';
import type { Context, Engine, EngineSettings, Violation } from './model/analysis.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import { defaultSettings } from './settings.ts';
import { simulate } from './simulate/index.ts';
import { verify } from './verify/index.ts';

/** Creates the engine on a source of facts. Tables are opened when they are first needed. */
export function createEngine(source: FactSource): Engine {
  const facts = new Facts(source);
  return {
    get factsDate() {
      return facts.date;
    },
    analyse: (text, settings, context, previous) => {
      const own = facts.withBases(settings.bases);
      return new LazyAnalysis(text, settings, context, own, previous instanceof LazyAnalysis ? previous : undefined);
    },
    hover: (analysis, offset) =>
      analysis instanceof LazyAnalysis
        ? hoverAt({ analysis, simulation: analysis.simulation, facts: analysis.facts }, offset)
        : undefined,
    verify: (original, result, context, settings = defaultSettings) =>
      verifyTexts(original, result, context, facts, settings),
  };
}

function verifyTexts(
  original: string,
  result: string,
  context: Context | undefined,
  facts: Facts,
  settings: Pick<EngineSettings, 'copiesKeepOwners'>,
): readonly Violation[] {
  const before = parseDockerfile(original);
  const after = parseDockerfile(result);
  return verify(
    { file: before, simulation: simulate(before, facts, context) },
    { file: after, simulation: simulate(after, facts, context) },
    facts,
    context,
    settings,
  );
}
