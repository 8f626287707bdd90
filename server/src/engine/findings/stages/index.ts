/** Diagnostics of files that have several stages already. They judge the final image, and what a copy takes from. */
import type { Finding } from '../../model/analysis.ts';
import { fullBaseOfLastStage } from './base.ts';
import { copiedMounts } from './mounted.ts';
import { numberedStages } from './numbered.ts';
import { missingCommand } from './command.ts';
import { mismatchedInterpreters } from './interpreters.ts';
import { missingLibraries } from './libraries.ts';
import { mismatchedReleases } from './release.ts';
import { missingSources } from './sources.ts';
import { toolsInLastStage } from './tools.ts';
import { unreachedStages } from './unreached.ts';
import { viewOf, type StagesInput } from './view.ts';

const KINDS = [
  copiedMounts,
  missingSources,
  mismatchedReleases,
  mismatchedInterpreters,
  missingLibraries,
  missingCommand,
  unreachedStages,
  toolsInLastStage,
  fullBaseOfLastStage,
  numberedStages,
];

/** All findings of a simulated file with several stages, in the order of their places. A text that is not read with certainty draws none. */
export function stageFindings(input: StagesInput): readonly Finding[] {
  const view = input.file.problems.length > 0 ? undefined : viewOf(input);
  if (view === undefined) return [];
  const found = KINDS.flatMap((kind) => kind(view));
  return found.sort((a, b) => a.span.start - b.span.start || a.code.localeCompare(b.code));
}
