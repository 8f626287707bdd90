/** What a base image holds before the first instruction. */
import type { BaseFacts } from '../facts/types.ts';
import type { Config, ConfigValue, ImageState, Principal, StageBase } from '../model/state.ts';
import { known, openValue, type Value } from '../model/value.ts';
import { WriteLog } from '../model/writeLog.ts';

/** PATH of an image without one of its own (containerd's default, oci/spec_opts.go). */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

/** The state of a stage that starts from an image (not from an earlier stage). */
export function stateOfBase(base: StageBase): ImageState {
  const facts = base.facts;
  return {
    base,
    root: base,
    config: configOf(facts),
    args: new Map(),
    writes: new WriteLog(),
    packages: new Map(),
    removedFromBase: new Set(),
    principals: principalsOf(facts),
    atoms: [],
    holes: [],
    dependencies: [],
    unread: [],
    configured: new Map(),
    told: new Map(),
    runNeeds: [],
  };
}

/** A stage that starts from an earlier one has everything that one has; build arguments too (Dockerfile reference, "ARG", scope). */
export function stateOfStage(base: StageBase, parent: ImageState): ImageState {
  const state = cloneState(parent);
  return { ...state, base, config: { ...state.config, onbuild: [] } };
}

/** A copy of a state that can change by itself. `writes`: in place of a copy of its own. */
export function cloneState(state: ImageState, writes = state.writes.clone()): ImageState {
  const { config } = state;
  return {
    ...state,
    config: {
      ...config,
      env: new Map(config.env),
      expose: new Map(config.expose),
      volume: new Map(config.volume),
      label: new Map(config.label),
      onbuild: [...config.onbuild],
    },
    args: new Map(state.args),
    writes,
    packages: new Map(state.packages),
    removedFromBase: new Set(state.removedFromBase),
    principals: new Map(state.principals),
    atoms: [...state.atoms],
    holes: [...state.holes],
    dependencies: [...state.dependencies],
    unread: [...state.unread],
    configured: new Map(state.configured),
    told: new Map(state.told),
    runNeeds: [...state.runNeeds],
  };
}

function fromBase<T>(value: T): ConfigValue<T> {
  return { value, from: 'base', span: undefined };
}

function configOf(facts: BaseFacts | undefined): Config {
  const config = facts?.config;
  const env = new Map<string, ConfigValue<Value>>();
  env.set('PATH', fromBase(known(DEFAULT_PATH)));
  for (const [name, value] of Object.entries(config?.env ?? {})) {
    env.set(name, fromBase(value === null ? openValue(name) : known(value)));
  }
  const exec = (
    argv: readonly string[] | undefined,
  ): ConfigValue<{ form: 'exec'; argv: readonly string[] }> | undefined =>
    argv === undefined ? undefined : fromBase({ form: 'exec' as const, argv });
  return {
    env,
    workdir: fromBase(known(config?.workdir ?? '/')),
    user: config?.user === undefined ? undefined : fromBase(known(config.user)),
    entrypoint: exec(config?.entrypoint),
    cmd: exec(config?.cmd),
    healthcheck:
      config?.healthcheck === undefined ? undefined : fromBase({ flags: config.healthcheck, process: undefined }),
    stopsignal: config?.stopsignal === undefined ? undefined : fromBase(config.stopsignal),
    shell: config?.shell === undefined ? undefined : fromBase(config.shell),
    expose: new Map((config?.expose ?? []).map((port) => [port, fromBase(port)])),
    volume: new Map((config?.volume ?? []).map((path) => [path, fromBase(path)])),
    label: new Map(),
    onbuild: [],
    maintainer: undefined,
  };
}

/** Users of Debian's base-passwd (the same numbers on Ubuntu); those that Dockerfiles name. */
const DEBIAN_USERS: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 1,
  bin: 2,
  sys: 3,
  games: 5,
  man: 6,
  lp: 7,
  mail: 8,
  news: 9,
  uucp: 10,
  proxy: 13,
  'www-data': 33,
  backup: 34,
  list: 38,
  nobody: 65534,
};
const ALPINE_USERS: Readonly<Record<string, number>> = {
  root: 0,
  daemon: 2,
  adm: 3,
  lp: 4,
  mail: 8,
  ftp: 21,
  'www-data': 82,
  guest: 405,
  nobody: 65534,
};

