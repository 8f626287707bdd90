/** What is said of a file: squiggles, problems, hovers, and nothing where nothing is gained. */
import { expect } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const steps = {
  'squiggles stand on the words': async ({ workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const words = await until(async () => (await workbench.squiggles().count()) >= 2, 'two squiggles');
    expect(words, 'squiggles');
    await shot('squiggles');
  },

  'the Problems panel lists them with their codes': async ({ workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'build-package' }).first().waitFor();
    await shot('problems');
    await workbench.command('View: Toggle Panel Visibility');
  },

  'the hover explains what the stages gain': async ({ page, workbench, shot, lineOf }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'FROM '), 2);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until(async () => /smaller/i.test(await hover.innerText()), 'the gain in the hover');
    // It fades in.
    await page.waitForTimeout(800);
    await shot('hover');
  },

  'the status item says what was found': async ({ page, workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.focusEditor();
    const item = page.locator('.statusbar-item[id*="status.languageStatus"]').first();
    await item.hover({ force: true });
    const line = (words) => page.locator('.hover-language-status', { hasText: words }).first();
    await line('Can be split').waitFor();
    await line(/Facts of \d{4}/).waitFor();
    await shot('status');
  },

  'nothing is said where nothing is gained, in conflicts, in other files': async ({ page, workbench }) => {
    for (const name of ['quiet/Dockerfile', 'conflict/Dockerfile', 'plain.txt']) {
      await workbench.open(name);
      await page.waitForTimeout(1200);
      expect((await workbench.squiggles().count()) === 0, `squiggles in ${name}`);
    }
  },

  'a file that is renamed to api.Dockerfile is one of ours': async ({ workbench, host, files }) => {
    host.put('api.Dockerfile', files['notes/Dockerfile']);
    await workbench.open('api.Dockerfile');
    await workbench.squiggles().first().waitFor();
  },
};
