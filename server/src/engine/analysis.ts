/**
 * One analysed text. Diagnostics come from the plan alone, so that they cost
 * little on every keystroke; splits are written and proved when they are asked for.
 */
import { decide, type Decision } from './decide.ts';
import type { Facts } from './facts/index.ts';
import { unusedTools } from './findings/hints.ts';
import { findingsOf } from './findings/index.ts';
import { stageFindings } from './findings/stages/index.ts';
import { unsuppressed } from './findings/suppress.ts';
import { remarksOn } from './messages/remarks.ts';
import type {
  Analysis,
  Context,
  EngineSettings,
  Finding,
  Reason,
  Split,
  Status,
  TierOutcome,
} from './model/analysis.ts';
import type { Dockerfile } from './model/dockerfile.ts';
import type { Simulation } from './model/state.ts';
import { parseDockerfile } from './parse/dockerfile.ts';
import { prove, titleOf } from './prove.ts';
import { simulate } from './simulate/index.ts';
import type { Trace } from './simulate/resume.ts';

export class LazyAnalysis implements Analysis {
  readonly file: Dockerfile;
  readonly wants: readonly string[];
  private readonly decision: Decision;
  /** What the analysis of the next version can go on from: of an earlier one, while somebody types what does not build. */
  private readonly trace: Trace | undefined;
  /** By tier: what the last proofs have left, of this text or of earlier ones. */
  private proofs: ReadonlyMap<Split['tier'], Trace>;
  private readonly cache: { findings?: readonly Finding[]; tiers?: readonly TierOutcome[]; simulation?: Simulation } =
    {};

  constructor(
    text: string,
    private readonly settings: EngineSettings,
    private readonly context: Context | undefined,
    readonly facts: Facts,
    before: LazyAnalysis | undefined,
  ) {
    this.file = parseDockerfile(text);
    // An analysis with other facts has nothing to go on from.
    const previous = before?.facts === facts ? before : undefined;
    this.decision = decide(this.file, settings, context, facts, previous?.trace);
    this.trace = 'trace' in this.decision ? this.decision.trace : previous?.trace;
    // Whoever took a split has no use for its proof.
    const kept = this.decision.kind === 'multi-stage' ? undefined : previous?.proofs;
    this.proofs = kept ?? new Map<Split['tier'], Trace>();
    if (this.decision.kind === 'multi-stage') {
      // What they look for in the build context is wanted by the analysis.
      const { simulation, reader } = this.decision;
      const found = stageFindings({ file: this.file, simulation, facts, settings, context: reader, raw: context });
      this.cache.findings = unsuppressed(this.file, found);
      this.wants = [...new Set([...simulation.wants, ...reader.wants()])].sort();
    } else this.wants = 'wants' in this.decision ? this.decision.wants : [];
  }

  get findings(): readonly Finding[] {
    this.cache.findings ??= unsuppressed(this.file, this.find());
    return this.cache.findings;
  }

  private find(): readonly Finding[] {
    const { decision } = this;
    if (decision.kind === 'planned') return findingsOf(decision, this.settings, this.facts);
    return decision.kind === 'nothing' && decision.unused !== undefined ? unusedTools(decision.unused) : [];
  }

  get tiers(): readonly TierOutcome[] {
    this.cache.tiers ??= this.proveAll();
    return this.cache.tiers;
  }

  get status(): Status {
    switch (this.decision.kind) {
      case 'invalid':
        return 'invalid';
      case 'multi-stage':
        return 'already-multi-stage';
      case 'nothing':
        return 'nothing-to-gain';
      case 'planned':
        return this.tiers.some((tier) => tier.split !== undefined) ? 'split' : 'refused';
    }
  }

  /** The first tier without assumptions, else the fewest, then the smallest (design, section 3). */
  get best(): Split | undefined {
    const splits = this.tiers.flatMap((tier) => (tier.split === undefined ? [] : [tier.split]));
    return (
      splits.find((split) => split.preferred) ??
      [...splits].sort((a, b) => a.assumptions.length - b.assumptions.length)[0]
    );
  }

  get reasons(): readonly Reason[] {
    if (this.decision.kind === 'invalid' || this.decision.kind === 'nothing') return this.decision.reasons;
    if (this.status === 'refused') return unique(this.tiers.flatMap((tier) => tier.reasons));
    return this.decision.kind === 'planned'
      ? remarksOn(this.decision.input.state.root, this.decision.input.simulation.atoms)
      : [];
  }

  /** The simulated file, for hovers; `undefined` for a file without a stage. */
  get simulation(): Simulation | undefined {
    if (this.decision.kind === 'planned') return this.decision.input.simulation;
    if (this.decision.kind !== 'invalid') return this.decision.simulation;
    if (this.file.stages.length === 0) return undefined;
    // A file that does not build is only simulated when somebody asks.
    this.cache.simulation ??= simulate(this.file, this.facts, this.context);
    return this.cache.simulation;
  }

  private proveAll(): TierOutcome[] {
    if (this.decision.kind !== 'planned') return [];
    const out: TierOutcome[] = [];
    const proofs = new Map<Split['tier'], Trace>();
    for (const { base, plan, refused } of this.decision.tiers) {
      const { tier } = base;
      if (plan === undefined) {
        out.push({ tier, title: titleOf(base), split: undefined, reasons: refused });
        continue;
      }
      const first = !out.some(({ split }) => split?.preferred === true);
      const { outcome, trace } = prove(this.decision.input, base, plan, first, this.proofs.get(tier));
      out.push(outcome);
      if (trace !== undefined) proofs.set(tier, trace);
    }
    this.proofs = proofs;
    return out;
  }
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
