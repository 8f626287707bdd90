/** High contrast: what is said can be told apart without colour. */
import { files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const host = { files, own: { 'workbench.colorTheme': 'Default High Contrast' } };

export const steps = {
  'in high contrast the lens, the squiggles and the reasons can be read': async ({ page, workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    await (await workbench.lens('Split into builder and runtime')).waitFor();
    await shot('contrast');
    await workbench.command('Dockerfile Stages: Preview Split');
    await page.locator('.monaco-diff-editor').first().waitFor();
    await until(async () => /left behind/.test(await workbench.reasons()), 'the reasons');
    await workbench.away();
    await shot('contrast-preview');
    await workbench.command('View: Close Editor');
  },
};
