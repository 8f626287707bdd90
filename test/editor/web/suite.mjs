/**
 * `npm run test:web`: the packaged extension in VS Code for the web, in a real browser: the language server is a web
 * worker, nothing runs in Node.js. Needs Chromium; installs its own workbench into this folder once.
 * `--if-possible` is content where that cannot be done. One line a step, one summary line.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSetUp, missing, setUp } from './setup.mjs';

const root = new URL('../../..', import.meta.url).pathname;
const lack = missing();
try {
  if (lack !== undefined && !isSetUp()) throw new Error(lack);
  setUp();
} catch (error) {
  console.log(`The editor was not started: ${error.message.split('\n')[0]}.\n\n0 passed, 0 failed`);
  process.exit(process.argv.includes('--if-possible') ? 0 : 1);
}
const { startBrowser, startHost } = await import('./host.mjs');
const { until, Workbench } = await import('../lib/workbench.mjs');

execFileSync('npm', ['run', '--silent', 'build'], { cwd: root, stdio: 'pipe' });
const read = (path) => readFileSync(join(root, path), 'utf8');
const shop = read('examples/python-slim/Dockerfile');
const files = {
  'shop/Dockerfile': shop,
  'shop/requirements.txt': read('examples/python-slim/requirements.txt'),
  'quiet/Dockerfile': read('examples/quiet/Dockerfile'),
  'plain.txt': shop,
};
const lineOf = (words) => shop.split('\n').findIndex((line) => line.includes(words)) + 1;
const shots = join(root, 'test/editor/shots');
mkdirSync(shots, { recursive: true });

const host = await startHost({ root, files });
const { page, stop } = await startBrowser();
page.setDefaultTimeout(15_000);
const workbench = new Workbench(page);
const messages = [];
page.on('console', (message) => message.type() === 'error' && messages.push(message.text()));
let passed = 0;
let failed = 0;

async function step(name, run) {
  const started = Date.now();
  try {
    await workbench.reset().catch(() => undefined);
    await run();
    passed++;
    console.log(`ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s)`);
  } catch (error) {
    failed++;
    await page.screenshot({ path: join(shots, `FAILED web ${name.replaceAll(/\W+/g, '-')}.png`) });
    const lines = [
      ...String(error.message ?? error)
        .split('\n')
        .slice(0, 4),
      ...messages.slice(-5),
    ];
    console.log(`FAILED ${name}: ${lines.join(' | ')}`);
  }
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

try {
  await page.goto(host.url('shop/Dockerfile'));
  await workbench.ready();

  await step('diagnostics with facts about packages and images', async () => {
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'build-package' }).first().waitFor();
    // What the packages weigh, only the facts know.
    await (await workbench.lens(/about \d+ MB/)).waitFor();
    await page.screenshot({ path: join(shots, 'web.png') });
    await workbench.command('View: Toggle Panel Visibility');
  });

  await step('a hover', async () => {
    await workbench.focusEditor();
    await workbench.goto(lineOf('FROM '), 2);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until(async () => /smaller/i.test(await hover.innerText()), 'the gain in the hover');
  });

  await step('the quick fix is applied and undone', async () => {
    await workbench.focusEditor();
    await workbench.goto(lineOf('build-essential'), 30);
    const titles = await workbench.quickFixes();
    expect(
      titles.some((title) => title.startsWith('Split into builder')),
      `offered: ${titles.join(', ')}`,
    );
    await workbench.apply('Split into builder');
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    await page.keyboard.press('Control+z');
    await until(async () => !/AS runtime/.test(await workbench.text()), 'undone');
  });

  await step('the preview is a diff', async () => {
    await workbench.command('Dockerfile Stages: Preview Split');
    await page.locator('.monaco-diff-editor').first().waitFor();
    await workbench.command('View: Close Editor');
  });

  await step('the server comes back on command', async () => {
    await workbench.command('Dockerfile Stages: Restart Language Server');
    await until(async () => (await workbench.squiggles().count()) > 0, 'squiggles of the new server');
  });

  await step('nothing is said where nothing is gained and in other files', async () => {
    await workbench.open('quiet/Dockerfile');
    // No file search of this host finds what was not open before.
    const plain = () => page.locator('.explorer-folders-view .monaco-list-row', { hasText: 'plain.txt' }).click();
    for (const [name, open] of [
      ['quiet/Dockerfile', () => undefined],
      ['plain.txt', plain],
    ]) {
      await open();
      await page.locator('.tab.active', { hasText: name.split('/').pop() }).waitFor();
      await page.waitForTimeout(1200);
      expect((await workbench.squiggles().count()) === 0, `squiggles in ${name}`);
    }
  });
} finally {
  await stop();
  host.stop();
}
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
