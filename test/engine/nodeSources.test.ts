/** How a Node program's sources start other programs, whatever name the function has. */
import { describe, expect, test } from 'vitest';
import { aliasedCalls } from '../../server/src/engine/ecosystems/node/aliases.ts';
import { nodeSources } from '../../server/src/engine/ecosystems/node/program.ts';
import { programWords } from '../../server/src/engine/demand/sources.ts';
import { ContextReader } from '../../server/src/engine/simulate/context.ts';
import type { Write } from '../../server/src/engine/model/state.ts';

const write: Write = { path: '/app/x.ts', kind: 'file', atom: 0, sure: true, key: '', context: 'x.ts' } as Write;

function wordsOf(text: string) {
  const context = new ContextReader({ read: () => ({ text }), list: () => [] });
  const { commands, complete } = programWords([write], context, [nodeSources]);
  return { commands: [...commands], complete };
}

describe('git is one of the commands', () => {
  test.each([
    'import {exec} from "child_process"; const run = promisify(exec); await run("git pull");',
    'const ex = util.promisify(require("child_process").exec); ex("git pull")',
    'import { execFile } from "node:child_process"; this.run = promisify(execFile); this.run("git", ["pull"])',
    'const { execSync: x } = await import("child_process"); x("git pull")',
    'import { execaCommand as run } from "execa"; run("git pull")',
    'import spawn from "cross-spawn"; spawn("git", ["pull"])',
    'import start from "cross-spawn"; start.sync("git"); start("git", ["pull"])',
    'import * as pty from "node-pty"; pty.spawn("git", [])',
    'import sh from "shelljs"; sh.exec("git pull")',
    'import { $ } from "zx"; await $`git pull ${branch}`;',
    'import { execa } from "execa"; await execa`git pull`;',
    'import { spawn } from "child_process"; await Bun.$`git pull`;',
  ])('%s', (text) => {
    expect(wordsOf(text)).toEqual({ commands: ['git'], complete: true });
  });
});

describe('what other files may call, or run in turn, is not told', () => {
  test.each([
    'import { exec } from "child_process"; export const run = promisify(exec);',
    'const run = promisify(exec); run("git pull"); module.exports = { run }; // child_process',
    'import { exec } from "child_process"; const run = promisify(exec); export { run };',
    'import cp from "child_process"; cp.spawn(name, []);',
    'import { execFile } from "child_process"; execFile("./scripts/sync.sh");',
    'import { exec } from "child_process"; exec("sh scripts/sync");',
    'import { exec } from "child_process"; exec("npm run migrate");',
  ])('%s', (text) => {
    expect(wordsOf(text).complete).toBe(false);
  });
});

test('Node itself, and other members, are no commands', () => {
  expect(aliasedCalls('import cp from "child_process"; cp.spawn(process.execPath, []); cp.on("exit")')).toEqual([]);
  expect(aliasedCalls('const sleep = promisify(setTimeout); sleep("git"); const $ = jQuery; $("git")')).toEqual([]);
});
