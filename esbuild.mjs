/**
 * Builds what ships: dist/client.js (extension), dist/server.js with dist/facts/
 * (language server; a table is read on first use), dist/cli.js (one file).
 */
import { chmod, cp, rm } from 'node:fs/promises';
import { build } from 'esbuild';

const node = {
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  minify: true,
  // The UMD builds that `main` names lose their inner requires in a bundle.
  mainFields: ['module', 'main'],
  loader: { '.txt': 'text' },
  legalComments: 'none',
  logLevel: 'warning',
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({ ...node, entryPoints: ['client/src/extension.ts'], outfile: 'dist/client.js', external: ['vscode'] }),
  build({ ...node, entryPoints: ['server/src/main.ts'], outfile: 'dist/server.js' }),
  build({
    ...node,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await cp('server/facts/tables', 'dist/facts', { recursive: true });
await chmod('dist/cli.js', 0o755);
