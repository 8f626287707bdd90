/**
 * `npm run bench [-- --rounds=N]`: our language server beside docker-langserver
 * in one run, interleaved, on generated files that have something to split.
 * Prints a Markdown table (median / p95) with the goals. Exit status 1 when our
 * diagnostics differ from the command line's or no split is offered.
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { cpus, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { startServer } from './bench/client.mjs';
import { dockerfile } from './bench/document.mjs';
import { median, quantile } from './bench/statistics.mjs';

const rounds = Number(process.argv.find((arg) => arg.startsWith('--rounds='))?.slice('--rounds='.length) ?? 3);
const [spawns, keystrokes, requests, pauses] = [8, 40, 25, 10];
/** Milliseconds between the last keystroke and asking for actions. */
const pause = 1000;
/** Milliseconds between opening a file and the first keystroke. */
const reading = 2500;
const sizes = [50, 1000, 5000];
const servers = {
  ours: ['dist/server.js', '--stdio'],
  peer: ['node_modules/dockerfile-language-server-nodejs/bin/docker-langserver', '--stdio'],
};

/** name → server → numbers */
const measured = new Map();
function record(name, server, number) {
  if (!measured.has(name)) measured.set(name, { ours: [], peer: [] });
  measured.get(name)[server].push(number);
}

/** The range of a word in a text, on its line. */
function place(text, word) {
  const before = text.slice(0, text.indexOf(word)).split('\n');
  const start = { line: before.length - 1, character: before.at(-1).length };
  return { start, end: { line: start.line, character: start.character + word.length } };
}

/** Behind those words, in the first line after the middle that begins with them; a short file may have none. */
function middleOf(text, size, words) {
  const line = text.split('\n').findIndex((content, index) => index > size / 2 && content.startsWith(words));
  return line === -1 ? { line: 3, character: 6 } : { line, character: words.length };
}

/** A character is typed, or deleted again. */
function type(server, at, count) {
  const end = count % 2 === 0 ? at : { line: at.line, character: at.character + 1 };
  return server.change({ start: at, end }, count % 2 === 0 ? 'x' : '');
}

/** One document of that size in a fresh process; our diagnostics and actions are returned. */
async function session(name, size, text) {
  const server = await startServer(servers[name]);
  const opened = await server.open(text);
  record(`open → diagnostics, ${size} lines`, name, opened.ms);
  // Nobody types in the second in which a file opens.
  await new Promise((resolve) => setTimeout(resolve, reading));
  // Typing in the middle of the file, a character appears, then goes: where no command can see it, and where everything
  // below may depend on it.
  const at = middleOf(text, size, 'LABEL ');
  for (const [where, position] of [
    ['LABEL', at],
    ['RUN', middleOf(text, size, 'RUN mkdir -p /app/data/part')],
  ]) {
    for (let count = 0; count < keystrokes; count++)
      record(`keystroke in ${where} → diagnostics, ${size} lines`, name, (await type(server, position, count)).ms);
  }
  const word = place(text, 'build-essential');
  const own = opened.diagnostics.filter((diagnostic) => diagnostic.range.start.line === word.start.line);
  let actions = [];
  for (let count = 0; count < requests; count++) {
    record(`hover, ${size} lines`, name, (await server.hover(word.start)).ms);
    // Each action is asked for after a keystroke: nothing of the last one may be at hand.
    await type(server, at, count);
    const answer = await server.actions(word, own);
    record(`code action with its edit, at once after a keystroke, ${size} lines`, name, answer.ms);
    // An editor with a light bulb has asked by the time somebody asks for the list.
    record(`the same code action asked for again, ${size} lines`, name, (await server.actions(word, own)).ms);
    actions = answer.result;
  }
  // Fingers leave the text for Ctrl+.
  for (let count = 0; count < pauses; count++) {
    await type(server, at, count + requests);
    await new Promise((resolve) => setTimeout(resolve, pause));
    const { ms } = await server.actions(word, own);
    record(`code action with its edit, ${pause} ms after a keystroke, ${size} lines`, name, ms);
  }
  record(`memory after ${size} lines`, name, server.memoryMB());
  await server.stop();
  return { diagnostics: opened.diagnostics, actions };
}

