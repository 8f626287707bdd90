// Runs the engine over a folder of real Dockerfiles: what is split, refused, quiet, broken.
//   npm run corpus -- DIR [--labels FILE] [--list] [--ecosystem python]
// DIR holds Dockerfiles, or a manifest.jsonl that names them (with ecosystem, strong_candidate, runtime_toolchain).
import { readFileSync, existsSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { fileFacts, loadEngine } from './lib/engine.stub.mjs';
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
  const manifest = join(dir, 'manifest.jsonl');
  if (!existsSync(manifest)) return walk(dir).map((path) => ({ file: path, path, ecosystem: 'all' }));
  return readFileSync(manifest, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
    .map((record) => ({ ...record, path: join(dir, record.file) }));
}

const { createEngine, defaultSettings } = await loadEngine();
const engine = createEngine(fileFacts());
const table = new Map();
const refusals = new Map();
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
    }
  } else if (status === 'refused') {
    row.refused++;
    for (const code of new Set(analysis.reasons.map((one) => one.code)))
      refusals.set(code, (refusals.get(code) ?? 0) + 1);
  } else if (status === 'nothing-to-gain') row.quiet++;
  else if (status === 'invalid') row.invalid++;
  else row.multi++;
  if (record.strong_candidate && !record.runtime_toolchain && status !== 'already-multi-stage') {
    row.strong++;
    if (status === 'split') row.strongSplit++;
  }
  results.push({
    file: record.file,
    ecosystem: record.ecosystem,
    klass: record.klass,
    os: record.os,
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
console.log(`slowest file: ${slowest.ms.toFixed(1)} ms (${slowest.file})`);
if (values.list)
  for (const one of results)
    console.log(
      `${one.status.padEnd(16)} ${(one.tier ?? '').padEnd(5)} ${(one.assumptions ?? []).join(',')} ${one.file} ${one.reasons.map((reason) => reason.code + ': ' + reason.message.slice(0, 120)).join(' | ')}`,
    );
if (values.json !== undefined) writeFileSync(values.json, results.map((one) => JSON.stringify(one)).join('\n'));
if (values.labels !== undefined) labels(values.labels);
for (const one of broken.slice(0, 40)) console.log(`BROKEN ${one.file}: ${one.what}`);
console.log(`broken: ${broken.length}`);
process.exitCode = broken.length > 0 ? 1 : 0;

/** Compares with what careful readers said of a part of the files. */
function labels(file) {
  const said = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const verdictOf = {
    split: 'split',
    refused: 'refuse',
    'nothing-to-gain': 'quiet',
    'already-multi-stage': 'quiet',
    invalid: 'refuse',
  };
  const counts = new Map();
  for (const label of said) {
    const result = results.find((one) => one.file === label.file);
    if (result === undefined) continue;
    const verdict = verdictOf[result.status];
    const row = counts.get(label.ecosystem) ?? { agree: 0, either: 0, wrongSplit: 0, missed: 0, other: 0 };
    counts.set(label.ecosystem, row);
    let mark = 'ok';
    if (verdict === label.verdict) row.agree++;
    else if (label.either.includes(verdict)) {
      row.either++;
      mark = 'either';
    } else if (verdict === 'split') {
      row.wrongSplit++;
      mark = 'WRONG SPLIT';
    } else if (label.verdict === 'split') {
      row.missed++;
      mark = 'MISSED';
    } else {
      row.other++;
      mark = 'other';
    }
    const leaves = label.mustLeave.filter(
      (name) => result.text !== undefined && !name.startsWith('base:') && runtimeHas(result.text, name),
    );
    const stays = label.mustStay.filter((thing) => result.text !== undefined && !keeps(result.text, thing));
    console.log(
      `${mark.padEnd(12)} said ${label.verdict.padEnd(6)} is ${verdict.padEnd(6)} ${label.ecosystem.padEnd(7)} ${label.file}${leaves.length > 0 ? `\n     must leave, is in the runtime: ${leaves.join(', ')}` : ''}${stays.length > 0 ? `\n     must stay, not seen: ${stays.join(', ')}` : ''}`,
    );
  }
  for (const [name, row] of [...counts].sort()) console.log(name, JSON.stringify(row));
}

function runtimeOf(text) {
  const at = text.toLowerCase().lastIndexOf('\nfrom ');
  const base = /^from\s+\S+\s+as\s+base\b[\s\S]*?(?=^from\s)/im.exec(text)?.[0] ?? '';
  return (/^\n?from base /i.test(text.slice(at + 1)) ? base : '') + text.slice(at);
}

function runtimeHas(text, name) {
  return runtimeOf(text)
    .split('\n')
    .some(
      (line) =>
        !line.trim().startsWith('#') && new RegExp(`(^|\\s)${name.replace(/[.+]/g, '\\$&')}(\\s|$|=)`).test(line),
    );
}

function keeps(text, thing) {
  const runtime = runtimeOf(text);
  const [kind, rest] = [thing.slice(0, thing.indexOf(':')), thing.slice(thing.indexOf(':') + 1)];
  if (kind === 'env') return runtime.includes(rest.split('=')[0]);
  if (kind === 'pkg') return runtimeHas(text, rest);
  if (kind === 'path')
    return (
      runtime.includes(rest) ||
      rest
        .split('/')
        .some(
          (_, at, parts) => at > 1 && new RegExp(`--from=\\S+ ${parts.slice(0, at + 1).join('/')} `).test(runtime),
        ) ||
      /COPY|ADD|WORKDIR/i.test(runtime) === false
    );
  return true;
}
