/**
 * Finds code that stands twice: runs of at least 12 lines that say something
 * (blank lines, comments, imports and lone brackets do not), equal after trimming.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const minimumLines = 12;
const roots = ['client', 'server/src', 'scripts', 'test'];

function* sourceFiles(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory() && !['fixtures', 'node_modules', 'apps', 'refused'].includes(entry.name))
      yield* sourceFiles(path);
    else if (/\.(ts|mjs)$/.test(entry.name)) yield path;
  }
}

/** The lines that say something, with their 1-based numbers. */
function significantLines(path) {
  let inImport = false;
  const lines = [];
  for (const [index, raw] of readFileSync(path, 'utf8').split('\n').entries()) {
    const text = raw.trim();
    const startsImport = /^(import|export) .*\{$/.test(text);
    const said = !inImport && !/^(import\b|export .* from |\/\/|\/?\*|[\])};,([{]*$)/.test(text) && !startsImport;
    if (startsImport && text.startsWith('import')) inImport = true;
    if (inImport && / from '.*';$|^\} from/.test(text)) inImport = false;
    if (said) lines.push({ text, number: index + 1 });
  }
  return lines;
}

const seen = new Map();
const reports = [];
for (const path of roots.flatMap((root) => [...sourceFiles(root)])) {
  const lines = significantLines(path);
  let reportedUpTo = -1;
  for (let at = 0; at + minimumLines <= lines.length; at++) {
    const key = lines
      .slice(at, at + minimumLines)
      .map((line) => line.text)
      .join('\n');
    const first = seen.get(key);
    if (first === undefined) {
      seen.set(key, { path, index: at, number: lines[at].number });
    } else if (at > reportedUpTo && (first.path !== path || at >= first.index + minimumLines)) {
      reports.push(`${path}:${lines[at].number} repeats ${first.path}:${first.number}`);
      reportedUpTo = at + minimumLines;
    }
  }
}

for (const report of reports) console.log(report);
process.exitCode = reports.length === 0 ? 0 : 1;
