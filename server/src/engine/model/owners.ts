/** Whose a written path is when the image is done. */
import { isBelow } from './path.ts';
import type { Principal, Write } from './state.ts';

/**
 * The owner of what `write` wrote, after every later `chown` of it or `chown -R` above it; `undefined`: root, or
 * whoever COPY found there. `path`: one path below the write.
 */
export function ownerAtEnd(write: Write, alive: readonly Write[], path = write.path): string | undefined {
  let { owner } = write;
  for (let i = alive.indexOf(write) + 1; i < alive.length; i++) {
    const later = alive[i] as Write;
    if (
      later.kind === 'meta' &&
      later.owner !== undefined &&
      (later.path === path || (later.recursive === true && isBelow(path, later.path)))
    )
      owner = given(owner, later.owner);
  }
  return owner;
}

/**
 * `user:group` after a `chown` or `chgrp`: what it does not name stays (chown(1): `app` leaves the group, `app:` gives
 * the login group). `owner`: before; `undefined` is root. An owner without a group has the login group.
 */
export function given(owner: string | undefined, change: string): string {
  const [user = '', group] = change.split(/[:.]/);
  const [before = '', had] = (owner ?? 'root').split(/[:.]/);
  const now = user === '' ? before : user;
  // The login group of another user is named like that user, as useradd names it.
  const kept = had === undefined || had === '' ? (now === before ? '' : before) : had;
  return `${now}:${group ?? kept}`;
}

/** The numbers behind `user:group`; a name that nobody has defined stays a name. Without a group: the user's own. */
export function numbersOf(
  owner: string,
  principals: ReadonlyMap<string, Principal>,
): { readonly user: string; readonly group: string } {
  const [user, group] = owner.split(/[:.]/);
  const primary = principals.get(`user:${user ?? ''}`)?.group ?? user;
  const of = (kind: string, name: string | undefined): string =>
    name === undefined || name === '' || /^\d+$/.test(name)
      ? (name ?? '')
      : String(principals.get(`${kind}:${name}`)?.id ?? name);
  return { user: of('user', user), group: of('group', group === undefined || group === '' ? primary : group) };
}
