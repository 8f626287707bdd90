/** Splits as the command line makes them. */
import { spawnSync } from 'node:child_process';

const cli = new URL('../../dist/cli.js', import.meta.url).pathname;

/** The report of `split --format json`. Without `context`, as where nobody reads the files. */
export function splitOf(file, context, tier) {
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [
      cli,
      'split',
      file,
      '--format',
      'json',
      ...(context === undefined ? [] : ['--context', context]),
      ...(tier === undefined ? [] : ['--tier', tier]),
    ],
    { encoding: 'utf8' },
  );
  if (stdout === '') throw new Error(`split: ${stderr.trim().split('\n').at(-1)}`);
  return JSON.parse(stdout);
}

/** The different splits of a file: without and with its context; with `all`, of every tier that is offered. */
export function splitsOf(file, context, all) {
  const found = new Map();
  const add = (how, report) => {
    if (report.status === 'split' && !found.has(report.text)) found.set(report.text, { how, report });
  };
  for (const [how, where] of [
    ['', undefined],
    ['context', context],
  ]) {
    const report = splitOf(file, where);
    add(how, report);
    if (all)
      for (const { tier, offered } of report.tiers)
        if (offered) add([how, tier].filter((one) => one !== '').join(' '), splitOf(file, where, tier));
  }
  return [...found.values()];
}
