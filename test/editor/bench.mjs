/**
 * `npm run bench:editor`: package size and activation in the extension host of a real VS Code, beside two other
 * extensions for Dockerfiles. Prints a table; needs what `npm run test:editor` needs. The times are the editor's own
 * ("Developer: Startup Performance"): loading the code and calling `activate`, which keep the extension host busy and are
 * what "Show Running Extensions" calls activation; and what `activate` then waits for. Each is measured when a
 * Dockerfile is opened in an editor that runs, and when one is open while the editor starts.
 *
 * The marketplaces cannot be reached from everywhere, so the others are built here from npm: the Dockerfile Language
 * Server, which Container Tools, Docker and Docker DX bring, with a client of a few lines; and the checks of its author
 * alone, without a server. Those extensions themselves bring more than that, and are larger. One that does nothing shows
 * what the host takes for any.
 */
import { execFileSync } from 'node:child_process';
import { statSync } from 'node:fs';
import { setUp } from './setup.mjs';

const loads = 5;
/** Ours, in milliseconds (issue: activation under 50 ms) and bytes. */
const limits = { milliseconds: 50, bytes: 2 * 1024 * 1024 };
try {
  setUp();
} catch (error) {
  console.error(`The editor cannot be started: ${error.message.split('\n')[0]}.`);
  process.exit(1);
}
const { openSession, packaged, root } = await import('./lib/session.mjs');
const { packEmpty, packNeighbour } = await import('./lib/neighbour.mjs');
const { until } = await import('./lib/workbench.mjs');
execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'pipe' });

const server = packNeighbour({ publisher: 'stand-in', name: 'language-server' });
const checks = packNeighbour({ publisher: 'stand-in', name: 'checks', checks: true });
const empty = packEmpty();
const extensions = [
  { label: 'Dockerfile Stages', id: 'dockerfile-stages.dockerfile-stages', vsix: packaged() },
  { label: 'Dockerfile Language Server, a minimal client', id: 'stand-in.language-server', vsix: server },
  { label: 'its checks alone, no server', id: 'stand-in.checks', vsix: checks },
  { label: 'none: it does nothing', id: 'stand-in.empty', vsix: empty },
];
const [ours] = extensions;

const session = await openSession({ start: 'plain.txt', beside: () => [server, checks, empty] });
const { page, host, workbench } = session;

/** The editor's table of activations: by extension, the milliseconds of its three parts. */
async function activations() {
  await workbench.command('Developer: Startup Performance');
  const rows = new Map();
  // The table is longer than the window, and what is out of sight has no line in the page.
  for (let line = 30; line < 110; line += 15) {
    await workbench.goto(line);
    for (const row of (await workbench.text()).split('\n')) {
      const [, id, , load, call, finish] = row.split('|').map((cell) => cell.trim());
      if (Number.isInteger(Number.parseInt(load, 10))) rows.set(id, [load, call, finish].map(Number));
    }
  }
  await workbench.command('View: Close Editor');
  return rows;
}

const all = async () => {
  const rows = await activations();
  return extensions.every(({ id }) => rows.has(id)) ? extensions.map(({ id }) => rows.get(id)) : undefined;
};

/** Of each extension: of each load, the three parts. */
const measured = { running: [], starting: [] };
let atStart;
try {
  for (let load = 0; load < loads; load++) {
    // A page that is loaded anew has an extension host of its own.
    await page.goto(host.url('plain.txt'));
    await workbench.ready();
    await workbench.settled();
    atStart ||= (await activations()).has(ours.id);
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    measured.running.push(await until(all, 'the activation of all', 60_000));
    await workbench.command('View: Close All Editors');

    await page.goto(host.url('shop/Dockerfile'));
    await workbench.ready();
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    measured.starting.push(await until(all, 'the activation of all', 60_000));
    await workbench.command('View: Close All Editors');
  }
} finally {
  await session.stop();
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
const busy = ([load, call]) => load + call;
const titles = { running: 'opened in an editor that runs', starting: 'open while the editor starts' };
for (const [when, runs] of Object.entries(measured)) {
  console.log(`A Dockerfile is ${titles[when]}; medians of ${loads}, in ms:\n`);
  console.log(
    '| extension | .vsix | load code | call activate | activation: both | fastest | slowest | then awaited |',
  );
  console.log('|---|---|---|---|---|---|---|---|');
  extensions.forEach(({ label, vsix }, index) => {
    const own = runs.map((run) => run[index]);
    const both = own.map(busy);
    const part = (number) => median(own.map((parts) => parts[number]));
    const size = `${Math.round(statSync(vsix).size / 1024)} KB`;
    const cells = [label, size, part(0), part(1), median(both), Math.min(...both), Math.max(...both), part(2)];
    console.log(`| ${cells.join(' | ')} |`);
  });
  console.log('');
}
console.log(`With no Dockerfile open it ${atStart ? 'IS ACTIVATED' : 'is not activated'}.`);
const slowest = Math.max(...Object.values(measured).map((runs) => median(runs.map(([parts]) => busy(parts)))));
const kept = slowest < limits.milliseconds && statSync(ours.vsix).size < limits.bytes && !atStart;
console.log(`Below ${limits.milliseconds} ms and 2 MB, nothing at the start: ${kept ? 'yes' : 'no'}.`);
process.exitCode = kept ? 0 : 1;
