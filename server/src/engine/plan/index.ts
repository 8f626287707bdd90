/** From what is known of the original to a plan for one tier, or to a reason why there is none. */
import { usesOf } from '../assess/tools.ts';
import { unpackedAlone } from '../demand/archives.ts';
import { type Served, servedOf } from '../demand/served.ts';
import { namedByContainer } from '../demand/named.ts';
import { isArchived } from '../facts/archive.ts';
import { lacksManuals, linksManuals, MANUALS } from '../facts/manuals.ts';
import { refuse } from '../messages/refusals.ts';
import { baseName } from '../model/path.ts';
import type { Atom } from '../model/state.ts';
import { buildAtoms } from './building.ts';
import { isCuttable } from './chains.ts';
import { carried } from './data.ts';
import { deletedLater } from './deletedLater.ts';
import { keptOf, leftOf, stayingCompiler, whyCopied } from './decisions.ts';
import { assumptionsOf } from './doubts.ts';
import { isProvided, lostExecutables, runsLost } from './executables.ts';
import { matters, saved, whyLittle, whyNone } from './gain.ts';
import { renewLoader } from './loader.ts';
import { ownerOfCopy } from './owners.ts';
import { type PackagePlan, planPackages, READ_SILENTLY } from './packages.ts';
import { place, type Placement } from './place.ts';
import { repositoryAtoms } from './repositories.ts';
import { restated } from './restate.ts';
import { runtimeItems } from './runtime.ts';
import type { CopyPlan, Decision, Plan, PlanInput, PlanResult, RuntimeBase, RuntimeItem } from './types.ts';
import { opaqueUser, unknownInstall, unknownPlace } from './unknown.ts';
import { unlistedPackages } from './unlisted.ts';

/** Said of a file whose full base image nothing builds with. */
export const BUILDS_NOTHING = 'the file builds nothing';

/** Plans the split of a single-stage file onto `base`. */
export function planTier(input: PlanInput, base: RuntimeBase): PlanResult {
  const result = planOn(input, base);
  // Where nothing but a layer would leave, a refusal tells nobody what to do.
  const quiet = 'refused' in result && base.counterpart === undefined && input.packages.leaving.size === 0;
  return quiet && isLighter(input) ? { nothing: whyNone(input) } : result;
}

/** Something leaves that is no package: a part of the project, or a layer. */
function isLighter({ state, entry, simulation: { atoms } }: PlanInput): boolean {
  return servedOf(state, entry, atoms) !== undefined || deletedLater(atoms).length > 0;
}

function planOn(input: PlanInput, base: RuntimeBase): PlanResult {
  const unlisted = unlistedPackages(input);
  if (unlisted !== undefined) return unlisted;
  const same = base.counterpart === undefined;
  const { atoms } = input.simulation;
  const mayLink = atoms.some(needsCompiler);
  if (!same && input.packages.runtimeCompiler !== undefined)
    return refuse('runtime-build', input.entry.commands[0]?.span, { command: input.packages.runtimeCompiler });
  const repositories = repositoryAtoms(atoms);
  const packages = planPackages(input, base, mayLink, repositories);
  const leaves = packages.layers.size > 0 || [...packages.leave.keys()].some((name) => input.state.packages.has(name));
  const served = servedOf(input.state, input.entry, atoms);
  const deleted = deletedLater(atoms);
  const lighter = served !== undefined || deleted.length > 0;
  if (same && !leaves && !lighter) return { nothing: whyNone(input) };
  // Nothing of the original is shared where only a layer leaves: what a build step deleted would be there again.
  const shares = same && leaves && served === undefined;
  const lost = lostExecutables(input, base, packages);
  const provided = (name: string): boolean => isProvided(input, base, packages, name);
  const building = buildAtoms(atoms, lost, repositories);
  const gone = new Set([...packages.lost, ...packages.layers]);
  const unused = shares && !lighter && usesOf(atoms, gone, input.facts, input.state).length === 0;
  // Unknown is not unused: a command that nobody can follow may be what the tools are for.
  if (building.size === 0 || unused)
    return (
      opaqueUser(input) ??
      (same ? { nothing: 'nothing in the file uses the build tools', unused: true } : { nothing: BUILDS_NOTHING })
    );
  const alone = same ? undefined : unpackedAlone(atoms);
  if (alone !== undefined) return refuse('package-alone', alone.atom.span, { file: baseName(alone.file) });
  const demanded = runsLost(input, lost);
  if (demanded !== undefined) return refuse('runtime-build', input.entry.commands[0]?.span, { command: demanded });
  const lostPlace = unknownPlace(input);
  if (lostPlace !== undefined) return lostPlace;
  const commands = new Set(input.entry.commands.map((command) => baseName(command.argv[0] ?? '')));
  const placement = place({
    building,
    repositories,
    atoms,
    state: input.state,
    packages,
    demanded: commands,
    unreadScript: input.entry.unreadScript,
    unreadEntry: input.entry.unread.length > 0,
    served,
    named: namedByContainer(input.state, input.entry, atoms),
    lost,
    provided,
    sameBase: shares,
  });
  if ('refused' in placement) return placement;
  return assemble(input, base, { packages, placement, repositories, shares, deleted, served });
}

