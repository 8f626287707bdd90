/** What each instruction of a built image changed: its layers, as the engine saves them. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker } from './docker.mjs';

/**
 * One element for each instruction after FROM, in order: the paths of its layer (none for ENV, CMD …), and the archive
 * they are in. A deleted path has the type `gone`. The caller removes `folder`.
 */
export function layersOf(image, base) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-layers-'));
  const below = JSON.parse(docker('image', 'inspect', base))[0].RootFS.Layers;
  const without = below.map((id) => `--exclude=blobs/sha256/${id.replace('sha256:', '')}`).join(' ');
  execFileSync('sh', ['-c', `docker save '${image}' | tar -x -C '${folder}' ${without}`]);
  const json = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { Config, Layers } = json('manifest.json')[0];
  const archives = Layers.slice(below.length);
  const instructions = json(Config)
    .history.slice(docker('history', '-q', base).split('\n').length)
    .map(({ created_by: text, empty_layer: empty }) => {
      const archive = empty === true ? undefined : join(folder, archives.shift());
      return { text, archive, paths: archive === undefined ? new Map() : contents(archive) };
    });
  return { folder, instructions };
}

function contents(archive) {
  const out = execFileSync('tar', ['-tv', '--numeric-owner', '--full-time', '-f', archive], {
    encoding: 'utf8',
    maxBuffer: 1 << 29,
  });
  return readListing(out);
}

/** Every path of an image, as its engine exports it. */
export function listing(image) {
  const id = docker('create', image, 'true');
  try {
    const out = execFileSync('sh', ['-c', `docker export ${id} | tar -tv --numeric-owner --full-time -f -`], {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
    });
    return readListing(out);
  } finally {
    docker('rm', '-f', id);
  }
}

/** An image as it ends up: what its base holds with what its layers changed. */
export function applied(before, instructions) {
  const after = new Map(before);
  for (const { paths } of instructions) {
    const gone = new Set([...paths].filter(([, { type }]) => type === 'gone').map(([path]) => path));
    if (gone.size > 0)
      for (const path of [...after.keys()])
        for (let up = path; up !== ''; up = up.slice(0, up.lastIndexOf('/')))
          if (gone.has(up)) {
            after.delete(path);
            break;
          }
    for (const [path, entry] of paths) if (entry.type !== 'gone') after.set(path, entry);
  }
  return after;
}

/** Paths of `tar -tv`: type (`-`, `d`, `l`, `h`, `gone`), owner, mode, size and time. */
function readListing(text) {
  const paths = new Map([['/', { type: 'd', uid: 0, gid: 0, mode: 0o755 }]]);
  for (const line of text.split('\n')) {
    const match = /^(\S)(\S{9})\S* (\d+)\/(\d+)\s+(\S+) (\S+ \S+) (.+)$/.exec(line);
    if (match === null) continue;
    const [, type, mode, uid, gid, size, time, rest] = match;
    const [name, target] = rest.split(type === 'h' ? ' link to ' : ' -> ');
    const path = `/${name.replace(/^\.?\//, '').replace(/\/$/, '')}`.replace(/^\/\.$/, '/');
    const entry = { type, mode: bits(mode), uid: Number(uid), gid: Number(gid), size, time, target };
    const deleted = /^(.*\/)\.wh\.([^/]+)$/.exec(path);
    if (deleted === null) paths.set(path, entry);
    else if (!deleted[2].startsWith('.wh.')) paths.set(`${deleted[1]}${deleted[2]}`, { ...entry, type: 'gone' });
  }
  return paths;
}

/** `rwsr-xr-t` as a number. */
function bits(text) {
  let mode = 0;
  for (let i = 0; i < 9; i++) {
    const letter = text[i];
    if (letter !== '-' && letter !== 'S' && letter !== 'T') mode |= 1 << (8 - i);
    if (/[sS]/.test(letter)) mode |= i < 3 ? 0o4000 : 0o2000;
    if (/[tT]/.test(letter)) mode |= 0o1000;
  }
  return mode;
}
