/**
 * Builds what ships: dist/client.js (extension), dist/nodeClient.js (the library that speaks to the server: it is
 * loaded after the activation, and would take most of its time), dist/server.js with dist/facts/
 * (language server; a table is read on first use), dist/web/ (both for an editor in
 * a browser; tables are fetched from dist/facts/), dist/cli.js (one file).
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

const web = {
  ...node,
  platform: 'browser',
  target: 'es2022',
  mainFields: ['browser', 'module', 'main'],
  define: { global: 'globalThis' },
  alias: { path: 'path-browserify' },
};

/** `import('./nodeClient.ts')` stays a call of `require`, for the file that is built from it. */
const apart = {
  name: 'apart',
  setup({ onResolve }) {
    onResolve({ filter: /^\.\/nodeClient\.ts$/ }, () => ({ path: './nodeClient.js', external: true }));
  },
};

await rm('dist', { recursive: true, force: true });
await Promise.all([
  build({
    ...node,
    entryPoints: ['client/src/node.ts'],
    outfile: 'dist/client.js',
    external: ['vscode'],
    plugins: [apart],
    supported: { 'dynamic-import': false },
  }),
  build({ ...node, entryPoints: ['client/src/nodeClient.ts'], outfile: 'dist/nodeClient.js', external: ['vscode'] }),
  build({ ...node, entryPoints: ['server/src/main.ts'], outfile: 'dist/server.js' }),
  build({ ...web, entryPoints: ['client/src/browser.ts'], outfile: 'dist/web/client.js', external: ['vscode'] }),
  build({ ...web, format: 'iife', entryPoints: ['server/src/browser.ts'], outfile: 'dist/web/server.js' }),
  build({
    ...node,
    entryPoints: ['server/src/cli/main.ts'],
    outfile: 'dist/cli.js',
    banner: { js: '#!/usr/bin/env node' },
  }),
]);
await cp('server/facts/tables', 'dist/facts', { recursive: true });
await chmod('dist/cli.js', 0o755);
