/** What each instruction of a built image changed: its layers, as the engine keeps or saves them. */
import { execFileSync, spawnSync } from 'node:child_process';
import { lstatSync, mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync, rmdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { docker, imageOf } from './docker.mjs';

/**
 * One element for each instruction after FROM, in order: its text, the paths of its layer (none for ENV, CMD …) by
 * type (`-`, `d`, `l`, `gone`), owner and mode, and `read`, which gives the contents of some of them. Call `close` at
 * the end.
 */
export function layersOf(image, base) {
  const below = imageOf(base).RootFS.Layers.length;
  const { history, layers, close } = kept(image) ?? saved(image, below);
  const steps = history.slice(docker('history', '-q', base).split('\n').length);
  const own = layers.slice(below);
  const instructions = steps.map(({ created_by: text, empty_layer: empty }) => ({
    text,
    ...(empty === true ? { paths: new Map(), read: () => new Map() } : own.shift()()),
  }));
  return { instructions, close };
}

/** Every path of an image as it ends up. */
export function listing(image) {
  return (mounted(image) ?? exported(image)).set('/', { type: 'd', uid: 0, gid: 0, mode: 0o755 });
}

/** Its layers laid over each other as the engine does it; `undefined` where that is not allowed or possible. */
function mounted(image) {
  const { GraphDriver } = imageOf(image);
  if (GraphDriver?.Name !== 'overlay2' || process.getuid?.() !== 0) return undefined;
  const { LowerDir, UpperDir } = GraphDriver.Data;
  const folders = [UpperDir, ...(LowerDir ?? '').split(':').filter((one) => one !== '')];
  const at = mkdtempSync(join(tmpdir(), 'stages-root-'));
  // A mount needs two folders.
  const lower = folders.length > 1 ? folders : [...folders, at];
  const { status } = spawnSync('mount', ['-t', 'overlay', 'overlay', '-o', `ro,lowerdir=${lower.join(':')}`, at]);
  try {
    return status === 0 ? ofFolder(at).paths : undefined;
  } finally {
    if (status === 0) execFileSync('umount', [at]);
    rmdirSync(at);
  }
}

function exported(image) {
  const id = docker('create', image, 'true');
  try {
    const out = execFileSync('sh', ['-c', `docker export ${id} | tar -tv --numeric-owner -f -`], {
      encoding: 'utf8',
      maxBuffer: 1 << 29,
    });
    return readListing(out);
  } finally {
    docker('rm', '-f', id);
  }
}

/** The layers where the engine of this machine keeps them (overlay2); `undefined` where they cannot be read. */
function kept(image) {
  const { Id, GraphDriver } = imageOf(image);
  if (GraphDriver?.Name !== 'overlay2') return undefined;
  const root = docker('info', '-f', '{{.DockerRootDir}}');
  try {
    const { history } = JSON.parse(
      readFileSync(join(root, 'image/overlay2/imagedb/content/sha256', Id.replace('sha256:', '')), 'utf8'),
    );
    const { LowerDir, UpperDir } = GraphDriver.Data;
    const folders = [...(LowerDir ?? '').split(':').filter((one) => one !== ''), UpperDir];
    // The lower ones are named from the top.
    const ordered = [...folders.slice(0, -1).reverse(), UpperDir];
    for (const one of ordered) readdirSync(one);
    return { history, layers: ordered.map((folder) => () => ofFolder(folder)), close: () => undefined };
  } catch {
    return undefined;
  }
}

function ofFolder(folder) {
  const paths = new Map();
  const walk = (path) => {
    for (const name of readdirSync(join(folder, path))) {
      const at = `${path}/${name}`;
      const stat = lstatSync(join(folder, at));
      const entry = { type: typeOf(stat), uid: stat.uid, gid: stat.gid, mode: stat.mode & 0o7777 };
      paths.set(at, stat.isSymbolicLink() ? { ...entry, target: readlinkSync(join(folder, at)) } : entry);
      if (stat.isDirectory()) walk(at);
    }
  };
  walk('');
  return { paths, read: (names) => new Map(names.map((name) => [name, readFileSync(join(folder, name))])) };
}

/** overlayfs marks what was deleted by a character device 0/0. */
function typeOf(stat) {
  if (stat.isDirectory()) return 'd';
  if (stat.isSymbolicLink()) return 'l';
  return stat.isCharacterDevice() && stat.rdev === 0 ? 'gone' : '-';
}

/** The layers as `docker save` writes them, without the first `below`. */
function saved(image, below) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-layers-'));
  const without = imageOf(image)
    .RootFS.Layers.slice(0, below)
    .map((id) => `--exclude=blobs/sha256/${id.replace('sha256:', '')}`);
  execFileSync('sh', ['-c', `docker save '${image}' | tar -x -C '${folder}' ${without.join(' ')}`]);
  const json = (path) => JSON.parse(readFileSync(join(folder, path), 'utf8'));
  const { Config, Layers } = json('manifest.json')[0];
  return {
    history: json(Config).history,
    layers: Layers.map((archive) => () => ofArchive(join(folder, archive))),
    close: () => rmSync(folder, { recursive: true, force: true }),
  };
}

function ofArchive(archive) {
  const out = execFileSync('tar', ['-tv', '--numeric-owner', '-f', archive], { encoding: 'utf8', maxBuffer: 1 << 29 });
  return { paths: readListing(out), read: (names) => extracted(archive, names) };
}

function extracted(archive, names) {
  const found = new Map();
  if (names.length === 0) return found;
  const folder = mkdtempSync(join(tmpdir(), 'stages-files-'));
  try {
    execFileSync('tar', ['-x', '--no-same-owner', '-f', archive, '-C', folder, '--verbatim-files-from', '-T', '-'], {
      input: names.map((name) => name.slice(1)).join('\n'),
    });
    for (const name of names) found.set(name, readFileSync(join(folder, name)));
    return found;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Paths of `tar -tv`. */
function readListing(text) {
  const paths = new Map();
  for (const line of text.split('\n')) {
    const match = /^(\S)(\S{9})\S* (\d+)\/(\d+)\s+\S+ \S+ \S+ (.+)$/.exec(line);
    if (match === null) continue;
    const [, kind, mode, uid, gid, rest] = match;
    const [name, target] = rest.split(kind === 'h' ? ' link to ' : ' -> ');
    const path = `/${name.replace(/^\.?\//, '').replace(/\/$/, '')}`;
    const type = kind === 'd' || kind === 'l' ? kind : '-';
    const entry = { type, mode: bits(mode), uid: Number(uid), gid: Number(gid), target };
    const deleted = /^(.*\/)\.wh\.([^/]+)$/.exec(path);
    if (path === '/' || path === '/.') continue;
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
