/**
 * `npm run test:images [-- NAME …] [--few] [--all] [--times] [--write]`: the third job of the design. Builds every
 * application of test/images/apps as it is and split, runs both without a network and compares; measures the simulation
 * against the image that was built; builds the fixtures that can be built; shows with test/images/refused what a split
 * would have broken where none is offered, with test/images/assumed what an assumption that is false breaks. Uses the Docker engine that is there; on Debian as root it sets up one of
 * its own (test/images/engine).
 * `--few`: two applications, for continuous integration. `--all`: every tier that is offered, not only the best.
 * `--times`: cold and warm builds. `--write`: docs/images.md.
 */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Calibration } from './images/calibrate.mjs';
import { answer, compilersIn, configDifferences, fileDifferences, missingLibraries, start } from './images/compare.mjs';
import { folderContext } from './images/context.mjs';
import { assumed, refused } from './images/broken.mjs';
import { compareBuilders } from './images/builders.mjs';
import { build, docker, engineAnswers, isThere, sizeMB } from './images/docker.mjs';
import { setUp, tearDown } from './images/engine.mjs';
import { fillContext, fixtures, withVersionsHere } from './images/fixtures.mjs';
import { assumedTable, refusedTable, splitTables } from './images/results.mjs';
import { splitOf, splitsOf } from './images/split.mjs';
import { times } from './images/times.mjs';
import { fileFacts, loadEngine } from './lib/engine.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    few: { type: 'boolean', default: false },
    all: { type: 'boolean', default: false },
    times: { type: 'boolean', default: false },
    write: { type: 'boolean', default: false },
  },
});
const FEW = ['c-extension', 'user-install'];
const RUNS = 3;
const root = new URL('../test/images', import.meta.url).pathname;

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
const rows = [];
const failures = [];
const notBuilt = [];
let passed = 0;
let compared = 0;
let built = 0;

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

/** Compares what was foreseen with what was built; returns what was seen. */
function calibrate(name, image, text, context) {
  const file = engine.parseDockerfile(text);
  return calibration.add(name, image, file, engine.simulate(file, facts, folderContext(context)), context);
}

function baseOf(text) {
  return engine.simulate(engine.parseDockerfile(text), facts, undefined).stages.at(-1).state.root.ref;
}

/** In what a split differs from its original, apart from what it does. */
function differences(original, split, base, seen, report) {
  const problems = configDifferences(original, split);
  const had = new Set([...missingLibraries(original), ...missingLibraries(base)]);
  for (const one of missingLibraries(split)) if (!had.has(one)) problems.push(`library: ${one}`);
  const compilers = compilersIn(split);
  if (compilers.length > 0) problems.push(`compilers: ${compilers.join(' ')}`);
  const left = report.leftBehind.map((one) => one.what);
  const files = fileDifferences(seen, split, left);
  compared += files.compared;
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
    notBuilt.push(`${name}: ${error.message}`);
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
    rows.push({
      name,
      how,
      tier: report.tier,
      before: sizeMB(original),
      after: sizeMB(split),
      beforeOwn: sizeMB(original) - sizeMB(seen.base),
      own: sizeMB(split) - sizeMB(base),
      answer: first,
      timing: values.times && at === splits.length - 1 ? times(name, file, splitFile, context, RUNS) : undefined,
    });
    if (problems.length === 0) passed++;
    const title = how === '' ? name : `${name} (${how})`;
    for (const one of problems) failures.push(`${title}: ${one}`);
    console.log(
      `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${title}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${first}`,
    );
  }
}

