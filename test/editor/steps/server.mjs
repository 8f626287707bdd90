/** The language server behind the editor. */
import { until } from '../lib/workbench.mjs';

/** The command line of ours. */
const server = /dockerfile-stages\S*\/dist\/server\.js/;

export const steps = {
  'settings are read live': async ({ workbench, host }) => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    host.put('.vscode/settings.json', '{ "dockerfileStages.enable": false }\n');
    await until(async () => (await workbench.squiggles().count()) === 0, 'no squiggle', 60_000);
    host.put('.vscode/settings.json', '{}\n');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
  },

  'the server comes back when it is killed, and when it is killed again': async ({ page, workbench, host, revert }) => {
    await workbench.open('notes/Dockerfile');
    for (const time of ['once', 'twice']) {
      const before = host.processes(server);
      for (const id of before) process.kill(id, 'SIGKILL');
      const another = () => host.processes(server).some((id) => !before.includes(id));
      await until(another, `another server after it was killed ${time}`, 60_000);
      // What is typed now is sent to the new one: it says that the base image weighs too much, and then that none does.
      await workbench.focusEditor();
      await workbench.goto(1);
      await page.keyboard.press('End');
      await page.keyboard.type('-nonsense');
      await until(async () => (await workbench.squiggles().count()) === 0, `it follows, killed ${time}`, 60_000);
      await revert();
      await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    }
  },
};
