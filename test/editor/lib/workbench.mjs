/** What a user does with the workbench, by its DOM. Selectors of VS Code 1.100 (code-server 4.100). */
const wait = 20_000;

export class Workbench {
  constructor(page) {
    this.page = page;
  }

  async ready() {
    await this.page.locator('.monaco-workbench').waitFor({ timeout: 60_000 });
    await this.page.locator('.statusbar-item[id*="status.problems"]').first().waitFor({ timeout: 60_000 });
  }

  /** The extensions that start by themselves have: the editor has nothing left to do. */
  async settled() {
    await this.page.locator('.statusbar-item[id*="status.editor.mode"]').first().waitFor({ timeout: 60_000 });
    await this.page.evaluate(() => new Promise((resolve) => requestIdleCallback(resolve)));
  }

  get editor() {
    return this.page.locator('.editor-group-container.active .editor-instance .monaco-editor').first();
  }

  get input() {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  squiggles() {
    return this.page.locator('.editor-group-container.active .monaco-editor .squiggly-warning');
  }

  /** Visible lines of the active editor, top to bottom. */
  text() {
    return this.editor
      .locator('.view-lines')
      .first()
      .evaluate((element) =>
        [...element.querySelectorAll('.view-line')]
          .map((line) => [Number.parseFloat(line.style.top), line.textContent.replace(/\u00a0/g, ' ')])
          .sort((a, b) => a[0] - b[0])
          .map(([, text]) => text)
          .join('\n'),
      );
  }

  focusEditor() {
    return this.command('View: Focus Active Editor Group');
  }

  /** Writes into the palette. By its element: keys would go into a document that takes the focus just now. */
  async ask(text) {
    await this.input.evaluate((element, value) => {
      element.value = value;
      element.dispatchEvent(new Event('input', { bubbles: true }));
    }, text);
  }

  /** Opens the palette by a key. It can be lost while the workbench is busy: it is pressed again. */
  async palette(key) {
    for (let tries = 0; ; tries++) {
      await this.page.keyboard.press(key);
      try {
        await this.input.waitFor({ timeout: 3000 });
        return;
      } catch (error) {
        if (tries === 6) throw error;
      }
    }
  }

  /** Clicks a row of the palette. When the list is drawn anew under it the click is lost: the row is still there, and clicked again. */
  async take(row) {
    for (let tries = 0; ; tries++) {
      // By the second time the palette may be closing.
      await (tries === 0 ? row.click() : row.click({ timeout: 1000 }).catch(() => undefined));
      try {
        await row.waitFor({ state: 'hidden', timeout: 5000 });
        return;
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  async goto(line, column = 1) {
    await this.palette('Control+g');
    // A palette that opens just now may empty its field once more.
    for (let tries = 0; ; tries++) {
      await this.ask(`:${line}:${column}`);
      await this.page.keyboard.press('Enter');
      try {
        await this.input.waitFor({ state: 'hidden', timeout: 3000 });
        return;
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  /** Calls a command; `by`: how its row in the palette is taken. */
  async command(title, by = 'pointer') {
    const row = this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${title}"]`).first();
    // Whatever takes the focus closes the palette; a command of an extension is there when that is known.
    for (let tries = 0; ; tries++) {
      await this.palette('F1');
      try {
        await this.ask(`>${title}`);
        await row.waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (tries === 4) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
    if (by === 'pointer') return this.take(row);
    await until(async () => /\bfocused\b/.test(await row.getAttribute('class')), 'the first row has the focus');
    await this.page.keyboard.press('Enter');
  }

  async open(path) {
    const name = path.split('/').pop();
    const folder = path.split('/').slice(0, -1).join('/');
    const inFolder = folder === '' ? '' : `[aria-label*="${folder}"]`;
    const row = this.page.locator(`.quick-input-list .monaco-list-row[aria-label^="${name}"]${inFolder}`).first();
    // A file that was made just now is found when the search has seen it.
    for (let tries = 0; ; tries++) {
      await this.palette('Control+p');
      try {
        await this.ask(path);
        await row.waitFor({ timeout: 5000 });
        break;
      } catch (error) {
        if (tries === 4) throw error;
        await this.page.keyboard.press('Escape');
        await this.input.waitFor({ state: 'hidden' });
      }
    }
    await this.take(row);
    await this.page.locator('.editor-group-container.active .tab.active', { hasText: name }).waitFor({ timeout: wait });
  }

  async problems() {
    await this.command('Problems: Focus on Problems View');
    return this.page.locator('.markers-panel .monaco-list-row');
  }

  async hover(locator) {
    await locator.hover({ force: true, position: { x: 4, y: 4 } });
    const hover = this.page.locator('.monaco-hover:not(.hidden)').first();
    await hover.locator('.hover-row').first().waitFor({ timeout: wait });
    return hover;
  }

  actions(text) {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    return text === undefined ? rows : rows.filter({ hasText: text });
  }

  /** Titles of what Ctrl+. offers. */
  async quickFixes() {
    for (let tries = 0; ; tries++) {
      await this.page.keyboard.press('Control+.');
      try {
        await this.actions().first().waitFor({ timeout: 4000 });
        return await this.actions().allInnerTexts();
      } catch (error) {
        if (tries === 3) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Applies an action of the open menu by keyboard: its pointer block swallows clicks. */
  async apply(text) {
    const action = this.actions(text).first();
    await action.waitFor({ timeout: wait });
    for (let tries = 0; tries < 30; tries++) {
      if (/\bfocused\b/.test(await action.getAttribute('class'))) {
        await this.page.keyboard.press('Enter');
        await action.waitFor({ state: 'detached', timeout: wait });
        return;
      }
      await this.page.keyboard.press('ArrowDown');
      await this.page.waitForTimeout(30);
    }
    throw new Error(`the action never had the focus: ${text}`);
  }

  /** A lens is asked for while the text has the focus; one above the first line is out of sight until scrolled to. */
  async lens(text) {
    const lens = this.page
      .locator('.monaco-editor .codelens-decoration a, .monaco-editor .codelens-decoration span', { hasText: text })
      .first();
    await this.focusEditor();
    for (let tries = 0; ; tries++) {
      const box = await this.editor.boundingBox();
      await this.page.mouse.move(box.x + box.width - 200, box.y + box.height - 40);
      await this.page.mouse.wheel(0, -20_000);
      try {
        await lens.waitFor({ timeout: 3000 });
        return lens;
      } catch (error) {
        if (tries === 4) throw error;
      }
    }
  }

  /** What "Explain What Was Found" says of a file, which is in front afterwards. */
  async explained(path) {
    await this.open(path);
    return this.said();
  }

  /** What "Explain What Was Found" says of the file in front. */
  async said() {
    await this.reset();
    await this.focusEditor();
    await this.command('Dockerfile Stages: Explain What Was Found');
    const toast = this.toast('uild context');
    await toast.waitFor();
    const said = await toast.innerText();
    await this.reset();
    return said;
  }

  /** What is written after the lines of a diff editor: the reasons of a preview. */
  reasons() {
    return this.page
      .locator('.monaco-diff-editor')
      .first()
      .evaluate((diff) =>
        [...diff.querySelectorAll('.view-line span')]
          .map((span) => getComputedStyle(span, '::after').content)
          .filter((content) => content.startsWith('"'))
          .join('\n'),
      );
  }

  toast(text) {
    return this.page.locator('.notifications-toasts .notification-list-item', { hasText: text }).first();
  }

  /** The pointer is where nothing is: no tooltip stays where the palette was. */
  async away() {
    await this.page.mouse.move(1000, 850);
    await this.page.locator('.workbench-hover-container').first().waitFor({ state: 'hidden' });
  }

  /** No hover, no palette, no menu, no message left from before. */
  async reset() {
    await this.page.mouse.move(700, 5);
    for (let count = 0; count < 3; count++) await this.page.keyboard.press('Escape');
    await this.input.waitFor({ state: 'hidden', timeout: 5000 });
    if ((await this.page.locator('.notifications-toasts .notification-list-item').count()) > 0)
      await this.command('Notifications: Clear All Notifications');
  }

  async save() {
    await this.page.keyboard.press('Control+s');
    await this.page
      .locator('.editor-group-container.active .tab.active.dirty')
      .waitFor({ state: 'detached', timeout: wait });
  }
}

/** Waits until `test` gives something true, and returns it. */
export async function until(test, what, milliseconds = wait) {
  const end = Date.now() + milliseconds;
  let last;
  for (;;) {
    try {
      last = await test();
      if (last) return last;
    } catch (error) {
      last = error;
    }
    if (Date.now() > end) throw new Error(`timeout: ${what}; last: ${last}`);
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
}
