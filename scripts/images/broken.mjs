/** What a split would have broken: one by hand where none is offered, one whose assumption is false. */
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

/**
 * No split is offered; the one somebody could have written is built, and differs. `prepared` writes a Dockerfile,
 * `calibrate` compares the simulation with the image.
 */
export function refused(name, context, { prepared, calibrate }) {
  const report = splitOf(join(context, 'Dockerfile'));
  const [right, wrong] = ['original', 'wrong'].map((variant) => {
    const image = `stages-${name}-${variant}`;
    const text = readFileSync(join(context, variant === 'wrong' ? 'wrong.Dockerfile' : 'Dockerfile'), 'utf8');
    build(image, prepared(`${name}-${variant}`, text), context);
    if (variant === 'original') calibrate(name, image, text, context);
    return answerOf(image);
  });
  const why = report.reasons.map((one) => `${one.message} [${one.code}]`)[0] ?? report.status;
  return {
    ok: report.status !== 'split' && works(right) && right !== wrong,
    what: `${name}: ${report.status === 'split' ? 'a split is offered' : `not split (${why})`}; ${right}; a split by hand answers: ${last(wrong)}`,
    row: { name, refused: why, answer: right, wrong: last(wrong) },
  };
}

/**
 * Without its context the file is split under an assumption, which is false here: that image differs. With the context
 * it is split otherwise and answers as the original does, or not at all.
 */
export function assumed(name, context, { prepared, calibrate }) {
  const file = join(context, 'Dockerfile');
  const text = readFileSync(file, 'utf8');
  const made = (variant, content) => {
    const image = `stages-${name}-${variant}`;
    build(image, prepared(`${name}-${variant}`, content), context);
    return image;
  };
  const original = made('original', text);
  calibrate(name, original, text, context);
  const right = answerOf(original);
  const [unread, read] = [splitOf(file), splitOf(file, context)];
  const wrong = unread.status === 'split' ? answerOf(made('unread', unread.text)) : 'not split';
  const told = read.status === 'split' ? answerOf(made('read', read.text)) : 'not split';
  const kind = unread.assumptions.map((one) => one.kind).join(', ');
  const ok = works(right) && kind !== '' && wrong !== right && (told === right || told === 'not split');
  return {
    ok,
    what: `${name}: ${right}; assumed ${kind}: ${last(wrong)}; context read: ${told}`,
    row: { name, assumed: kind, answer: right, wrong: last(wrong), told: told === right ? 'the same' : told },
  };
}
