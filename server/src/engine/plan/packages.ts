/** Which packages the runtime stage installs: what stays, and what stands for what leaves. */
import type { Atom } from '../model/state.ts';
import type { Span } from '../model/span.ts';
import { demandedNames, isCompiler, linkOf } from '../assess/tools.ts';
import { nameIn } from '../facts/names.ts';
import {
  calledCommands,
  compilerRuntimes,
  knownNeeds,
  linkedByUnread,
  startedCommands,
} from '../demand/dependencies.ts';
import { importedModules, interpretersOf, startsDistributionPython } from '../demand/distribution.ts';
import { hasOwnPython } from '../facts/bases.ts';
import type { PlanInput, RuntimeBase } from './types.ts';

export interface PackagePlan {
  /** Names on install lines that leave. */
  readonly leave: ReadonlyMap<string, { readonly span: Span; readonly why: string }>;
  /** -dev packages that stay because their run-time libraries are not known for this release. */
  readonly keptDev: ReadonlyMap<string, { readonly span: Span; readonly why: string }>;
  /** Name that leaves → names that take its place in the list. */
  readonly instead: ReadonlyMap<string, readonly string[]>;
  /** Names to install beside. */
  readonly add: readonly { readonly name: string; readonly why: string }[];
  /** The install command whose line takes the additions. */
  readonly anchor: number | undefined;
  /** What the runtime stage has in the end. */
  readonly has: ReadonlySet<string>;
  /** Everything that is in the original and not in the result. */
  readonly lost: ReadonlySet<string>;
  readonly lostKB: number;
  /** Removed by a later instruction than the one that installed them: gone from the files, not from the image's weight (pitfall 68). */
  readonly layers: ReadonlySet<string>;
}

/** Data packages that programs read without naming them (certificates, service names, media types). */
const SILENT = new Set(['ca-certificates', 'netbase', 'media-types', 'mime-support']);
export const READ_SILENTLY = 'programs read it without naming it';

/** Decides about the packages for one runtime base. `repositories`: atoms that set up repositories. */
export function planPackages(
  input: PlanInput,
  base: RuntimeBase,
  mayLink: boolean,
  repositories: ReadonlySet<number>,
): PackagePlan {
  const tools = repositoryTools(input, repositories);
  const { state, facts, packages } = input;
  const os = state.root.facts?.os;
  const leave = new Map<string, { span: Span; why: string }>();
  const keptDev = new Map<string, { span: Span; why: string }>();
  const instead = new Map<string, readonly string[]>();
  for (const verdict of packages.verdicts) {
    if (verdict.verdict !== 'leaves') continue;
    const libraries = verdict.name.endsWith('-dev') ? librariesOf(input, verdict.name) : [];
    if (libraries === undefined && mayLink) {
      keptDev.set(verdict.name, { span: verdict.span, why: 'its run-time libraries are not known for this release' });
      continue;
    }
    leave.set(verdict.name, { span: verdict.span, why: verdict.why });
    if (libraries !== undefined && libraries.length > 0) instead.set(verdict.name, libraries);
  }
  const layers = temporaryPackages(input, leave);
  const staying = [...packages.staying, ...keptDev.keys()];
  const beforeBase = state.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
  const afterBase = base.facts === undefined ? beforeBase : facts.packagesOfBase(base.facts);
  const index = os === undefined ? undefined : facts.packageIndex(os);
  const had = new Set<string>([...(beforeBase ?? []), ...state.packages.keys()]);
  const recommends = takesRecommends(input);
  const have = afterBase ?? index?.index.minbase ?? new Set<string>();
  // Each line says for its own packages whether what they recommend comes with them.
  const plain = (name: string): boolean => (state.packages.get(name)?.recommends ?? recommends) !== true;
  const closureOf = (names: readonly string[]): ReadonlySet<string> => {
    if (index === undefined) return new Set(names);
    const alone = facts.closedOver(index.index, names.filter(plain), false, have);
    const others = names.filter((name) => !plain(name));
    return others.length === 0 ? alone : new Set([...alone, ...facts.closedOver(index.index, others, true, have)]);
  };
  const asked = [...staying, ...[...instead.values()].flat()];
  let has = closureOf(asked);
  const add: { name: string; why: string }[] = [];
  const want = (known: string, why: string, always = false): void => {
    const name = os === undefined || index?.approximate !== true ? known : nameIn(os, known);
    if (name === undefined) return;
    if ((!always && has.has(name)) || asked.includes(name) || add.some((one) => one.name === name)) return;
    add.push({ name, why });
  };
  for (const [name, why] of demandedLost(input, base, had, has)) want(name, why);
  for (const executable of tools.names) {
    const providers = index?.index.providers(executable).filter((name) => had.has(name)) ?? [];
    const ofBase = state.root.facts?.tools.includes(executable) === true && base.counterpart !== undefined;
    const best = providers.find((name) => name === executable) ?? providers[0] ?? (ofBase ? executable : undefined);
    if (best !== undefined && !providers.some((name) => has.has(name)))
      want(best, 'the repositories of the runtime stage are set up with it');
  }
  const counted = countedGroup(input, base);
  if (counted !== undefined)
    want('openssh-client', `its group comes before \`${counted.name}\`, which keeps its number`);
  for (const name of had) {
    const link = linkOf(name, packages.links, state, facts);
    if (link !== undefined && !input.steering.leave.has(name)) want(name, link);
  }
  for (const name of input.steering.keep) if (had.has(name)) want(name, 'a comment of this file says so');
  has = closureOf([...asked, ...add.map((one) => one.name)]);
  // Of a full base whose packages nobody has listed, what a dependency needs came with it or was never there: it is installed.
  const unlisted = base.counterpart !== undefined && beforeBase === undefined;
  for (const need of knownNeeds(state, facts, startedCommands(input.entry, state)))
    for (const name of need.packages)
      if (had.has(name) || need.always || (unlisted && !need.optional)) want(name, need.why);
  for (const name of had) {
    // A stand-in's dependencies may differ: what is read silently is then named.
    if (SILENT.has(name) && (index?.approximate !== true || !asked.includes(name)))
      want(name, READ_SILENTLY, index?.approximate === true && !(afterBase?.has(name) ?? false));
  }
  for (const name of compilerRuntimes(state, mayLink)) if (had.has(name)) want(name, 'what is compiled may link it');
  if (base.counterpart !== undefined && input.state.unread.length > 0)
    // Every full image has their headers, listed here or not (buildpack-deps).
    for (const name of linkedByUnread(state, facts))
      if (had.has(name) || unlisted) want(name, 'what was not read may link it');
  has = closureOf([...asked, ...add.map((one) => one.name)]);
  const lost = new Set([...had].filter((name) => !has.has(name)));
  let lostKB = 0;
  for (const name of lost) lostKB += index?.index.get(name)?.installedKB ?? 0;
  for (const name of layers) lostKB += index?.index.get(name)?.installedKB ?? 0;
  return {
    leave,
    keptDev,
    instead,
    add,
    layers,
    anchor: anchorOf(input, leave, add.length > 0, Math.min(tools.first, counted?.atom ?? tools.first)),
    has,
    lost,
    lostKB,
  };
}

