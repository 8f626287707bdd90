/** Packs small extensions that the suite needs beside ours. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { buildSync } from 'esbuild';

export const root = new URL('../../..', import.meta.url).pathname;

/**
 * Returns the path of a .vsix in a temporary folder. `manifest`: what is special about its package.json; `bundles`:
 * name of a file → its source as text, or the path of its entry; `files`: name of a file → text.
 */
export function packExtension({ manifest, bundles = {}, files = {} }) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-pack-'));
  const common = {
    version: '0.0.1',
    description: 'A stand-in for tests',
    license: 'MIT',
    engines: { vscode: '^1.91.0' },
  };
  const put = (name, text) => {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  };
  put('package.json', JSON.stringify({ ...common, ...manifest }));
  put('LICENSE', 'MIT');
  put('README.md', 'A stand-in for tests.');
  for (const [name, text] of Object.entries(files)) put(name, text);
  for (const [name, source] of Object.entries(bundles))
    buildSync({
      ...('entry' in source ? { entryPoints: [source.entry] } : { stdin: { contents: source.text, resolveDir: root } }),
      outfile: join(folder, name),
      bundle: true,
      minify: true,
      platform: 'node',
      format: 'cjs',
      logLevel: 'error',
      mainFields: ['module', 'main'],
      external: ['vscode'],
    });
  const file = join(folder, 'packed.vsix');
  const pack = ['package', '--no-dependencies', '--allow-missing-repository', '--out', file];
  execFileSync(process.execPath, [join(root, 'node_modules/@vscode/vsce/vsce'), ...pack], {
    cwd: folder,
    stdio: 'pipe',
  });
  return file;
}
