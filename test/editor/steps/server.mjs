/** The language server behind the editor. */
import { until } from '../lib/workbench.mjs';

export const steps = {
  'settings are read live': async ({ workbench, host }) => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    host.put('.vscode/settings.json', '{ "dockerfileStages.enable": false }\n');
    await until(async () => (await workbench.squiggles().count()) === 0, 'no squiggle');
    host.put('.vscode/settings.json', '{}\n');
    await workbench.squiggles().first().waitFor();
  },

  'the server comes back when it is killed': async ({ page, workbench, host, revert }) => {
    await workbench.open('notes/Dockerfile');
    for (const id of host.processes(/dist\/server\.js/)) process.kill(id, 'SIGKILL');
    await page.waitForTimeout(2500);
    await workbench.focusEditor();
    await page.keyboard.press('Control+End');
    await page.keyboard.type('\n# typed after the server died\n');
    await workbench.goto(1);
    await until(async () => (await workbench.squiggles().count()) > 0, 'squiggles after the restart');
    await revert();
  },
};
