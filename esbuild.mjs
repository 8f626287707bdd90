/**
 * Builds what ships: dist/client.js (extension), dist/server.js + dist/facts.js
 * (language server; the tables are required on first use), dist/cli.js (one file).
 */
import { chmod, rm } from 'node:fs/promises';
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
  build({ ...node, entryPoints: ['server/src/host/facts.ts'], outfile: 'dist/facts.js' }),
  build({
    ...node,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await chmod('dist/cli.js', 0o755);
