/**
 * What a split would have broken: one by hand where none is offered, one whose assumption is false. Cases as in
 * pairs.mjs.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { answer } from './compare.mjs';
import { build } from './docker.mjs';
import { splitOf } from './split.mjs';

function answerOf(image) {
  try {
    return answer(image);
  } catch (error) {
    return `does not start: ${error.message}`;
  }
}

const works = (text) => !/^(exit [^0]|no answer|does not start)/.test(text);
const last = (text) => text.split('\n').at(-1);

function judged(tally, ok, what, row) {
  if (ok) tally.passed++;
  else tally.failures.push(what);
  tally.rows.push(row);
  console.log(`${ok ? 'ok    ' : 'FAILED'} ${what}`);
}

/** Builds one of the images of a case; returns its name. */
function made(lab, name, variant, text, context) {
  const image = `stages-${name}-${variant}`;
  build(image, lab.prepared(`${name}-${variant}`, text), context);
  return image;
}

/** No split is offered; the one somebody could have written is built, and differs. */
export function refused(lab, name, context) {
  const [text, byHand] = ['Dockerfile', 'wrong.Dockerfile'].map((file) => readFileSync(join(context, file), 'utf8'));
  const report = splitOf(join(context, 'Dockerfile'));
  const run = (tally) => {
    const original = made(lab, name, 'original', text, context);
    lab.calibrate(tally, name, original, text, context);
    const right = answerOf(original);
    const wrong = answerOf(made(lab, name, 'wrong', byHand, context));
    const why = report.reasons.map((one) => `${one.message} [${one.code}]`)[0] ?? report.status;
    judged(
      tally,
      report.status !== 'split' && works(right) && right !== wrong,
      `${name}: ${report.status === 'split' ? 'a split is offered' : `not split (${why})`}; ${right}; a split by hand answers: ${last(wrong)}`,
      { name, refused: why, answer: right, wrong: last(wrong) },
    );
  };
  return { name, context, text, reports: [report], run };
}

/**
 * Without its context the file is split under an assumption, which is false here: that image differs. With the context
 * it is split otherwise and answers as the original does, or not at all.
 */
export function assumed(lab, name, context) {
  const file = join(context, 'Dockerfile');
  const text = readFileSync(file, 'utf8');
  const [unread, read] = [splitOf(file), splitOf(file, context)];
  const run = (tally) => {
    const original = made(lab, name, 'original', text, context);
    lab.calibrate(tally, name, original, text, context);
    const right = answerOf(original);
    const [wrong, told] = [
      ['unread', unread],
      ['read', read],
    ].map(([variant, report]) =>
      report.status === 'split' ? answerOf(made(lab, name, variant, report.text, context)) : 'not split',
    );
    const kind = unread.assumptions.map((one) => one.kind).join(', ');
    judged(
      tally,
      works(right) && kind !== '' && wrong !== right && (told === right || told === 'not split'),
      `${name}: ${right}; assumed ${kind}: ${last(wrong)}; context read: ${told}`,
      { name, assumed: kind, answer: right, wrong: last(wrong), told: told === right ? 'the same' : told },
    );
  };
  return { name, context, text, reports: [unread, read], run };
}
