/** The check of a large workspace, cancelled; the server answers as before. */
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

/** So many that the check takes longer than somebody needs to cancel it. */
const many = 3000;

export const host = {
  start: 'shop/Dockerfile',
  files: {
    ...files,
    ...Object.fromEntries(
      Array.from({ length: many }, (_, index) => [
        `many/${index}/Dockerfile`,
        `# image ${index}\n${files['shop/Dockerfile']}`,
      ]),
    ),
  },
};

export const steps = {
  'the check of the workspace shows how far it is, and is cancelled': async ({ page, workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    await workbench.command('Dockerfile Stages: Check All Dockerfiles in the Workspace');
    const toast = workbench.toast('Checking Dockerfiles');
    await until(async () => /many\/\d+\/Dockerfile/.test(await toast.innerText()), 'the file that is checked');
    await shot('checking');
    await toast.locator('.monaco-button', { hasText: 'Cancel' }).first().click();
    await toast.waitFor({ state: 'hidden' });
    // Nothing of a check that was not finished is listed; what is open is answered at once.
    expect((await page.locator('.pane-body [role="treeitem"]', { hasText: 'many/' }).count()) === 0, 'a list');
    expect(/Can be split/.test(await workbench.explained('shop/Dockerfile')), 'an answer');
  },
};
