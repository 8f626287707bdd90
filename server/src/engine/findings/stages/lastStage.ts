/** What the last stage does and runs, asked by the findings about what it ships. */
import { judgePackages } from '../../assess/tools.ts';
import { installsAtStart } from '../../demand/atStart.ts';
import { compilesAtRun } from '../../demand/dependencies.ts';
import { entryOf } from '../../demand/entry.ts';
import { programOf } from '../../demand/program.ts';
import type { Role } from '../../model/state.ts';
import { steeringOf } from '../../parse/steering.ts';
import type { PlanInput } from '../../plan/types.ts';
import type { StagesView } from './view.ts';

/** Stages that are meant to hold tools: for developing, testing, building, debugging. */
export const FOR_TOOLS =
  /(^|[^a-z])(dev|devel|develop|development|devcontainer|test|tests|testing|debug|debugger|ci|lint|local|sdk|build|builder|builds|compile|tools?|toolchain|docs?|vscode)([^a-z]|$)/;

/** Roles of commands that compile, install from sources, or may do so. */
const BUILDS: readonly Role[] = ['dependencies', 'build', 'toolchain', 'opaque', 'check', 'program'];

/**
 * The last stage as the planner sees a file of one stage; `undefined` when it builds
 * something itself, holds tools on purpose, or does not say what it runs.
 */
export function finishedStage(view: StagesView): PlanInput | undefined {
  const { file, simulation, last, facts, settings, context, chain } = view;
  const { state } = last;
  for (const index of chain) if (FOR_TOOLS.test(simulation.stages[index]?.name ?? '')) return undefined;
  if (state.holes.length > 0 || state.config.onbuild.length > 0 || state.root.facts?.os.id === 'windows')
    return undefined;
  const builds = state.atoms.some((id) => {
    const roles = simulation.atoms[id]?.effect.roles;
    return roles === undefined || BUILDS.some((role) => roles.has(role));
  });
  if (builds) return undefined;
  const entry = entryOf(state, context);
  // A command that the base image brings says nothing of what this one is for.
  if (entry.none || entry.environment || entry.inherited || entry.commands.length === 0) return undefined;
  const program = programOf(state, context);
  const steering = steeringOf(file);
  const compiler = compilesAtRun(state) ?? installsAtStart(entry, state);
  const packages = judgePackages(state, entry, program, facts, compiler, simulation.atoms, steering);
  return { file, steering, simulation, state, entry, program, packages, facts, settings, context: view.raw };
}

/** No stage that is left behind goes on from a stage of the final image: what is changed there changes it alone. */
export function isOwn({ simulation, chain }: StagesView, stage: number): boolean {
  return simulation.stages.every((one) => chain.has(one.index) || one.state.base.stage !== stage);
}
