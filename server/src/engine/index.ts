/** The engine as its hosts see it: text in, decisions out. Pure and synchronous. */
import { judgePackages } from './assess/tools.ts';
import { compilesAtRun } from './demand/dependencies.ts';
import { type Entry, entryOf } from './demand/entry.ts';
import { programOf } from './demand/program.ts';
import { editsOf, emit } from './emit/index.ts';
import { hoverAt } from './explain/hover.ts';
import { Facts } from './facts/index.ts';
import type { FactSource } from './facts/types.ts';
import { findingsOf } from './findings/index.ts';
import { reason } from './messages/refusals.ts';
import type { Analysis, Context, Engine, EngineSettings, Reason, Split, Status, Tier, TierOutcome, Violation } from './model/analysis.ts';
import type { Dockerfile } from './model/dockerfile.ts';
import type { ImageState, Simulation } from './model/state.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import { planTier } from './plan/index.ts';
import type { Plan, PlanInput, RuntimeBase } from './plan/types.ts';
import { chooseBases } from './plan/bases.ts';
import { ContextReader } from './simulate/context.ts';
import { simulate } from './simulate/index.ts';
import { verify } from './verify/index.ts';

/** Creates the engine on a source of facts. Tables are opened when they are first needed. */
export function createEngine(source: FactSource): Engine {
  const facts = new Facts(source);
  const simulations = new WeakMap<Analysis, { simulation: Simulation | undefined; context: Context | undefined }>();
  return {
    analyse: (text, settings, context) => {
      const { analysis, simulation } = analyse(text, settings, context, facts);
      simulations.set(analysis, { simulation, context });
      return analysis;
    },
    hover: (analysis, offset) => {
      const known = simulations.get(analysis);
      // Files with several stages are only simulated when somebody asks.
      const simulation = known?.simulation ?? (analysis.file.stages.length > 0 ? simulate(analysis.file, facts, known?.context) : undefined);
      simulations.set(analysis, { simulation, context: known?.context });
      return hoverAt({ analysis, simulation, facts }, offset);
    },
    verify: (original, result, context) => verifyTexts(original, result, context, facts),
  };
}

function verifyTexts(original: string, result: string, context: Context | undefined, facts: Facts): readonly Violation[] {
  const before = parseDockerfile(original);
  const after = parseDockerfile(result);
  return verify({ file: before, simulation: simulate(before, facts, context) }, { file: after, simulation: simulate(after, facts, context) }, facts, context);
}

interface Outcome {
  readonly status: Status;
  readonly tiers: readonly TierOutcome[];
  readonly reasons: readonly Reason[];
  readonly simulation: Simulation | undefined;
  readonly plans: readonly Plan[];
  readonly wants: readonly string[];
}

function analyse(text: string, settings: EngineSettings, context: Context | undefined, facts: Facts): { analysis: Analysis; simulation: Simulation | undefined } {
  const file = parseDockerfile(text);
  const outcome = decide(file, settings, context, facts);
  const splits = outcome.tiers.flatMap((tier) => (tier.split === undefined ? [] : [tier.split]));
  const analysis: Analysis = {
    file,
    status: outcome.status,
    findings: outcome.simulation === undefined ? [] : findings(file, outcome, settings, facts),
    tiers: outcome.tiers,
    best: best(splits),
    reasons: outcome.reasons,
    wants: outcome.wants,
  };
  return { analysis, simulation: outcome.simulation };
}

/** The first tier without assumptions, else the fewest, then the smallest (design, section 3). */
function best(splits: readonly Split[]): Split | undefined {
  return splits.find((split) => split.preferred) ?? [...splits].sort((a, b) => a.assumptions.length - b.assumptions.length)[0];
}

function nothing(why: string, simulation?: Simulation): Outcome {
  return { status: 'nothing-to-gain', tiers: [], reasons: [{ code: 'nothing-to-gain', message: why, span: undefined }], simulation, plans: [], wants: simulation?.wants ?? [] };
}

function decide(file: Dockerfile, settings: EngineSettings, context: Context | undefined, facts: Facts): Outcome {
  const fatal = file.problems.filter((problem) => problem.fatal);
  if (fatal.length > 0 || file.stages.length === 0) {
    return { status: 'invalid', tiers: [], reasons: fatal.map((problem) => ({ code: problem.code, message: problem.detail ?? problem.code, span: problem.span })), simulation: undefined, plans: [], wants: [] };
  }
  if (file.stages.length > 1) return { status: 'already-multi-stage', tiers: [], reasons: [], simulation: undefined, plans: [], wants: [] };
  const simulation = simulate(file, facts, context);
  const state = simulation.stages[0]?.state as ImageState;
  const reader = new ContextReader(context);
  const entry = entryOf(state, reader);
  const quiet = isQuiet(file, state, entry);
  if (quiet !== undefined) return nothing(quiet, simulation);
  const program = programOf(state, reader);
  const packages = judgePackages(state, entry, program, facts, compilesAtRun(state));
  const input: PlanInput = { file, simulation, state, entry, program, packages, facts, settings, context };
  const outcome = tiersOf(input, doubtsOfText(file));
  return { ...outcome, wants: [...new Set([...outcome.wants, ...reader.wants()])].sort() };
}

/** What keeps us from rewriting a file that builds. */
function doubtsOfText(file: Dockerfile): Reason[] {
  return file.problems.map((problem) => {
    if (problem.code === 'conflict-marker' || problem.code === 'template') return reason(problem.code, problem.span);
    return reason('doubtful-parse', problem.span, { detail: problem.detail ?? problem.code });
  });
}

