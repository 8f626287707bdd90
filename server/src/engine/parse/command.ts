/**
 * Keyword, flags and arguments of one joined instruction (moby/buildkit
 * `frontend/dockerfile/parser/split_command.go`). All offsets are into the joined text.
 */
import { isSeparator, isSpace, skipSpace, trimSpaceEnd } from './chars.ts';

export interface RawFlag {
  /** Quotes and escapes removed: `--from=x`. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
}

export interface SplitCommand {
  readonly keyword: string;
  readonly keywordStart: number;
  readonly keywordEnd: number;
  readonly flags: readonly RawFlag[];
  readonly argsStart: number;
  readonly argsEnd: number;
}

/** Splits a joined instruction, or the part of it from `start` on (the trigger of ONBUILD). */
export function splitCommand(joined: string, start: number, escape: string): SplitCommand {
  const end = trimSpaceEnd(joined, start, joined.length);
  const keywordStart = skipSpace(joined, start, end);
  let keywordEnd = keywordStart;
  while (keywordEnd < end && !isSeparator(joined.charCodeAt(keywordEnd))) keywordEnd++;
  const flags: RawFlag[] = [];
  let at = keywordEnd;
  while (at < end && isSeparator(joined.charCodeAt(at))) at++;
  const argsStart = readFlags(joined, at, end, escape, flags);
  return {
    keyword: joined.slice(keywordStart, keywordEnd),
    keywordStart,
    keywordEnd,
    flags,
    argsStart: skipSpace(joined, argsStart, end),
    argsEnd: end,
  };
}

/** BuildKit reads flags byte by byte: of the Unicode blanks only those of ASCII count here. */
function isAsciiSpace(code: number): boolean {
  return code < 0x80 && isSpace(code);
}

/** Reads `--flag` words; returns where the arguments begin. `--` ends the flags and is dropped. */
function readFlags(joined: string, from: number, end: number, escape: string, flags: RawFlag[]): number {
  let at = from;
  for (;;) {
    while (at < end && isAsciiSpace(joined.charCodeAt(at))) at++;
    if (!joined.startsWith('--', at) || at + 2 > end) return at;
    const start = at;
    let text = '';
    let quote = '';
    for (; at < end; at++) {
      let ch = joined.charAt(at);
      if (quote === '' && isAsciiSpace(ch.charCodeAt(0))) break;
      if (quote === '' && (ch === '"' || ch === "'")) {
        quote = ch;
        continue;
      }
      if (ch === quote) {
        quote = '';
        continue;
      }
      if (ch === escape) {
        if (at + 1 >= end) continue;
        ch = joined.charAt(++at);
      }
      text += ch;
    }
    if (text === '--') return at;
    flags.push({ text, start, end: at });
  }
}

/** A JSON array of strings as BuildKit's exec form reads it. */
export type ExecArray =
  | {
      readonly kind: 'array';
      readonly values: readonly string[];
      readonly spans: readonly (readonly [number, number])[];
    }
  /** A JSON array with something else in it: BuildKit refuses the file. */
  | { readonly kind: 'not-strings' }
  | { readonly kind: 'none' };

/**
 * Reads `[start, end)` of the joined text as exec form. Spans are those of the string
 * contents, without the quotes, in joined offsets. Not JSON: `none`, and the shell form holds.
 */
export function readExecArray(joined: string, start: number, end: number): ExecArray {
  const at = skipSpace(joined, start, end);
  if (joined.charAt(at) !== '[') return { kind: 'none' };
  const text = joined.slice(at, end);
  let values: unknown;
  try {
    values = JSON.parse(text);
  } catch {
    return { kind: 'none' };
  }
  if (!Array.isArray(values)) return { kind: 'none' };
  if (!values.every((value): value is string => typeof value === 'string')) return { kind: 'not-strings' };
  const spans = [...text.matchAll(/"((?:[^"\\]|\\.)*)"/g)].map((match): readonly [number, number] => [
    at + match.index + 1,
    at + match.index + match[0].length - 1,
  ]);
  return { kind: 'array', values, spans };
}

const HEREDOC_KEYWORDS = new Set(['run', 'copy', 'add']);

/** Whether the instruction may open heredocs: RUN, COPY, ADD, or ONBUILD of one, not in exec form. */
export function canOpenHeredocs(joined: string, escape: string): boolean {
  let command = splitCommand(joined, 0, escape);
  if (command.keyword.toLowerCase() === 'onbuild') command = splitCommand(joined, command.argsStart, escape);
  if (!HEREDOC_KEYWORDS.has(command.keyword.toLowerCase())) return false;
  return readExecArray(joined, command.argsStart, command.argsEnd).kind === 'none';
}
