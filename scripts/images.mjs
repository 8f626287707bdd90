/**
 * `npm run test:images [-- NAME …] [--few] [--all] [--times] [--write] [--resume FILE]`: the third job of the design. Builds every
 * application of test/images/apps as it is and split, runs both without a network and compares; measures the simulation
 * against the image that was built; builds the fixtures that can be built; shows with test/images/refused what a split
 * would have broken where none is offered, with test/images/assumed what an assumption that is
 * false breaks. Uses the Docker engine that is there; on Debian as root it sets up one of its own (test/images/engine).
 * `--few`: two applications, for continuous integration. `--all`: every tier that is offered, not only the best.
 * `--times`: nothing but how long cold and warm builds of the applications take, both ways. `--write`: docs/images.md;
 * with `--times` its section about them, and without it all the others. `--resume FILE`: what was well is kept there and not
 * built again, as long as the files are the same and the engine decides and foresees the same of them.
 */
import { readdirSync } from 'node:fs';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { assumed, refused } from './images/broken.mjs';
import { buildersTable } from './images/builders.mjs';
import { engineAnswers } from './images/docker.mjs';
import { setUp, tearDown } from './images/engine.mjs';
import { fixtures } from './images/fixtures.mjs';
import { keyOf } from './images/key.mjs';
import { Lab } from './images/lab.mjs';
import { writePage, writeTimes } from './images/page.mjs';
import { application, fixture, timesOf } from './images/pairs.mjs';
import { assumedTable, refusedTable, splitTables, timesTable } from './images/results.mjs';
import { Kept, Tally } from './images/tally.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    few: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    times: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
    resume: { type: 'string' },
  },
});
const FEW = ['c-extension', 'user-install'];
const root = new URL('../test/images', import.meta.url).pathname;
const PAGE = new URL('../docs/images.md', import.meta.url);

const there = engineAnswers();
if (!there && !setUp(values.few)) {
  console.log('No Docker engine answers and none could be set up here: no image was built.');
  console.log('\n0 passed, 0 failed');
  process.exit(values.few ? 0 : 1);
}

const lab = await Lab.open();
const total = new Tally();
const kept = new Kept(values.resume);
/** Names of what was part of this run. */
const tried = new Set();

function chosen(kind) {
  const all = readdirSync(join(root, kind)).sort();
  if (positionals.length > 0) return all.filter((name) => positionals.includes(name));
  return values.few ? all.filter((name) => FEW.includes(name)) : all;
}

/** Runs a case that `make` prepares, or takes what an earlier run has kept of it. */
function attempt(name, make) {
  tried.add(name);
  const tally = new Tally();
  let one;
  let key;
  try {
    one = make();
    key = values.resume === undefined ? undefined : keyOf(lab, one);
    const before = key === undefined ? undefined : kept.get(one.name, key);
    if (before !== undefined) {
      console.log(`kept   ${one.name}`);
      total.add(before);
      return;
    }
    one.run(tally);
  } catch (error) {
    tally.failures.push(`${name}: ${error.message}`);
    console.log(`FAILED ${name}: ${error.message}`);
  }
  tally.failures.push(...tally.wrong.map((wrong) => `prediction: ${wrong}`));
  if (one !== undefined) kept.put(one.name, key, tally);
  total.add(tally);
}

function finish() {
  lab.close();
  if (total.failures.length > 0) console.log(`\nFailures:\n  ${total.failures.join('\n  ')}`);
  // Nothing of continuous integration goes on running when it has ended.
  if (!there && values.few) tearDown();
  console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
  process.exit(total.failures.length === 0 && (total.passed > 0 || values.few) ? 0 : 1);
}

if (values.times) {
  const load = loadavg()[0];
  for (const name of chosen('apps')) attempt(name, () => timesOf(lab, name, join(root, 'apps', name)));
  const table = timesTable(total.rows, load);
  console.log(`\n${table}`);
  if (values.write && total.rows.length > 0) writeTimes(PAGE, table, positionals);
  finish();
}

for (const [kind, make] of [
  ['apps', application],
  ['refused', refused],
  ['assumed', assumed],
])
  for (const name of chosen(kind)) attempt(name, () => make(lab, name, join(root, kind, name), values.all));
const everyFixture = fixtures();
for (const one of everyFixture)
  if (positionals.length > 0 ? positionals.includes(one.name) || positionals.includes('fixtures') : !values.few)
    attempt(one.name, () => fixture(lab, one));

const ofBuilders = [];
if (!values.few && (positionals.length === 0 || positionals.includes('builders'))) {
  const { lines, failures, passed } = buildersTable(join(root, 'builders'));
  ofBuilders.push(`What \`COPY --from\` keeps:\n\n${lines.join('\n')}`);
  total.failures.push(...failures);
  total.passed += passed;
}
total.failures.push(...total.low);

const { rows, kinds, notBuilt } = total;
const results = [
  splitTables(rows.filter((row) => row.tier !== undefined)),
  `${total.compared} files of the originals were compared by owner and mode with the splits'. ${total.built} fixtures were built both\nways with the least context that they ask for, and started.`,
  refusedTable(rows.filter((row) => row.refused !== undefined)),
  assumedTable(rows.filter((row) => row.assumed !== undefined)),
  ...ofBuilders,
].join('\n\n');
console.log(`\n${results}\n\n${total.report()}`);
if (kinds.missed.length > 0)
  console.log(`\nNot foreseen (${kinds.missed.length}):\n  ${kinds.missed.slice(0, 40).join('\n  ')}`);
if (notBuilt.length > 0) console.log(`\n${notBuilt.length} not built here`);
const every = [
  ...['apps', 'refused', 'assumed'].flatMap((kind) => readdirSync(join(root, kind))),
  ...everyFixture.map(({ name }) => name),
];
const left = every.filter((name) => !tried.has(name));
if (values.write) writePage(PAGE, results, total.report(), { notBuilt, left });
finish();
