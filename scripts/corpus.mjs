// Runs the engine over a folder of real Dockerfiles: what is split, refused, quiet, broken.
//   npm run corpus -- DIR [--labels FILE] [--list] [--ecosystem python]
// DIR holds Dockerfiles, or a manifest.jsonl that names them (with ecosystem, klass, strong_candidate, runtime_toolchain); a
// manifest beside DIR that names its files serves as well.
import { readFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileFacts, loadEngine } from './lib/engine.mjs';
import { lastImage } from './lib/image.mjs';
import { compareLabels } from './lib/labels.mjs';
import { countCommands, newTally, printCommands } from './lib/opaque.mjs';
import { plainChecks } from './lib/plain.mjs';

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    labels: { type: 'string' },
    list: { type: 'boolean' },
    ecosystem: { type: 'string' },
    json: { type: 'string' },
    only: { type: 'string' },
  },
});
const dir = positionals[0];
if (dir === undefined) {
  console.error('usage: npm run corpus -- DIR [--labels FILE] [--list] [--ecosystem NAME] [--json FILE]');
  process.exit(2);
}

function walk(folder, out = []) {
  for (const name of readdirSync(folder).sort()) {
    const path = join(folder, name);
    if (statSync(path).isDirectory()) walk(path, out);
    else if (/dockerfile|containerfile/i.test(name)) out.push(path);
  }
  return out;
}

function records() {
  const own = join(dir, 'manifest.jsonl');
  const manifest = existsSync(own) ? own : join(dirname(dir.replace(/\/+$/, '')), 'manifest.jsonl');
  if (!existsSync(manifest)) return walk(dir).map((path) => ({ file: path, path, ecosystem: 'all' }));
  return readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .filter((record) => manifest === own || record.file.startsWith(`${basename(dir)}/`))
    .map((record) => ({ ...record, path: join(dirname(manifest), record.file) }));
}

const parts = await loadEngine();
const { createEngine, defaultSettings, Facts } = parts;
const engine = createEngine(fileFacts());
const facts = new Facts(fileFacts());
const commands = newTally();
const table = new Map();
const refusals = new Map();
const ofStages = new Map();
const results = [];
const broken = [];
let slowest = { ms: 0, file: '' };
for (const record of records()) {
  if (values.ecosystem !== undefined && record.ecosystem !== values.ecosystem) continue;
  if (values.only !== undefined && !record.file.includes(values.only)) continue;
  const text = readFileSync(record.path, 'utf8');
  const started = process.hrtime.bigint();
  let analysis;
  try {
    analysis = engine.analyse(text, defaultSettings, undefined);
  } catch (error) {
    broken.push({ file: record.file, what: `crash: ${error.stack?.split('\n').slice(0, 3).join(' | ')}` });
    continue;
  }
  const ms = Number(process.hrtime.bigint() - started) / 1e6;
  if (ms > slowest.ms) slowest = { ms, file: record.file };
  const { status, best } = analysis;
  countCommands(commands, analysis);
  const row = table.get(record.ecosystem) ?? {
    files: 0,
    same: 0,
    slim: 0,
    distroless: 0,
    free: 0,
    assumed: 0,
    refused: 0,
    quiet: 0,
    multi: 0,
    invalid: 0,
    strong: 0,
    strongSplit: 0,
  };
  table.set(record.ecosystem, row);
  row.files++;
  if (status === 'split') {
    row[best.tier]++;
    row[best.assumptions.length === 0 ? 'free' : 'assumed']++;
    for (const tier of analysis.tiers) {
      if (tier.split === undefined) continue;
      for (const problem of plainChecks(text, tier.split.text))
        broken.push({ file: record.file, what: `${tier.tier}: ${problem}` });
      const violations = engine.verify(text, tier.split.text, undefined);
      for (const one of violations)
        broken.push({ file: record.file, what: `${tier.tier}: ${one.rule}: ${one.message}` });
      const again = engine.analyse(tier.split.text, defaultSettings, undefined);
      if (again.status === 'split') broken.push({ file: record.file, what: `${tier.tier}: not idempotent` });
      for (const one of again.findings)
        broken.push({ file: record.file, what: `${tier.tier}: the result draws ${one.code}: ${one.message}` });
    }
  } else if (status === 'refused') {
    row.refused++;
    for (const code of new Set(analysis.reasons.map((one) => one.code)))
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
  } else if (status === 'nothing-to-gain') row.quiet++;
  else if (status === 'invalid') row.invalid++;
  else {
    row.multi++;
    for (const one of analysis.findings) {
      const count = ofStages.get(one.code) ?? { findings: 0, files: new Set(), fixes: 0 };
      ofStages.set(one.code, count);
      count.findings++;
      count.files.add(record.file);
      if (one.fix !== undefined) count.fixes++;
    }
  }
  if (record.strong_candidate && !record.runtime_toolchain && status !== 'already-multi-stage') {
    row.strong++;
    if (status === 'split') row.strongSplit++;
  }
  results.push({
    file: record.file,
    ecosystem: record.ecosystem,
    klass: record.klass,
    os: record.os,
    quiet: isQuiet(record, status),
    strong: record.strong_candidate === true && !record.runtime_toolchain,
    status,
    tier: best?.tier,
    assumptions: best?.assumptions.map((one) => one.kind),
    reasons: analysis.reasons,
    findings: analysis.findings.map((one) => [one.severity, one.code, one.message]),
    left: best?.leftBehind.map((one) => one.what),
    kept: best?.kept.map((one) => one.what),
    text: best?.text,
  });
}

