/** A real VS Code workbench (code-server) and a real Chromium; everything of a run lies in one temporary folder. */
import { execFileSync, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { chromium } from 'playwright-core';
import { launchBrowser } from './browser.mjs';

/** Another version of the workbench, and the Node.js that it needs, by environment variables. */
const codeServer =
  process.env.CODE_SERVER ?? new URL('../node_modules/code-server/out/node/entry.js', import.meta.url).pathname;
const node = process.env.CODE_SERVER_NODE ?? process.execPath;

const settings = {
  'workbench.startupEditor': 'none',
  'workbench.tips.enabled': false,
  'workbench.enableExperiments': false,
  'workbench.reduceMotion': 'on',
  'workbench.colorTheme': 'Default Light Modern',
  'security.workspace.trust.enabled': false,
  'telemetry.telemetryLevel': 'off',
  'update.mode': 'none',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'extensions.ignoreRecommendations': true,
  'git.enabled': false,
  'files.autoSave': 'off',
  'files.hotExit': 'off',
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  'editor.accessibilitySupport': 'off',
  'editor.cursorBlinking': 'solid',
  // Tab goes to the next stop, whatever is suggested meanwhile.
  'editor.suggest.snippetsPreventQuickSuggestions': true,
  'window.confirmBeforeClose': 'never',
  'chat.commandCenter.enabled': false,
  'chat.disableAIFeatures': true,
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
};

/** A user's own key for the first refactoring: the editor tells the reason where that cannot be applied. */
const first = { command: 'editor.action.codeAction', args: { kind: 'refactor.rewrite', apply: 'first' } };
/** By way of `runCommands`, so that no menu shows the key. */
const keys = [{ key: 'ctrl+alt+9', command: 'runCommands', args: { commands: [first] } }];

/**
 * Starts a workbench with the extension, and others beside it, installed. `files`: path → text of the folder that is
 * opened; `folders`: names of folders in it that are opened together instead, or folders as a file of a workspace names
 * them; `own`: settings; `args`: of code-server; `language`: the display language. The editor's own words stay English.
 */
export async function startHost({
  vsix,
  beside = [],
  files,
  folders = [],
  own = {},
  args = ['--disable-workspace-trust'],
  language,
}) {
  const dir = mkdtempSync(join(tmpdir(), 'stages-editor-'));
  const folder = join(dir, 'folder');
  const env = {
    ...process.env,
    XDG_CONFIG_HOME: join(dir, 'xdg'),
    XDG_DATA_HOME: join(dir, 'xdg'),
    XDG_CACHE_HOME: join(dir, 'xdg'),
    CS_DISABLE_GETTING_STARTED_OVERRIDE: '1',
    LANG: 'C.UTF-8',
  };
  const put = (path, text) => {
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, text);
  };
  mkdirSync(folder, { recursive: true });
  put(join(dir, 'config.yaml'), '');
  put(join(dir, 'data/User/settings.json'), JSON.stringify({ ...settings, ...own }));
  put(join(dir, 'data/User/keybindings.json'), JSON.stringify(keys));
  for (const [name, text] of Object.entries(files)) put(join(folder, name), text);
  const several = join(folder, 'several.code-workspace');
  if (folders.length > 0)
    put(several, JSON.stringify({ folders: folders.map((one) => (typeof one === 'string' ? { path: one } : one)) }));
  if (language !== undefined) {
    // As a language pack is noted when it is installed, one that translates nothing.
    const nothing = join(dir, 'data/nothing.json');
    put(nothing, JSON.stringify({ contents: {} }));
    const extensions = [{ extensionIdentifier: { id: 'stand-in.language-pack' }, version: '1.0.0' }];
    const pack = { hash: language, extensions, translations: { vscode: nothing }, label: language };
    put(join(dir, 'data/languagepacks.json'), JSON.stringify({ [language]: pack }));
  }
  const shared = [
    '--extensions-dir',
    join(dir, 'extensions'),
    '--user-data-dir',
    join(dir, 'data'),
    '--config',
    join(dir, 'config.yaml'),
  ];
  const installed = [vsix, ...beside].flatMap((one) => ['--install-extension', one]);
  execFileSync(node, [codeServer, ...installed, '--force', ...shared], { env, stdio: 'pipe' });
  const child = spawn(
    node,
    [
      codeServer,
      ...shared,
      '--bind-addr',
      '127.0.0.1:0',
      '--auth',
      'none',
      '--disable-telemetry',
      '--disable-update-check',
      '--disable-getting-started-override',
      '--disable-proxy',
      '--ignore-last-opened',
      ...args,
      ...(language === undefined ? [] : ['--locale', language]),
    ],
    { env, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  );
  /** The workbench and all its processes; false: it is gone already. */
  const signal = (name) => {
    try {
      return process.kill(-child.pid, name);
    } catch {
      return false;
    }
  };
  // A suite that is ended from outside takes its workbench along.
  const end = () => signal('SIGKILL');
  process.on('exit', end);
  let log = '';
  const base = await new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`the workbench did not start:\n${log}`)), 40_000);
    const read = (data) => {
      log += data;
      const address = /listening on (http:\/\/[^\s/]+)/.exec(log)?.[1];
      if (address === undefined) return;
      clearTimeout(timer);
      resolve(address);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.on('exit', (code) => reject(new Error(`the workbench ended with ${code}:\n${log}`)));
  });
  return {
    folder,
    put: (name, text) => put(join(folder, name), text),
    /** Ids of the processes of this workbench whose command line matches. */
    processes: (pattern) =>
      readdirSync('/proc')
        .filter((id) => /^\d+$/.test(id))
        .filter((id) => {
          const line = commandLine(id);
          return line.includes(dir) && pattern.test(line);
        })
        .map(Number),
    /** The output channel of the extension, as it was written so far. */
    output: () =>
      readdirSync(dir, { recursive: true })
        .filter((name) => name.endsWith('Dockerfile Stages.log'))
        .map((name) => readFileSync(join(dir, name), 'utf8'))
        .join('\n'),
    /** Address of the workbench, with a file open: of the folder, or of another file system by its whole address. */
    url: (file) => {
      const inFolder = `vscode-remote://${new URL(base).host}${folder}/${file}`;
      const open = [['openFile', /^[\w-]+:/.test(file) ? file : inFolder]];
      const opened = folders.length > 0 ? `workspace=${several}` : `folder=${folder}`;
      return `${base}/?${opened}&payload=${encodeURIComponent(JSON.stringify(open))}`;
    },
    async stop() {
      const ended = new Promise((resolve) => child.on('exit', resolve));
      signal('SIGTERM');
      await Promise.race([ended, new Promise((resolve) => setTimeout(resolve, 4000).unref())]);
      signal('SIGKILL');
      process.off('exit', end);
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

/** Arguments of a process; '' when it has ended. */
function commandLine(id) {
  try {
    return readFileSync(`/proc/${id}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/** Starts the browser. */
export const startBrowser = () => launchBrowser(chromium);