/** Packages that the file installs and removes again: the runtime stage never needs them. Returns those that stay in a layer. */
function temporaryPackages(input: PlanInput, leave: Map<string, { span: Span; why: string }>): ReadonlySet<string> {
  const { state } = input;
  const { atoms } = input.simulation;
  const base = state.root.facts === undefined ? undefined : input.facts.packagesOfBase(state.root.facts);
  const layers = new Set<string>();
  for (const atom of atoms) {
    for (const install of atom.effect.installs) {
      for (const word of install.words) {
        const ofBase = base?.has(word.name) === true && !state.removedFromBase.has(word.name);
        if (state.packages.has(word.name) || ofBase) continue;
        leave.set(word.name, { span: word.span, why: 'the file removes it again' });
        const same = atoms.some(
          (other) => other.instruction === atom.instruction && other.effect.removed.includes(word.name),
        );
        if (!same) layers.add(word.name);
      }
    }
  }
  return layers;
}

/** The first group whose number depends on the groups of packages, where the full image has one that the smaller one lacks. */
function countedGroup(
  input: PlanInput,
  base: RuntimeBase,
): { readonly name: string; readonly atom: number } | undefined {
  if (base.counterpart?.toolsLost.includes('ssh') !== true) return undefined;
  for (const atom of input.simulation.atoms)
    for (const { name, counted } of atom.effect.principals) if (counted === true) return { name, atom: atom.id };
  return undefined;
}

/** Commands that set up repositories (pitfall 71), and the first atom that does. */
function repositoryTools(
  input: PlanInput,
  repositories: ReadonlySet<number>,
): { readonly names: ReadonlySet<string>; readonly first: number } {
  const names = new Set<string>();
  let first = Number.POSITIVE_INFINITY;
  const { atoms } = input.simulation;
  for (const atom of atoms) {
    if (!repositories.has(atom.id)) continue;
    first = Math.min(first, atom.id);
    for (const need of atom.effect.needs)
      if (need.kind === 'exe') names.add(need.name === 'apt-key' ? 'gpg' : need.name);
  }
  return { names, first };
}