const columns = [
  'files',
  'slim',
  'same',
  'distroless',
  'free',
  'assumed',
  'refused',
  'quiet',
  'multi',
  'invalid',
  'strong',
  'strongSplit',
];
console.log(`| ecosystem | ${columns.join(' | ')} |\n|---|${columns.map(() => '---:').join('|')}|`);
for (const [name, row] of [...table].sort())
  console.log(`| ${name} | ${columns.map((column) => row[column]).join(' | ')} |`);
console.log(
  `\nrefused by code: ${
    [...refusals]
      .sort((a, b) => b[1] - a[1])
      .map(([code, count]) => `${code} ${count}`)
      .join(', ') || 'none'
  }`,
);
console.log(
  `files with several stages: ${
    [...ofStages]
      .sort((a, b) => b[1].findings - a[1].findings)
      .map(([code, { findings, files, fixes }]) => `${code} ${findings} in ${files.size}, ${fixes} with a fix`)
      .join('; ') || 'no findings'
  }`,
);
console.log(`slowest file: ${slowest.ms.toFixed(1)} ms (${slowest.file})`);
if (values.list)
  for (const one of results)
    console.log(
      `${one.status.padEnd(16)} ${(one.tier ?? '').padEnd(5)} ${(one.assumptions ?? []).join(',')} ${one.file} ${one.reasons.map((reason) => reason.code + ': ' + reason.message.slice(0, 120)).join(' | ')}`,
    );
if (values.json !== undefined) writeFileSync(values.json, results.map((one) => JSON.stringify(one)).join('\n'));
if (values.labels !== undefined) compareLabels(values.labels, results, (text) => lastImage(parts, facts, text));
printCommands(commands);
printQuiet();
for (const one of broken.slice(0, 40)) console.log(`BROKEN ${one.file}: ${one.what}`);
console.log(`broken: ${broken.length}`);
process.exitCode = broken.length > 0 ? 1 : 0;

/** A file in which a careful reader expects nothing: it builds nothing, or only installs packages that run. */
function isQuiet(record, status) {
  const none = (list) => (list ?? []).length === 0;
  return (
    status !== 'already-multi-stage' &&
    (record.klass === 'app-no-build' ||
      (record.klass === 'service-os-packages' && none(record.build_pkgs) && none(record.dev_pkgs)))
  );
}

/** On how many of them nothing above a hint is said and no split is offered; every exception and every hint. */
function printQuiet() {
  const files = results.filter((one) => one.quiet);
  if (files.length === 0) return;
  const loud = files.filter((one) => one.status === 'split' || one.findings.some(([severity]) => severity !== 'hint'));
  const share = (100 * (files.length - loud.length)) / files.length;
  console.log(`quiet files: ${files.length}, nothing above a hint and no split on ${share.toFixed(1)} %`);
  for (const one of loud)
    console.log(`  not quiet: ${one.status} ${one.file} ${one.findings.map((finding) => finding[1]).join(', ')}`);
  for (const one of files)
    for (const [severity, , message] of one.findings)
      if (severity === 'hint') console.log(`  hint: ${one.file} ${message}`);
}
