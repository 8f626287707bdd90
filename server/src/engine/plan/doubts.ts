/** What is not proved, and on which listed assumption it is taken. */
import { ASSUMPTIONS, fill } from '../messages/registry.ts';
import { allKnown, knownNeeds, startedCommands } from '../demand/dependencies.ts';
import { baseName } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type { PackagePlan } from './packages.ts';
import type { Assumption, AssumptionKind, PlanInput, RuntimeBase } from './types.ts';
import type { Root } from './roots.ts';

/** The assumptions a split of this file into this base rests on. */
export function assumptionsOf(
  input: PlanInput,
  base: RuntimeBase,
  packages: PackagePlan,
  roots: readonly Root[],
): Assumption[] {
  const out: Assumption[] = [];
  const from = input.file.stages[0]?.from.span ?? { start: 0, end: 0 };
  const names = leavingNames(packages, base);
  const add = (kind: AssumptionKind, what: string, span: Span | undefined): void => {
    if (input.steering.accept.has(kind) || out.some((one) => one.kind === kind)) return;
    out.push({ kind, what, span: span ?? from, why: fill(ASSUMPTIONS[kind].text, { what, names }) });
  };
  const script = input.entry.unread[0];
  const all = base.counterpart === undefined && packages.leave.size === 0;
  // Every command is there where nothing leaves but a layer.
  if (script !== undefined && !all)
    add('entry-script-unread', unique(input.entry.unread.map((one) => one.what)), script.span);
  // Of the project nothing runs where it is only served.
  const unread = isServed(roots) ? undefined : unreadDependencies(input, base, all);
  if (unread !== undefined) add('dependencies-unread', unread.what, unread.span);
  const guessed = roots.find((root) => root.write.guessed === true || root.assumed === true);
  if (guessed !== undefined) add('artifact-name', guessed.path, input.simulation.atoms[guessed.write.atom]?.span);
  if (input.state.root.facts === undefined) add('base-unknown', input.state.root.ref, input.state.root.span);
  const { root } = input.state;
  if (base.counterpart !== undefined && (isMirror(root.ref) || root.args.length > 0))
    add('mirror-has-counterpart', base.ref, input.state.root.span);
  return out;
}

function isServed(roots: readonly Root[]): boolean {
  return roots.some((root) => root.assumed === true);
}

function unique(names: readonly string[]): string {
  return [...new Set(names)].join(', ');
}

/** Names of what an unread program might miss, the telling ones first. */
function leavingNames(packages: PackagePlan, base: RuntimeBase): string {
  const asked = [...packages.leave.keys()];
  const tools = base.counterpart?.toolsLost ?? [];
  const telling = tools.filter((name) =>
    /^(git|curl|wget|gcc|make|ssh|imagemagick|ps|perl|unzip|file|mime\.types|patch|hg|svn)$/.test(name),
  );
  const names = [
    ...asked,
    ...(base.counterpart === undefined ? [] : ['libraries of the full image']),
    ...telling.filter((name) => !asked.includes(name)),
  ];
  if (names.length === 0) return 'files that an installation wrote outside of what is copied';
  const shown = names.slice(0, 8);
  return shown.length < names.length ? `${shown.join(', ')} and ${names.length - shown.length} more` : shown.join(', ');
}

/** `all`: no package or command leaves. */
function unreadDependencies(
  input: PlanInput,
  base: RuntimeBase,
  all: boolean,
): { what: string; span: Span } | undefined {
  const manifests = input.state.unread.filter((one) => one.kind !== 'entry-script');
  const first = manifests[0];
  if (first !== undefined) return { what: unique(manifests.map((one) => one.what)), span: first.span };
  const browser = base.counterpart === undefined ? undefined : unlistedLibraries(input);
  if (browser !== undefined) return browser;
  const linked = base.counterpart === undefined ? undefined : unknownLinks(input);
  if (linked !== undefined) return linked;
  if (!allKnown(input.state)) {
    const names = input.state.dependencies
      .filter((one) => !allKnown({ ...input.state, dependencies: [one] }))
      .map((one) => one.name);
    return { what: unique(names.slice(0, 5)), span: input.state.dependencies[0]?.span ?? { start: 0, end: 0 } };
  }
  return !all && !input.program.read
    ? { what: 'the program itself', span: input.entry.commands[0]?.span ?? input.state.root.span }
    : undefined;
}

/** A compiler is told what it links; these find libraries by themselves (pitfall 72). */
const BUILD_SYSTEMS =
  /^(g?make|ninja(-build)?|cmake|meson|[cC]onfig(ure)?|qmake|maturin|cython(ize)?|hatch|pyproject-build|python[\d.]*)$/;

/** What a build system compiled on the full image may link any library of it. */
function unknownLinks({ simulation }: PlanInput): { what: string; span: Span } | undefined {
  for (const { effect, span } of simulation.atoms) {
    if (!effect.roles.has('build') || !effect.needs.some(({ kind }) => kind === 'compiler')) continue;
    const name = effect.commands.map(baseName).find((one) => BUILD_SYSTEMS.test(one));
    if (name !== undefined) return { what: `what \`${name}\` builds`, span };
  }
  return undefined;
}

/** A browser that loads what is there, on a full base whose packages nobody has listed. */
function unlistedLibraries({ state, facts, entry }: PlanInput): { what: string; span: Span } | undefined {
  if (state.root.facts === undefined || facts.packagesOfBase(state.root.facts) !== undefined) return undefined;
  const need = knownNeeds(state, facts, startedCommands(entry, state)).find((one) => one.optional);
  return need === undefined ? undefined : { what: need.why.replace(/ loads it$/, ''), span: state.root.span };
}

/** A registry or mirror other than the one where the counterpart is known to be. */
function isMirror(ref: string): boolean {
  const first = ref.split('/')[0] ?? '';
  return (
    ref.includes('/') &&
    (first.includes('.') || first.includes(':')) &&
    !/^(docker\.io|index\.docker\.io|mcr\.microsoft\.com|gcr\.io|public\.ecr\.aws|ghcr\.io|quay\.io)$/.test(first)
  );
}
