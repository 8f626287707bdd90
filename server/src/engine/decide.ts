/** From a text to what may be done with it: planned at once, proved when somebody asks. */
import { COMPILE_AT_RUN, judgePackages } from './assess/tools.ts';
import { installsAtStart } from './demand/atStart.ts';
import { calledCommands, compilesAtRun, linksToFind } from './demand/dependencies.ts';
import { type Entry, entryOf } from './demand/entry.ts';
import { type Program, programOf } from './demand/program.ts';
import type { Facts } from './facts/index.ts';
import { PROBLEMS } from './messages/problems.ts';
import { reason } from './messages/refusals.ts';
import type { Context, EngineSettings, Reason } from './model/analysis.ts';
import type { Dockerfile } from './model/dockerfile.ts';
import type { ImageState, Simulation } from './model/state.ts';
import { chooseBases } from './plan/bases.ts';
import { BUILDS_NOTHING, planTier } from './plan/index.ts';
import type { Plan, PlanInput, RuntimeBase } from './plan/types.ts';
import { steeringOf } from './parse/steering.ts';
import { ContextReader } from './simulate/context.ts';
import { simulateAfter } from './simulate/index.ts';
import type { Trace } from './simulate/resume.ts';

/** One base for the runtime stage, with a plan or the reasons why there is none. */
export interface PlannedTier {
  readonly base: RuntimeBase;
  readonly plan: Plan | undefined;
  readonly refused: readonly Reason[];
}

export type Decision =
  | { readonly kind: 'invalid'; readonly reasons: readonly Reason[] }
  | {
      readonly kind: 'multi-stage';
      readonly simulation: Simulation;
      readonly trace: Trace;
      readonly reader: ContextReader;
    }
  | {
      readonly kind: 'nothing';
      readonly reasons: readonly Reason[];
      readonly simulation: Simulation;
      /** What was judged, when build tools are installed that nothing uses. */
      readonly unused?: PlanInput;
      readonly trace: Trace;
      readonly wants: readonly string[];
    }
  | {
      readonly kind: 'planned';
      readonly input: PlanInput;
      readonly tiers: readonly PlannedTier[];
      readonly trace: Trace;
      readonly wants: readonly string[];
    };

/** Parses nothing and proves nothing: simulates a parsed file and plans its tiers. `before` only saves time. */
export function decide(
  file: Dockerfile,
  settings: EngineSettings,
  context: Context | undefined,
  facts: Facts,
  before: Trace | undefined,
): Decision {
  const fatal = file.problems.filter((problem) => problem.fatal);
  if (fatal.length > 0 || file.stages.length === 0)
    return {
      kind: 'invalid',
      reasons: fatal.map((problem) => ({
        code: problem.code,
        message:
          problem.detail === undefined
            ? PROBLEMS[problem.code].text
            : `${PROBLEMS[problem.code].text} (${problem.detail})`,
        span: problem.span,
      })),
    };
  const trace = simulateAfter(file, facts, context, before);
  const { simulation } = trace;
  if (file.stages.length > 1) return { kind: 'multi-stage', simulation, trace, reader: new ContextReader(context) };
  const state = simulation.stages[0]?.state as ImageState;
  const reader = new ContextReader(context);
  const entry = entryOf(state, reader);
  const nothing = (why: string): Extract<Decision, { kind: 'nothing' }> => ({
    kind: 'nothing',
    reasons: [{ code: 'nothing-to-gain', message: why, span: undefined }],
    simulation,
    trace,
    wants: wants(simulation, reader),
  });
  const quiet = isQuiet(file, state, entry);
  if (quiet !== undefined) return nothing(quiet);
  const program = programOf(state, reader);
  const steering = steeringOf(file);
  const compiler = compilesAtRun(state) ?? installsAtStart(entry, state) ?? calledCompiler(state, program);
  const packages = judgePackages(state, entry, program, facts, compiler, simulation.atoms, steering);
  const input: PlanInput = { file, steering, simulation, state, entry, program, packages, facts, settings, context };
  const doubts = doubtsOfText(file);
  const tiers: PlannedTier[] = [];
  let unused = false;
  let why = 'Nothing is left behind by a split.';
  for (const base of chooseBases(state, facts)) {
    const result = planTier(input, base);
    if ('nothing' in result) {
      // The smaller image is asked first, and says more: the same image has nothing to leave behind.
      if (why !== BUILDS_NOTHING) why = result.nothing;
      unused ||= result.unused === true;
    } else if ('refused' in result) tiers.push({ base, plan: undefined, refused: result.refused });
    else
      tiers.push(
        doubts.length > 0 ? { base, plan: undefined, refused: doubts } : { base, plan: result.plan, refused: [] },
      );
  }
  return tiers.length === 0
    ? { ...nothing(why), ...(unused && doubts.length === 0 ? { unused: input } : {}) }
    : { kind: 'planned', input, tiers, trace, wants: wants(simulation, reader) };
}

/** A compiler or build tool that the program itself starts. */
function calledCompiler(state: ImageState, program: Program): string | undefined {
  return (
    linksToFind(state, program) ?? [...calledCommands(state, program).keys()].find((name) => COMPILE_AT_RUN.test(name))
  );
}

function wants(simulation: Simulation, reader: ContextReader): string[] {
  return [...new Set([...simulation.wants, ...reader.wants()])].sort();
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
  if (root.facts?.os.id === 'windows' || /windows|nanoserver|servercore/i.test(root.ref))
    return 'Windows images are not split.';
  if (
    file.instructions.some(
      (instruction) => instruction.kind === 'shell' && /powershell|pwsh|cmd/i.test(instruction.argv[0] ?? ''),
    )
  )
    return 'PowerShell and cmd are not read.';
  if (state.config.onbuild.length > 0) return 'The image is a base for others (ONBUILD).';
  if (entry.none && root.facts === undefined && root.ref !== 'scratch')
    return 'No command is stated, and nothing is known of that of the base.';
  if (entry.none) return 'No command is stated: the image is a base for others.';
  if (entry.environment) return 'The command is a shell or an interpreter: the image is an environment.';
  return undefined;
}
