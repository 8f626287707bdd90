/**
 * Builds what ships: dist/client.js (extension) with dist/nodeClient.js, dist/server.js with dist/server/ and dist/facts/
 * (language server; a table is read on first use), dist/web/ (both for an editor in
 * a browser; tables are fetched from dist/facts/), dist/cli.js (one file).
 */
import { chmod, cp, rm } from 'node:fs/promises';
import { dirname, relative } from 'node:path/posix';
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

/**
 * Files of their own: what is built into them, and what imports call it. The library that speaks to the server is
 * loaded after the activation, and would take most of its time. V8 takes seven times the size of a script to read
 * it and keeps that: of a server in parts, a part takes what the last one gave back. Some are never read.
 */
const parts = [
  ['nodeClient.js', 'client/src/nodeClient.ts', './nodeClient.ts'],
  ['server/serveNode.js', 'server/src/serveNode.ts', './serveNode.ts'],
  ['server/de.json', 'server/l10n/de.json', '../../l10n/de.json'],
  ['server/languageserver.js', 'vscode-languageserver/node', 'vscode-languageserver', 'vscode-languageserver/node'],
  ...['dockerfile-ast', 'jsonc-parser', 'smol-toml', 'unbash', 'yaml'].map((name) => [`server/${name}.js`, name, name]),
];
/** `file`: the importing file, below dist/. */
const besideParts = (file) => ({
  name: 'parts',
  setup: ({ onResolve }) => {
    onResolve({ filter: /./ }, ({ path, kind }) => {
      const part = parts.find(([, , ...imports]) => kind !== 'entry-point' && imports.includes(path));
      return part && { path: `./${relative(dirname(file), part[0])}`, external: true };
    });
  },
});
/** A script that may have parts, which are read when they are asked for: `import()` would go through a second loader. */
const script = (entry, file) =>
  build({
    ...node,
    supported: { 'dynamic-import': false },
    entryPoints: [entry],
    outfile: `dist/${file}`,
    external: ['vscode'],
    plugins: [besideParts(file)],
  });

await rm('dist', { recursive: true, force: true });
await Promise.all([
  script('client/src/node.ts', 'client.js'),
  script('server/src/main.ts', 'server.js'),
  ...parts.map(([file, entry]) =>
    // Built alone it would export nothing.
    file.endsWith('.json') ? cp(entry, `dist/${file}`) : script(entry, file),
  ),
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
