/** Splits: the quick fix, the preview, a refusal, the report of a wrong one. */
import { expect } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const steps = {
  'the quick fix is applied, undone and redone': async ({ page, workbench, host, files, shot, onDisk, lineOf }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'build-essential'), lineOf('shop/Dockerfile', 'x') || 30);
    const titles = await workbench.quickFixes();
    expect(
      titles.some((title) => title.startsWith('Split into builder')),
      `offered: ${titles.join(', ')}`,
    );
    expect(
      titles.some((title) => title.startsWith('Ignore build-package')),
      `offered: ${titles.join(', ')}`,
    );
    await shot('actions');
    await workbench.apply('Split into builder');
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    // What the first line said before is taken back, too.
    await (await workbench.lens('base: ')).waitFor();
    await shot('split');
    await page.keyboard.press('Control+z');
    await until(async () => !/AS runtime/.test(await workbench.text()), 'undone');
    await page.keyboard.press('Control+Shift+z');
    await until(async () => /AS runtime/.test(await workbench.text()), 'redone');
    await workbench.save();
    expect(/AS builder/.test(onDisk('shop/Dockerfile')), 'saved');
    host.put('shop/Dockerfile', files['shop/Dockerfile']);
    await until(async () => !/AS runtime/.test(await workbench.text()), 'put back');
  },

  'the preview is a diff with reasons, and applies': async ({ page, workbench, shot, revert }) => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('Dockerfile Stages: Preview Split');
    await page.locator('.monaco-diff-editor').first().waitFor();
    const says = async () => /left behind: the full image/.test(await workbench.reasons());
    await until(says, 'the reason on the left');
    await until(async () => /the installed packages/.test(await workbench.reasons()), 'the reason on the right');
    // Without the side bar there is room for the reasons.
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await page.locator('.part.sidebar').waitFor({ state: 'hidden' });
    await workbench.away();
    await shot('preview');
    await workbench.command('View: Toggle Primary Side Bar Visibility');
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Apply This Split');
    await workbench.toast('Left behind').waitFor();
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    await shot('applied');
    await revert();
  },

  'a refusal is shown with its reason': async ({ page, workbench, shot }) => {
    await workbench.open('refused/Dockerfile');
    await workbench.command('Dockerfile Stages: Explain What Was Found');
    await workbench.toast('No split is offered').waitFor();
    // It slides in.
    await page.waitForTimeout(800);
    await shot('refused');
    await workbench.reset();
    await workbench.focusEditor();
    await workbench.command('Refactor...');
    await page.locator('.action-widget').first().waitFor();
  },

  'a report of a wrong split is a document to read': async ({ workbench, shot }) => {
    await workbench.open('notes/Dockerfile');
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Report a Wrong Split');
    await until(async () => /A wrong split/.test(await workbench.text()), 'the report');
    await shot('report');
    await workbench.command('View: Revert and Close Editor');
  },
};
