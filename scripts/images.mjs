/**
 * `npm run test:images [-- NAME …] [--few] [--times] [--write]`: the third job of the design. Builds every application of
 * test/images/apps as it is and split, runs both without a network and compares; measures the simulation against the
 * image that was built; shows with test/images/refused what a split would have broken where none is offered.
 * Uses the Docker engine that is there; on Debian as root it sets up one of its own (test/images/engine).
 * `--few`: two applications, for continuous integration. `--times`: cold and warm builds. `--write`: docs/images.md.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Calibration, folderContext } from './images/calibrate.mjs';
import { answer, compilersIn, configDifferences, missingLibraries } from './images/compare.mjs';
import { build, docker, engineAnswers, sizeMB } from './images/docker.mjs';
import { setUp, tearDown } from './images/engine.mjs';
import { fileFacts, loadEngine } from './lib/engine.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { few: { type: 'boolean' }, times: { type: 'boolean' }, write: { type: 'boolean' } },
});
const FEW = ['c-extension', 'user-install'];
const root = new URL('../test/images', import.meta.url).pathname;
const folder = mkdtempSync(join(tmpdir(), 'stages-images-'));
const engine = await loadEngine();
const facts = new engine.Facts(fileFacts());
const calibration = new Calibration();
const rows = [];
const failures = [];
const notBuilt = [];
let passed = 0;

const there = engineAnswers();
if (!there && !setUp(values.few === true)) {
  console.log('No Docker engine answers and none could be set up here: no image was built.');
  console.log('\n0 passed, 0 failed');
  process.exit(values.few === true ? 0 : 1);
}

/** A copy of a Dockerfile that asks no registry for its frontend (the engine's own is used). */
function prepared(name, text) {
  const file = join(folder, `${name}.Dockerfile`);
  writeFileSync(file, text.replace(/^# syntax=/i, '# (syntax) '));
  return file;
}

function chosen(kind) {
  const all = readdirSync(join(root, kind)).sort();
  if (positionals.length > 0) return all.filter((name) => positionals.includes(name));
  return values.few === true ? all.filter((name) => FEW.includes(name)) : all;
}

/** Seconds of a build that nothing of is cached, and of one after a change of the last copied file. */
function times(name, file, context) {
  const cold = build(`stages-${name}-times`, file, context, { cache: false });
  const touched = join(context, 'touched-by-test-images');
  writeFileSync(touched, String(Date.now()));
  try {
    return { cold, warm: build(`stages-${name}-times`, file, context) };
  } finally {
    rmSync(touched);
  }
}

/** Compares what was foreseen with what was built; returns the base image. */
function calibrate(name, image, text, context) {
  const simulation = engine.simulate(engine.parseDockerfile(text), facts, folderContext(context));
  const base = simulation.stages[0].state.root.ref;
  calibration.add(name, image, base, simulation);
  return base;
}

function compare(name) {
  const context = join(root, 'apps', name);
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const original = `stages-${name}-original`;
  const split = `stages-${name}-split`;
  const file = prepared(name, text);
  try {
    build(original, file, context);
  } catch (error) {
    notBuilt.push(`${name}: ${error.message}`);
    return;
  }
  const base = calibrate(name, original, text, context);
  // Without a context, as where nobody reads the files.
  const after = spawnSync(process.execPath, ['dist/cli.js', 'split', join(context, 'Dockerfile')], {
    encoding: 'utf8',
  });
  if (after.stdout === '') throw new Error(`no split: ${after.stderr.trim().split('\n')[1] ?? after.stderr}`);
  const splitFile = prepared(`${name}-split`, after.stdout);
  const runtimeBase = engine.simulate(engine.parseDockerfile(after.stdout), facts, undefined).stages.at(-1).state
    .root.ref;
  build(split, splitFile, context);
  const [a, b] = [answer(original), answer(split)];
  const problems = configDifferences(original, split);
  if (a !== b) problems.push(`answer: ${a} / ${b}`);
  if (/^(exit [^0]|no answer)/.test(a)) problems.push(`the original does not run: ${a}`);
  const had = new Set([...missingLibraries(original), ...missingLibraries(runtimeBase)]);
  for (const one of missingLibraries(split)) if (!had.has(one)) problems.push(`library: ${one}`);
  const compilers = compilersIn(split);
  if (compilers.length > 0) problems.push(`compilers: ${compilers.join(' ')}`);
  const timing = values.times === true ? [times(name, file, context), times(name, splitFile, context)] : undefined;
  rows.push({
    name,
    tier: runtimeBase === base ? 'same' : 'slim',
    before: sizeMB(original),
    after: sizeMB(split),
    own: sizeMB(split) - sizeMB(runtimeBase),
    answer: a,
    timing,
  });
  if (problems.length === 0) passed++;
  for (const one of problems) failures.push(`${name}: ${one}`);
  console.log(
    `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${a}`,
  );
}

/** No split is offered; the one somebody could have written is built, and differs. */
function refused(name) {
  const context = join(root, 'refused', name);
  const file = join(context, 'Dockerfile');
  const verdict = spawnSync(process.execPath, ['dist/cli.js', 'split', file], { encoding: 'utf8' });
  const images = ['original', 'wrong'].map((variant) => {
    const image = `stages-${name}-${variant}`;
    const text = readFileSync(join(context, variant === 'wrong' ? 'wrong.Dockerfile' : 'Dockerfile'), 'utf8');
    build(image, prepared(`${name}-${variant}`, text), context);
    if (variant === 'original') calibrate(name, image, text, context);
    return image;
  });
  const [right, wrong] = images.map((image) => {
    try {
      return answer(image);
    } catch (error) {
      return `does not start: ${error.message}`;
    }
  });
  const ok = verdict.stdout === '' && /^exit 0/.test(right) && right !== wrong;
  if (ok) passed++;
  else failures.push(`${name}: ${verdict.stdout === '' ? '' : 'a split is offered; '}${right} / ${wrong}`);
  const why = verdict.stderr.trim().split('\n')[1]?.trim() ?? '';
  rows.push({ name, refused: why, answer: right, wrong: wrong.split('\n').at(-1) });
  console.log(
    `${ok ? 'ok    ' : 'FAILED'} ${name}: not split (${why}); a split by hand answers: ${wrong.split('\n').at(-1)}`,
  );
}

for (const [kind, run] of [
  ['apps', compare],
  ['refused', refused],
]) {
  for (const name of chosen(kind)) {
    try {
      run(name);
    } catch (error) {
      failures.push(`${name}: ${error.message}`);
      console.log(`FAILED ${name}: ${error.message}`);
    }
  }
}
rmSync(folder, { recursive: true });

failures.push(...calibration.wrong.map((wrong) => `prediction: ${wrong}`));

const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
function report() {
  const out = ['| application | tier | original, MB | split, MB | answer of both |', '|---|---|---:|---:|---|'];
  const splits = rows.filter((row) => row.refused === undefined);
  for (const row of splits)
    out.push(`| ${row.name} | ${row.tier} | ${row.before} | ${row.after} | ${row.answer.replaceAll('|', '/')} |`);
  for (const tier of ['slim', 'same']) {
    const own = splits.filter((row) => row.tier === tier);
    if (own.length > 0)
      out.push(
        '',
        `Median of ${own.length} (${tier}): ${median(own.map((row) => Math.round(100 * (1 - row.after / row.before))))} % smaller; ${median(own.map((row) => row.own))} MB beside the base image.`,
      );
  }
  const timed = splits.filter((row) => row.timing !== undefined);
  if (timed.length > 0) {
    out.push('', '| application | cold, s | cold split, s | warm, s | warm split, s |', '|---|---:|---:|---:|---:|');
    for (const { name, timing } of timed)
      out.push(
        `| ${name} | ${timing.map((one) => one.cold.toFixed(1)).join(' | ')} | ${timing.map((one) => one.warm.toFixed(1)).join(' | ')} |`.replace(
          /^(\| \S+ \| )(\S+) \| (\S+)/,
          '$1$2 | $3',
        ),
      );
    out.push(
      '',
      `Median of split / original: cold ${median(timed.map(({ timing: [a, b] }) => b.cold / a.cold)).toFixed(2)}, warm ${median(timed.map(({ timing: [a, b] }) => b.warm / a.warm)).toFixed(2)}.`,
    );
  }
  const no = rows.filter((row) => row.refused !== undefined);
  if (no.length > 0) {
    out.push('', '| not split | why | the original answers | a split by hand answers |', '|---|---|---|---|');
    for (const row of no)
      out.push(
        `| ${row.name} | ${row.refused.replace(/^line \d+: /, '')} | ${row.answer} | ${row.wrong.slice(0, 120).replaceAll('|', '/')} |`,
      );
  }
  return out.join('\n');
}

console.log(`\n${report()}\n\n${calibration.report()}`);
if (calibration.missed.length > 0)
  console.log(`\nNot foreseen (${calibration.missed.length}):\n  ${calibration.missed.slice(0, 40).join('\n  ')}`);
if (notBuilt.length > 0) console.log(`\nNot built here:\n  ${notBuilt.join('\n  ')}`);
if (failures.length > 0) console.log(`\nFailures:\n  ${failures.join('\n  ')}`);
if (values.write === true) {
  const head = `# Images that were really built\n\nWritten by \`npm run test:images -- --times --write\` on ${new Date().toISOString().slice(0, 10)} with ${docker('version', '--format', 'Docker {{.Server.Version}}')}. The base\nimages were ${execFileSync('docker', ['image', 'inspect', '-f', '{{len .RepoDigests}}', 'python:3.11-bookworm'], { encoding: 'utf8' }).trim() === '0' ? 'local stand-ins made of Debian packages; with the published ones the sizes differ' : 'the published ones'}.\n\n## Splits against originals\n\n`;
  writeFileSync(
    new URL('../docs/images.md', import.meta.url),
    `${head}${report()}\n\n## What the simulation said, against what was built\n\nPrecision: of what was said to be certain, how much is so. Recall: of what the commands did, how much was said.\n\n${calibration.report()}\n`,
  );
}
// Nothing of continuous integration goes on running when it has ended.
if (!there && values.few === true) tearDown();
console.log(`\n${passed} passed, ${failures.length} failed`);
process.exitCode = failures.length === 0 && (passed > 0 || values.few === true) ? 0 : 1;
