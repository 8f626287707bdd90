/**
 * What the simulation says of an image against the image that was built. Facts of the base are none of its business:
 * only what the file's own commands did is counted, layer by layer. A thing said for certain that is not so is a
 * failure.
 */
import { configOf } from './docker.mjs';
import { layersOf, listing } from './layers.mjs';
import { compareOwners } from './owners.mjs';
import { comparePaths } from './paths.mjs';
import { compareLibraries, compareExecutables } from './programs.mjs';
import { systemOf, withoutLinks } from './system.mjs';

export class Calibration {
  #bases = new Map();

  constructor(engine, facts) {
    this.engine = engine;
    this.facts = facts;
  }

  /**
   * Compares one image with the simulation of the file it was built from; `context` is the folder of its build context.
   * Counts into `tally` and returns what was seen of the image.
   */
  add(tally, name, image, file, simulation, context) {
    const { state } = simulation.stages[0];
    const base = state.root.ref;
    const layers = layersOf(image, base);
    try {
      const one = {
        name,
        image,
        base,
        file,
        simulation,
        state,
        context,
        engine: this.engine,
        facts: this.facts,
        kinds: tally.kinds,
        alive: this.engine.aliveWrites(state.writes.all),
        before: this.ofBase(base).paths,
        had: this.ofBase(base).system,
        has: systemOf(image),
        after: listing(image),
        layers: aligned(file, layers.instructions),
        commandOf: (id) => commandOf(simulation.atoms[id]),
      };
      one.owners = new Map([...packagesOnce(one.layers), ...one.has.files]);
      tally.images++;
      config(one);
      packages(one, tally.packages);
      principals(one);
      comparePaths(one, tally.paths);
      compareOwners(one);
      compareExecutables(one);
      compareLibraries(one);
      return one;
    } finally {
      layers.close();
    }
  }

  /** Several images start from the same base. */
  ofBase(base) {
    if (!this.#bases.has(base)) this.#bases.set(base, { paths: listing(base), system: systemOf(base) });
    return this.#bases.get(base);
  }
}

/** Files of packages by path, those too that a later layer removed. */
function packagesOnce(layers) {
  const files = new Map();
  for (const { paths, read } of layers.values()) {
    const lists = [...paths].filter(
      ([path, { type }]) => type === '-' && /^\/var\/lib\/dpkg\/info\/.*\.list$/.test(path),
    );
    for (const [list, data] of read(lists.map(([path]) => path)))
      for (const path of data.toString().split('\n'))
        files.set(withoutLinks(path), /([^/:]+)(:[^/]*)?\.list$/.exec(list)[1]);
  }
  return files;
}

/** The layers by the index of the instruction that made each. */
function aligned(file, layers) {
  const first = file.instructions.findIndex((one) => one.kind === 'from');
  const own = file.instructions.slice(first + 1);
  if (own.length !== layers.length)
    throw new Error(`${own.length} instructions, ${layers.length} steps in the history of the image`);
  return new Map(own.map((one, at) => [one.index, layers[at]]));
}

/** Name of the command that an atom runs: `(unknown)` for one that nobody understands. */
function commandOf(atom) {
  if (atom === undefined) return '?';
  if (atom.effect.opaque !== undefined) return '(not understood)';
  return atom.effect.commands.find((one) => one !== 'set' && one !== 'cd') ?? atom.key.split(' ')[0];
}

function config({ name, image, state, kinds }) {
  const real = configOf(image);
  const count = kinds.of('configuration');
  const { config } = state;
  for (const [key, { value, from }] of config.env)
    if (from !== 'base')
      count.claim(real.env[key] === value.text, `${name}: ENV ${key} ${value.text} / ${real.env[key]}`);
  count.claim(
    real.workdir === config.workdir.value.text,
    `${name}: WORKDIR ${config.workdir.value.text} / ${real.workdir}`,
  );
  const user = config.user?.value.text ?? 'root';
  count.claim(real.user === user, `${name}: USER ${user} / ${real.user}`);
  const argv = (process) =>
    process === undefined ? null : process.form === 'exec' ? process.argv : [...process.shell, process.text];
  for (const key of ['entrypoint', 'cmd'])
    if (config[key]?.from !== 'base')
      count.claim(
        JSON.stringify(real[key]) === JSON.stringify(argv(config[key]?.value)),
        `${name}: ${key} ${JSON.stringify(argv(config[key]?.value))} / ${JSON.stringify(real[key])}`,
      );
  for (const port of config.expose.keys())
    count.claim(
      real.expose.some((one) => one.startsWith(port.replace(/\/.*/, ''))),
      `${name}: EXPOSE ${port}`,
    );
  for (const path of config.volume.keys()) count.claim(real.volume.includes(path), `${name}: VOLUME ${path}`);
}

function packages({ name, had, has, simulation, state, kinds, commandOf, engine, facts }, byCommand) {
  const [old, now] = [had.packages, has.packages];
  const count = kinds.of('packages');
  // Recommends are taken of what is new: a base that holds more than the facts say brings fewer. Not said for certain.
  const recommended = kinds.of('packages by Recommends');
  const installs = simulation.atoms.filter((atom) => atom.effect.installs.length > 0);
  const command = (record) => commandOf(record?.atom ?? installs[0]?.id);
  for (const [one, record] of state.packages) {
    if (old.has(one)) continue;
    const what = `${name}: ${one} (${record.by})`;
    (record.by === 'recommends' ? recommended : count).claim(now.has(one), what);
    if (record.by !== 'recommends') byCommand.of(command(record)).claim(now.has(one), what);
  }
  // What the published base has and a stand-in lacks is there without being new.
  const base = state.root.facts;
  const there = engine.packagesOf({ state }, base === undefined ? undefined : facts.packagesOfBase(base));
  for (const one of now) {
    if (old.has(one)) continue;
    count.recall(there.has(one), `${name}: ${one}`);
    byCommand.of(command(state.packages.get(one))).recall(there.has(one), `${name}: ${one}`);
  }
}

function principals({ name, had, has, state, kinds }) {
  const count = kinds.of('users and groups');
  for (const [key, one] of state.principals)
    if (one.from === 'command' && one.id !== undefined)
      count.claim(has.ids.get(key) === one.id, `${name}: ${key} ${one.id} / ${has.ids.get(key)}`);
  for (const key of has.ids.keys())
    if (!had.ids.has(key) && !had.ids.has(key.replace('group', 'user')))
      count.recall(state.principals.has(key), `${name}: ${key}`);
}
