/** The build context: shown, chosen, watched; and the check of the whole workspace. */
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

const dockerfile = files['shop/Dockerfile'];

/** A workbench of its own: other steps would see the additional files. */
export const host = {
  start: 'services/api/Dockerfile',
  files: {
    'compose.yaml':
      'services:\n  api:\n    build:\n      context: services/api\n  sync:\n    build: services/sync\n    command: git pull\n',
    'services/api/Dockerfile': dockerfile,
    'services/api/requirements.txt': files['shop/requirements.txt'],
    'services/api/shop.py': files['shop/shop.py'],
    'services/sync/Dockerfile': dockerfile.replace('libpq-dev \\\n', 'libpq-dev \\\n      git \\\n'),
    'services/sync/requirements.txt': files['shop/requirements.txt'],
    'services/sync/shop.py': files['shop/shop.py'],
    'notes/Dockerfile': files['notes/Dockerfile'],
    'notes/requirements.txt': files['notes/requirements.txt'],
    'notes/notes.py': files['notes/notes.py'],
    'quiet/Dockerfile': files['quiet/Dockerfile'],
    'generated/Dockerfile': dockerfile,
    '.gitignore': 'generated\n',
  },
};

/** The language status with its lines, opened. */
async function status(page, workbench, text) {
  await workbench.focusEditor();
  const item = page.locator('.statusbar-item[id*="status.languageStatus"]').first();
  const hover = page.locator('.hover-language-status', { hasText: text }).first();
  for (let tries = 0; ; tries++) {
    await page.mouse.move(700, 5);
    await item.hover({ force: true });
    try {
      await hover.waitFor({ timeout: 4000 });
      return hover;
    } catch (error) {
      if (tries === 4) throw error;
    }
  }
}

export const steps = {
  'the status item names the build context and who named it': async ({ page, workbench, shot }) => {
    await workbench.open('services/api/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const line = await status(page, workbench, 'Build context:');
    const said = await line.innerText();
    expect(/services\/api/.test(said) && /compose\.yaml, service api/.test(said), `said: ${said}`);
    await shot('context');
  },

  'a build context is chosen from a list and can be found again': async ({ page, workbench, shot, onDisk }) => {
    await workbench.open('services/api/Dockerfile');
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Choose Build Context');
    const row = (text) => page.locator('.quick-input-list .monaco-list-row', { hasText: text }).first();
    await row('Workspace folder').waitFor();
    await shot('choose-context');
    await row('Workspace folder').click();
    await status(page, workbench, 'a setting');
    expect(/"services\/api\/Dockerfile": "\."/.test(onDisk('.vscode/settings.json')), 'the setting');
    await workbench.reset();
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Choose Build Context');
    await row('Find it').click();
    await status(page, workbench, 'compose.yaml');
  },

  'a file of the context that changes on disk changes what is said': async ({ workbench, host, files }) => {
    const split = async (wanted) => {
      const is = async () => /Can be split/.test(await workbench.explained('services/api/Dockerfile')) === wanted;
      await until(is, `split: ${wanted}`, 30_000);
    };
    await split(true);
    const squiggles = await workbench.squiggles().count();
    // Nothing that remains is compiled.
    host.put('services/api/requirements.txt', 'Flask==3.0.3\ngunicorn==23.0.0\n');
    await split(false);
    await until(async () => (await workbench.squiggles().count()) !== squiggles, 'other diagnostics');
    host.put('services/api/requirements.txt', files['services/api/requirements.txt']);
    await split(true);
    await until(async () => (await workbench.squiggles().count()) === squiggles, 'the diagnostics of before');
  },

  'what a command of a compose file runs is kept, and the file is named': async ({ workbench, shot }) => {
    await workbench.open('services/sync/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Preview Split');
    const reason = /kept: compose\.yaml \(service sync\) names it/;
    await until(async () => reason.test(await workbench.reasons()), 'the reason beside git');
    await workbench.away();
    await shot('kept');
    await workbench.command('View: Close Editor');
  },

  'all Dockerfiles of the workspace are checked and listed': async ({ page, workbench, shot }) => {
    await workbench.command('Dockerfile Stages: Check All Dockerfiles in the Workspace');
    const rows = page.locator('.pane-body [role="treeitem"]');
    await rows.filter({ hasText: 'notes/Dockerfile' }).first().waitFor();
    await rows.filter({ hasText: 'services/api/Dockerfile' }).first().waitFor();
    expect((await rows.filter({ hasText: 'generated/Dockerfile' }).count()) === 0, 'what is ignored is not listed');
    await page.waitForTimeout(500);
    await shot('findings');
    await rows.filter({ hasText: 'line ' }).first().click();
    await page.locator('.editor-group-container.active .tab.active', { hasText: 'Dockerfile' }).waitFor();
  },
};
