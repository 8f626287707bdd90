/** The walkthrough: its pictures, its buttons, and that a step is done when it was tried. */
import { until } from '../lib/workbench.mjs';

export const steps = {
  'the walkthrough shows its steps and notices what was done': async ({ page, workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('Welcome: Open Walkthrough...');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Dockerfile Stages' }).first().click();
    const step = (words) => page.locator('.gettingStartedContainer .getting-started-step', { hasText: words }).first();
    await step('Open a Dockerfile').waitFor();
    await until(
      async () =>
        (await step('Open a Dockerfile').locator('.codicon-getting-started-step-checked.complete').count()) > 0,
      'the first step done: a Dockerfile was opened',
    );
    await step('Preview the split').click();
    const picture = page.locator('.gettingStartedContainer .getting-started-media img').first();
    await until(() => picture.evaluate((image) => image.naturalWidth > 0), 'the picture');
    await page.waitForTimeout(500);
    await shot('walkthrough');
    await workbench.command('View: Close Editor');
  },
};
