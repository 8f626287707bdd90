/** VS Code for the web as vscode.dev and github.dev are: no Node.js and no remote, extensions in a web worker. */
import { execFileSync, spawn } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { launchBrowser } from '../lib/browser.mjs';
import { builds, commit } from './setup.mjs';

const server = new URL('node_modules/@vscode/test-web/out/server/index.js', import.meta.url).pathname;

/** Starts the browser. */
export const startBrowser = () => launchBrowser(chromium);

/** Starts a server for the workbench with the packaged files of the extension in `root`. `files`: path → text. */
export async function startHost({ root, files }) {
  // Without its build the server would empty the folder and download one.
  if (!existsSync(join(builds, `vscode-web-stable-${commit}`, 'version'))) throw new Error('run setup.mjs first');
  const dir = mkdtempSync(join(tmpdir(), 'stages-web-'));
  const folder = join(dir, 'folder');
  for (const [name, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  const packed = execFileSync(process.execPath, ['node_modules/@vscode/vsce/vsce', 'ls', '--no-dependencies'], {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'ignore'],
  });
  for (const name of packed.trim().split('\n')) cpSync(join(root, name), join(dir, 'extension', name));
  const port = await freePort();
  const options = [
    ['--browserType', 'none'],
    ['--quality', 'stable'],
    ['--commit', commit],
    ['--testRunnerDataDir', builds],
    ['--host', 'localhost'],
    ['--port', String(port)],
    ['--extensionDevelopmentPath', join(dir, 'extension')],
  ];
  const child = spawn(process.execPath, [server, ...options.flat(), folder], {
    stdio: ['ignore', 'pipe', 'pipe'],
    detached: true,
  });
  let log = '';
  await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the workbench did not start:\n${log}`)), 40_000);
    const read = (data) => {
      log += data;
      if (!log.includes('Listening on')) return;
      clearTimeout(timer);
      resolve();
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`the workbench ended with ${code}:\n${log}`)));
  });
  return {
    /** Address of the workbench, with a file of the folder open. */
    url(file) {
      const open = [['openFile', `vscode-test-web://mount/${file}`]];
      return `http://localhost:${port}/?payload=${encodeURIComponent(JSON.stringify(open))}`;
    },
    stop() {
      try {
        process.kill(-child.pid, 'SIGTERM');
      } catch {
        // It is gone already.
      }
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

function freePort() {
  return new Promise((resolve) => {
    const socket = createServer().listen(0, '127.0.0.1', () => {
      const { port } = socket.address();
      socket.close(() => resolve(port));
    });
  });
}
