/**
 * The fixtures of test/fixtures as files that can be built here: the versions of the base images that are there, and a
 * build context with the least that the file asks for. What such an application does is not the point; that both images
 * can be built, hold the same files of the same owners and start alike is.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';

const root = new URL('../../test/fixtures', import.meta.url).pathname;

/** Every fixture that a split is made of: `kind/name`, its text and the folder of its own context files. */
export function fixtures() {
  return readdirSync(root).flatMap((kind) =>
    readdirSync(join(root, kind))
      .filter((name) => existsSync(join(root, kind, name, 'after.Dockerfile')))
      .map((name) => ({
        name: `${kind}/${name}`,
        text: readFileSync(join(root, kind, name, 'before.Dockerfile'), 'utf8'),
        folder: join(root, kind, name),
        own: join(root, kind, name, 'context'),
      })),
  );
}

/** The text with versions for which there are base images (bookworm, Python 3.11, Node 20); `undefined`: none is. */
export function withVersionsHere(text, has) {
  const here = text
    .replace(/@sha256:[0-9a-f]{64}/g, '')
    .replace(/registry\.example\.com\/library\//g, '')
    .replace(/\bpython:3[\d.]*/g, 'python:3.11')
    .replace(/\bPYTHON=3[\d.]*/g, 'PYTHON=3.11')
    .replace(/\bpython3\.\d+/g, 'python3.11')
    .replace(/\bnode:\d[\d.]*/g, 'node:20')
    .replace(/^(FROM \S+-)(bullseye|buster|trixie)/gim, '$1bookworm')
    // Without a suite the tag is of a newer one by now.
    .replace(/^(FROM (?:--\S+ )*python:3\.11)(-slim)?(?=\s|$)/gim, '$1$2-bookworm');
  const bases = [...here.matchAll(/^from\s+(?:--\S+\s+)*(\S+)/gim)].map(([, ref]) => ref);
  return bases.every((ref) => ref.includes('$') || has(ref)) ? here : undefined;
}

/**
 * A package whose installation would download something, of a lock file that is an excerpt (without the addresses that npm
 * writes): without what it depends on itself its script does nothing. `undefined`: no such package.
 */
export function scriptOfExcerpt({ own }) {
  const lock = join(own, 'package-lock.json');
  if (!existsSync(lock)) return undefined;
  const { packages = {} } = JSON.parse(readFileSync(lock, 'utf8'));
  const [path] = Object.entries(packages).find(([, one]) => one.hasInstallScript && one.resolved === undefined) ?? [];
  return path?.replace(/^.*node_modules\//, '');
}

const dependencies = { ms: '2.1.3' };
const LOCK = JSON.stringify({
  name: 'app',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: { '': { name: 'app', version: '1.0.0', dependencies }, 'node_modules/ms': { version: '2.1.3' } },
});
const MANIFEST = JSON.stringify({
  name: 'app',
  version: '1.0.0',
  private: true,
  dependencies,
  scripts: { build: 'mkdir -p dist build && echo 0 > dist/main.js && cp dist/main.js build/', start: 'node server.js' },
});
const PYPROJECT =
  '[build-system]\nrequires = ["setuptools"]\nbuild-backend = "setuptools.build_meta"\n\n[project]\nname = "app"\nversion = "1.0.0"\ndependencies = []\n\n[tool.setuptools]\npy-modules = []\n';
const SCRIPT = '#!/bin/sh\nexec "$@"\n';
const MAKEFILE =
  'app: libapp.so\n\tprintf "int f(void); int main(void){return f();}" | cc -x c - -o app -L. -lapp\n\nlibapp.so:\n\tprintf "int f(void){return 0;}" | cc -x c - -shared -fPIC -o libapp.so\n\ninstall:\n\tinstall -d /usr/local/bin /usr/local/lib\n\tinstall app /usr/local/bin/\n\tinstall libapp.so /usr/local/lib/\n';

/** What a file of this name holds at least. */
function content(path, text) {
  const name = basename(path);
  if (name === 'package.json') return MANIFEST;
  if (name === 'package-lock.json') return LOCK;
  if (name === 'tsconfig.json')
    return '{ "compilerOptions": { "outDir": "dist", "rootDir": "src", "types": [] }, "include": ["src"] }\n';
  if (name === 'pyproject.toml') return PYPROJECT;
  if (name === 'Makefile') return MAKEFILE;
  if (/requirements.*\.txt$|production\.txt$/.test(path)) {
    const programs = ['gunicorn', 'uvicorn', 'celery', 'flask', 'uwsgi', 'django'];
    return `${programs.filter((one) => text.includes(one)).join('\n') || 'wheel'}\n`;
  }
  if (/\.sh$/.test(name)) return SCRIPT;
  if (name === 'manage.py') return 'import sys\n\nprint("manage", sys.argv[1:])\n';
  if (/\.py$/.test(name)) return 'print("ran")\n';
  if (/\.[cm]?[jt]s$/.test(name)) return 'console.log("ran");\n';
  if (name === 'nginx.conf') return 'events {}\nhttp { server { listen 8000; root /usr/share/nginx/html; } }\n';
  return '';
}

/** Files that a whole context usually has, by the words of the Dockerfile. */
const USUAL = [
  [/\bnpm\b|\byarn\b|\bpnpm\b/, ['package.json', 'server.js', 'index.js', 'src/server.js', 'app.js']],
  [/npm ci/, ['package-lock.json']],
  [/\btsc\b/, ['tsconfig.json', 'src/main.ts']],
  [/requirements\.txt/, ['requirements.txt']],
  [/manage\.py/, ['manage.py']],
  [/\bmake\b/, ['Makefile']],
  [/pip install (\S+ )*\.|poetry|\buv\b/, ['pyproject.toml']],
  [/\bpython/, ['main.py', 'app.py', 'run.py', 'server.py', 'serve.py', 'app/__main__.py', 'service/__main__.py']],
];

/** Fills `folder` with a context for `text`; `sources`: what it copies. */
export function fillContext(folder, { text, own }, sources) {
  if (existsSync(own)) cpSync(own, folder, { recursive: true });
  const put = (path) => {
    const file = join(folder, path);
    if (existsSync(file)) return;
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, content(path, text));
    if (/\.sh$/.test(path)) chmodSync(file, 0o755);
  };
  for (const raw of sources) {
    const path = raw.replace(/^(\.?\/)+/, '').replace(/\/+$/, '');
    if (path === '' || path === '.' || path.includes('$')) continue;
    if (/[*?[]/.test(path))
      put(
        path
          .replace(/\*\.py$/, 'main.py')
          .replace(/\*/g, '')
          .replace(/\?/g, 'x'),
      );
    else if (/\.[A-Za-z0-9]+$/.test(basename(path)) || /^(Pipfile|Makefile)$/.test(basename(path))) put(path);
    else if (!existsSync(join(folder, path)) || !statSync(join(folder, path)).isFile()) {
      mkdirSync(join(folder, path), { recursive: true });
      for (const file of ['main.py', 'server.js', 'production.txt', 'package.json']) put(join(path, file));
    }
  }
  for (const [words, files] of USUAL) if (words.test(text)) for (const file of files) put(file);
}
