/** Executables on PATH and shared libraries: what the simulation says of them against the image. */
import { posix } from 'node:path';
import { readElf } from './elf.mjs';

/** /bin, /lib … are links to what lies below /usr. */
const merged = (path) => path.replace(/^\/(bin|sbin|lib|lib64)(?=\/|$)/, '/usr/$1');

/** A command that is said to be there is found on PATH; one that is new there was said, or said to be possible. */
export function compareExecutables(one) {
  const { name, state, alive, before, after, facts, engine, kinds } = one;
  const side = {
    state,
    alive,
    packages: engine.packagesOf(
      { state },
      state.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts),
    ),
  };
  const search = state.config.env.get('PATH').value.text.split(':').map(merged);
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
  const os = state.root.facts?.os;
  const index = os === undefined ? undefined : facts.packageIndex(os)?.index;
  const names = new Set();
  for (const [pkg, { by }] of state.packages)
    if (by !== 'base') for (const executable of index?.get(pkg)?.executables ?? []) names.add(executable);
  for (const write of alive)
    if (search.includes(posix.dirname(merged(write.path)))) names.add(posix.basename(write.path));
  const count = kinds.of('executables on PATH');
  for (const executable of names)
    if (!had.has(executable) && engine.provides(side, executable, facts))
      count.claim(has.has(executable), `${name}: ${executable}`);
  for (const executable of has)
    if (!had.has(executable)) count.recall(engine.mayProvide(side, executable, facts), `${name}: ${executable}`);
}

/**
 * Every library that a file of the image asks for, and that a package brought which the smallest base lacks, is among
 * those that the engine says what was built may need.
 */
export function compareLibraries(one) {
  const { name, state, simulation, facts, engine, kinds, owners, after } = one;
  const os = state.root.facts?.os;
  if (os === undefined) return;
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
  const entry = engine.entryOf(state, new engine.ContextReader(undefined));
  const links = simulation.atoms.some((atom) => atom.effect.needs.some((need) => need.kind === 'compiler'));
  const sure = engine.knownNeeds(state, facts, engine.startedCommands(entry, state)).flatMap((need) => need.packages);
  const asked = [...state.packages.values()].filter(({ by }) => by === 'asked').map((record) => record.name);
  const stay = asked.filter((pkg) => facts.classify(os, pkg).class !== 'build-only' && !pkg.endsWith('-dev'));
  const said = new Set([
    ...sure,
    ...asked.flatMap((pkg) => (pkg.endsWith('-dev') ? (facts.runtimeFor(os, pkg) ?? []) : [])),
    ...engine.compilerRuntimes(state, links),
    ...engine.linkedByUnread(state, facts),
    ...stay,
  ]);
  const index = facts.packageIndex(os).index;
  const all = new Set([
    ...said,
    ...facts.closure(index, [...said], { recommends: false, have: index.minbase }).keys(),
    ...index.minbase,
    ...smallest(state.root.facts, facts, engine),
  ]);
  const count = kinds.of('libraries of packages');
  for (const pkg of new Set(sure)) count.claim(wanted.has(pkg), `${name}: ${pkg}`);
  for (const [pkg, what] of wanted) count.recall(all.has(pkg), `${name}: ${what}`);
}

/** Packages of the smaller image of the same repository, or of the base itself. */
function smallest(base, facts, engine) {
  const ref = base.counterparts.find((one) => one.sameRepository)?.ref;
  const smaller = ref === undefined ? undefined : facts.base(engine.parseImageRef(ref));
  return facts.packagesOfBase(smaller ?? base) ?? [];
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