/** A file whose split breaks it: `run` is `refused` or `assumed`. */
function broken(kind, name, run) {
  const { ok, what, row } = run(name, join(root, kind, name), { prepared, calibrate });
  if (ok) passed++;
  else failures.push(what);
  rows.push(row);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`);
}

/** A fixture with the least context: both images are built, hold the same and start alike. */
function fixture(one) {
  const text = withVersionsHere(one.text, isThere);
  if (text === undefined) {
    notBuilt.push(`${one.name}: its base image is not there`);
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
    notBuilt.push(`${one.name}: ${error.message}`);
    return;
  }
  const seen = calibrate(one.name, original, text, context);
  const report = splitOf(file);
  if (report.status !== 'split') {
    notBuilt.push(`${one.name}: ${report.status} with the versions that are there`);
    return;
  }
  build(split, prepared(`${id}-split`, report.text), context);
  const base = baseOf(report.text);
  const problems = differences(original, split, base, seen, report);
  const starts = [start(original), start(split)];
  if (starts[0] !== starts[1]) problems.push(`start: ${starts.join(' / ')}`);
  built++;
  if (problems.length === 0) passed++;
  for (const problem of problems) failures.push(`${one.name}: ${problem}`);
  console.log(
    `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${one.name}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${starts[0]}`,
  );
}

function attempt(name, run) {
  try {
    run();
  } catch (error) {
    failures.push(`${name}: ${error.message}`);
    console.log(`FAILED ${name}: ${error.message}`);
  }
}

for (const name of chosen('apps')) attempt(name, () => compare(name));
for (const name of chosen('refused')) attempt(name, () => broken('refused', name, refused));
for (const name of chosen('assumed')) attempt(name, () => broken('assumed', name, assumed));
for (const one of fixtures())
  if (positionals.length > 0 ? positionals.includes(one.name) || positionals.includes('fixtures') : !values.few)
    attempt(one.name, () => fixture(one));

/** What each builder that is here keeps of owners, modes and capabilities (`builders` among the names). */
function builders() {
  const table = ['| builder | owners, modes, setuid bits, capabilities | with `--chown` |', '|---|---|---|'];
  for (const { name, missing, differences, given } of compareBuilders(join(root, 'builders'))) {
    if (missing === undefined && differences.length === 0) passed++;
    for (const one of differences ?? []) failures.push(`${name}: not ${one}`);
    const [kept, chown] =
      missing === undefined
        ? [differences.length === 0 ? 'kept' : 'lost', given ? 'the same' : 'setuid bits and capabilities are lost']
        : [`not tried: ${missing}`, ''];
    table.push(`| ${name} | ${kept} | ${chown} |`);
    console.log(`${differences?.length > 0 ? 'FAILED' : 'ok    '} ${name}: ${kept}`);
  }
  return table.join('\n');
}
const ofBuilders = !values.few && (positionals.length === 0 || positionals.includes('builders')) ? builders() : '';
rmSync(folder, { recursive: true });
failures.push(...calibration.wrong.map((wrong) => `prediction: ${wrong}`));

const splits = rows.filter((row) => row.tier !== undefined);
const results = [
  splitTables(splits),
  `${compared} files of the originals were compared by owner and mode with the splits'. ${built} fixtures were built both\nways with the least context that they ask for, and started.`,
  refusedTable(rows.filter((row) => row.refused !== undefined)),
  assumedTable(rows.filter((row) => row.assumed !== undefined)),
  ...(ofBuilders === '' ? [] : [`What \`COPY --from\` keeps:\n\n${ofBuilders}`]),
].join('\n\n');
console.log(`\n${results}\n\n${calibration.report()}`);
if (calibration.missed.length > 0)
  console.log(`\nNot foreseen (${calibration.missed.length}):\n  ${calibration.missed.slice(0, 40).join('\n  ')}`);
if (notBuilt.length > 0) console.log(`\nNot built here:\n  ${notBuilt.join('\n  ')}`);
if (failures.length > 0) console.log(`\nFailures:\n  ${failures.join('\n  ')}`);
if (values.write) write();
// Nothing of continuous integration goes on running when it has ended.
if (!there && values.few) tearDown();
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && (passed > 0 || values.few) ? 0 : 1;

function write() {
  const standIns = docker('image', 'inspect', '-f', '{{len .RepoDigests}}', 'python:3.11-bookworm') === '0';
  const text = `# Images that were really built

Written by \`npm run test:images -- --times --write\` on ${new Date().toISOString().slice(0, 10)} with ${docker('version', '--format', 'Docker {{.Server.Version}}')}. The base
images were ${standIns ? 'local stand-ins made of Debian packages; with the published ones the sizes differ' : 'the published ones'}.
Alpine and .NET cannot be built where these numbers come from: no mirror of their packages is reached there. Their
rules rest on the facts and on tests.

## Splits against originals

${results}
${notBuilt.length === 0 ? '' : `\nNot built: ${notBuilt.join('; ')}.\n`}
## What the simulation said, against what was built

Precision: of what was said to be certain, how much is so. Recall: of what the commands did, how much was said.
A command is measured by the layers of the image: what no command of an instruction was said to have written counts
against each of them.

${calibration.report()}
`;
  writeFileSync(new URL('../docs/images.md', import.meta.url), text);
}
