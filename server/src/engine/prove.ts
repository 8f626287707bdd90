/** A plan written out and judged: only what the verifier finds no fault with is offered. */
import { editsOf, emit } from './emit/index.ts';
import { reason } from './messages/refusals.ts';
import type { Split, TierOutcome } from './model/analysis.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import type { Plan, PlanInput, RuntimeBase } from './plan/types.ts';
import { simulateAfter } from './simulate/index.ts';
import type { Trace } from './simulate/resume.ts';
import { verify } from './verify/index.ts';

/** What came of a plan, and what the proof for the next version of the text can go on from. */
export interface Proof {
  readonly outcome: TierOutcome;
  readonly trace: Trace | undefined;
}

/**
 * The outcome for one planned tier. `first`: no earlier tier is free of assumptions. `before`: what the proof of the
 * same tier of an earlier version has left; it only saves time.
 */
export function prove(
  input: PlanInput,
  base: RuntimeBase,
  plan: Plan,
  first: boolean,
  before: Trace | undefined,
): Proof {
  const title = titleOf(base);
  const refused = (reasons: TierOutcome['reasons'], trace: Trace | undefined): Proof => ({
    outcome: { tier: base.tier, title, split: undefined, reasons },
    trace,
  });
  const emitted = emit(input.file, plan, input.settings);
  if (emitted === undefined) return refused([reason('cut-chain', undefined)], before);
  const file = parseDockerfile(emitted.text);
  const trace = simulateAfter(file, input.facts, input.context, before);
  const violations = verify(
    { file: input.file, simulation: input.simulation },
    trace,
    input.facts,
    input.context,
    input.settings,
  );
  if (violations.length > 0)
    return refused(
      violations.map((one) =>
        reason('not-proved', one.in === 'original' ? one.span : undefined, { rule: one.rule, message: one.message }),
      ),
      trace,
    );
  const { names } = emitted;
  const original = input.state.root.ref;
  const stages: Split['stages'] = [
    ...(names.base === undefined ? [] : [{ name: names.base, base: original, role: 'base' as const }]),
    { name: names.builder, base: names.base ?? original, role: 'builder' },
    { name: names.runtime, base: names.base ?? base.ref, role: 'runtime' },
  ];
  const split: Split = {
    tier: base.tier,
    title,
    text: emitted.text,
    edits: editsOf(input.file, emitted.text),
    stages,
    copies: plan.copies.map((copy) => ({ from: names.builder, source: copy.path, target: copy.path, why: copy.why })),
    leftBehind: plan.left,
    kept: plan.kept,
    assumptions: plan.assumptions,
    savedMB: plan.savedMB,
    preferred: first && plan.assumptions.length === 0,
  };
  return { outcome: { tier: base.tier, title, split, reasons: [] }, trace };
}

/** The title of the action for a tier. */
export function titleOf(base: RuntimeBase): string {
  switch (base.tier) {
    case 'slim':
      return `Split into builder and runtime stages (${base.ref})`;
    case 'distroless':
      return `Split into builder and a minimal runtime stage (${base.ref})`;
    case 'same':
      return 'Split into builder and runtime stages (same base image)';
  }
}
