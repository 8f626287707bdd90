/** From what is known of the original to a plan for one tier, or to a reason why there is none. */
import { unpackedAlone } from '../demand/archives.ts';
import { namedByContainer } from '../demand/named.ts';
import { isCompiler, pipWithCompiler, usesOf } from '../assess/tools.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import { buildAtoms, place, type Placement } from './place.ts';
import { assumptionsOf } from './doubts.ts';
import { baseName, isBelow } from '../model/path.ts';
import { isArchived } from '../facts/archive.ts';
import { hasOwnPython } from '../facts/bases.ts';
import { renewLoader } from './loader.ts';
import { ownerOfCopy } from './owners.ts';
import { planPackages, type PackagePlan } from './packages.ts';
import { restated } from './restate.ts';
import type { Root } from './roots.ts';
import { runtimeItems } from './runtime.ts';
import type { Atom } from '../model/state.ts';
import type { CopyPlan, Decision, Plan, PlanInput, PlanResult, RuntimeBase, RuntimeItem } from './types.ts';
import { isCuttable } from './chains.ts';
import { unlistedPackages } from './unlisted.ts';

/** Said of a file whose full base image nothing builds with. */
export const BUILDS_NOTHING = 'the file builds nothing';

/** Plans the split of a single-stage file onto `base`. */
export function planTier(input: PlanInput, base: RuntimeBase): PlanResult {
  const unlisted = unlistedPackages(input);
  if (unlisted !== undefined) return unlisted;
  const same = base.counterpart === undefined;
  const { atoms } = input.simulation;
  const mayLink = atoms.some(needsCompiler);
  if (!same && input.packages.runtimeCompiler !== undefined)
    return refuse('runtime-build', input.entry.commands[0]?.span, { command: input.packages.runtimeCompiler });
  const packages = planPackages(input, base, mayLink);
  if (same && packages.layers.size === 0 && ![...packages.leave.keys()].some((name) => input.state.packages.has(name)))
    return { nothing: whyNone(input) };
  const lost = lostExecutables(input, base, packages);
  const provided = (name: string): boolean => isProvided(input, base, packages, name);
  const building = buildAtoms({ atoms, lost });
  const gone = new Set([...packages.lost, ...packages.layers]);
  const unused = same && usesOf(atoms, gone, input.facts, input.state).length === 0;
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
    atoms,
    state: input.state,
    packages,
    demanded: commands,
    unreadScript: input.entry.unreadScript,
    unreadEntry: input.entry.unread.length > 0,
    named: namedByContainer(input.state, input.entry, atoms),
    lost,
    provided,
    sameBase: same,
  });
  if ('refused' in placement) return placement;
  return assemble(input, base, packages, placement);
}

function needsCompiler({ effect }: Atom): boolean {
  for (const need of effect.needs) if (need.kind === 'compiler') return true;
  return false;
}

/** Why no package leaves. */
function whyNone(input: PlanInput): string {
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
  if (kept === undefined && pip !== undefined && input.packages.staying.has(pip))
    return `${pip} stays, with the compiler that it recommends: the packages of ${base.ref} are not known`;
  if (kept === undefined) return 'no build tool is installed';
  return runtimeCompiler === undefined
    ? `${kept.name} stays: ${kept.why}`
    : `${kept.name} stays: ${runtimeCompiler} compiles in the container`;
}

/** Python's packages on a base that nobody knows: its Python may be conda's, pyenv's or its own. */
function unknownPlace({ state, simulation }: PlanInput): Refusal | undefined {
  if (state.root.facts !== undefined) return undefined;
  const atom = simulation.atoms.find(({ effect }) =>
    effect.writes.some((write) => write.path === '/usr/local/lib' && write.class === 'dependencies' && !write.sure),
  );
  return atom === undefined
    ? undefined
    : refuse('unknown-base', atom.span, { base: state.root.ref, what: 'pip installs packages' });
}

