// Writes what the engine makes of every fixture: `npm run fixtures` shows what would change, `-- --update` writes it.
// A changed fixture is read by a person before it is committed.
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileFacts, loadEngine } from './lib/engine.mjs';

const root = new URL('../test/fixtures', import.meta.url).pathname;
const update = process.argv.includes('--update');
const only = process.argv.slice(2).find((arg) => !arg.startsWith('--'));
const { createEngine, defaultSettings } = await loadEngine();
const engine = createEngine(fileFacts());

function contextOf(folder) {
  const dir = join(folder, 'context');
  if (!existsSync(dir)) return undefined;
  return {
    read: (path) =>
      existsSync(join(dir, path)) && statSync(join(dir, path)).isFile()
        ? { text: readFileSync(join(dir, path), 'utf8') }
        : 'absent',
    list: (path) =>
      existsSync(join(dir, path)) && statSync(join(dir, path)).isDirectory()
        ? readdirSync(join(dir, path)).map((name) =>
            statSync(join(dir, path, name)).isDirectory() ? `${name}/` : name,
          )
        : [],
  };
}

for (const kind of readdirSync(root).sort()) {
  for (const name of readdirSync(join(root, kind)).sort()) {
    const folder = join(root, kind, name);
    if (only !== undefined && !folder.includes(only)) continue;
    const text = readFileSync(join(folder, 'before.Dockerfile'), 'utf8');
    const analysis = engine.analyse(text, defaultSettings, contextOf(folder));
    const { best } = analysis;
    const expected = {
      status: analysis.status,
      ...(best === undefined
        ? {}
        : {
            tier: best.tier,
            preferred: best.preferred,
            assumptions: best.assumptions.map((one) => one.kind),
            leftBehind: best.leftBehind.map((one) => one.what),
            kept: best.kept.map((one) => one.what),
          }),
      ...(analysis.status === 'refused' ? { reasons: [...new Set(analysis.reasons.map((one) => one.code))] } : {}),
      findings: analysis.findings.map(
        (one) => `${one.severity} ${one.code}: ${text.slice(one.span.start, one.span.end)}`,
      ),
    };
    const files = { 'expected.json': `${JSON.stringify(expected, null, 2)}\n`, 'after.Dockerfile': best?.text };
    for (const [file, content] of Object.entries(files)) {
      const path = join(folder, file);
      const old = existsSync(path) ? readFileSync(path, 'utf8') : undefined;
      if (old === content) continue;
      console.log(
        `${kind}/${name}/${file} ${old === undefined ? 'is new' : content === undefined ? 'goes' : 'changes'}`,
      );
      if (!update) continue;
      if (content === undefined) rmSync(path);
      else writeFileSync(path, content);
    }
    if (kind !== 'quiet' && kind !== 'refused' && analysis.status !== 'split')
      console.log(
        `  ${kind}/${name}: ${analysis.status} ${analysis.reasons.map((one) => `${one.code}: ${one.message}`).join(' | ')}`,
      );
    if (
      (kind === 'quiet' && analysis.status !== 'nothing-to-gain') ||
      (kind === 'refused' && !['refused', 'invalid'].includes(analysis.status))
    )
      console.log(`  ${kind}/${name}: ${analysis.status} ${analysis.reasons.map((one) => one.code)}`);
  }
}
