/**
 * What `COPY --from` keeps, with each builder that is here: BuildKit, the engine's legacy builder, buildah. The setting
 * `copiesKeepOwners` is on by default because these keep owners, modes and capabilities.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const expected = [
  'kept 0:0 755',
  'kept/sub 4242:4242 1777',
  'kept/sub/file 4242:4242 640',
  'kept/setuid 4242:4242 4755',
  'single 0:0 755',
  'single/file 4242:4242 640',
  'kept/capable cap_net_raw=ep',
];

function run(command, args, env = {}) {
  const { status, stdout, stderr, error } = spawnSync(command, args, {
    encoding: 'utf8',
    maxBuffer: 1 << 28,
    env: { ...process.env, ...env },
  });
  if (error !== undefined || status !== 0)
    throw new Error(error?.message ?? (`${stdout}${stderr}`.trim().split('\n').at(-1) || `exit ${status}`));
  return stdout;
}

function withDocker(context, buildKit) {
  const image = `stages-builders-${buildKit}`;
  run('docker', ['build', '--network', 'host', '-t', image, context], { DOCKER_BUILDKIT: buildKit });
  return run('docker', ['run', '--rm', '--network', 'none', image, 'cat', '/result']);
}

function withBuildah(context) {
  const folder = mkdtempSync(join(tmpdir(), 'stages-buildah-'));
  const buildah = (...args) =>
    run(
      'buildah',
      ['--root', join(folder, 'root'), '--runroot', join(folder, 'run'), '--storage-driver', 'vfs', ...args],
      {
        REGISTRY_AUTH_FILE: '/dev/null',
        DOCKER_CONFIG: '/nonexistent',
      },
    );
  try {
    run('docker', ['save', '-o', join(folder, 'base.tar'), 'debian:bookworm-slim']);
    buildah('pull', `docker-archive:${join(folder, 'base.tar')}`);
    buildah('bud', '--isolation', 'chroot', '--network', 'host', '--pull-never', '-t', 'result', context);
    const container = buildah('from', '--pull-never', 'localhost/result').trim();
    return buildah('run', '--isolation', 'chroot', container, 'cat', '/result');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * Builds the same file with each builder. `differences` of one that is here: lines that are not as expected; `missing`: why
 * another was not tried; `given`: what `--chown` left of a setuid bit and a capability.
 */
function compareBuilders(context) {
  const version = spawnSync('buildah', ['--version'], { encoding: 'utf8' });
  const builders = [
    ['BuildKit', () => withDocker(context, '1')],
    ["Docker's legacy builder", () => withDocker(context, '0')],
    [version.error ? 'buildah' : /^buildah version \S+/.exec(version.stdout)?.[0], () => withBuildah(context)],
  ];
  return builders.map(([name, build], at) => {
    if (at === 2 && version.error) return { name, missing: 'it is not installed (Debian: apt-get install buildah)' };
    let lines;
    try {
      lines = build().trim().split('\n');
    } catch (error) {
      return { name, missing: error.message };
    }
    const has = new Set(lines);
    return {
      name,
      differences: expected.filter((line) => !has.has(line)),
      given: ['given/setuid 4243:4243 4755', 'given/capable cap_net_raw=ep'].every((line) => has.has(line)),
    };
  });
}

/** What each builder that is here keeps of owners, modes and capabilities, as lines of Markdown. */
export function buildersTable(context) {
  const lines = ['| builder | owners, modes, setuid bits, capabilities | with `--chown` |', '|---|---|---|'];
  const failures = [];
  let passed = 0;
  for (const { name, missing, differences, given } of compareBuilders(context)) {
    if (missing === undefined && differences.length === 0) passed++;
    for (const one of differences ?? []) failures.push(`${name}: not ${one}`);
    const [state, chown] =
      missing === undefined
        ? [differences.length === 0 ? 'kept' : 'lost', given ? 'the same' : 'setuid bits and capabilities are lost']
        : [`not tried: ${missing}`, ''];
    lines.push(`| ${name} | ${state} | ${chown} |`);
    console.log(`${differences?.length > 0 ? 'FAILED' : 'ok    '} ${name}: ${state}`);
  }
  return { lines, failures, passed };
}
