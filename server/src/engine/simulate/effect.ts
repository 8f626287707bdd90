import { FlagSet } from '../model/flagSet.ts';
import type { Effect, Role, ShellChange } from '../model/state.ts';

const ROLES: Readonly<Record<Role, number>> = {
  config: 1,
  copy: 1 << 1,
  'copy-stage': 1 << 2,
  install: 1 << 3,
  scaffold: 1 << 4,
  dependencies: 1 << 5,
  build: 1 << 6,
  toolchain: 1 << 7,
  fetch: 1 << 8,
  setup: 1 << 9,
  principal: 1 << 10,
  program: 1 << 11,
  check: 1 << 12,
  query: 1 << 13,
  shell: 1 << 14,
  cleanup: 1 << 15,
  opaque: 1 << 16,
};
const SHELL: Readonly<Record<ShellChange, number>> = { directory: 1, variables: 2, options: 4 };

/** An effect in which nothing has happened yet. */
export function emptyEffect(): Effect {
  return {
    roles: new FlagSet(ROLES),
    needs: [],
    writes: [],
    installs: [],
    removed: [],
    held: [],
    dependencies: [],
    unread: [],
    principals: [],
    commands: [],
    opaque: undefined,
    shell: new FlagSet(SHELL),
    relative: false,
    variables: false,
    replayable: true,
    reads: [],
    repository: false,
    mayFail: false,
  };
}

/** The same when nothing more will happen: a file has thousands, and a list that may grow takes ten times its content. */
export function finished(effect: Effect): Effect {
  return {
    roles: effect.roles,
    needs: fitted(effect.needs),
    writes: fitted(effect.writes),
    installs: fitted(effect.installs),
    removed: fitted(effect.removed),
    held: fitted(effect.held),
    dependencies: fitted(effect.dependencies),
    unread: fitted(effect.unread),
    principals: fitted(effect.principals),
    commands: fitted(effect.commands),
    opaque: effect.opaque,
    shell: effect.shell,
    relative: effect.relative,
    variables: effect.variables,
    replayable: effect.replayable,
    reads: fitted(effect.reads),
    repository: effect.repository,
    mayFail: effect.mayFail,
  };
}

const NONE: never[] = [];

function fitted<T>(list: T[]): T[] {
  return list.length === 0 ? NONE : list.slice();
}
