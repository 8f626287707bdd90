/** Owners that a copy between stages does not bring along by itself. */
import { given } from '../model/owners.ts';
import { isBelow } from '../model/path.ts';
import type { Placement } from './place.ts';
import type { Root } from './roots.ts';
import type { PlanInput } from './types.ts';

/**
 * The user to whom a whole copied tree belongs, when the directory itself would
 * become root's: nothing in the runtime stage makes it before.
 */
export function ownerOfCopy(input: PlanInput, placement: Placement, root: Root): string | undefined {
  const owner = wholeOwner(input, placement, root.path);
  // Where the builder gives copies to root, everything is named.
  if (!input.settings.copiesKeepOwners) return owner;
  if (root.file) return undefined;
  if (owner === undefined) return undefined;
  const made = input.state.writes.index
    .exactly(root.path)
    .some(
      (write) =>
        write.kind === 'dir' &&
        !placement.builder.has(write.atom) &&
        write.owner !== undefined &&
        owner.startsWith(`${write.owner.split(':')[0] ?? ''}:`),
    );
  return made ? undefined : owner;
}

/** `user:group` of everything at and below a path when the builder ends, if it is one and not root's. */
function wholeOwner(input: PlanInput, placement: Placement, path: string): string | undefined {
  const full = (owner: string): string => {
    const [user, group] = owner.split(/[:.]/) as [string, string?];
    return `${user}:${group === undefined || group === '' ? (input.state.principals.get(`user:${user}`)?.group ?? user) : group}`;
  };
  let owner: string | undefined;
  let mixed = false;
  for (const write of input.state.writes.around(path)) {
    const around =
      write.kind === 'meta' && write.owner !== undefined && write.recursive === true && isBelow(path, write.path);
    if (!around && !isBelow(write.path, path)) continue;
    if ((input.simulation.atoms[write.atom]?.instruction ?? 0) > placement.end) continue;
    if (around) {
      owner = full(given(owner, write.owner));
      // `chown app` leaves everything its group.
      mixed &&= !/.[:.]/.test(write.owner);
    } else if (write.kind !== 'gone' && (write.kind !== 'meta' || write.owner !== undefined)) {
      const named = write.kind === 'meta' && write.owner !== undefined ? given(owner, write.owner) : write.owner;
      const own = named === undefined ? 'root:root' : full(named);
      mixed ||= owner !== undefined && owner !== own;
      owner ??= own;
    }
  }
  return mixed || owner === 'root:root' ? undefined : owner;
}
