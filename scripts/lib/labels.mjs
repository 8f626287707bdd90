// Compares what the engine makes of files with what careful readers said of a part of them.
import { readFileSync } from 'node:fs';

const VERDICT = {
  split: 'split',
  refused: 'refuse',
  'nothing-to-gain': 'quiet',
  'already-multi-stage': 'quiet',
  invalid: 'refuse',
};

/**
 * Prints one line a label, what must leave and is there, what must stay and is not, and the totals.
 * @param file labels.jsonl
 * @param results records of the corpus run, with `text` where a split is offered
 * @param look what the last image of a text holds: `(text) => { packages, env, has(path), runs(name), users }`
 */
export function compareLabels(file, results, look) {
  const counts = new Map();
  const byFile = new Map(results.map((one) => [one.file, one]));
  for (const line of readFileSync(file, 'utf8').trim().split('\n')) {
    const label = JSON.parse(line);
    const result = byFile.get(label.file);
    if (result === undefined) continue;
    const verdict = VERDICT[result.status];
    const row = counts.get(label.ecosystem) ?? {
      agree: 0,
      either: 0,
      wrongSplit: 0,
      missed: 0,
      other: 0,
      saidSplit: 0,
      isSplit: 0,
      leaveChecked: 0,
      leaveMissed: 0,
      stayChecked: 0,
      stayMissed: 0,
    };
    counts.set(label.ecosystem, row);
    const mark = judge(label, verdict, row);
    if (label.verdict === 'split') {
      row.saidSplit++;
      if (verdict === 'split') row.isSplit++;
    }
    const misses = [];
    if (result.text !== undefined) {
      const image = look(result.text);
      for (const name of label.mustLeave) {
        const there = isThere(name, image, result);
        if (there === undefined) continue;
        row.leaveChecked++;
        if (!there) continue;
        row.leaveMissed++;
        misses.push(`must leave, is in the runtime: ${name}`);
      }
      for (const thing of label.mustStay) {
        const there = isThere(thing, image, result);
        if (there === undefined) continue;
        row.stayChecked++;
        if (there) continue;
        row.stayMissed++;
        misses.push(`must stay, is not in the runtime: ${thing}`);
      }
    }
    console.log(
      `${mark.padEnd(12)} said ${label.verdict.padEnd(6)} is ${verdict.padEnd(6)} ${label.ecosystem.padEnd(7)} ${label.file}${misses.map((text) => `\n     ${text}`).join('')}`,
    );
  }
  for (const [name, row] of [...counts].sort()) console.log(name, JSON.stringify(row));
}

function judge(label, verdict, row) {
  if (verdict === label.verdict) {
    row.agree++;
    return 'ok';
  }
  if (label.either.includes(verdict)) {
    row.either++;
    return 'either';
  }
  if (verdict === 'split') {
    row.wrongSplit++;
    return 'WRONG SPLIT';
  }
  if (label.verdict === 'split') {
    row.missed++;
    return 'MISSED';
  }
  row.other++;
  return 'other';
}

/** Whether the last image has a thing of a label (`pkg:libpq5`, `path:/app`, `env:A=b`, a bare package name); `undefined`: not told by it. */
function isThere(thing, image, result) {
  const cut = thing.indexOf(':');
  const kind = cut < 0 ? (thing.startsWith('/') ? 'path' : 'pkg') : thing.slice(0, cut);
  const rest = cut < 0 ? thing : thing.slice(cut + 1);
  switch (kind) {
    case 'pkg':
      return rest.includes(' ') ? undefined : image.packages.has(rest);
    case 'path':
      return image.has(rest) || (result.tier === 'same' && image.inherited(rest));
    case 'env': {
      const [name, value] = rest.split(/=(.*)/s);
      const own = image.env.get(name);
      return own !== undefined && (value === undefined || value.includes('$') || own.startsWith('$') || own === value);
    }
    case 'exe':
      return image.runs(rest);
    case 'user':
      return image.users.has(rest);
    case 'base':
      return result.tier === 'same';
    default:
      return undefined;
  }
}
