/** The few things that are asked of a Docker engine. */
import { spawnSync } from 'node:child_process';

/** Runs `docker` and returns its output; throws with the last line of what it complained about. */
export function docker(...args) {
  const { status, stdout, stderr, error } = spawnSync('docker', args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    // A busy machine compiles for half an hour what takes two minutes alone.
    timeout: 2_700_000,
  });
  if (error !== undefined || status !== 0)
    throw new Error(`docker ${args[0]}: ${error?.message ?? (stderr.trim().split('\n').at(-1) || `exit ${status}`)}`);
  return stdout.trim();
}

/** True when an engine answers. */
export function engineAnswers() {
  const { status, error } = spawnSync('docker', ['info'], { stdio: 'ignore' });
  return error === undefined && status === 0;
}

/** Builds an image; returns seconds. */
export function build(image, file, context, { cache = true } = {}) {
  const started = Date.now();
  docker('build', '--network', 'host', '-q', ...(cache ? [] : ['--no-cache']), '-t', image, '-f', file, context);
  return (Date.now() - started) / 1000;
}

/** True when the engine has an image of this name. */
export function isThere(ref) {
  return spawnSync('docker', ['image', 'inspect', ref], { stdio: 'ignore' }).status === 0;
}

/** What the engine tells of an image. */
export function imageOf(ref) {
  return JSON.parse(docker('image', 'inspect', ref))[0];
}

/** Configuration of an image as the engine tells it. */
export function configOf(image) {
  const { Config } = imageOf(image);
  const { Env, WorkingDir, User, Entrypoint, Cmd, ExposedPorts, Volumes, StopSignal, Shell, Healthcheck } = Config;
  return {
    env: Object.fromEntries(
      (Env ?? []).map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
    ),
    workdir: WorkingDir || '/',
    user: User || 'root',
    entrypoint: Entrypoint ?? null,
    cmd: Cmd ?? null,
    expose: Object.keys(ExposedPorts ?? {}).sort(),
    volume: Object.keys(Volumes ?? {}).sort(),
    stopsignal: StopSignal ?? null,
    shell: Shell ?? null,
    healthcheck: Healthcheck?.Test ?? null,
  };
}

/** Output of a shell command in a container of the image, as root and without a network. */
export function inside(image, script) {
  return docker('run', '--rm', '--network', 'none', '--user', '0', '--entrypoint', 'sh', image, '-c', script);
}

/** Size of an image in megabytes, its base included. */
export function sizeMB(image) {
  return Math.round(Number(docker('image', 'inspect', '-f', '{{.Size}}', image)) / 1e6);
}