/** What `check` says of the same text, in the server's words. */
function commandLineDiagnostics(text) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-bench-'));
  try {
    writeFileSync(join(folder, 'Dockerfile'), text);
    const { stdout } = spawnSync(
      process.execPath,
      ['dist/cli.js', 'check', join(folder, 'Dockerfile'), '--format', 'json'],
      {
        encoding: 'utf8',
        maxBuffer: 64 * 1024 * 1024,
      },
    );
    const levels = { error: 1, warning: 2, information: 3, hint: 4 };
    return JSON.parse(stdout).files[0].diagnostics.map((entry) => ({ ...entry, severity: levels[entry.severity] }));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const comparable = (diagnostics) =>
  JSON.stringify(diagnostics.map(({ code, severity, message, range }) => ({ code, severity, message, range })));

function goalsOf(name, ours, peer) {
  const of = (other) => median(measured.get(other).ours);
  const limits = [];
  if (/initialize|memory/.test(name)) limits.push(['no more than the peer', ours <= peer]);
  if (/^keystroke .*, 1000 lines/.test(name))
    limits.push(['≤ 5 ms', ours <= 5], ['≤ 0.4 of the peer', ours <= 0.4 * peer]);
  if (name === 'hover, 1000 lines') limits.push(['≤ 3 ms', ours <= 3]);
  if (/^code action .*, 1000 lines/.test(name)) limits.push(['≤ 15 ms', ours <= 15]);
  const small = name.replace('5000', '1000');
  if (small !== name && !/memory/.test(name)) limits.push(['≤ 6 × 1,000 lines', ours <= 6 * of(small)]);
  return limits.map(([goal, met]) => `${goal}: ${met ? 'ok' : 'MISSED'}`).join('; ');
}

execFileSync(process.execPath, ['esbuild.mjs'], { stdio: 'inherit' });
let failed = false;
for (let round = 0; round < rounds; round++) {
  for (let count = 0; count < spawns; count++) {
    for (const name of Object.keys(servers)) {
      const server = await startServer(servers[name]);
      record('spawn → initialize', name, server.startMs);
      await server.stop();
    }
  }
  for (const size of sizes) {
    const text = dockerfile(size);
    for (const name of Object.keys(servers)) {
      const { diagnostics, actions } = await session(name, size, text);
      if (name !== 'ours' || round > 0) continue;
      const same = comparable(diagnostics) === comparable(commandLineDiagnostics(text));
      const splits = actions.filter((action) => action.title.startsWith('Split') && !action.disabled);
      console.log(
        `${size} lines: ${diagnostics.length} diagnostics, ${same ? 'equal to' : 'DIFFERENT from'} the command line's; ` +
          `${splits.length} split action(s)${splits.length === 0 ? ' (MISSED: nothing to split)' : ''}`,
      );
      failed ||= !same || splits.length === 0;
    }
  }
}

const shown = (numbers) => `${median(numbers).toFixed(1)} / ${quantile(numbers, 0.95).toFixed(1)}`;
console.log(
  `\nNode ${process.version}, ${cpus().length} × ${cpus()[0].model}, load ${loadavg()[0].toFixed(1)}, ${rounds} rounds`,
);
console.log('\n| median / p95, in ms (memory in MB) | ours | docker-langserver | goals |\n|---|---|---|---|');
for (const [name, { ours, peer }] of measured) {
  console.log(`| ${name} | ${shown(ours)} | ${shown(peer)} | ${goalsOf(name, median(ours), median(peer))} |`);
}
process.exitCode = failed ? 1 : 0;
