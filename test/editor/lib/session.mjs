/**
 * One workbench with the extension in one browser, and what a step works with. A file of steps exports
 * `steps` (name → function of a session) and, when the shared workbench does not suit it, `host`: options of
 * `startHost` for a workbench of its own, with `start` (the file opened first), `files`, and `beside` (a function that gives
 * more extensions).
 */
import { mkdirSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { startBrowser, startHost } from './host.mjs';
import { Workbench } from './workbench.mjs';

export const root = new URL('../../..', import.meta.url).pathname;
export const shots = join(root, 'test/editor/shots');

/** Pictures of the walkthrough, by the shot of which they show the editor. */
export const walkthrough = { lens: 'findings', preview: 'preview', actions: 'actions', stages: 'stages' };

/** A file of the repository as text. */
export const read = (path) => readFileSync(join(root, path), 'utf8');

/** The packaged extension. */
export function packaged() {
  return join(
    root,
    readdirSync(root).find((name) => name.endsWith('.vsix')),
  );
}

/** The examples, a finished file, a conflict, and a file that is no Dockerfile. */
export const files = {
  'shop/Dockerfile': read('examples/python-slim/Dockerfile'),
  'shop/requirements.txt': read('examples/python-slim/requirements.txt'),
  'shop/shop.py': read('examples/python-slim/shop.py'),
  'notes/Dockerfile': read('examples/python-full/Dockerfile'),
  'notes/requirements.txt': read('examples/python-full/requirements.txt'),
  'notes/notes.py': read('examples/python-full/notes.py'),
  'refused/Dockerfile': read('examples/refused/Dockerfile'),
  'quiet/Dockerfile': read('examples/quiet/Dockerfile'),
  'stages/Dockerfile':
    'FROM golang:1.22 AS build\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n\nFROM gcr.io/distroless/static-debian12\nCOPY --from=build /app /app\nCMD ["/app"]\n',
  'conflict/Dockerfile':
    '<<<<<<< ours\nFROM python:3.12\n=======\nFROM python:3.13\n>>>>>>> theirs\nCMD ["python", "a.py"]\n',
  '.vscode/settings.json': '{}\n',
  'plain.txt': read('examples/python-slim/Dockerfile'),
};

/** Starts a workbench and a browser. The session is ended with `stop`. */
export async function openSession({ start = 'shop/Dockerfile', ...options } = {}) {
  mkdirSync(shots, { recursive: true });
  const own = { vsix: packaged(), files, ...options, beside: options.beside?.() ?? [] };
  const host = await startHost(own);
  const { page, stop } = await startBrowser();
  page.setDefaultTimeout(15_000);
  const workbench = new Workbench(page);
  const onDisk = (name) => readFileSync(join(host.folder, name), 'utf8');
  try {
    await page.goto(host.url(start), { timeout: 60_000 });
    await workbench.ready();
    // The file that is opened with the window takes the focus when it is there.
    await page.locator('.editor-group-container.active .monaco-editor.focused').first().waitFor({ timeout: 60_000 });
  } catch (error) {
    await stop();
    await host.stop();
    throw error;
  }
  return {
    host,
    page,
    workbench,
    /** What was put into the folder at the start. */
    files: own.files,
    /** Keeps a picture of the whole workbench. */
    async shot(name) {
      await page.screenshot({ path: join(shots, `${name}.png`) });
      if (!(name in walkthrough)) return;
      const area = await page.locator('.part.editor').boundingBox();
      await page.screenshot({ path: join(shots, `${name}.editor.png`), clip: { ...area, height: 600 } });
    },
    onDisk,
    /** One-based number of the first line with the words; 0 when there is none. */
    lineOf: (name, words) =>
      onDisk(name)
        .split('\n')
        .findIndex((line) => line.includes(words)) + 1,
    /** Puts the document back as it is on disk. */
    async revert() {
      await workbench.focusEditor();
      await workbench.command('File: Revert File');
      await page.locator('.editor-group-container.active .tab.active.dirty').waitFor({ state: 'detached' });
    },
    async stop() {
      await stop();
      await host.stop();
    },
  };
}

export function expect(condition, what) {
  if (!condition) throw new Error(what);
}
