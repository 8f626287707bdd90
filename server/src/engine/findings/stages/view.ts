/** What the findings of a file with several stages look at, worked out once. */
import type { Facts } from '../../facts/index.ts';
import { lazy } from '../../facts/table.ts';
import { FINDINGS, type FindingCode } from '../../messages/findings.ts';
import { fill } from '../../messages/registry.ts';
import type { Context, EngineSettings, Finding, Fix, Severity } from '../../model/analysis.ts';
import type { CopyInstruction, Dockerfile, Instruction, Word } from '../../model/dockerfile.ts';
import { isBelow, resolvePath } from '../../model/path.ts';
import type { Span } from '../../model/span.ts';
import type { Simulation, SimulatedStage, Write } from '../../model/state.ts';
import type { ContextReader } from '../../simulate/context.ts';
import { expandIn } from '../../simulate/values.ts';

export interface StagesInput {
  readonly file: Dockerfile;
  readonly simulation: Simulation;
  readonly facts: Facts;
  readonly settings: EngineSettings;
  readonly context: ContextReader;
  /** The snapshot itself, for the verifier. */
  readonly raw: Context | undefined;
}

/** One source of a COPY. */
export interface CopySource {
  readonly word: Word;
  /** Absolute, as COPY reads it: from `/`, whatever the working directory is. */
  readonly path: string;
  /** Written without a leading `/`. */
  readonly relative: boolean;
  /** Neither a pattern nor a variable whose value is not in the file. */
  readonly plain: boolean;
}

/** A COPY that takes files from an earlier stage. */
export interface StageCopy {
  readonly instruction: CopyInstruction;
  /** The stage that copies. */
  readonly to: SimulatedStage;
  /** The stage that is copied from. */
  readonly from: SimulatedStage;
  readonly sources: readonly CopySource[];
}

export interface StagesView extends StagesInput {
  readonly last: SimulatedStage;
  /** The last stage and those it is FROM: what is in the image that runs. */
  readonly chain: ReadonlySet<number>;
  /** Every `COPY --from` of an earlier stage, in order. */
  readonly copies: readonly StageCopy[];
}

/** Looks through a simulated file; `undefined` for a file without a stage. */
export function viewOf(input: StagesInput): StagesView | undefined {
  const { file, simulation } = input;
  const last = simulation.stages.at(-1);
  if (last === undefined) return undefined;
  const copies: StageCopy[] = [];
  for (const stage of file.stages) {
    const to = simulation.stages[stage.index];
    if (to === undefined) continue;
    for (const instruction of stage.instructions) {
      if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.from === undefined) continue;
      const from = stageNamed(simulation, instruction.from, to.index);
      if (from !== undefined) copies.push({ instruction, to, from, sources: sourcesOf(instruction, to, file) });
    }
  }
  return { ...input, last, chain: new Set(chainOf(simulation, last.index)), copies };
}

/** A stage and those it is FROM, itself first. */
export function chainOf(simulation: Simulation, index: number): number[] {
  const out: number[] = [];
  for (let at: number | undefined = index; at !== undefined; at = simulation.stages[at]?.state.base.stage) out.push(at);
  return out;
}

/** The stage before `before` that a reference means, by name or by number; `undefined` for an image or a variable. */
export function stageNamed(simulation: Simulation, reference: string, before: number): SimulatedStage | undefined {
  const { stages } = simulation;
  const name = reference.toLowerCase();
  const found =
    stages.find((stage) => stage.name === name) ?? (/^\d+$/.test(reference) ? stages[Number(reference)] : undefined);
  return found === undefined || found.index >= before ? undefined : found;
}

function sourcesOf(instruction: CopyInstruction, to: SimulatedStage, file: Dockerfile): CopySource[] {
  return instruction.sources.map((word) => {
    const { text, open } = expandIn(to.state, word.raw, file.escape);
    return {
      word,
      path: resolvePath('/', text),
      relative: !text.startsWith('/'),
      plain: open.length === 0 && !/[*?[]/.test(text),
    };
  });
}

/** The words after `--from=` or `from=` of a flag. */
export function referenceSpan(file: Dockerfile, flag: Span, reference: string): Span {
  const text = file.text.slice(flag.start, flag.end);
  const at = /\bfrom=["']?/.exec(text);
  const start = at === null ? -1 : at.index + at[0].length;
  return start < 0 || !text.startsWith(reference, start)
    ? flag
    : { start: flag.start + start, end: flag.start + start + reference.length };
}

/** The flag `--from` of a COPY. */
export function fromFlag(instruction: Instruction): Span {
  return instruction.flags.find((flag) => flag.name === 'from')?.span ?? instruction.keywordSpan;
}

/** A write at, above or below a path that may have made something there. */
export function mayMake(write: Write, path: string): boolean {
  if (write.kind === 'gone' || write.kind === 'meta') return false;
  return write.kind === 'tree' || isBelow(write.path, path);
}

interface Said {
  /** Another severity than the code's own, where less is known; a setting decides over both. */
  readonly severity?: Severity;
  readonly related?: Finding['related'];
  /** Works out and proves the fix. */
  readonly fix?: () => Fix | undefined;
}

/** A diagnostic printed from the registry; `undefined` when it is switched off. */
export function finding(
  { settings }: StagesInput,
  code: FindingCode,
  span: Span,
  values: Readonly<Record<string, string>>,
  { severity, related = [], fix }: Said = {},
): Finding | undefined {
  const set = settings.severities[code] ?? severity ?? FINDINGS[code].severity;
  if (set === 'off') return undefined;
  const message = fill(FINDINGS[code].text, values);
  const said = { code, severity: set, message, span, related, solvedBySplit: false };
  if (fix === undefined) return said;
  const once = lazy(fix);
  return {
    ...said,
    get fix() {
      return once();
    },
  };
}

/** True when a setting hides the code: nothing need be looked for. */
export function isOff({ settings }: StagesInput, code: FindingCode): boolean {
  return settings.severities[code] === 'off';
}
