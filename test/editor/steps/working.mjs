/** While somebody works: text that changes under an action, a file that is renamed, a diff, everything by keyboard. */
import { renameSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const steps = {
  'a split that waits while the text changes is not applied': async ({ page, workbench, host, files, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('Dockerfile Stages: Preview Split');
    const diff = page.locator('.monaco-diff-editor').first();
    await diff.waitFor();
    host.put('shop/Dockerfile', `# changed meanwhile\n${files['shop/Dockerfile']}`);
    await until(async () => /changed\smeanwhile/.test(await diff.innerText()), 'the changed original');
    await workbench.command('Dockerfile Stages: Apply This Split');
    await workbench.toast('has changed since the preview').waitFor();
    await shot('changed-meanwhile');
    await workbench.command('View: Close Editor');
    await workbench.open('shop/Dockerfile');
    expect(!/AS runtime/.test(await workbench.text()), 'nothing was applied');
    host.put('shop/Dockerfile', files['shop/Dockerfile']);
    await until(async () => !/changed\smeanwhile/.test(await workbench.text()), 'put back');
  },

  'a file becomes ours when it is renamed, and is none when it is renamed back': async ({ workbench, host, files }) => {
    host.put('renamed/api.txt', files['notes/Dockerfile']);
    await workbench.open('renamed/api.txt');
    expect((await workbench.squiggles().count()) === 0, 'squiggles in a text file');
    renameSync(join(host.folder, 'renamed/api.txt'), join(host.folder, 'renamed/api.Dockerfile'));
    await workbench.open('renamed/api.Dockerfile');
    await workbench.squiggles().first().waitFor();
    renameSync(join(host.folder, 'renamed/api.Dockerfile'), join(host.folder, 'renamed/back.txt'));
    await workbench.open('renamed/back.txt');
    await until(async () => (await workbench.squiggles().count()) === 0, 'no squiggle');
    // The names that are gone would stay as tabs.
    await workbench.command('View: Close All Editors');
  },

  'a diff view is quiet on the side that cannot be edited': async ({ page, workbench }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('File: Compare Active File with Saved');
    await page.locator('.monaco-diff-editor').first().waitFor();
    await page.waitForTimeout(1500);
    const original = page.locator('.monaco-diff-editor .editor.original');
    expect((await original.locator('.squiggly-warning').count()) === 0, 'squiggles on the saved side');
    expect((await original.locator('.codelens-decoration').count()) === 0, 'lenses on the saved side');
    await workbench.command('View: Close Editor');
  },

  'a disabled action tells its reason': async ({ page, workbench, shot }) => {
    await workbench.open('refused/Dockerfile');
    const row = page.locator('.action-widget .monaco-list-row', { hasText: 'Split into builder' }).first();
    await until(async () => {
      await workbench.reset();
      await workbench.focusEditor();
      await workbench.goto(1, 3);
      await workbench.command('Refactor...');
      await row.waitFor({ timeout: 4000 });
      return true;
    }, 'the action in the menu');
    expect(/option-disabled/.test(await row.getAttribute('class')), 'the row cannot be chosen');
    await shot('disabled');
    await page.keyboard.press('Escape');
    // The menu keeps the reason to itself; whoever asks for the action by a key is told.
    await page.keyboard.press('Control+Alt+9');
    const message = page.locator('.monaco-editor-overlaymessage .message').first();
    await message.waitFor();
    const told = await message.innerText();
    expect(/may read and write anything/.test(told), `told: ${told}`);
    await shot('disabled-reason');
  },

  'every action by keyboard: diagnostics, fix, undo': async ({ page, workbench, revert }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.focusEditor();
    await workbench.goto(1);
    await page.keyboard.press('F8');
    await page.locator('.peekview-widget, .marker-widget').first().waitFor();
    await page.keyboard.press('Escape');
    const titles = await workbench.quickFixes();
    expect(
      titles.some((title) => title.startsWith('Split into builder')),
      `offered: ${titles.join(', ')}`,
    );
    await workbench.apply('Split into builder');
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split');
    await page.keyboard.press('Control+z');
    await until(async () => !/AS runtime/.test(await workbench.text()), 'undone');
    await revert();
  },

  'every action by keyboard: preview, its reasons, apply, the summary': async ({ page, workbench, revert }) => {
    await workbench.open('notes/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.command('View: Focus Active Editor Group', 'keyboard');
    await workbench.command('Dockerfile Stages: Preview Split', 'keyboard');
    await page.locator('.monaco-diff-editor').first().waitFor();
    await until(async () => /the installed packages/.test(await workbench.reasons()), 'the reasons');
    // What is copied from the builder, line 12 of the result, says why in a hover.
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until(async () => {
      await page.keyboard.press('Escape');
      await workbench.goto(12, 3);
      await page.keyboard.press('Control+k');
      await page.keyboard.press('Control+i');
      return /the installed packages/.test(await hover.innerText({ timeout: 4000 }));
    }, 'the reason in a hover');
    await page.keyboard.press('Escape');
    await workbench.command('Dockerfile Stages: Apply This Split', 'keyboard');
    await workbench.toast('Left behind').waitFor();
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split in the editor');
    await page.locator('.monaco-diff-editor').first().waitFor({ state: 'detached' });
    // The focus is in the document: the next key is its.
    await page.keyboard.press('Control+z');
    await until(async () => !/AS runtime/.test(await workbench.text()), 'undone');
    await revert();
  },
};
