/** Two folders opened together: each has its own settings and its own paths. */
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const host = {
  start: 'first/Dockerfile',
  folders: ['first', 'second'],
  files: {
    'first/Dockerfile': files['shop/Dockerfile'],
    'first/requirements.txt': files['shop/requirements.txt'],
    'first/shop.py': files['shop/shop.py'],
    'second/images/Dockerfile': files['notes/Dockerfile'],
    'second/src/requirements.txt': files['notes/requirements.txt'],
    'second/src/notes.py': files['notes/notes.py'],
    'second/.vscode/settings.json': '{ "dockerfileStages.context": "src" }\n',
  },
};

export const steps = {
  'of two folders each has its own settings': async ({ workbench, host }) => {
    const says = async (name, pattern) => {
      const said = await workbench.explained(name);
      expect(pattern.test(said), `${name}: ${said}`);
    };
    await workbench.open('first/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    await says('first/Dockerfile', /Build context: \S*first \(it holds/);
    await says('images/Dockerfile', /Build context: \S*second\/src \(a setting\)/);
    host.put('first/.vscode/settings.json', '{ "dockerfileStages.enable": false }\n');
    await workbench.open('first/Dockerfile');
    await until(async () => (await workbench.squiggles().count()) === 0, 'the first folder is quiet');
    await workbench.open('images/Dockerfile');
    await workbench.squiggles().first().waitFor();
    host.put('first/.vscode/settings.json', '{}\n');
    // The editor sees the file when it sees it.
    await workbench.open('first/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
  },

  'the Dockerfiles of both folders are checked together': async ({ page, workbench, shot }) => {
    await workbench.command('Dockerfile Stages: Check All Dockerfiles in the Workspace');
    const rows = page.locator('.pane-body [role="treeitem"]');
    for (const name of ['first/Dockerfile', 'second/images/Dockerfile'])
      await rows.filter({ hasText: name }).first().waitFor();
    await shot('several-folders');
  },
};