/** Why the file is none of ours: an environment, a base for others, Windows. */
function isQuiet(file: Dockerfile, state: ImageState, entry: Entry): string | undefined {
  const { root } = state;
  if (root.facts?.os.id === 'windows' || /windows|nanoserver|servercore/i.test(root.ref)) return 'Windows images are not split.';
  if (file.instructions.some((instruction) => instruction.kind === 'shell' && /powershell|pwsh|cmd/i.test(instruction.argv[0] ?? ''))) return 'PowerShell and cmd are not read.';
  if (state.config.onbuild.length > 0) return 'The image is a base for others (ONBUILD).';
  if (entry.none) return 'No command is stated: the image is a base for others.';
  if (entry.environment) return 'The command is a shell or an interpreter: the image is an environment.';
  return undefined;
}

function tiersOf(input: PlanInput, doubts: readonly Reason[]): Outcome {
  const tiers: TierOutcome[] = [];
  const plans: Plan[] = [];
  const quiet: string[] = [];
  for (const base of chooseBases(input.state, input.facts)) {
    const result = planTier(input, base);
    if ('nothing' in result) {
      quiet.push(result.nothing);
      continue;
    }
    if ('refused' in result) {
      tiers.push({ tier: base.tier, title: titleOf(base), split: undefined, reasons: result.refused });
      continue;
    }
    plans.push(result.plan);
    if (doubts.length > 0) {
      tiers.push({ tier: base.tier, title: titleOf(base), split: undefined, reasons: doubts });
      continue;
    }
    tiers.push(prove(input, base, result.plan, tiers));
  }
  if (tiers.length === 0) return nothing(quiet[0] ?? 'Nothing is left behind by a split.', input.simulation);
  const split = tiers.some((tier) => tier.split !== undefined);
  const reasons = split ? [] : unique(tiers.flatMap((tier) => tier.reasons));
  return { status: split ? 'split' : 'refused', tiers, reasons, simulation: input.simulation, plans, wants: input.simulation.wants };
}

function unique(reasons: readonly Reason[]): Reason[] {
  const seen = new Set<string>();
  return reasons.filter((one) => {
    const key = `${one.code} ${one.span?.start ?? ''}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

function titleOf(base: RuntimeBase): string {
  switch (base.tier) {
    case 'slim':
      return `Split into builder and runtime stages (${base.ref})`;
    case 'distroless':
      return `Split into builder and a minimal runtime stage (${base.ref})`;
    case 'same':
      return 'Split into builder and runtime stages (same base image)';
  }
}

/** Writes the plan and proves it: only what the verifier finds no fault with is offered. */
function prove(input: PlanInput, base: RuntimeBase, plan: Plan, earlier: readonly TierOutcome[]): TierOutcome {
  const emitted = emit(input.file, plan, input.settings);
  const title = titleOf(base);
  if (emitted === undefined) return { tier: base.tier, title, split: undefined, reasons: [reason('cut-chain', undefined)] };
  const file = parseDockerfile(emitted.text);
  const violations = verify({ file: input.file, simulation: input.simulation }, { file, simulation: simulate(file, input.facts, input.context) }, input.facts, input.context);
  if (violations.length > 0) {
    const reasons = violations.map((one) => reason('not-proved', one.in === 'original' ? one.span : undefined, { rule: one.rule, message: one.message }));
    return { tier: base.tier, title, split: undefined, reasons };
  }
  const { names } = emitted;
  const preferred = plan.assumptions.length === 0 && !earlier.some((tier) => tier.split?.preferred === true);
  const original = input.state.root.ref;
  const stages: Split['stages'] = [
    ...(names.base === undefined ? [] : [{ name: names.base, base: original, role: 'base' as const }]),
    { name: names.builder, base: names.base ?? original, role: 'builder' },
    { name: names.runtime, base: names.base ?? base.ref, role: 'runtime' },
  ];
  const split: Split = {
    tier: base.tier as Tier,
    title,
    text: emitted.text,
    edits: editsOf(input.file, emitted.text),
    stages,
    copies: plan.copies.map((copy) => ({ from: names.builder, source: copy.path, target: copy.path, why: copy.why })),
    leftBehind: plan.left,
    kept: plan.kept,
    assumptions: plan.assumptions,
    savedMB: plan.savedMB,
    preferred,
  };
  return { tier: base.tier, title, split, reasons: [] };
}

function findings(file: Dockerfile, outcome: Outcome, settings: EngineSettings, facts: Facts): Analysis['findings'] {
  const stage = outcome.simulation?.stages[0];
  if (stage === undefined || (outcome.status !== 'split' && outcome.status !== 'refused')) return [];
  const { root } = stage.state;
  const slim = outcome.plans.find((plan) => plan.base.counterpart !== undefined);
  const os = root.facts?.os;
  const index = os === undefined ? undefined : facts.debianIndex(os)?.index;
  const seen = new Map<string, { name: string; span: Plan['left'][number]['span']; sizeMB: number | undefined }>();
  for (const plan of outcome.plans) {
    for (const one of plan.left) {
      if (one.what === root.ref) continue;
      const kilobytes = index?.get(one.what)?.installedKB;
      seen.set(`${one.what} ${one.span.start}`, { name: one.what, span: one.span, sizeMB: kilobytes === undefined ? undefined : kilobytes / 1024 });
    }
  }
  void file;
  return findingsOf({
    tiers: outcome.tiers,
    refused: outcome.reasons,
    settings,
    base: { ref: root.ref, span: root.span },
    counterpart: slim === undefined ? undefined : { ref: slim.base.ref, savedMB: slim.savedMB },
    packages: [...seen.values()],
  });
}
