/** Which paths are copied from the builder: as few and as deep as is certain, never a system directory whole. */
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import type { History } from './history.ts';

/** Directories below /usr/local that a base makes (FHS 3.0), unless it is known not to. */
const BASE_DIRECTORIES = /^\/usr\/local(\/(bin|sbin|lib|share|etc|include))?$/;

/** Never copied whole (pitfall 28, 47): they are the distribution's, or the whole image. */
const TOO_WIDE =
  /^\/(usr|usr\/(bin|sbin|lib|lib64|share|include)|bin|sbin|lib|lib64|etc|var|var\/lib|root|home|dev|proc|sys|run|tmp|boot|media|mnt)?$/;

export type RootResult =
  | { readonly roots: readonly Root[] }
  | { readonly problem: 'too-wide' | 'unresolved' | 'argument' | 'uncertain'; readonly write: Write };

export interface Root {
  readonly path: string;
  /** A single file or link. */
  readonly file: boolean;
  readonly write: Write;
  /** That the build makes this part of what it writes is not stated. */
  readonly assumed?: true;
}

/** The paths to copy for a set of writes. `history` knows what the image still shows. */
export function copyRoots(writes: readonly Write[], history: History): RootResult {
  const roots: Root[] = [];
  const { served } = history;
  for (const write of writes) {
    if (write.kind === 'gone' || write.kind === 'meta' || history.staysBehind(write)) continue;
    // Of the project that a build step wrote only what is served is read.
    const narrow =
      served !== undefined &&
      write.kind === 'tree' &&
      isBelow(write.path, served.project) &&
      isBelow(served.directory, write.path);
    const path = narrow ? served.directory : write.path;
    if (narrow) {
      if (isCovered(path, roots)) continue;
      drop(roots, path);
      roots.push({ path, file: false, write, assumed: true });
      continue;
    }
    if (roots.some((root) => isBelow(path, root.path))) continue;
    if (TOO_WIDE.test(path)) {
      // An edit of a system file or directory is replayed, not copied.
      if (write.kind === 'edit' || write.kind === 'dir') continue;
      return { problem: 'too-wide', write };
    }
    if (path.includes('$')) return { problem: 'unresolved', write };
    if ((write.args?.length ?? 0) > 0) return { problem: 'argument', write };
    if (!exists(path, history) && !(BASE_DIRECTORIES.test(path) && baseHolds(history.state, path))) {
      if (write.sure) return { problem: 'uncertain', write };
      const parent = certainParent(path, history);
      if (parent === undefined) return { problem: 'uncertain', write };
      if (roots.some((root) => isBelow(parent, root.path))) continue;
      drop(roots, parent);
      roots.push({ path: parent, file: false, write });
      continue;
    }
    drop(roots, path);
    roots.push({ path, file: isFile(write, history), write });
  }
  return { roots };
}

/** A single file: written as one, or edited. */
function isFile({ kind, path }: Write, { state }: History): boolean {
  if (kind === 'file' || kind === 'link') return true;
  return kind === 'edit' && state.writes.index.exactly(path).some((one) => one.kind === 'file');
}

function drop(roots: Root[], path: string): void {
  for (let i = roots.length - 1; i >= 0; i--) if (isBelow((roots[i] as Root).path, path)) roots.splice(i, 1);
}

/** The nearest directory above that is certain to exist and not too wide. */
function certainParent(path: string, history: History): string | undefined {
  let at = path;
  while (at.lastIndexOf('/') > 0) {
    at = at.slice(0, at.lastIndexOf('/'));
    if (TOO_WIDE.test(at)) return undefined;
    if (exists(at, history)) return at;
  }
  return undefined;
}

/** True when the path lies at or below a root. */
export function isCovered(path: string, roots: readonly Root[]): boolean {
  return roots.some((root) => isBelow(path, root.path));
}

/** True when something certain was written at the path or below it, so that a COPY of it finds something. */
function exists(path: string, history: History): boolean {
  return history.insideAlive(path, (write) => write.sure && write.kind !== 'gone' && write.kind !== 'meta');
}
