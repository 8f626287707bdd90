/** Markdown of what was built. */
import { availableParallelism } from 'node:os';

export const median = (list) => [...list].sort((a, b) => a - b)[Math.floor(list.length / 2)];
const cell = (text, length = 120) => text.slice(0, length).replaceAll('|', '/').replaceAll('<', '&lt;');

/** Splits: sizes and answers. */
export function splitTables(splits) {
  const out = [
    '| application | tier | original, MB | split, MB | beside the bases, MB | answer of both |',
    '|---|---|---:|---:|---:|---|',
    ...splits.map(
      (row) =>
        `| ${row.name}${row.how === '' ? '' : ` (${row.how})`} | ${row.tier} | ${row.before} | ${row.after} | ${row.beforeOwn} → ${row.own} | ${cell(row.answer)} |`,
    ),
    '',
  ];
  for (const tier of [...new Set(splits.map((row) => row.tier))].sort()) {
    const own = splits.filter((row) => row.tier === tier);
    const less = (before, after) => median(own.map((row) => Math.round(100 * (1 - row[after] / row[before]))));
    out.push(
      `Median of ${own.length} (${tier}): ${less('before', 'after')} % smaller as a whole; beside the base images ${median(own.map((row) => row.beforeOwn))} → ${median(own.map((row) => row.own))} MB.`,
      '',
    );
  }
  return out.join('\n').trimEnd();
}

/** Files without a split, and what one by hand would have broken. */
export function refusedTable(rows) {
  return [
    '| not split | why | the original answers | a split by hand answers |',
    '|---|---|---|---|',
    ...rows.map((row) => `| ${row.name} | ${row.refused} | ${row.answer} | ${cell(row.wrong)} |`),
  ].join('\n');
}

/** Files whose assumption is false. */
export function assumedTable(rows) {
  return [
    '| assumption that is false | kind | the original answers | the split under it answers | with the context read |',
    '|---|---|---|---|---|',
    ...rows.map((row) => `| ${row.name} | ${row.assumed} | ${row.answer} | ${cell(row.wrong)} | ${cell(row.told)} |`),
  ].join('\n');
}

/** How long builds take; `load` is the load average of the machine before. */
export function timesTable(rows, load) {
  const sum = (which) => rows.reduce((all, { timing }) => all + timing[which].cold, 0);
  const ratio = (kind) => median(rows.map(({ timing: [a, b] }) => b[kind] / a[kind])).toFixed(2);
  return [
    '| application | cold, s | cold split, s | ratio | warm, s | warm split, s |',
    '|---|---:|---:|---:|---:|---:|',
    ...rows.map(
      ({ name, timing: [a, b] }) =>
        `| ${name} | ${a.cold.toFixed(1)} | ${b.cold.toFixed(1)} | ${(b.cold / a.cold).toFixed(2)} | ${a.warm.toFixed(1)} | ${b.warm.toFixed(1)} |`,
    ),
    '',
    `Split / original: cold ${ratio('cold')} (median), ${(sum(1) / sum(0)).toFixed(2)} (all together); warm ${ratio('warm')} (median).`,
    `Load average of the machine before the builds: ${load.toFixed(1)} on ${availableParallelism()} processors.`,
  ].join('\n');
}
