/** What two images answer, and in what they differ. */
import { execFileSync, spawnSync } from 'node:child_process';
import { isFrom } from './context.mjs';
import { configOf, docker } from './docker.mjs';
import { listing } from './layers.mjs';
import { OF_THE_SYSTEM, startsWith } from './paths.mjs';

const port = 8000;

/** What differs between the base images of the two and is none of the program's. */
const OF_THE_BASE = /(^|_)(VERSION|SHA256|GPG_KEY|RELEASE)$/;

/** Asks the server in the container with what the container has; what a program without a server prints. */
export function answer(image) {
  const id = docker('run', '-d', '--network', 'none', image);
  const url = `http://localhost:${port}`;
  const asks = [
    ['python3', '-c', `import urllib.request as u; print(u.urlopen("${url}", timeout=1).read().decode())`],
    ['node', '-e', `fetch("${url}").then((answer) => answer.text()).then(console.log)`],
  ];
  try {
    for (let tries = 0; tries < 40; tries++) {
      if (docker('inspect', '-f', '{{.State.Running}}', id) === 'false')
        return `exit ${docker('inspect', '-f', '{{.State.ExitCode}}', id)}: ${logs(id)}`.trim();
      for (const ask of [...asks]) {
        const { status, stdout } = spawnSync('docker', ['exec', id, ...ask], { encoding: 'utf8' });
        if (status === 127) asks.splice(asks.indexOf(ask), 1);
        if (status === 0)
          return `${stdout.trim().replace(/\s+/g, ' ')} as user ${docker('exec', id, 'id', '-u')}${health(id)}`;
      }
      execFileSync('sleep', ['0.5']);
    }
    return `no answer: ${logs(id)}`;
  } finally {
    docker('rm', '-f', id);
  }
}

/** How the program of an image starts: its exit status and last word within so many seconds, else that it runs, or why it cannot. */
function start(image, seconds) {
  const id = docker('create', '--network', 'none', image);
  try {
    try {
      docker('start', id);
    } catch {
      // The command is not there: a fixture has the least context.
      return `cannot start: ${docker('inspect', '-f', '{{.State.Error}}', id)}`;
    }
    for (let tries = 0; tries < 2 * seconds; tries++) {
      execFileSync('sleep', ['0.5']);
      if (docker('inspect', '-f', '{{.State.Running}}', id) === 'false')
        // Numbers are times, ports and processes.
        return `exit ${docker('inspect', '-f', '{{.State.ExitCode}}', id)}: ${logs(id).replace(/\d+/g, '0')}`.trim();
    }
    return 'runs';
  } finally {
    docker('rm', '-f', id);
  }
}

/** How both start; on a busy machine one may have come less far than the other when the time is up. */
export function starts(original, split) {
  const soon = [start(original, 3), start(split, 3)];
  return soon[0] === soon[1] ? soon : [start(original, 60), start(split, 60)];
}

function logs(id) {
  const { stdout, stderr } = spawnSync('docker', ['logs', id], { encoding: 'utf8' });
  return `${stdout}${stderr}`.trim().split('\n').at(-1);
}

/** `, healthy` once the health check has run; nothing without one. */
function health(id) {
  const state = () => docker('inspect', '-f', '{{if .State.Health}}{{.State.Health.Status}}{{end}}', id);
  let status = state();
  for (let tries = 0; tries < 120 && status === 'starting'; tries++) {
    execFileSync('sleep', ['0.5']);
    status = state();
  }
  return status === '' ? '' : `, ${status}`;
}

/** Lines that say in what the configuration of the split differs from the original's. */
export function configDifferences(original, split) {
  const a = configOf(original);
  const b = configOf(split);
  const out = [];
  for (const name of new Set([...Object.keys(a.env), ...Object.keys(b.env)]))
    if (a.env[name] !== b.env[name] && !OF_THE_BASE.test(name))
      out.push(`ENV ${name}: ${a.env[name]} / ${b.env[name]}`);
  for (const key of Object.keys(a))
    if (key !== 'env' && JSON.stringify(a[key]) !== JSON.stringify(b[key]))
      out.push(`${key}: ${JSON.stringify(a[key])} / ${JSON.stringify(b[key])}`);
  return out;
}

/** What may be missing from the last image (design, 2.1.3). */
const MAY_LEAVE = new Set(['cache', 'intermediate', 'toolchain', 'source']);

/**
 * Files that the original's commands wrote and that are lost in the split, or belong to another there, or have another
 * mode. `original`: what the calibration saw of it. `left`, `copied`: what the split says that it leaves behind, and copies.
 */
export function fileDifferences(original, split, left, copied) {
  const after = listing(split);
  const out = [];
  const lost = [];
  let compared = 0;
  const seen = new Set();
  for (const { paths } of original.layers.values()) for (const path of paths.keys()) seen.add(path);
  for (const path of seen) {
    const a = original.after.get(path);
    if (a === undefined || original.owners.has(path) || OF_THE_SYSTEM.test(path) || /\/__pycache__(\/|$)/.test(path))
      continue;
    const b = after.get(path);
    if (b === undefined) {
      if (a.type !== 'd' && !mayLeave(path, original, left, copied)) lost.push(path);
      continue;
    }
    // A directory that both bases have is theirs.
    if (a.type === 'd' && original.before.has(path)) continue;
    compared++;
    const print = (one) => `${one.uid}:${one.gid} ${one.mode.toString(8)}`;
    if (a.type !== 'l' && print(a) !== print(b)) out.push(`${path}: ${print(a)} / ${print(b)}`);
  }
  if (lost.length > 0) out.push(`lost ${lost.length}: ${lost.slice(0, 5).join(' ')}`);
  return { compared, differences: out };
}

function mayLeave(path, { alive, context }, left, copied) {
  const isOf = (places) => places.some((one) => path === one || path.startsWith(`${one}/`));
  const write = alive.findLast(
    (one) =>
      one.kind !== 'gone' &&
      one.kind !== 'meta' &&
      (one.path === path || (one.kind === 'tree' && (one.path === '/' || startsWith(path, one.path)))) &&
      isFrom(one, path, context),
  );
  return (
    // What nobody foresaw is counted as such.
    write === undefined || MAY_LEAVE.has(write.class) || (isOf(left) && !isOf(copied))
  );
}