/** A command of the file that cannot be followed, and comes after a build tool was installed. */
function opaqueUser(input: PlanInput): Refusal | undefined {
  const { atoms } = input.simulation;
  const os = input.state.root.facts?.os;
  const first = input.packages.verdicts.find(
    (verdict) => verdict.verdict === 'leaves' && isCompiler(input.facts, os, verdict.name),
  )?.atom;
  const hole = atoms.find((atom) => first !== undefined && atom.id > first && atom.effect.opaque !== undefined);
  const opaque = hole?.effect.opaque;
  return opaque === undefined ? undefined : refuse('opaque-command', opaque.span, { command: opaque.name });
}

function assemble(input: PlanInput, base: RuntimeBase, packages: PackagePlan, placement: Placement): PlanResult {
  const shared = base.counterpart === undefined && hasSharedPart(input, placement.start);
  const pending = packages.add.map((one) => one.name);
  const runtime = runtimeItems({
    file: input.file,
    atoms: input.simulation.atoms,
    state: input.state,
    packages,
    placement,
    from: shared ? placement.start : 0,
    cuttable: (instruction, keep) => isCuttable(input, instruction, keep),
    pending,
  });
  if ('refused' in runtime) return runtime;
  const items: RuntimeItem[] = [];
  const before = input.state.root.facts;
  if (base.counterpart !== undefined && before !== undefined && base.facts !== undefined) {
    for (const text of restated(before.config, base.facts.config, input.state)) items.push({ kind: 'generated', text });
  }
  if (runtime.unplaced.length > 0 && before !== undefined && isArchived(before.os))
    return refuse('archived-release', input.state.root.span, {
      release: `${before.os.id} ${before.os.release}`,
      names: runtime.unplaced.join(', '),
    });
  if (runtime.unplaced.length > 0)
    items.push({ kind: 'generated', text: installLine(runtime.unplaced, input.state.root.facts?.os.id) });
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
  if (!matters(input, packages, savedMB, base)) return { nothing: whyLittle(input, savedMB, base) };
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
      return (copies ??= placement.roots.map((root) => ({
        path: root.path,
        why: whyCopied(root.write.class),
        owner: ownerOfCopy(input, placement, root),
      })));
    },
    left: leftOf(input, base, packages),
    kept: keptOf(input, packages),
    assumptions,
    savedMB,
  };
  return { plan };
}

