/** What is left of a list of writes, and questions about it. Shared by plan and verify. */
import { isBelow, parentOf } from './path.ts';
import type { Write } from './state.ts';

/**
 * The writes that the final image still shows: those that no later deletion
 * covers. Deletions themselves stay, since they may delete something of the base.
 */
export function aliveWrites(writes: readonly Write[]): readonly Write[] {
  const alive: Write[] = [];
  const later = new Deletions();
  /** COPY --from deletes nothing: what was deleted in the other stage is only not among what it brings. By command. */
  const inCopies = new Map<number, Deletions>();
  // From the end: a write is gone when one that comes later deletes it.
  for (let at = writes.length - 1; at >= 0; at--) {
    const write = writes[at] as Write;
    if (write.kind === 'gone') {
      alive.push(write);
      if (write.sure) (write.copied === true ? ofCopy(inCopies, write.atom) : later).add(write);
    } else if (!later.cover(write) && inCopies.get(write.atom)?.cover(write) !== true) alive.push(write);
  }
  return alive.length === writes.length ? writes : alive.reverse();
}

function ofCopy(copies: Map<number, Deletions>, atom: number): Deletions {
  const own = copies.get(atom) ?? new Deletions();
  copies.set(atom, own);
  return own;
}

/** Deletions by their path. */
class Deletions {
  private readonly whole = new Set<string>();
  /** `rm -rf dir/*` leaves the directory, but nothing of a tree that was written there. */
  private readonly contents = new Set<string>();

  add({ path, below }: Write): void {
    (below === true ? this.contents : this.whole).add(path);
  }

  cover({ path, kind }: Write): boolean {
    if (this.whole.size === 0 && this.contents.size === 0) return false;
    if (this.whole.has(path) || (kind === 'tree' && this.contents.has(path))) return true;
    for (let up = path; up !== '/'; ) {
      up = parentOf(up);
      if (this.whole.has(up) || this.contents.has(up)) return true;
    }
    return false;
  }
}

/**
 * Where in the build context what lies at `path` comes from, when this write is the one that brought it; `undefined`: the
 * path lies elsewhere, or the write took nothing from there.
 */
export function sourceAt({ context, path: root }: Write, path: string): string | undefined {
  if (context === undefined || !isBelow(path, root)) return undefined;
  const rest = path.slice(root === '/' ? 1 : root.length + 1);
  return [context, rest].filter((part) => part !== '').join('/');
}
