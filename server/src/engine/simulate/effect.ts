import type { Effect } from '../model/state.ts';

/** An effect in which nothing has happened yet. */
export function emptyEffect(): Effect {
  return {
    roles: new Set(),
    needs: [],
    writes: [],
    installs: [],
    removed: [],
    dependencies: [],
    unread: [],
    principals: [],
    commands: [],
    opaque: undefined,
    shell: new Set(),
    relative: false,
    variables: false,
    replayable: true,
    reads: [],
    repository: false,
    mayFail: false,
  };
}
