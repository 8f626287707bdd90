/** The engine as its hosts see it: text in, decisions out. Pure and synchronous. */
import { LazyAnalysis } from './analysis.ts';
import { hoverAt } from './explain/hover.ts';
import { Facts } from './facts/index.ts';
import type { FactSource } from './facts/types.ts';
import type { Context, Engine, Violation } from './model/analysis.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import { simulate } from './simulate/index.ts';
import { verify } from './verify/index.ts';

/** Creates the engine on a source of facts. Tables are opened when they are first needed. */
export function createEngine(source: FactSource): Engine {
  const facts = new Facts(source);
  return {
    get factsDate() {
      return /^# date: (\d{4}-\d\d-\d\d)/m.exec(source.table('bases')?.slice(0, 2000) ?? '')?.[1];
    },
    analyse: (text, settings, context, previous) =>
      new LazyAnalysis(text, settings, context, facts, previous instanceof LazyAnalysis ? previous.trace : undefined),
    hover: (analysis, offset) =>
      analysis instanceof LazyAnalysis
        ? hoverAt({ analysis, simulation: analysis.simulation, facts }, offset)
        : undefined,
    verify: (original, result, context) => verifyTexts(original, result, context, facts),
  };
}

function verifyTexts(
  original: string,
  result: string,
  context: Context | undefined,
  facts: Facts,
): readonly Violation[] {
  const before = parseDockerfile(original);
  const after = parseDockerfile(result);
  return verify(
    { file: before, simulation: simulate(before, facts, context) },
    { file: after, simulation: simulate(after, facts, context) },
    facts,
    context,
  );
}