/** A place that is only what most build systems use, where no command of the container names something that nothing else brought. */
function unknownInstall(input: PlanInput, roots: readonly Root[]): Refusal | undefined {
  const guess = roots.find((root) => root.write.guessed === true);
  if (guess === undefined) return undefined;
  const brought = (path: string): boolean =>
    input.state.writes.index
      .exactly(path)
      .some((write) => write.sure && write.kind !== 'meta' && write.kind !== 'gone');
  const named = input.entry.commands.some(({ argv }) =>
    argv.some((word) => isBelow(word, guess.path) && !brought(word)),
  );
  const atom = input.simulation.atoms[guess.write.atom];
  const { commands = [] } = atom?.effect ?? {};
  const command = commands.findLast((name) => /make|ninja|meson/.test(name)) ?? commands.at(-1) ?? 'make';
  // What starts a program says nothing of where an installer has put its packages.
  return named && guess.write.class !== 'dependencies' ? undefined : refuse('unknown-place', atom?.span, { command });
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

/** Commands that the runtime stage will not have: of packages that leave, and of the full base. */
function lostExecutables(input: PlanInput, base: RuntimeBase, packages: PackagePlan): (name: string) => boolean {
  const os = input.state.root.facts?.os;
  const index = os === undefined ? undefined : input.facts.packageIndex(os)?.index;
  const tools = new Set(base.counterpart?.toolsLost ?? []);
  return (name) => {
    if (packages.add.some((one) => one.name === name)) return false;
    // `python3` is also a package of the full image: what a command finds on PATH is docker-library's own, in both images.
    if (base.counterpart !== undefined && base.facts !== undefined && hasOwnPython(base.facts, name)) return false;
    if (tools.has(name) && !input.packages.staying.has(name)) return true;
    if (packages.leave.has(name)) return true;
    const providers = index?.providers(name) ?? [];
    const had = providers.filter((one) => packages.lost.has(one));
    return had.length > 0 && !providers.some((one) => !packages.lost.has(one) && input.state.packages.has(one));
  };
}

/** A command of a package that stays, or of the base that both stages share. */
function isProvided(input: PlanInput, base: RuntimeBase, packages: PackagePlan, name: string): boolean {
  const os = input.state.root.facts?.os;
  const index = os === undefined ? undefined : input.facts.packageIndex(os)?.index;
  const providers = index?.providers(name) ?? [];
  if (providers.some((one) => input.state.packages.has(one) && !packages.lost.has(one))) return true;
  return base.counterpart === undefined && (input.state.root.facts?.tools.includes(name) ?? false);
}

/** A command of the container that would be missing. */
function runsLost(input: PlanInput, lost: (name: string) => boolean): string | undefined {
  for (const command of input.entry.commands) {
    const name = (command.argv[0] ?? '').replace(/^.*\//, '');
    if (command.known && lost(name) && isCompiler(input.facts, input.state.root.facts?.os, name)) return name;
  }
  return undefined;
}

function stayingCompiler(input: PlanInput, packages: PackagePlan): Decision | undefined {
  for (const [name, kept] of packages.keptDev)
    if (isCompiler(input.facts, input.state.root.facts?.os, name))
      return { what: name, why: kept.why, span: kept.span };
  for (const verdict of input.packages.verdicts) {
    if (
      verdict.verdict === 'kept' &&
      isCompiler(input.facts, input.state.root.facts?.os, verdict.name) &&
      input.packages.runtimeCompiler === undefined
    )
      return { what: verdict.name, why: verdict.why, span: verdict.span };
  }
  return undefined;
}

function saved(input: PlanInput, base: RuntimeBase, packages: PackagePlan): number | undefined {
  const leaving = Math.round(packages.lostKB / 1024);
  if (base.counterpart === undefined) return leaving > 0 ? leaving : undefined;
  const before = input.state.root.facts?.sizeMB;
  const after = base.facts?.sizeMB;
  return before === undefined || after === undefined ? undefined : Math.max(0, Math.round(before - after));
}

/** Something that matters leaves: a compiler, or enough megabytes (design, section 1). */
function matters(input: PlanInput, packages: PackagePlan, savedMB: number | undefined, base: RuntimeBase): boolean {
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

function whyLittle(input: PlanInput, savedMB: number | undefined, base: RuntimeBase): string {
  return base.counterpart === undefined && hasUnlistedCompilers(input)
    ? `the compilers are those of ${base.ref}, on which both stages would stand`
    : `only ${savedMB ?? 'a few'} MB would leave`;
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

function whyCopied(kind: string): string {
  switch (kind) {
    case 'dependencies':
      return 'the installed packages';
    case 'artifact':
      return 'what the build made';
    default:
      return 'written by a build step';
  }
}

function leftOf(input: PlanInput, base: RuntimeBase, packages: PackagePlan): Decision[] {
  const out: Decision[] = [];
  if (base.counterpart !== undefined)
    out.push({
      what: input.state.root.ref,
      why: `the full image is only needed to build; the container runs on ${base.ref}`,
      span: input.state.root.span,
    });
  for (const [what, { span, why }] of packages.leave) {
    if (!input.state.packages.has(what) && !packages.layers.has(what)) continue;
    const instead = packages.instead.get(what) ?? [];
    out.push({ what, why: instead.length === 0 ? why : `${why}; ${instead.join(', ')} stays`, span });
  }
  return out;
}

function keptOf(input: PlanInput, packages: PackagePlan): Decision[] {
  const out: Decision[] = [];
  for (const verdict of input.packages.verdicts)
    if (verdict.verdict === 'kept') out.push({ what: verdict.name, why: verdict.why, span: verdict.span });
  for (const [what, { span, why }] of packages.keptDev) out.push({ what, why, span });
  for (const one of packages.add) out.push({ what: one.name, why: one.why, span: input.state.root.span });
  return out;
}

/** The scaffolding of an installation when the file has none of its own (docker-library's form). */
function installLine(names: readonly string[], os: string | undefined): string {
  if (os === 'alpine') return `RUN apk add --no-cache ${names.join(' ')}`;
  return `RUN apt-get update && apt-get install -y --no-install-recommends ${names.join(' ')} && rm -rf /var/lib/apt/lists/*`;
}
