/** Snippets. */
import { until } from '../lib/workbench.mjs';

export const steps = {
  'a snippet is offered and inserted with its tab stops': async ({ page, workbench, host, shot, revert }) => {
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
  },
};
