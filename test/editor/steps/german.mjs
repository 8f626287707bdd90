/** German as the display language: commands, diagnostics, lenses and what the client says. */
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const host = { files, language: 'de' };

export const steps = {
  'in German: a diagnostic, a lens, a quick fix': async ({ workbench, shot, lineOf }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor({ timeout: 60_000 });
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'wird nur zum Bauen gebraucht' }).first().waitFor();
    await (await workbench.lens('aufteilen')).waitFor();
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'build-essential'), 10);
    const titles = await workbench.quickFixes();
    expect(
      titles.some((title) => /aufteilen/.test(title)),
      `offered: ${titles.join(', ')}`,
    );
    await shot('german');
    await workbench.reset();
    await workbench.command('View: Toggle Panel Visibility');
  },

  'in German: a command and what is said after it': async ({ workbench, revert, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.focusEditor();
    await workbench.command('Dockerfile Stages: Dieses Dockerfile aufteilen');
    await workbench.toast('Zurückgelassen').waitFor();
    await until(async () => /AS runtime/.test(await workbench.text()), 'the split');
    await shot('german-applied');
    await revert();
  },
};
