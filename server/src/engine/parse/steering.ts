/**
 * Comments with which the author settles a doubt: `# dockerfile-stages keep=git`,
 * `leave=git` (packages, separated by commas) and `accept=dependencies-unread`
 * (assumptions), anywhere in the file.
 */
import type { Dockerfile } from '../model/dockerfile.ts';

export interface Steering {
  /** Packages that stay in the runtime stage. */
  readonly keep: ReadonlySet<string>;
  /** Packages that may leave, whatever nobody has read. */
  readonly leave: ReadonlySet<string>;
  /** Kinds of assumptions that the author vouches for. */
  readonly accept: ReadonlySet<string>;
}

const PRAGMA = /^#\s*dockerfile-stages\s+(keep|leave|accept)\s*=\s*([\w.+-]+(?:\s*,\s*[\w.+-]+)*)\s*$/;

const NONE: Steering = { keep: new Set(), leave: new Set(), accept: new Set() };

/** What the comments of a file say. Where both are said of a package, it is kept. */
export function steeringOf(file: Dockerfile): Steering {
  if (!file.text.includes('dockerfile-stages')) return NONE;
  const out = { keep: new Set<string>(), leave: new Set<string>(), accept: new Set<string>() };
  for (const comment of [...file.comments, ...file.instructions.flatMap((instruction) => instruction.comments)]) {
    const [, verb, list] = PRAGMA.exec(comment.text.trim()) ?? [];
    if (verb === undefined || list === undefined) continue;
    for (const word of list.split(/\s*,\s*/)) out[verb as keyof Steering].add(word);
  }
  for (const name of out.keep) out.leave.delete(name);
  return out;
}
