/**
 * Makes the tables of facts: node server/facts/derive/index.mjs --shared DIR --debian DIR [--only NAME,…]
 * `--shared`: the folder of compiled facts (JSON). `--debian`: P-<release>.xz (Packages, main
 * amd64), C-<release>.gz (Contents-amd64), CA-<release>.gz (Contents-all). Needs `xz` for the former.
 */
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { deriveAlpine } from './alpine.mjs';
import { deriveBases } from './bases.mjs';
import { deriveClasses } from './classes.mjs';
import { deriveDebian } from './debian.mjs';
import { deriveFullVsSlim } from './fullVsSlim.mjs';

const { values } = parseArgs({
  options: { shared: { type: 'string' }, debian: { type: 'string' }, only: { type: 'string' } },
});
if (values.shared === undefined) throw new Error('--shared DIR is missing');
const read = (name) => JSON.parse(readFileSync(join(values.shared, name), 'utf8'));
const only = values.only?.split(',');
const wanted = (name) => only === undefined || only.includes(name);
const common = {
  shared: values.shared,
  out: join(dirname(fileURLToPath(import.meta.url)), '..', 'tables'),
  command: 'node server/facts/derive/index.mjs --shared ../shared/facts --debian DIR',
};

const fullVsSlim = read('debian-full-vs-slim.json');
if (wanted('bases')) {
  deriveBases({
    ...common,
    date: '2026-08-21',
    records: [...read('base-images.json'), ...read('base-images-retired.json')],
    history: read('official-tag-os-history.json'),
    floating: read('floating-tags.json').tags,
    sets: fullVsSlim.sets,
  });
}
if (wanted('full-vs-slim')) deriveFullVsSlim({ ...common, date: '2026-11-23', releases: fullVsSlim.releases });
if (wanted('debian-classes'))
  deriveClasses({ ...common, date: '2026-11-23', record: read('debian-build-packages.json') });
if (wanted('alpine')) deriveAlpine({ ...common, date: '2026-11-23', record: read('alpine-dev-packages.json') });
for (const release of ['bullseye', 'bookworm', 'trixie']) {
  if (!wanted(`debian-${release}`)) continue;
  if (values.debian === undefined) throw new Error('--debian DIR is missing');
  await deriveDebian({
    ...common,
    date: '2026-11-23',
    debian: values.debian,
    release,
    devSeen: read('dev-packages-seen.json'),
    devPackages: read('debian-dev-packages.json')[release],
    // Tools that stay or leave by their use: who provides a command must be known.
    ambiguous: read('debian-build-packages.json').releases[release].ambiguous,
    fullVsSlim: fullVsSlim.releases[release],
  });
}
