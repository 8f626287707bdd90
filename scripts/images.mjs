/**
 * `npm run test:images [-- NAME …] [--few] [--all] [--times] [--write] [--resume FILE]`: the third job of the design. Builds every
 * application of test/images/apps as it is and split, runs both without a network and compares; measures the simulation
 * against the image that was built; builds the fixtures that can be built; shows with test/images/refused what a split
 * would have broken where none is offered, with test/images/assumed what an assumption that is
 * false breaks. Uses the Docker engine that is there; on Debian as root it sets up one of its own (test/images/engine).
 * `--few`: two applications, for continuous integration. `--all`: every tier that is offered, not only the best.
 * `--times`: nothing but how long cold and warm builds of the applications take, both ways. `--write`: docs/images.md;
 * with `--times` its section about them, and without it all the others. `--resume FILE`: what was well in a run that was cut
 * off is kept there and not built again, as long as neither engine nor files have changed.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Calibration } from './images/calibrate.mjs';
import { answer, configDifferences, fileDifferences, start } from './images/compare.mjs';
import { folderContext } from './images/context.mjs';
import { assumed, refused } from './images/broken.mjs';
import { buildersTable } from './images/builders.mjs';
import { build, docker, engineAnswers, isThere, sizeMB } from './images/docker.mjs';
import { setUp, tearDown } from './images/engine.mjs';
import { fillContext, fixtures, withVersionsHere } from './images/fixtures.mjs';
import { writePage, writeTimes } from './images/page.mjs';
import { assumedTable, refusedTable, splitTables, timesTable } from './images/results.mjs';
import { splitOf, splitsOf } from './images/split.mjs';
import { systemOf } from './images/system.mjs';
import { Kept, Tally } from './images/tally.mjs';
import { times } from './images/times.mjs';
import { fileFacts, loadEngine } from './lib/engine.mjs';

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
const ENGINE = ['../dist/cli.js', '../dist/facts'].map((path) => new URL(path, import.meta.url).pathname);
const PAGE = new URL('../docs/images.md', import.meta.url);

const there = engineAnswers();
if (!there && !setUp(values.few)) {
  console.log('No Docker engine answers and none could be set up here: no image was built.');
  console.log('\n0 passed, 0 failed');
  process.exit(values.few ? 0 : 1);
}

const folder = mkdtempSync(join(tmpdir(), 'stages-images-'));
const engine = await loadEngine();
const facts = new engine.Facts(fileFacts());
const calibration = new Calibration(engine, facts);
const total = new Tally();
/** What the application, file or fixture of the moment gives. */
let tally = new Tally();
const kept = new Kept(values.resume, ENGINE);