function needsCompiler({ effect }: Atom): boolean {
  for (const need of effect.needs) if (need.kind === 'compiler') return true;
  return false;
}

/** What has been decided before the plan is put together. */
interface Placed {
  readonly packages: PackagePlan;
  readonly placement: Placement;
  readonly repositories: ReadonlySet<number>;
  /** What stands before the first build step may be a stage of its own. */
  readonly shares: boolean;
  /** What `deletedLater` says. */
  readonly deleted: readonly Decision[];
  /** The container reads nothing of a project but one directory. */
  readonly served: Served | undefined;
}

/** The plan of what has been placed, unless it takes too much for granted or gains too little. */
function assemble(
  input: PlanInput,
  base: RuntimeBase,
  { packages, placement, repositories, shares, deleted, served }: Placed,
): PlanResult {
  const shared = shares && hasSharedPart(input, placement.start);
  const pending = packages.add.map((one) => one.name);
  const ofBase = base.facts === undefined ? undefined : input.facts.packagesOfBase(base.facts);
  const runtime = runtimeItems({
    file: input.file,
    atoms: input.simulation.atoms,
    state: input.state,
    packages,
    placement,
    repositories,
    from: shared ? placement.start : 0,
    cuttable: (instruction, keep) => isCuttable(input, instruction, keep),
    lacks: (name) => ofBase?.has(name) === false,
    pending,
  });
  if ('refused' in runtime) return runtime;
  const items: RuntimeItem[] = [];
  const before = input.state.root.facts;
  if (base.counterpart !== undefined && before !== undefined && base.facts !== undefined) {
    for (const text of restated(before.config, base.facts.config, input.state)) items.push({ kind: 'generated', text });
  }
  if (lacksManuals(base.facts) && !lacksManuals(before) && linksManuals(packages.has) !== undefined)
    items.push({ kind: 'generated', text: `RUN mkdir -p ${MANUALS}` });
  const copied = runtime.items.some((item) => item.kind === 'copies');
  const data = copied ? carried(input, base, runtime.unplaced) : undefined;
  const missing = data === undefined ? runtime.unplaced : [];
  if (missing.length > 0 && before !== undefined && isArchived(before.os))
    return refuse('archived-release', input.state.root.span, {
      release: `${before.os.id} ${before.os.release}`,
      names: missing.join(', '),
    });
  if (missing.length > 0) items.push({ kind: 'generated', text: installLine(missing, input.state.root.facts?.os.id) });
  items.push(...runtime.items);
  const unrenewed = renewLoader(input, placement, items);
  if (unrenewed !== undefined) return unrenewed;
  const assumptions = assumptionsOf(input, base, packages, placement.roots);
  if (assumptions.length > 3)
    return refuse('too-many-assumptions', assumptions[0]?.span, { count: String(assumptions.length) });
  const compiler = stayingCompiler(input, packages);
  if (compiler !== undefined && base.counterpart === undefined)
    return refuse('kept-compiler', compiler.span, { name: compiler.what });
  const savedMB = saved(input, base, packages);
  const lighter = served !== undefined || deleted.length > 0;
  if (!lighter && !matters(input, packages, savedMB, base)) return { nothing: whyLittle(input, savedMB, base) };
  const unknown = unknownInstall(input, placement.roots);
  if (unknown !== undefined) return unknown;
  let copies: readonly CopyPlan[] | undefined;
  const plan: Plan = {
    base,
    shape: shared ? 'shared-base' : 'prefix',
    builderStart: shared ? placement.start : firstInstruction(input),
    builderEnd: placement.end,
    runtime: items,
    suffix: runtime.suffix,
    // Diagnostics do not ask for them.
    get copies() {
      return (copies ??= [
        ...placement.roots.map((root) => ({
          path: root.path,
          why: whyCopied(root.write.class),
          owner: ownerOfCopy(input, placement, root),
        })),
        ...(data ?? []).map((path) => ({ path, why: READ_SILENTLY, owner: undefined })),
      ]);
    },
    left: leftOf(input, base, packages, deleted, served),
    kept: keptOf(input, packages, data === undefined ? [] : runtime.unplaced),
    assumptions,
    savedMB,
  };
  return { plan };
}

function firstInstruction(input: PlanInput): number {
  return (input.file.stages[0]?.from.index ?? 0) + 1;
}

/** A shared stage is worth its line when it holds more than build arguments. */
function hasSharedPart(input: PlanInput, start: number): boolean {
  return input.file.instructions.some(
    (instruction) =>
      instruction.index >= firstInstruction(input) && instruction.index < start && instruction.kind !== 'arg',
  );
}

/** The scaffolding of an installation when the file has none of its own (docker-library's form). */
function installLine(names: readonly string[], os: string | undefined): string {
  if (os === 'alpine') return `RUN apk add --no-cache ${names.join(' ')}`;
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')} && rm -rf /var/lib/apt/lists/*`;
}
