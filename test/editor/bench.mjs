/**
 * `npm run bench:editor`: package size and activation in the extension host of a real VS Code, beside two other
 * extensions for Dockerfiles. Prints a table; needs what `npm run test:editor` needs.
 *
 * The marketplaces cannot be reached from everywhere, so the others are built here from npm: the Dockerfile Language
 * Server, which Container Tools, Docker and Docker DX bring, with a client of a few lines; and the checks of its author
 * alone, without a server. Those extensions themselves bring more than that, and are larger.
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
const { packNeighbour } = await import('./lib/neighbour.mjs');
const { until } = await import('./lib/workbench.mjs');
execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'pipe' });

const server = packNeighbour({ publisher: 'stand-in', name: 'language-server' });
const checks = packNeighbour({ publisher: 'stand-in', name: 'checks', checks: true });
const extensions = [
  { label: 'Dockerfile Stages', id: 'dockerfile-stages', vsix: packaged(), times: [] },
  { label: 'Dockerfile Language Server, a minimal client', id: 'language-server', vsix: server, times: [] },
  { label: 'its checks alone, no server', id: 'checks', vsix: checks, times: [] },
];

const session = await openSession({ start: 'plain.txt', beside: () => [server, checks] });
const { page, host, workbench } = session;
const rows = page.locator('.runtime-extensions-editor .monaco-list-row, .runtime-extension');

/** What the editor says of the extensions that run: milliseconds of loading and of the call of `activate`. */
async function activations() {
  await workbench.command('Developer: Show Running Extensions');
  await rows.first().waitFor();
  const texts = await rows.allInnerTexts();
  return extensions.map(({ id }) => {
    const row = texts.find(
      (text) => text.toLowerCase().includes(id) || text.toLowerCase().includes(id.replace('-', ' ')),
    );
    return Number(/(\d+)\s*ms/.exec(row ?? '')?.[1]);
  });
}

let atStart;
try {
  atStart = (await activations())[0];
  for (let load = 0; load < loads; load++) {
    // A page that is loaded anew has an extension host of its own.
    await page.goto(host.url('shop/Dockerfile'));
    await workbench.ready();
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const measured = await until(async () => {
      const times = await activations();
      return times.every((time) => !Number.isNaN(time)) ? times : undefined;
    }, 'the activation of all');
    measured.forEach((time, index) => extensions[index].times.push(time));
    await workbench.command('View: Close All Editors');
  }
} finally {
  await session.stop();
}

const median = (numbers) => [...numbers].sort((a, b) => a - b)[Math.floor(numbers.length / 2)];
console.log(`| extension | .vsix | activation, median of ${loads} | fastest | slowest |\n|---|---|---|---|---|`);
for (const { label, vsix, times } of extensions)
  console.log(
    `| ${label} | ${Math.round(statSync(vsix).size / 1024)} KB | ${median(times)} ms | ${Math.min(...times)} ms | ${Math.max(...times)} ms |`,
  );
console.log(`\nWith no Dockerfile open it ${Number.isNaN(atStart) ? 'is not activated' : 'IS ACTIVATED'}.`);
const [ours] = extensions;
const kept =
  median(ours.times) < limits.milliseconds && statSync(ours.vsix).size < limits.bytes && Number.isNaN(atStart);
console.log(`Below ${limits.milliseconds} ms and 2 MB, nothing at the start: ${kept ? 'yes' : 'no'}.`);
process.exitCode = kept ? 0 : 1;
