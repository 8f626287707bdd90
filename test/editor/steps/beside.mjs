/** Beside another Dockerfile extension (a stand-in under the id of Container Tools) nothing is shown twice. */
import { packNeighbour } from '../lib/neighbour.mjs';
import { expect, files } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const host = { files, start: 'stages/Dockerfile', beside: () => [packNeighbour()] };

export const steps = {
  'beside another extension the outline is its own alone': async ({ page, workbench, shot }) => {
    await workbench.open('stages/Dockerfile');
    // Our lenses and its symbols: both servers are there.
    await (await workbench.lens('left behind')).waitFor();
    await workbench.focusEditor();
    await page.keyboard.press('Control+Shift+o');
    const rows = page.locator('.quick-input-list .monaco-list-row');
    await until(async () => (await rows.count()) > 0, 'the symbols of the other extension');
    const names = await rows.allInnerTexts();
    expect(!names.some((name) => /^(build|stage 1)\b/.test(name.trim())), `symbols of ours: ${names.join(', ')}`);
    expect(names.filter((name) => /^FROM/.test(name.trim())).length <= 2, `twice: ${names.join(', ')}`);
    await shot('beside-outline');
  },

  'beside another extension no diagnostic is there twice': async ({ workbench, shot }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    const rows = await workbench.problems();
    await rows.filter({ hasText: 'build-package' }).first().waitFor();
    const texts = (await rows.allInnerTexts()).filter((text) => /Ln \d+/.test(text));
    expect(new Set(texts).size === texts.length, `twice: ${texts.join(' | ')}`);
    const places = texts.map((text) => /\[Ln .*\]/.exec(text)?.[0]);
    expect(new Set(places).size === places.length, `two on one place: ${texts.join(' | ')}`);
    await shot('beside-problems');
    await workbench.command('View: Toggle Panel Visibility');
  },

  'beside another extension a definition is found once': async ({ page, workbench, lineOf }) => {
    await workbench.open('stages/Dockerfile');
    await workbench.focusEditor();
    const line = lineOf('stages/Dockerfile', '--from=build');
    await workbench.goto(line, 'COPY --from=bu'.length);
    await page.keyboard.press('F12');
    // With two answers the editor would open a list instead of going there.
    await page.locator('.statusbar-item', { hasText: 'Ln 1,' }).first().waitFor();
    expect((await page.locator('.peekview-widget').count()) === 0, 'a list of definitions');
  },

  'beside another extension our hover says what it does not': async ({ page, workbench, lineOf }) => {
    await workbench.open('shop/Dockerfile');
    await workbench.squiggles().first().waitFor();
    await workbench.focusEditor();
    await workbench.goto(lineOf('shop/Dockerfile', 'FROM '), 2);
    await page.keyboard.press('Control+k');
    await page.keyboard.press('Control+i');
    const hover = page.locator('.monaco-hover:not(.hidden)').first();
    await until(async () => /Smaller image/.test(await hover.innerText()), 'our hover');
    expect((await hover.innerText()).split('Smaller image').length === 2, 'our hover once');
  },
};