/** A copy of a Dockerfile that asks no registry for its frontend (the engine's own is used). */
function prepared(name, text) {
  const file = join(folder, `${name}.Dockerfile`);
  writeFileSync(file, text.replace(/^# syntax=/i, '# (syntax) '));
  return file;
}

function chosen(kind) {
  const all = readdirSync(join(root, kind)).sort();
  if (positionals.length > 0) return all.filter((name) => positionals.includes(name));
  return values.few ? all.filter((name) => FEW.includes(name)) : all;
}

function isNotBuilt(what) {
  tally.notBuilt.push(what);
  console.log(`not built: ${what}`);
}

/** Compares what was foreseen with what was built; returns what was seen. */
function calibrate(name, image, text, context) {
  const file = engine.parseDockerfile(text);
  return calibration.add(tally, name, image, file, engine.simulate(file, facts, folderContext(context)), context);
}

function baseOf(text) {
  return engine.simulate(engine.parseDockerfile(text), facts, undefined).stages.at(-1).state.root.ref;
}

/** In what a split differs from its original, apart from what it does. */
function differences(original, split, base, seen, report) {
  const problems = configDifferences(original, split);
  const had = new Set([...systemOf(original).missing, ...systemOf(base).missing]);
  const { missing, compilers } = systemOf(split);
  for (const one of missing) if (!had.has(one)) problems.push(`library: ${one}`);
  if (compilers.length > 0) problems.push(`compilers: ${compilers.join(' ')}`);
  const left = report.leftBehind.map((one) => one.what);
  const files = fileDifferences(seen, split, left);
  tally.compared += files.compared;
  return [...problems, ...files.differences];
}

function compare(name) {
  const context = join(root, 'apps', name);
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const original = `stages-${name}-original`;
  const file = prepared(name, text);
  try {
    build(original, file, context);
  } catch (error) {
    isNotBuilt(`${name}: ${error.message}`);
    return;
  }
  const seen = calibrate(name, original, text, context);
  const first = answer(original);
  if (/^(exit [^0]|no answer)/.test(first)) throw new Error(`the original does not run: ${first}`);
  const splits = splitsOf(join(context, 'Dockerfile'), context, values.all);
  if (splits.length === 0) throw new Error('no split');
  for (const [at, { how, report }] of splits.entries()) {
    const split = `stages-${name}-split${at === 0 ? '' : at}`;
    const splitFile = prepared(`${name}-split${at}`, report.text);
    const base = baseOf(report.text);
    build(split, splitFile, context);
    const second = answer(split);
    const problems = differences(original, split, base, seen, report);
    if (first !== second) problems.push(`answer: ${first} / ${second}`);
    tally.rows.push({
      name,
      how,
      tier: report.tier,
      before: sizeMB(original),
      after: sizeMB(split),
      beforeOwn: sizeMB(original) - sizeMB(seen.base),
      own: sizeMB(split) - sizeMB(base),
      answer: first,
    });
    if (problems.length === 0) tally.passed++;
    const title = how === '' ? name : `${name} (${how})`;
    for (const one of problems) tally.failures.push(`${title}: ${one}`);
    console.log(
      `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${title}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${first}`,
    );
  }
}

/** A file whose split breaks it: `run` is `refused` or `assumed`. */
function broken(kind, name, run) {
  const { ok, what, row } = run(name, join(root, kind, name), { prepared, calibrate });
  if (ok) tally.passed++;
  else tally.failures.push(what);
  tally.rows.push(row);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`);
}

/** A fixture with the least context: both images are built, hold the same and start alike. */
function fixture(one) {
  const text = withVersionsHere(one.text, isThere);
  if (text === undefined) {
    isNotBuilt(`${one.name}: its base image is not there`);
    return;
  }
  const id = one.name.replace('/', '-');
  const context = join(folder, 'context', id);
  mkdirSync(context, { recursive: true });
  const sources = engine
    .parseDockerfile(text)
    .instructions.flatMap((copy) =>
      (copy.kind === 'copy' || copy.kind === 'add') && copy.from === undefined ? copy.sources : [],
    );
  fillContext(
    context,
    one,
    sources.map((source) => source.raw),
  );
  const file = prepared(id, text);
  const [original, split] = [`stages-fixture-${id}`, `stages-fixture-${id}-split`];
  try {
    build(original, file, context);
  } catch (error) {
    isNotBuilt(`${one.name}: ${error.message}`);
    return;
  }
  const seen = calibrate(one.name, original, text, context);
  const report = splitOf(file);
  if (report.status !== 'split') {
    isNotBuilt(`${one.name}: ${report.status} with the versions that are there`);
    return;
  }
  build(split, prepared(`${id}-split`, report.text), context);
  const base = baseOf(report.text);
  const problems = differences(original, split, base, seen, report);
  const starts = [start(original), start(split)];
  if (starts[0] !== starts[1]) problems.push(`start: ${starts.join(' / ')}`);
  tally.built++;
  if (problems.length === 0) tally.passed++;
  for (const problem of problems) tally.failures.push(`${one.name}: ${problem}`);
  console.log(
    `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${one.name}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${starts[0]}`,
  );
}

/** Seconds of the builds of the applications, the split as it is with the context read. */
function timesOf(name) {
  const context = join(root, 'apps', name);
  const split = splitsOf(join(context, 'Dockerfile'), context, false).at(-1);
  if (split === undefined) throw new Error('no split');
  const files = [readFileSync(join(context, 'Dockerfile'), 'utf8'), split.report.text].map((text, at) =>
    prepared(`${name}-times${at}`, text),
  );
  return times(name, ...files, context);
}

/** Runs one of them, or takes what an earlier run has kept; `source`: the folder that it is made of. */
function attempt(name, source, run) {
  tally = new Tally();
  const before = kept.get(name, source);
  if (before !== undefined) {
    console.log(`kept   ${name}`);
    total.add(before);
    return;
  }
  try {
    run();
  } catch (error) {
    tally.failures.push(`${name}: ${error.message}`);
    console.log(`FAILED ${name}: ${error.message}`);
  }
  tally.failures.push(...tally.wrong.map((wrong) => `prediction: ${wrong}`));
  kept.put(name, source, tally);
  total.add(tally);
}

function finish() {
  rmSync(folder, { recursive: true });
  if (total.failures.length > 0) console.log(`\nFailures:\n  ${total.failures.join('\n  ')}`);
  // Nothing of continuous integration goes on running when it has ended.
  if (!there && values.few) tearDown();
  console.log(`\n${total.passed} passed, ${total.failures.length} failed`);
  process.exit(total.failures.length === 0 && (total.passed > 0 || values.few) ? 0 : 1);
}

if (values.times) {
  const load = loadavg()[0];
  for (const name of chosen('apps'))
    attempt(`${name} (times)`, join(root, 'apps', name), () => {
      const timing = timesOf(name);
      tally.rows.push({ name, timing });
      tally.passed++;
      const [original, split] = timing;
      console.log(`${name}: cold ${original.cold} / ${split.cold} s, warm ${original.warm} / ${split.warm} s`);
    });
  const table = timesTable(total.rows, load);
  console.log(`\n${table}`);
  if (values.write && total.rows.length > 0) writeTimes(PAGE, table);
  finish();
}

for (const [kind, run] of [
  ['apps', compare],
  ['refused', (name) => broken('refused', name, refused)],
  ['assumed', (name) => broken('assumed', name, assumed)],
])
  for (const name of chosen(kind)) attempt(name, join(root, kind, name), () => run(name));
for (const one of fixtures())
  if (positionals.length > 0 ? positionals.includes(one.name) || positionals.includes('fixtures') : !values.few)
    attempt(one.name, one.folder, () => fixture(one));

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
const left = ['apps', 'refused', 'assumed']
  .flatMap((kind) => readdirSync(join(root, kind)))
  .filter((name) => !rows.some((row) => row.name === name) && !notBuilt.some((what) => what.startsWith(`${name}:`)));
if (values.write) writePage(PAGE, results, total.report(), { notBuilt, left });
finish();