/** The line on which additions stand: the first that loses a word, else the first there is. */
function anchorOf(
  input: PlanInput,
  leave: ReadonlyMap<string, unknown>,
  wanted: boolean,
  before: number,
): number | undefined {
  if (!wanted) return undefined;
  const installs = input.simulation.atoms.filter(
    (atom) =>
      atom.id < before &&
      atom.effect.installs.some(
        (one) =>
          one.words.length > 0 &&
          // `apk add --repository` asks it for everything on the line, the compiler's libraries too (apk(8)).
          (!one.pinned || one.manager === 'apk') &&
          one.asks !== true &&
          one.words.every((word) => !word.variable),
      ),
  );
  const loses = (atom: Atom): boolean =>
    atom.effect.installs.some((one) => one.words.some((word) => leave.has(word.name)));
  // A virtual group of apk is there to be deleted again.
  const lasting = installs.filter((atom) => atom.effect.installs.every((one) => one.group === undefined));
  return (lasting.find(loses) ?? installs.find(loses) ?? lasting[0] ?? installs[0])?.id;
}

function takesRecommends(input: PlanInput): boolean {
  for (const { effect } of input.simulation.atoms)
    for (const install of effect.installs) if (install.recommends && install.manager === 'apt') return true;
  return false;
}

/** Run-time libraries of a -dev package that are not the compiler's own. [] when there is nothing to keep; `undefined`: not known. */
function librariesOf(input: PlanInput, name: string): readonly string[] | undefined {
  const os = input.state.root.facts?.os;
  if (/^(libc6|libstdc\+\+-\d+|libgcc-\d+|linux-libc|libgfortran-\d+)-dev/.test(name)) return [];
  if (/^(lib)?python3?(-all)?-dev$/.test(name) && onlyOwnPython(input)) return [];
  const known = os === undefined ? undefined : input.facts.runtimeFor(os, name);
  if (known !== undefined) return known;
  if (isCompiler(input.facts, os, name)) return [];
  // Headers of Python are only read by compilers; who embeds Python links libpython, which the facts name where they know.
  return /^python[\d.]*-dev$/.test(name) ? [] : undefined;
}

/**
 * docker-library's Python is all that runs and is compiled for: what pip compiles has its headers and, where it embeds Python, its
 * library, from /usr/local (tried with uWSGI, which links it: test/fixtures/python/headers-of-another-python).
 */
function onlyOwnPython({ state, entry, simulation }: PlanInput): boolean {
  const base = state.root.facts;
  if (base === undefined || !hasOwnPython(base, 'python3') || startsDistributionPython(entry)) return false;
  for (const { name, by } of state.packages.values())
    if (by === 'asked' && /^python[\d.]*(-minimal|-pip|-venv)?$/.test(name)) return false;
  return !simulation.atoms.some(({ effect }) => effect.roles.has('build'));
}

/** Programs and modules that run and were there only through something that leaves. */
function demandedLost(
  input: PlanInput,
  runtime: RuntimeBase,
  had: ReadonlySet<string>,
  has: ReadonlySet<string>,
): Map<string, string> {
  const { state, facts, entry } = input;
  const out = new Map<string, string>();
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os);
  if (index === undefined) return out;
  const lost = [...had].filter((name) => !has.has(name));
  const base = state.root.facts;
  const lists = (names: Iterable<string>, executable: string): boolean =>
    [...names].some((name) => index.index.get(name)?.executables.includes(executable) === true);
  const called = calledCommands(state, input.program);
  for (const executable of new Set([...demandedNames(entry), ...called.keys()])) {
    if (base !== undefined && hasOwnPython(base, executable) && !startsDistributionPython(entry)) continue;
    let providers = lost.filter((name) => lists([name], executable));
    // The packages of this base are not known, its commands are.
    if (providers.length === 0 && runtime.counterpart?.toolsLost.includes(executable) === true)
      providers = index.index.has(executable) ? [executable] : [...index.index.providers(executable)];
    if (providers.length === 0 || lists(has, executable)) continue;
    const best =
      providers.find((name) => name === executable) ?? (lost.includes(executable) ? executable : providers[0]);
    if (best === undefined) continue;
    // `imagemagick` brings `imagemagick-6.q16`, whose name changes with the release.
    const plain = lost.find((name) => best.startsWith(`${name}-`) && index.index.get(name)?.depends.includes(best));
    out.set(plain ?? best, called.get(executable) ?? `it brings ${executable}, which runs in the container`);
  }
  for (const name of interpretersOf(input.simulation.atoms, state))
    if (had.has(name) && !has.has(name)) out.set(name, 'the installed packages run on it');
  for (const name of importedModules(input.simulation.atoms, state, facts, lost))
    out.set(name, 'installed packages may import it: pip found it already there');
  return out;
}

/** True when nothing of an install command is left for the runtime stage. */
export function isEmptied(atom: Atom, plan: PackagePlan): boolean {
  const { installs } = atom.effect;
  if (atom.id === plan.anchor) return false;
  return (
    installs.length > 0 &&
    installs.every(
      (install) =>
        install.words.length > 0 &&
        install.words.every((word) => plan.leave.has(word.name) && (plan.instead.get(word.name) ?? []).length === 0),
    )
  );
}
