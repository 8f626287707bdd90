/**
 * Comments with which the author settles a doubt: `# dockerfile-stages keep=git`,
 * `leave=git` (packages, separated by commas) and `accept=dependencies-unread`
 * (assumptions), anywhere in the file.
 */
import type { TextEdit } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';

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

/** Writes `# dockerfile-stages WORDS` on a line of its own above the instruction at a place; `undefined` where there is none. */
export function pragmaAbove(file: Dockerfile, span: Span, words: string): TextEdit | undefined {
  const instruction = file.instructions.find((one) => one.span.start <= span.start && span.start <= one.span.end);
  if (instruction === undefined) return undefined;
  const indent = /[ \t]*$/.exec(file.text.slice(0, instruction.span.start).slice(-200))?.[0] ?? '';
  const at = instruction.span.start - indent.length;
  return { span: { start: at, end: at }, newText: `${indent}# dockerfile-stages ${words}${file.eol}` };
}
