/** Snippets. */
import { expect } from '../lib/session.mjs';
import { until } from '../lib/workbench.mjs';

export const steps = {
  'a snippet is offered, inserted and filled in from tab stop to tab stop': async ({
    page,
    workbench,
    host,
    shot,
    onDisk,
  }) => {
    host.put('new/Dockerfile', '');
    await workbench.open('new/Dockerfile');
    await workbench.focusEditor();
    await page.keyboard.type('multistage-pip');
    await page.keyboard.press('Control+Space');
    const row = page.locator('.suggest-widget .monaco-list-row', { hasText: 'multistage-pip' }).first();
    await row.waitFor();
    await shot('snippet');
    await page.keyboard.press('Enter');
    await until(async () => /FROM python:3\.\d+ AS builder/.test(await workbench.text()), 'the snippet');
    // One after the other: the version, which stands twice, the user's number, the file, and the end.
    for (const typed of ['3.11', '20002', 'serve.py']) {
      await page.keyboard.type(typed);
      await until(async () => (await workbench.text()).includes(typed), `${typed} is typed`);
      await page.keyboard.press('Tab');
    }
    await page.keyboard.type(' # the end');
    await workbench.save();
    const text = onDisk('new/Dockerfile');
    for (const pattern of [
      /^FROM python:3\.11 AS builder$/m,
      /^FROM python:3\.11-slim AS runtime$/m,
      /--uid 20002 app$/m,
      /^CMD \["python", "serve\.py"\] # the end\s*$/m,
    ])
      expect(pattern.test(text), `${pattern} in:\n${text}`);
  },
};
