/** The adapter around unbash: the rest of the engine sees only `model/shell.ts`. */
import type { ListNode, ShellScript } from '../model/shell.ts';
import { forEachChild, parse, type ParsedScript, type SyntaxNode } from 'unbash';
import { Generations } from './generations.ts';
import { toList } from './shellNode.ts';

/** Bodies kept; a body is parsed once however often its file is. */
const LIMIT = 4096;

const memo = new Generations<ShellScript>(LIMIT);

/**
 * Parses shell text as Bash (POSIX sh parses the same), memoised by text. Never throws;
 * what is wrong stands in `errors`, those of substitutions included.
 */
export function parseShell(text: string): ShellScript {
  const known = memo.get(text);
  if (known !== undefined) return known;
  memo.age();
  const script = parseNow(text);
  memo.set(text, script);
  return script;
}

function parseNow(text: string): ShellScript {
  try {
    const script = parse(text);
    return { ...adapt(script, text), errors: allErrors(script, text) };
  } catch (error) {
    // unbash promises not to throw; a text on which it does is one we cannot read.
    const body: ListNode = { k: 'list', span: { start: 0, end: text.length }, items: [], separators: [] };
    return { text, body, errors: [{ message: String(error), at: 0 }] };
  }
}

/** A script or the script of a substitution; offsets are into `text` in both. */
function adapt(script: ParsedScript, text: string): ShellScript {
  const errors = (script.errors ?? []).map(({ message, pos }) => ({ message, at: pos }));
  return { text, body: toList(script.commands, { start: script.pos, end: script.end }, text, adapt), errors };
}

/** Errors of the script and of every substitution in it, which unbash reads only when asked. */
function allErrors(script: ParsedScript, text: string): ShellScript['errors'] {
  const errors = (script.errors ?? []).map(({ message, pos }) => ({ message, at: pos }));
  if (!/[`(]/.test(text)) return errors;
  const visit = (node: SyntaxNode): void => {
    if (node.type === 'Script') {
      const { errors: nested, source, pos } = node;
      for (const error of nested ?? [])
        errors.push({ message: error.message, at: source === undefined ? error.pos : pos });
    }
    forEachChild(node, visit);
  };
  forEachChild(script, visit);
  return errors;
}

/**
 * The interpreter that a script names in its first line (`#!/usr/bin/env python3` is
 * `python3`), or `undefined` without such a line. A heredoc script with one is run by it,
 * not by the shell (BuildKit, dispatchRun).
 */
export function interpreterOf(script: string): string | undefined {
  const words = /^#![ \t]*([^\r\n]*)/.exec(script)?.[1]?.trim().split(/\s+/) ?? [];
  const names = words.map((word) => word.slice(word.lastIndexOf('/') + 1));
  return names[0] === 'env'
    ? names.slice(1).find((name) => !name.startsWith('-') && !name.includes('='))
    : names[0] || undefined;
}

/** Whether a heredoc script is run by a shell we read: it has no `#!` line, or one that names such a shell. */
export function isShellScript(script: string): boolean {
  return !script.startsWith('#!') || /^(ba|da|a|k)?sh$/.test(interpreterOf(script) ?? '');
}
