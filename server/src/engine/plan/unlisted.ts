/** Packages of a release that no table lists (rpm, pacman): nothing can be said of what would leave with them. */
import { usesOf } from '../assess/tools.ts';
import { isBuildTool } from '../facts/rpm.ts';
import { refuse } from '../messages/refusals.ts';
import type { PlanInput, PlanResult } from './types.ts';

/** The answer for a file that installs such packages: a refusal where build tools among them are used; `undefined` for any other file. */
export function unlistedPackages(input: PlanInput): PlanResult | undefined {
  const { state, simulation, facts } = input;
  const records = [...state.packages.values()].filter((record) => record.unlisted === true);
  if (records.length === 0) return undefined;
  const tool = records.find((record) => isBuildTool(record.name));
  if (tool === undefined) return { nothing: 'no build tool is installed' };
  if (input.packages.runtimeCompiler !== undefined)
    return { nothing: `${tool.name} stays: ${input.packages.runtimeCompiler} compiles in the container` };
  const later = simulation.atoms.filter((atom) => atom.id > (tool.atom ?? -1));
  const used =
    usesOf(later, new Set(records.map((record) => record.name)), facts, state).length > 0 ||
    later.some((atom) => atom.effect.opaque !== undefined || atom.effect.roles.has('build'));
  return used
    ? refuse('unlisted-packages', tool.span, { name: tool.name })
    : { nothing: 'nothing in the file uses the build tools' };
}
