/**
 * When a result of an earlier run is still true: the Dockerfile, its context, every split, the base images and all that
 * the simulation says of it are what they were. None of that has to be built to be known, so that another engine
 * which decides and foresees the same takes the results over.
 */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { imageOf, isThere } from './docker.mjs';
import { WRITING } from './paths.mjs';
import { executablesSaid, librariesSaid } from './programs.mjs';

/** How it is measured: another measure gives another result. */
const MEASURING = [
  ...[
    'broken',
    'calibrate',
    'compare',
    'context',
    'docker',
    'elf',
    'fixtures',
    'layers',
    'owners',
    'pairs',
    'paths',
    'programs',
  ],
  ...['system', 'times'],
].map((name) => new URL(`${name}.mjs`, import.meta.url).pathname);
const TABLES = new URL('../../server/facts/tables', import.meta.url).pathname;

function addFiles(hash, path, name = '') {
  if (statSync(path).isDirectory())
    for (const child of readdirSync(path).sort()) addFiles(hash, join(path, child), `${name}/${child}`);
  // A mode reaches the image as well.
  else hash.update(`${name}\0${statSync(path).mode}\0`).update(readFileSync(path));
}

let measuring;

function seed() {
  if (measuring === undefined) {
    const hash = createHash('sha256');
    for (const path of [...MEASURING, TABLES]) addFiles(hash, path);
    measuring = hash.digest('hex');
  }
  return measuring;
}

/** Maps and sets as their elements; what an object holds in an order of its own. */
function plain(_, value) {
  if (value instanceof Map || value instanceof Set) return [...value];
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** What was decided, but for its words. */
function decided({ status, tier, text, reasons, assumptions, leftBehind }) {
  return {
    ...{ status, tier, text },
    reasons: reasons?.map((one) => one.code),
    assumptions: assumptions?.map((one) => one.kind),
    left: leftBehind?.map((one) => one.what),
  };
}

/** All that the calibration compares with the image. */
function foreseen(lab, text, context) {
  const simulation = lab.simulated(text, context);
  const { state } = simulation.stages[0];
  const { engine } = lab;
  const alive = engine.aliveWrites(state.writes.all);
  const one = { ...lab, simulation, state, alive };
  const { config, packages, removedFromBase, principals } = state;
  return {
    ...{ config, packages, removedFromBase, principals },
    base: state.root.ref,
    writes: state.writes.all,
    owners: alive.map((write) => engine.numbersOf(engine.ownerAtEnd(write, alive) ?? 'root', principals)),
    executables: executablesSaid(one),
    libraries: librariesSaid(one),
    atoms: simulation.atoms.map(({ stage, instruction, key, effect }) => ({
      ...{ stage, instruction, key },
      ...{ writes: effect.writes, installs: effect.installs, commands: effect.commands, opaque: effect.opaque },
      roles: WRITING.filter((role) => effect.roles.has(role)),
    })),
  };
}

/** The images that a text starts from, as they are here. */
function basesOf(lab, text) {
  return lab
    .simulated(text)
    .stages.map(({ state }) => state.root.ref)
    .filter((ref) => isThere(ref))
    .map((ref) => imageOf(ref).Id);
}

/** The key of a case (pairs.mjs); `undefined`: there is nothing to keep of it. */
export function keyOf(lab, { context, text, reports }) {
  if (text === undefined) return undefined;
  const hash = createHash('sha256').update(seed()).update(text);
  addFiles(hash, context);
  const texts = [text, ...reports.flatMap((report) => report.text ?? [])];
  const bases = texts.map((one) => basesOf(lab, one));
  hash.update(JSON.stringify([foreseen(lab, text, context), reports.map(decided), bases], plain));
  return hash.digest('hex');
}
