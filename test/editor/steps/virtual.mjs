/** A virtual workspace: no file of it is on a disk, everything is read through the editor. */
import { packFileSystem, scheme } from '../lib/fileSystem.mjs';
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

const shop = `${scheme}:/shop`;

export const host = {
  start: `${shop}/api/Dockerfile`,
  folders: [{ uri: shop, name: 'shop' }],
  files: {},
  beside: () => [
    packFileSystem({
      '/shop/compose.yaml': 'services:\n  api:\n    build: api\n',
      '/shop/api/Dockerfile': files['shop/Dockerfile'],
      '/shop/api/requirements.txt': files['shop/requirements.txt'],
      '/shop/api/shop.py': files['shop/shop.py'],
    }),
  ],
};

export const steps = {
  'in a virtual workspace the build context is found and read': async ({ workbench, shot }) => {
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const said = await workbench.said();
    expect(/Can be split/.test(said), `said: ${said}`);
    expect(/Build context: \S*api \(compose\.yaml, service api\)/.test(said), `said: ${said}`);
    await shot('virtual');
  },

  'in a virtual workspace all Dockerfiles are checked': async ({ page, workbench }) => {
    await workbench.command('Dockerfile Stages: Check All Dockerfiles in the Workspace');
    await page.locator('.pane-body [role="treeitem"]', { hasText: 'api/Dockerfile' }).first().waitFor();
  },

  'in a virtual workspace a split is applied and saved': async ({ page, workbench }) => {
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Split This Dockerfile');
    await workbench.toast('Left behind').waitFor();
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split');
    await workbench.save();
    await until(async () => (await workbench.squiggles().count()) === 0, 'nothing left to say');
    await workbench.command('View: Close Editor');
    await page.locator('.editor-group-container.active .tab').first().waitFor({ state: 'detached' });
  },
};
