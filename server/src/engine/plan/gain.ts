/** What a split gains, and whether that matters (design, section 1). */
import { isCompiler, pipWithCompiler } from '../assess/tools.ts';
import type { PackagePlan } from './packages.ts';
import type { PlanInput, RuntimeBase } from './types.ts';

/** Megabytes that leave, by the facts; `undefined` when they do not say. */
export function saved(input: PlanInput, base: RuntimeBase, packages: PackagePlan): number | undefined {
  const leaving = Math.round(packages.lostKB / 1024);
  if (base.counterpart === undefined) return leaving > 0 ? leaving : undefined;
  const before = input.state.root.facts?.sizeMB;
  const after = base.facts?.sizeMB;
  return before === undefined || after === undefined ? undefined : Math.max(0, Math.round(before - after));
}

/** A compiler leaves, or enough megabytes. */
export function matters(
  input: PlanInput,
  packages: PackagePlan,
  savedMB: number | undefined,
  base: RuntimeBase,
): boolean {
  if (base.counterpart !== undefined) return savedMB === undefined || savedMB >= input.settings.minimumGainMB;
  const ofBase = input.state.root.facts?.compilers.length ?? 0;
  const asked = [...packages.leave.keys()].filter(
    (name) => input.state.packages.has(name) || packages.layers.has(name),
  );
  if (
    ofBase === 0 &&
    [...asked, ...packages.lost].some((name) => isCompiler(input.facts, input.state.root.facts?.os, name))
  )
    return true;
  const weight = hasUnlistedCompilers(input) ? ownWeight(input, asked) : savedMB;
  return weight !== undefined && weight >= input.settings.minimumGainMB;
}

/** Why what leaves does not matter, in words. */
export function whyLittle(input: PlanInput, savedMB: number | undefined, base: RuntimeBase): string {
  return base.counterpart === undefined && hasUnlistedCompilers(input)
    ? `the compilers are those of ${base.ref}, on which both stages would stand`
    : `only ${savedMB ?? 'a few'} MB would leave`;
}

/** Why no package leaves, in words. */
export function whyNone(input: PlanInput): string {
  const { runtimeCompiler, verdicts } = input.packages;
  const os = input.state.root.facts?.os;
  const kept = verdicts.find((verdict) => verdict.verdict === 'kept' && isCompiler(input.facts, os, verdict.name));
  const base = input.state.root;
  if (kept === undefined && (base.facts?.compilers.length ?? 0) > 0) {
    const hole = input.simulation.atoms.find(({ effect }) => effect.opaque !== undefined)?.effect.opaque;
    if (hole !== undefined)
      return `\`${hole.name}\` is not followed, so that nobody knows what of ${base.ref} the container needs`;
    return base.digest === undefined
      ? `no smaller image of the same release is known for ${base.ref}`
      : 'the base is pinned by its digest, which a smaller image would lose';
  }
  const pip = pipWithCompiler(input.state);
  if (kept === undefined && pip !== undefined && input.packages.staying.has(pip) && runtimeCompiler !== undefined)
    return `${pip} stays: ${runtimeCompiler} compiles in the container`;
  if (kept === undefined && pip !== undefined && input.packages.staying.has(pip))
    return `${pip} stays, with the compiler that it recommends: the packages of ${base.ref} are not known`;
  if (kept === undefined) return 'no build tool is installed';
  return runtimeCompiler === undefined
    ? `${kept.name} stays: ${kept.why}`
    : `${kept.name} stays: ${runtimeCompiler} compiles in the container`;
}

/** A base with a compiler whose packages nobody lists (CUDA's devel images): what a build tool would bring is there already. */
function hasUnlistedCompilers({ state, facts }: PlanInput): boolean {
  const { facts: base } = state.root;
  return base !== undefined && base.compilers.length > 0 && facts.packagesOfBase(base) === undefined;
}

/** Megabytes of the packages by themselves, compilers left out. */
function ownWeight({ state, facts }: PlanInput, names: readonly string[]): number {
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  const others = names.filter((name) => !isCompiler(facts, os, name));
  return others.reduce((sum, name) => sum + (index?.get(name)?.installedKB ?? 0), 0) / 1024;
}
