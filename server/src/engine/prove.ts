/** A plan written out and judged: only what the verifier finds no fault with is offered. */
import { editsOf, emit } from './emit/index.ts';
import { reason } from './messages/refusals.ts';
import type { Split, TierOutcome } from './model/analysis.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import type { Plan, PlanInput, RuntimeBase } from './plan/types.ts';
import { simulate } from './simulate/index.ts';
import { verify } from './verify/index.ts';

/** The outcome for one planned tier. `first`: no earlier tier is free of assumptions. */
export function prove(input: PlanInput, base: RuntimeBase, plan: Plan, first: boolean): TierOutcome {
  const title = titleOf(base);
  const refused = (reasons: TierOutcome['reasons']): TierOutcome => ({
    tier: base.tier,
    title,
    split: undefined,
    reasons,
  });
  const emitted = emit(input.file, plan, input.settings);
  if (emitted === undefined) return refused([reason('cut-chain', undefined)]);
  const file = parseDockerfile(emitted.text);
  const after = { file, simulation: simulate(file, input.facts, input.context) };
  const violations = verify(
    { file: input.file, simulation: input.simulation },
    after,
    input.facts,
    input.context,
    input.settings,
  );
  if (violations.length > 0)
    return refused(
      violations.map((one) =>
        reason('not-proved', one.in === 'original' ? one.span : undefined, { rule: one.rule, message: one.message }),
      ),
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
  return { tier: base.tier, title, split, reasons: [] };
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