/** Where they live, if not below /home (Debian's base-passwd, aports main/alpine-baselayout). */
const DEBIAN_HOMES: Readonly<Record<string, string>> = {
  root: '/root',
  daemon: '/usr/sbin',
  bin: '/bin',
  sys: '/dev',
  games: '/usr/games',
  man: '/var/cache/man',
  lp: '/var/spool/lpd',
  mail: '/var/mail',
  news: '/var/spool/news',
  uucp: '/var/spool/uucp',
  proxy: '/bin',
  'www-data': '/var/www',
  backup: '/var/backups',
  list: '/var/list',
  nobody: '/nonexistent',
};
const ALPINE_HOMES: Readonly<Record<string, string>> = {
  root: '/root',
  daemon: '/sbin',
  adm: '/var/adm',
  lp: '/var/spool/lpd',
  mail: '/var/mail',
  ftp: '/var/lib/ftp',
  guest: '/dev/null',
  nobody: '/',
};

function principalsOf(facts: BaseFacts | undefined): Map<string, Principal> {
  const users = new Map<string, Principal>();
  const [standard, homes] = facts?.os.id === 'alpine' ? [ALPINE_USERS, ALPINE_HOMES] : [DEBIAN_USERS, DEBIAN_HOMES];
  for (const [name, id] of Object.entries({ ...standard, ...facts?.users })) {
    users.set(`user:${name}`, {
      name,
      kind: 'user',
      id,
      from: 'base',
      home: homes[name] ?? `/home/${name}`,
    });
    users.set(`group:${name}`, { name, kind: 'group', id, from: 'base' });
  }
  if (facts?.os.id === 'debian' || facts?.os.id === 'ubuntu') {
    users.set('group:users', { name: 'users', kind: 'group', id: 100, from: 'base' });
    // openssh-client of the full images came before anything else that counts from 100.
    if (facts.tools.includes('ssh')) {
      const name = groupOfClient(facts.os.versionId);
      users.set(`group:${name}`, { name, kind: 'group', id: 101, from: 'base' });
    }
  }
  users.set('group:nogroup', { name: 'nogroup', kind: 'group', id: 65534, from: 'base' });
  users.set('group:staff', { name: 'staff', kind: 'group', id: 50, from: 'base' });
  return users;
}

/** The group that openssh-client makes for its agent (its postinst; `ssh` before Debian 12). */
export function groupOfClient(versionId: string): string {
  return Number(versionId) < 12 ? 'ssh' : '_ssh';
}

const SYSTEM = /^\/(usr|etc|bin|sbin|lib|lib64|lib32|var|boot|dev|proc|sys|run)(\/|$)/;

/** Directories that every base has, with little in them. */
const EMPTY_IN_BASES = /^\/(root|home|opt|srv|tmp)$/;

/** Alpine makes only bin, lib and share below /usr/local (aports, main/alpine-baselayout); Debian's base-files makes all of the FHS. */
const ABSENT_IN_ALPINE = /^\/usr\/local\/(etc|games|man|sbin|src)(\/|$)/;

/** Where published images put their own program (Dockerfiles of docker-library, adoptium, gradle, conda). */
const HOMES_OF_TOOLS = /^\/(go|opt\/(java|conda|gradle|yarn[^/]*|bitnami|venv)|home\/(gradle|node|jovyan)|usr)(\/|$)/;

/** True when a base image has content at or below `path` that no instruction of the file wrote. */
export function baseHolds(state: ImageState, path: string): boolean {
  // Debian's and Alpine's /usr/src is empty; of docker-library's images only PHP's keeps its sources there.
  if (/^\/usr\/src\/./.test(path) && state.root.facts !== undefined && state.root.facts.image !== 'php') return false;
  if (state.root.facts?.os.id === 'alpine' && ABSENT_IN_ALPINE.test(path)) return false;
  if (path === '/' || SYSTEM.test(path)) return true;
  if (EMPTY_IN_BASES.test(path))
    return !state.writes.index.exactly(path).some((write) => write.kind === 'dir' || write.kind === 'file');
  // Published bases keep to the system's directories and the homes of their own tools.
  if (state.root.facts !== undefined && !HOMES_OF_TOOLS.test(path)) return false;
  return !state.writes.index.overlaps(path, () => true);
}
