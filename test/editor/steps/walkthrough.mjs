/** The walkthrough: its pictures, its buttons, and that a step is done when it was tried. */
import { until } from '../lib/workbench.mjs';

export const steps = {
  'the walkthrough shows its steps and notices what was done': async ({ page, workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('Welcome: Open Walkthrough...');
    await page.locator('.quick-input-list .monaco-list-row', { hasText: 'Dockerfile Stages' }).first().click();
    const step = (words) => page.locator('.gettingStartedContainer .getting-started-step', { hasText: words }).first();
    await step('Preview the split').click();
    const picture = page.locator('.gettingStartedContainer .getting-started-media img').first();
    await until(() => picture.evaluate((image) => image.naturalWidth > 0), 'the picture');
    // No Dockerfile is in front: the command says so.
    await step('Preview the split').locator('.monaco-button').first().click();
    await workbench.toast('Open a Dockerfile first').waitFor();
    await until(
      async () =>
        (await step('Preview the split').locator('.codicon-getting-started-step-checked.complete').count()) > 0,
      'the step that was tried is done',
    );
    await page.waitForTimeout(500);
    await shot('walkthrough');
    await workbench.command('View: Close Editor');
  },
};
