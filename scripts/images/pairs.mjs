/**
 * Originals and splits that are built and compared: applications, which are run, and fixtures, which are started. A case
 * is `name`, `context` (folder), `text`, `reports` (what the command line made of it) and `run`, which counts into a tally.
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer, configDifferences, fileDifferences, starts } from './compare.mjs';
import { build, isThere, sizeMB } from './docker.mjs';
import { fillContext, scriptOfExcerpt, withVersionsHere } from './fixtures.mjs';
import { splitOf, splitsOf } from './split.mjs';
import { systemOf } from './system.mjs';
import { times } from './times.mjs';

/** In what a split differs from its original, apart from what it does. */
function differences(tally, original, split, base, seen, report) {
  const problems = configDifferences(original, split);
  const had = new Set([...systemOf(original).missing, ...systemOf(base).missing]);
  const { missing, compilers: all } = systemOf(split);
  // What the author or the container asks for stays, and the split says so.
  const kept = new Set(report.kept.map((one) => one.what));
  const compilers = all.filter((path) => !kept.has(path.slice(path.lastIndexOf('/') + 1)));
  for (const one of missing) if (!had.has(one)) problems.push(`library: ${one}`);
  if (compilers.length > 0) problems.push(`compilers: ${compilers.join(' ')}`);
  const left = report.leftBehind.map((one) => one.what);
  const copied = report.copies.map((one) => one.target);
  const files = fileDifferences(seen, split, left, copied);
  tally.compared += files.compared;
  return [...problems, ...files.differences];
}

/** Says how a pair came out. */
function judged(tally, title, problems, [original, split], answered) {
  if (problems.length === 0) tally.passed++;
  for (const one of problems) tally.failures.push(`${title}: ${one}`);
  console.log(
    `${problems.length === 0 ? 'ok    ' : 'FAILED'} ${title}: ${sizeMB(original)} → ${sizeMB(split)} MB, ${answered}`,
  );
}

/** False where the original cannot be built here, which is noted. */
function builds(tally, name, image, file, context) {
  try {
    build(image, file, context);
    return true;
  } catch (error) {
    tally.isNotBuilt(`${name}: ${error.message}`);
    return false;
  }
}

/** An application of the folder `context`; `all`: with every tier that is offered. */
export function application(lab, name, context, all) {
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const splits = splitsOf(join(context, 'Dockerfile'), context, all);
  const run = (tally) => {
    const original = `stages-${name}-original`;
    if (!builds(tally, name, original, lab.prepared(name, text), context)) return;
    const seen = lab.calibrate(tally, name, original, text, context);
    const first = answer(original);
    if (/^(exit [^0]|no answer)/.test(first)) throw new Error(`the original does not run: ${first}`);
    if (splits.length === 0) throw new Error('no split');
    for (const [at, { how, report }] of splits.entries()) {
      const split = `stages-${name}-split${at === 0 ? '' : at}`;
      const base = lab.baseOf(report.text);
      build(split, lab.prepared(`${name}-split${at}`, report.text), context);
      const second = answer(split);
      const problems = differences(tally, original, split, base, seen, report);
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
      judged(tally, how === '' ? name : `${name} (${how})`, problems, [original, split], first);
    }
  };
  return { name, context, text, reports: splits.map(({ report }) => report), run };
}

/** Nothing but how long the builds of an application take: the split as it is with the context read. */
export function timesOf(lab, name, context) {
  const text = readFileSync(join(context, 'Dockerfile'), 'utf8');
  const report = splitsOf(join(context, 'Dockerfile'), context, false).at(-1)?.report;
  const run = (tally) => {
    if (report === undefined) throw new Error('no split');
    const files = [text, report.text].map((one, at) => lab.prepared(`${name}-times${at}`, one));
    const timing = times(name, ...files, context);
    tally.rows.push({ name, timing });
    tally.passed++;
    const [original, split] = timing;
    console.log(`${name}: cold ${original.cold} / ${split.cold} s, warm ${original.warm} / ${split.warm} s`);
  };
  return { name: `${name} (times)`, context, text, reports: report === undefined ? [] : [report], run };
}

/** A fixture with the least context: both images are built, hold the same and start alike. */
export function fixture(lab, one) {
  const text = withVersionsHere(one.text, isThere);
  if (text === undefined)
    return { name: one.name, run: (tally) => tally.isNotBuilt(`${one.name}: its base image is not there`) };
  const scripted = scriptOfExcerpt(one);
  if (scripted !== undefined) {
    const why = `its lock file is an excerpt, with which ${scripted} downloads nothing when it is installed`;
    return { name: one.name, run: (tally) => tally.isNotBuilt(`${one.name}: ${why}`) };
  }
  const id = one.name.replace('/', '-');
  const context = join(lab.folder, 'context', id);
  mkdirSync(context, { recursive: true });
  const sources = lab.engine
    .parseDockerfile(text)
    .instructions.flatMap((copy) =>
      (copy.kind === 'copy' || copy.kind === 'add') && copy.from === undefined ? copy.sources : [],
    );
  fillContext(
    context,
    one,
    sources.map((source) => source.raw),
  );
  const file = lab.prepared(id, text);
  // What a fixture says of its files is true of the split only when they are read, as its own is made.
  const report = splitOf(file, existsSync(one.own) ? context : undefined);
  const run = (tally) => {
    const [original, split] = [`stages-fixture-${id}`, `stages-fixture-${id}-split`];
    if (!builds(tally, one.name, original, file, context)) return;
    const seen = lab.calibrate(tally, one.name, original, text, context);
    if (report.status !== 'split') {
      tally.isNotBuilt(`${one.name}: ${report.status} with what is there`);
      return;
    }
    build(split, lab.prepared(`${id}-split`, report.text), context);
    const problems = differences(tally, original, split, lab.baseOf(report.text), seen, report);
    const [first, second] = starts(original, split);
    if (first !== second) problems.push(`start: ${first} / ${second}`);
    tally.built++;
    judged(tally, one.name, problems, [original, split], first);
  };
  return { name: one.name, context, text, reports: [report], run };
}
