/** Whose the files are that commands wrote, and their modes, against the image. */
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { isFrom } from './context.mjs';

export function compareOwners(one) {
  const { name, state, alive, before, after, layers, kinds, owners, engine } = one;
  const places = byPath(alive);
  const seen = new Set();
  for (const { paths } of layers.values()) for (const path of paths.keys()) seen.add(path);
  for (const path of seen) {
    const entry = after.get(path);
    if (
      entry === undefined ||
      entry.type === 'l' ||
      owners.has(path) ||
      /^\/(tmp|run|var|etc|dev|proc|sys)\//.test(path)
    )
      continue;
    const write = writerOf(path, entry, places, one);
    if (write === undefined) continue;
    const owner = engine.ownerAtEnd(write, alive, path) ?? 'root';
    if (!owner.includes('$')) {
      const { user, group } = engine.numbersOf(owner, state.principals);
      kinds
        .of('owners')
        .claim(
          `${entry.uid}:${entry.gid}` === `${user}:${group}`,
          `${name}: ${path} is ${entry.uid}:${entry.gid}, said ${user}:${group} (${one.commandOf(write.atom)})`,
        );
    }
    const mode = modeOf(path, entry, write, alive, one.context);
    if (mode !== undefined)
      kinds
        .of('modes')
        .claim(
          entry.mode === mode,
          `${name}: ${path} is ${entry.mode.toString(8)}, said ${mode.toString(8)} (${one.commandOf(write.atom)})`,
        );
  }
}

function byPath(alive) {
  const places = new Map();
  alive.forEach((write, at) => {
    if (write.kind === 'gone' || write.kind === 'meta') return;
    if (!places.has(write.path)) places.set(write.path, []);
    places.get(write.path).push({ write, at });
  });
  return places;
}

/** The last certain write that made the path; `undefined` where nobody said it for certain. */
function writerOf(path, entry, places, one) {
  const { alive, before, context } = one;
  let found;
  for (let up = path; ; up = up.slice(0, up.lastIndexOf('/')) || '/') {
    for (const place of places.get(up) ?? []) {
      const { write } = place;
      const covers =
        up === path
          ? // COPY and installers leave the directory itself as they find it.
            entry.type !== 'd' || write.kind === 'dir'
          : write.kind === 'tree';
      // WORKDIR and `mkdir -p` leave a directory that is there whose it is.
      const made = found?.write.path === path && found.write.kind === 'dir' && write.kind === 'dir';
      if (
        covers &&
        !made &&
        isFrom(write, path, context) &&
        isTouched(write, path, one) &&
        (found === undefined || place.at > found.at)
      )
        found = place;
    }
    if (up === '/') break;
  }
  const write = found?.write;
  if (write === undefined || !write.sure || write.kind === 'edit' || write.unpacked !== undefined) return undefined;
  if (write.pattern !== undefined && write.context === undefined) return undefined;
  // A directory whose owner was set before was made by `mkdir -p` of what lies below it.
  const earlier = alive.slice(0, found.at);
  if (write.kind === 'dir' && earlier.some((one) => one.kind === 'meta' && one.path === path)) return undefined;
  // A directory that the base has stays whose it is.
  return entry.type === 'd' && before.has(path) ? undefined : write;
}

/** A command leaves what it does not touch below its directories as it is: only its own layer says what that was. */
function isTouched({ kind, atom }, path, { simulation, layers }) {
  const layer = layers.get(simulation.atoms[atom]?.instruction);
  return kind !== 'tree' || layer === undefined || layer.paths.has(path);
}

/** What `chmod`, `--chmod`, `mkdir` and the build context make of the mode; `undefined` where nobody said it. */
function modeOf(path, entry, write, alive, context) {
  let mode;
  if (write.kind === 'dir') mode = apply(write.mode ?? '755', 0o755, true);
  else if (write.context !== undefined && write.atom >= 0)
    mode = write.mode === undefined ? modeInContext(path, write, context) : apply(write.mode, undefined, false);
  for (let i = alive.indexOf(write) + 1; i < alive.length; i++) {
    const later = alive[i];
    if (later.kind !== 'meta' || later.mode === undefined) continue;
    if (later.path === path || (later.recursive === true && path.startsWith(`${later.path}/`)))
      mode = later.pattern === undefined ? apply(later.mode, mode, entry.type === 'd') : undefined;
  }
  return mode;
}

function modeInContext(path, write, context) {
  const rest = path === write.path ? '' : path.slice(write.path === '/' ? 1 : write.path.length + 1);
  try {
    return statSync(join(context, write.pattern === undefined ? write.context : '', rest)).mode & 0o7777;
  } catch {
    return undefined;
  }
}

/** A mode as chmod takes it, applied to one that is known or not. */
function apply(text, mode, directory) {
  if (/^0?[0-7]{3,4}$/.test(text)) return Number.parseInt(text, 8);
  if (mode === undefined) return undefined;
  for (const part of text.split(',')) {
    const match = /^([ugoa]*)([-+=])([rwxX]*)$/.exec(part);
    if (match === null) return undefined;
    const who = match[1] === '' || match[1].includes('a') ? 'ugo' : match[1];
    let bits = 0;
    for (const letter of match[3])
      bits |= letter === 'r' ? 4 : letter === 'w' ? 2 : letter === 'x' || directory || (mode & 0o111) !== 0 ? 1 : 0;
    for (const [letter, shift] of [
      ['u', 6],
      ['g', 3],
      ['o', 0],
    ]) {
      if (!who.includes(letter)) continue;
      // Without a letter the umask (022) counts.
      const own = (match[1] === '' && letter !== 'u' ? bits & ~2 : bits) << shift;
      if (match[2] === '+') mode |= own;
      else if (match[2] === '-') mode &= ~own;
      else mode = (mode & ~(7 << shift)) | own;
    }
  }
  return mode;
}
