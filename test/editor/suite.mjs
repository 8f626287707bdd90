/**
 * `npm run test:editor [-- --pictures] [-- NAME …]`: the packaged extension in a real VS Code, driven by a real
 * browser as a user does it. Needs Node.js 20 on Linux and Chromium; installs its own workbench into this folder once.
 * `--pictures` renews docs/pictures; `--if-possible` is content where the workbench cannot be installed,
 * and tries a failed step once more. One line a step, one summary line.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isSetUp, missing, setUp } from './setup.mjs';

const root = new URL('../..', import.meta.url).pathname;
const chosen = process.argv.slice(2).filter((word) => !word.startsWith('--'));
const pictures = process.argv.includes('--pictures');
/** Continuous integration runs on machines of any speed. */
const retry = process.argv.includes('--if-possible');
const lack = missing();
try {
  if (lack !== undefined && !isSetUp()) throw new Error(lack);
  setUp();
} catch (error) {
  console.log(`The editor was not started: ${error.message.split('\n')[0]}.\n\n0 passed, 0 failed`);
  process.exit(process.argv.includes('--if-possible') ? 0 : 1);
}
const { startBrowser, startHost } = await import('./lib/host.mjs');
const { until, Workbench } = await import('./lib/workbench.mjs');

execFileSync('npm', ['run', '--silent', 'package'], { cwd: root, stdio: 'pipe' });
const vsix = join(
  root,
  readdirSync(root).find((name) => name.endsWith('.vsix')),
);
const read = (path) => readFileSync(join(root, path), 'utf8');
const files = {
  'shop/Dockerfile': read('examples/python-slim/Dockerfile'),
  'shop/requirements.txt': read('examples/python-slim/requirements.txt'),
  'shop/shop.py': read('examples/python-slim/shop.py'),
  'notes/Dockerfile': read('examples/python-full/Dockerfile'),
  'notes/requirements.txt': read('examples/python-full/requirements.txt'),
  'notes/notes.py': read('examples/python-full/notes.py'),
  'refused/Dockerfile': read('examples/refused/Dockerfile'),
  'quiet/Dockerfile': read('examples/quiet/Dockerfile'),
  'stages/Dockerfile':
    'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM gcr.io/distroless/static-debian12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
  'conflict/Dockerfile':
    '<<<<<<< ours\nFROM python:3.12\n=======\nFROM python:3.13\n>>>>>>> theirs\nCMD ["python", "a.py"]\n',
  'plain.txt': read('examples/python-slim/Dockerfile'),
};
const shots = join(root, 'test/editor/shots');
mkdirSync(shots, { recursive: true });

const host = await startHost({ vsix, files });
const { page, stop } = await startBrowser();
page.setDefaultTimeout(15_000);
const workbench = new Workbench(page);
const shot = (name) => page.screenshot({ path: join(shots, `${name}.png`) });
const onDisk = (name) => readFileSync(join(host.folder, name), 'utf8');
const lineOf = (name, words) =>
  onDisk(name)
    .split('\n')
    .findIndex((line) => line.includes(words)) + 1;
let passed = 0;
let failed = 0;

async function step(name, run) {
  if (chosen.length > 0 && !chosen.some((words) => name.includes(words))) return;
  const started = Date.now();
  for (let tries = 1; ; tries++) {
    try {
      await workbench.reset().catch(() => undefined);
      await run();
      passed++;
      console.log(
        `ok     ${name} (${((Date.now() - started) / 1000).toFixed(1)} s${tries > 1 ? ', tried twice' : ''})`,
      );
      return;
    } catch (error) {
      await shot(`FAILED ${name.replaceAll(/\W+/g, '-')}`);
      if (tries === 1 && retry) continue;
      failed++;
      console.log(
        `FAILED ${name}: ${String(error.message ?? error)
          .split('\n')
          .slice(0, 4)
          .join(' | ')}`,
      );
      return;
    }
  }
}

function expect(condition, what) {
  if (!condition) throw new Error(what);
}

/** Puts the document back as it is on disk. */
async function revert() {
  await workbench.focusEditor();
  await workbench.command('File: Revert File');
  await page.waitForTimeout(300);
}

