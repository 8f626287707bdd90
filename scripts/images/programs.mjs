/** Executables on PATH and shared libraries: what the simulation says of them against the image. */
import { posix } from 'node:path';
import { isThere } from './docker.mjs';
import { readElf } from './elf.mjs';
import { systemOf } from './system.mjs';

/** /bin, /lib … are links to what lies below /usr. */
const merged = (path) => path.replace(/^\/(bin|sbin|lib|lib64)(?=\/|$)/, '/usr/$1');

/** A stage's last image as the verifier sees it. */
function sideOf({ state, alive, facts, engine }) {
  const base = state.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
  return { state, alive, packages: engine.packagesOf({ state }, base) };
}

const searchOf = (state) => state.config.env.get('PATH').value.text.split(':').map(merged);

/** Names of the commands that are said to be there for certain. */
export function executablesSaid(one) {
  const { state, alive, facts, engine } = one;
  const side = sideOf(one);
  const search = searchOf(state);
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  const names = new Set();
  for (const [pkg, { by }] of state.packages)
    if (by !== 'base') for (const executable of index?.get(pkg)?.executables ?? []) names.add(executable);
  for (const write of alive)
    if (search.includes(posix.dirname(merged(write.path)))) names.add(posix.basename(write.path));
  return [...names].filter((name) => engine.provides(side, name, facts));
}

/** A command that is said to be there is found on PATH; one that is new there was said, or said to be possible. */
export function compareExecutables(one) {
  const { name, state, before, after, facts, engine, kinds } = one;
  const side = sideOf(one);
  const search = searchOf(state);
  const on = (paths) => {
    const names = new Set();
    for (const [path, entry] of paths) {
      const at = path.lastIndexOf('/');
      if (
        entry.type !== 'd' &&
        (entry.type === 'l' || (entry.mode & 0o111) !== 0) &&
        search.includes(path.slice(0, at))
      )
        names.add(path.slice(at + 1));
    }
    return names;
  };
  const [had, has] = [on(before), on(after)];
  const count = kinds.of('executables on PATH');
  for (const executable of executablesSaid(one))
    if (!had.has(executable)) count.claim(has.has(executable), `${name}: ${executable}`);
  for (const executable of has)
    if (!had.has(executable)) count.recall(engine.mayProvide(side, executable, facts), `${name}: ${executable}`);
}

/**
 * Packages with the libraries that what was built may need: `loaded` by known dependencies, of which none is certain
 * (how a wheel or a build came out is not known), `kept`: all that the engine takes along, with what the smallest base has.
 * `undefined`: nothing is known of the distribution.
 */
export function librariesSaid({ state, simulation, facts, engine }) {
  const os = state.root.facts?.os;
  if (os === undefined) return undefined;
  const entry = engine.entryOf(state, new engine.ContextReader(undefined));
  const links = simulation.atoms.some((atom) => atom.effect.needs.some((need) => need.kind === 'compiler'));
  const needs = engine.knownNeeds(state, facts, engine.startedCommands(entry, state));
  const loaded = [...new Set(needs.flatMap((need) => need.packages))];
  const asked = [...state.packages.values()].filter(({ by }) => by === 'asked').map((record) => record.name);
  const stay = asked.filter((pkg) => facts.classify(os, pkg).class !== 'build-only' && !pkg.endsWith('-dev'));
  const said = new Set([
    ...loaded,
    ...asked.flatMap((pkg) => (pkg.endsWith('-dev') ? (facts.runtimeFor(os, pkg) ?? []) : [])),
    ...engine.compilerRuntimes(state, links),
    ...engine.linkedByUnread(state, facts),
    ...stay,
  ]);
  const { index } = facts.packageIndex(os);
  const smallest = smallestOf(state.root.facts);
  const kept = new Set([
    ...said,
    ...facts.closure(index, [...said], { recommends: false, have: index.minbase }).keys(),
    ...index.minbase,
    ...(facts.packagesOfBase((smallest && facts.base(engine.parseImageRef(smallest))) ?? state.root.facts) ?? []),
  ]);
  return { loaded, kept };
}

/** The smaller image of the same repository. */
const smallestOf = (base) => base.counterparts.find((one) => one.sameRepository)?.ref;

/**
 * Every library that a file of the image asks for, and that a package brought which the smallest base lacks, is among
 * those that the engine says what was built may need.
 */
export function compareLibraries(one) {
  const { name, state, kinds, owners, after } = one;
  const said = librariesSaid(one);
  if (said === undefined) return;
  const wanted = new Map();
  for (const layer of one.layers.values()) {
    for (const [path, { needed, search }] of programsOf(layer, owners))
      for (const library of needed) {
        const file = resolve(library, path, search, after);
        kinds.of('shared libraries that resolve').recall(file !== undefined, `${name}: ${path} asks for ${library}`);
        const owner = file === undefined ? undefined : owners.get(file);
        if (owner !== undefined) wanted.set(owner, `${library} of ${owner}, for ${path}`);
      }
  }
  const doubtful = kinds.of('libraries that a dependency may load');
  // Of what the original has: a build links, and a wheel loads, nothing that is not there.
  for (const pkg of said.loaded) if (one.has.packages.has(pkg)) doubtful.claim(wanted.has(pkg), `${name}: ${pkg}`);
  // A stand-in may hold what the published image does not.
  const ref = smallestOf(state.root.facts);
  const here = systemOf(ref !== undefined && isThere(ref) ? ref : one.base).packages;
  const count = kinds.of('libraries of packages');
  for (const [pkg, what] of wanted) count.recall(said.kept.has(pkg) || here.has(pkg), `${name}: ${what}`);
}

/** ELF files of a layer that no package of the distribution owns. */
function programsOf({ paths, read }, owners) {
  const names = [...paths]
    .filter(
      ([path, { type, mode }]) =>
        type === '-' && !owners.has(path) && ((mode & 0o111) !== 0 || /\.(so|node)(\.|$)/.test(path)),
    )
    .map(([path]) => path);
  const found = new Map();
  for (const [path, data] of read(names)) {
    const elf = readElf(data);
    if (elf !== undefined) found.set(path, elf);
  }
  return found;
}

const SYSTEM = [
  '/usr/local/lib',
  '/usr/lib/x86_64-linux-gnu',
  '/usr/lib',
  '/usr/lib64',
  '/usr/local/lib/x86_64-linux-gnu',
];

/** The file that the loader finds for a library, as far as RPATH and the usual directories tell. */
function resolve(library, path, search, after) {
  const own = search.map((one) => one.replace(/\$ORIGIN|\$\{ORIGIN\}/, posix.dirname(path)));
  for (const directory of [...own, ...SYSTEM]) {
    let file = merged(posix.join(directory, library));
    for (let hops = 0; hops < 8; hops++) {
      const entry = after.get(file);
      if (entry === undefined) break;
      if (entry.type !== 'l') return file;
      file = merged(posix.resolve(posix.dirname(file), entry.target));
    }
  }
  return undefined;
}
