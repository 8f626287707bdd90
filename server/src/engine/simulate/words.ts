/** Values of shell words: quote removal, parameters, and a mark for what a glob or a substitution hides. */
import type { Span } from '../model/span.ts';
import type { ShellWord, WordPiece } from '../model/shell.ts';
import { openValue, union, type Value } from '../model/value.ts';

/** One evaluated argument. */
export interface Arg {
  /** The text; what is not known stands as `${NAME}` or `$(…)`. */
  readonly text: string;
  /** Everything of it is known and it holds no glob. */
  readonly known: boolean;
  readonly glob: boolean;
  /** Names without a value. */
  readonly open: readonly string[];
  /** Build arguments that went in. */
  readonly args: readonly string[];
  /** Source offsets. */
  readonly span: Span;
  /** Index of the word in the command. */
  readonly word: number;
  /** The text, or a part of it, came from a variable. */
  readonly variable: boolean;
  readonly raw: string;
}

export type Lookup = (name: string) => Value | undefined;

const BRACED = /^\{([^{}]*,[^{}]*)\}$/;

/**
 * The words that one shell word becomes: usually one; an unquoted variable is
 * split on blanks, a brace list is spread where the shell does that (`braces`).
 */
export function evaluateWord(word: ShellWord, index: number, span: Span, lookup: Lookup, braces = true): Arg[] {
  const only = word.pieces.length === 1 ? word.pieces[0] : undefined;
  if (only?.k === 'text') return [plainWord(word, only.text, index, span)];
  let texts: string[] = [''];
  let open = NONE;
  let args = NONE;
  let glob = false;
  let variable = false;
  let split = false;
  for (const piece of word.pieces) {
    if (piece.k === 'other' && BRACED.test(piece.raw)) {
      if (!braces) {
        texts = texts.map((text) => text + piece.raw);
        continue;
      }
      const list = (BRACED.exec(piece.raw)?.[1] ?? '').split(',');
      texts = texts.flatMap((text) => list.map((item) => text + item));
      continue;
    }
    const value = pieceValue(piece, lookup);
    if (piece.k === 'glob') glob = true;
    if (piece.k === 'var') variable = true;
    if (piece.k === 'var' && !piece.quoted && value.open.length === 0 && /\s/.test(value.text)) split = true;
    open = union(open, value.open);
    args = union(args, value.args);
    texts = texts.map((text) => text + value.text);
  }
  if (split) texts = texts.flatMap((text) => text.split(/\s+/)).filter((text) => text !== '');
  else if (variable && texts.length === 1 && texts[0] === '' && !word.raw.includes('"') && !word.raw.includes("'"))
    return [];
  if (variable && !glob && texts.some((text) => /[*?]/.test(text))) glob = true;
  return texts.map((text) => argOf(text, open, args, glob, span, index, variable, word.raw));
}

/** A word of nothing but text: most are. */
export function plainWord(word: ShellWord, text: string, index: number, span: Span): Arg {
  return argOf(text, NONE, NONE, false, span, index, false, word.raw);
}

const NONE: readonly string[] = [];

/** The value of a word that is one string (an assignment, a redirect target). */
export function evaluateText(word: ShellWord, lookup: Lookup): Value {
  let text = '';
  let open = NONE;
  let args = NONE;
  for (const piece of word.pieces) {
    const value = pieceValue(piece, lookup);
    text += value.text;
    open = union(open, value.open);
    args = union(args, value.args);
  }
  return { text, open, args };
}

function argOf(
  text: string,
  open: readonly string[],
  args: readonly string[],
  glob: boolean,
  span: Span,
  word: number,
  variable: boolean,
  raw: string,
): Arg {
  return { text, known: open.length === 0 && !glob, glob, open, args, span, word, variable, raw };
}

function pieceValue(piece: WordPiece, lookup: Lookup): Value {
  switch (piece.k) {
    case 'text':
    case 'glob':
      return { text: piece.text, open: NONE, args: NONE };
    case 'var':
      return variableValue(piece.name, piece.op, piece.arg, lookup);
    case 'subst':
      return { text: piece.raw, open: ['$()'], args: NONE };
    case 'other':
      return { text: piece.raw, open: ['$()'], args: NONE };
  }
}

function variableValue(name: string, op: string | undefined, arg: string | undefined, lookup: Lookup): Value {
  const value = lookup(name);
  switch (op) {
    case undefined:
      return value ?? openValue(name);
    case '-':
    case ':-':
    case '=':
    case ':=':
      if (value !== undefined && (value.text !== '' || !op.startsWith(':'))) return value;
      return plainDefault(name, arg, lookup);
    case '+':
    case ':+':
      if (value === undefined || (value.text === '' && op === ':+')) return { text: '', open: NONE, args: NONE };
      return plainDefault(name, arg, lookup);
    case '%':
    case '%%':
    case '#':
    case '##': {
      const cut = value !== undefined && value.open.length === 0 ? trim(value.text, op, arg ?? '') : undefined;
      return cut === undefined || value === undefined ? openValue(name) : { ...value, text: cut };
    }
    default:
      return openValue(name);
  }
}

function plainDefault(name: string, arg: string | undefined, lookup: Lookup): Value {
  if (arg === undefined) return { text: '', open: NONE, args: NONE };
  if (/^\$\{?[A-Za-z_]\w*\}?$/.test(arg)) return lookup(arg.replace(/[${}]/g, '')) ?? openValue(name);
  return /[$`]/.test(arg) ? openValue(name) : { text: arg.replace(/^(["'])(.*)\1$/, '$2'), open: NONE, args: NONE };
}

/** `${V#pattern}` and friends for the patterns that occur: literal text with at most `*`. */
function trim(text: string, op: string, pattern: string): string | undefined {
  if (/[?[\]\\$`"']/.test(pattern)) return undefined;
  const lazy = op.length === 1;
  const body = pattern
    .split('*')
    .map((part) => part.replace(/[.+^$()|{}]/g, '\\$&'))
    .join(lazy ? '.*?' : '.*');
  if (op.startsWith('#')) return text.replace(new RegExp(`^${body}`, 's'), '');
  if (!lazy) return text.replace(new RegExp(`${body}$`, 's'), '');
  const found = new RegExp(`^(.*)${body}$`, 's').exec(text);
  return found?.[1] ?? text;
}