try {
  await page.goto(host.url('shop/Dockerfile'));
  await workbench.ready();

  await step('squiggles stand on the words', async () => {
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const words = await until(async () => (await workbench.squiggles().count()) >= 2, 'two squiggles');
    expect(words, 'squiggles');
    await shot('squiggles');
  });

  await step('the Problems panel lists them with their codes', async () => {
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'build-package' }).first().waitFor();
    await shot('problems');
    await workbench.command('View: Toggle Panel Visibility');
  });

  await step('the hover explains what the stages gain', async () => {
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'FROM '), 2);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until(async () => /smaller/i.test(await hover.innerText()), 'the gain in the hover');
    // It fades in.
    await page.waitForTimeout(800);
    await shot('hover');
  });

  await step('a lens on FROM says what the image ships', async () => {
    await (await workbench.lens('Split into builder and runtime')).waitFor();
    await shot('lens');
  });

  await step('the status item says what was found', async () => {
    await workbench.focusEditor();
    const item = page.locator('.statusbar-item[id*="status.languageStatus"]').first();
    await item.hover({ force: true });
    const hover = page.locator('.hover-language-status', { hasText: 'Can be split' }).first();
    await hover.waitFor();
    expect(/Facts of \d{4}/.test(await hover.innerText()), 'the age of the facts');
    await shot('status');
  });

  await step('the quick fix is applied, undone and redone', async () => {
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'build-essential'), lineOf('shop/Dockerfile', 'x') || 30);
    const titles = await workbench.quickFixes();
    expect(
      titles.some((title) => title.startsWith('Split into builder')),
      `offered: ${titles.join(', ')}`,
    );
    expect(
      titles.some((title) => title.startsWith('Ignore build-package')),
      `offered: ${titles.join(', ')}`,
    );
    await shot('actions');
    await workbench.apply('Split into builder');
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    await shot('split');
    await page.keyboard.press('Control+z');
    await until(async () => !/AS runtime/.test(await workbench.text()), 'undone');
    await page.keyboard.press('Control+Shift+z');
    await until(async () => /AS runtime/.test(await workbench.text()), 'redone');
    await workbench.save();
    expect(/AS builder/.test(onDisk('shop/Dockerfile')), 'saved');
    host.put('shop/Dockerfile', files['shop/Dockerfile']);
    await until(async () => !/AS runtime/.test(await workbench.text()), 'put back');
  });

  await step('the preview is a diff with reasons, and applies', async () => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('Dockerfile Stages: Preview Split');
    const diff = page.locator('.monaco-diff-editor').first();
    await Promise.race([
      diff.waitFor(),
      page.locator('.quick-input-list .monaco-list-row', { hasText: 'Split' }).first().waitFor(),
    ]);
    const choice = page.locator('.quick-input-list .monaco-list-row', { hasText: 'Split' }).first();
    if (await choice.isVisible()) await choice.click();
    await diff.waitFor();
    await until(async () => /left behind|installed packages|build/.test(await diff.innerText()), 'the reasons');
    await shot('preview');
    await workbench.command('Dockerfile Stages: Apply This Split');
    await workbench.toast('Left behind').waitFor();
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    await shot('applied');
    await revert();
  });

  await step('a refusal is shown with its reason', async () => {
    await workbench.open('refused/Dockerfile');
    await workbench.command('Dockerfile Stages: Explain What Was Found');
    await workbench.toast('No split is offered').waitFor();
    await workbench.reset();
    await workbench.focusEditor();
    await workbench.command('Refactor...');
    await page.locator('.action-widget').first().waitFor();
    await shot('refused');
  });

  await step('nothing is said where nothing is gained, in conflicts, in other files', async () => {
    for (const name of ['quiet/Dockerfile', 'conflict/Dockerfile', 'plain.txt']) {
      await workbench.open(name);
      await page.waitForTimeout(1200);
      expect((await workbench.squiggles().count()) === 0, `squiggles in ${name}`);
    }
  });

  await step('each stage of a finished file says what it is for', async () => {
    await workbench.open('stages/Dockerfile');
    await (await workbench.lens('left behind')).waitFor();
    await shot('stages');
  });

  await step('a file that is renamed to api.Dockerfile is one of ours', async () => {
    host.put('api.Dockerfile', files['notes/Dockerfile']);
    await workbench.open('api.Dockerfile');
    await workbench.squiggles().first().waitFor();
  });

  await step('a snippet is offered and inserted with its tab stops', async () => {
    host.put('new/Dockerfile', '');
    await workbench.open('new/Dockerfile');
    await workbench.focusEditor();
    await page.keyboard.type('builder');
    await page.keyboard.press('Control+Space');
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'builder' }).first();
    await row.waitFor();
    await shot('snippet');
    await page.keyboard.press('Enter');
    await until(async () => /FROM .* AS/i.test(await workbench.text()), 'the snippet');
    await revert();
  });

  await step('settings are read live', async () => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    host.put('.vscode/settings.json', '{ "dockerfileStages.enable": false }\n');
    await until(async () => (await workbench.squiggles().count()) === 0, 'no squiggle');
    host.put('.vscode/settings.json', '{}\n');
    await workbench.squiggles().first().waitFor();
  });

  await step('the server comes back when it is killed', async () => {
    await workbench.open('notes/Dockerfile');
    execFileSync('pkill', ['-9', '-f', `${host.folder.replace(/folder$/, 'extensions')}.*dist/server.js`]);
    await page.waitForTimeout(2500);
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n# typed after the server died\n');
    await workbench.goto(1);
    await until(async () => (await workbench.squiggles().count()) > 0, 'squiggles after the restart');
    await revert();
  });

  await step('a report of a wrong split is a document to read', async () => {
    await workbench.open('notes/Dockerfile');
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Report a Wrong Split');
    await until(async () => /A wrong split/.test(await workbench.text()), 'the report');
    await shot('report');
    await workbench.command('View: Revert and Close Editor');
  });
} finally {
  await stop();
  await host.stop();
}
if (pictures)
  for (const name of ['hover', 'split', 'refused', 'preview', 'lens'])
    execFileSync('cp', [join(shots, `${name}.png`), join(root, 'docs/pictures', `${name}.png`)]);
console.log(`\n${passed} passed, ${failed} failed`);
process.exitCode = failed === 0 && passed > 0 ? 0 : 1;
