// Bundles the engine from its sources and loads it, with the fact tables of the repository.
import { build } from 'esbuild';
import { readFileSync, existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

const root = new URL('../..', import.meta.url).pathname;

/** Facts read from server/facts/tables, one file per table. */
export function fileFacts() {
  return {
    table(name) {
      const path = join(root, 'server/facts/tables', `${name}.txt`);
      return existsSync(path) ? readFileSync(path, 'utf8') : undefined;
    },
  };
}

/** The modules of the engine that scripts use. */
export function loadEngine() {
  return bundled(`export { createEngine } from './server/src/engine/index.ts';
export { defaultSettings } from './server/src/engine/settings.ts';
export { parseDockerfile } from './server/src/engine/parse/dockerfile.ts';
export { parseImageRef } from './server/src/engine/parse/imageRef.ts';
export { LineIndex } from './server/src/engine/parse/lineIndex.ts';
export { simulate } from './server/src/engine/simulate/index.ts';
export { Facts } from './server/src/engine/facts/index.ts';
export { ContextReader } from './server/src/engine/simulate/context.ts';
export { entryOf } from './server/src/engine/demand/entry.ts';
export * from './server/src/engine/demand/dependencies.ts';
export { numbersOf, ownerAtEnd } from './server/src/engine/model/owners.ts';
export { aliveWrites } from './server/src/engine/model/writes.ts';
export { packagesOf } from './server/src/engine/verify/packages.ts';
export { mayProvide, provides } from './server/src/engine/verify/provides.ts';`);
}

/** Every code with its sentence. */
export function loadRegistry() {
  return bundled(`export { ASSUMPTIONS, REFUSALS, REMARKS, RULES } from './server/src/engine/messages/registry.ts';
export { FINDINGS } from './server/src/engine/messages/findings.ts';
export { PROBLEMS } from './server/src/engine/messages/problems.ts';`);
}

async function bundled(contents) {
  const outfile = join(mkdtempSync(join(tmpdir(), 'stages-')), 'engine.mjs');
  await build({
    stdin: { contents, resolveDir: root, loader: 'ts' },
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    outfile,
    logLevel: 'error',
    sourcemap: 'inline',
    banner: { js: "import { createRequire } from 'node:module'; const require = createRequire(import.meta.url);" },
  });
  return import(pathToFileURL(outfile).href);
}
