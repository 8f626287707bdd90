/** Outline, definition and renaming of stages, where no other extension has them. */
import { until } from '../lib/workbench.mjs';

export const steps = {
  'the outline is the stages': async ({ page, workbench, shot }) => {
    await workbench.open('stages/Dockerfile');
    await workbench.focusEditor();
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await until(async () => {
      await page.keyboard.press('Control+Shift+o');
      await page.waitForTimeout(700);
      if (/build.*stage 1/s.test((await rows.allInnerTexts()).join('\n'))) return true;
      await page.keyboard.press('Escape');
      return false;
    }, 'the stages');
    await shot('outline');
  },

  'a stage is found and renamed by keyboard': async ({ page, workbench, lineOf, revert }) => {
    await workbench.open('stages/Dockerfile');
    await workbench.focusEditor();
    const line = lineOf('stages/Dockerfile', '--from=build');
    await workbench.goto(line, 'COPY --from=bu'.length);
    // The status bar says where the cursor is a moment later: it must not be the first line of before.
    await page
      .locator('.statusbar-item', { hasText: `Ln ${line},` })
      .first()
      .waitFor();
    await page.keyboard.press('F12');
    await page.locator('.statusbar-item', { hasText: 'Ln 1,' }).first().waitFor();
    await page.keyboard.press('F2');
    const input = page.locator('.rename-box input').first();
    await input.waitFor();
    await input.fill('compile');
    await page.keyboard.press('Enter');
    await until(async () => /--from=compile/.test(await workbench.text()), 'the new name');
    await revert();
  },
};
