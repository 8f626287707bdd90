/** Words of unbash into words of `model/shell.ts`; their pieces are made when somebody looks. */
import type { ShellScript, ShellWord, WordPiece } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import type { Assignment, DoubleQuotedChild, ParameterExpansionPart, ParsedScript, Word, WordPart } from 'unbash';

/** Adapts the script of a substitution, whose positions are those of `text`. */
export type AdaptScript = (script: ParsedScript, text: string) => ShellScript;

class LazyWord implements ShellWord {
  private made: readonly WordPiece[] | undefined;

  constructor(
    readonly raw: string,
    readonly span: Span,
    private readonly make: () => readonly WordPiece[],
  ) {}

  get pieces(): readonly WordPiece[] {
    this.made ??= this.make();
    return this.made;
  }
}

/** Adapts a word. */
export function toWord(word: Word, text: string, adapt: AdaptScript): ShellWord {
  return new LazyWord(word.text, { start: word.pos, end: word.end }, () => wordPieces(word, text, adapt));
}

/** `NAME=value` as a word: what `export` and its kin are given. */
export function assignmentWord(assignment: Assignment, text: string, adapt: AdaptScript): ShellWord {
  const { value } = assignment;
  return new LazyWord(assignment.text, { start: assignment.pos, end: assignment.end }, () => {
    if (value.type !== 'Word') return [{ k: 'other', raw: assignment.text }];
    const name: WordPiece = { k: 'text', text: text.slice(assignment.pos, value.pos), quoted: false };
    return value.text === '' ? [name] : [name, ...wordPieces(value, text, adapt)];
  });
}

/** A word that is not taken apart (an array, a heredoc delimiter). */
export function opaqueWord(raw: string, span: Span): ShellWord {
  return { raw, span, pieces: [{ k: 'other', raw }] };
}

function wordPieces(word: Word, text: string, adapt: AdaptScript): readonly WordPiece[] {
  if (word.parts === undefined) return [{ k: 'text', text: word.value, quoted: word.value !== word.text }];
  return word.parts.flatMap((part) => piecesOf(part, text, adapt));
}

function piecesOf(part: WordPart, text: string, adapt: AdaptScript): readonly WordPiece[] {
  switch (part.type) {
    case 'Literal':
      return [{ k: 'text', text: part.value, quoted: part.value !== part.text }];
    case 'SingleQuoted':
    case 'AnsiCQuoted':
      return [{ k: 'text', text: part.value, quoted: true }];
    case 'DoubleQuoted':
    case 'LocaleString':
      if (part.parts.length === 0) return [{ k: 'text', text: '', quoted: true }];
      return part.parts.map((child) => childPiece(child, true, text, adapt));
    case 'Glob':
      return [{ k: 'glob', text: part.text }];
    case 'SimpleExpansion':
    case 'ParameterExpansion':
    case 'CommandExpansion':
    case 'ArithmeticExpansion':
      return [childPiece(part, false, text, adapt)];
    default:
      return [{ k: 'other', raw: part.text }];
  }
}

function childPiece(part: DoubleQuotedChild, quoted: boolean, text: string, adapt: AdaptScript): WordPiece {
  switch (part.type) {
    case 'Literal':
      return { k: 'text', text: part.value, quoted };
    case 'SimpleExpansion':
      return { k: 'var', name: part.text.slice(1), quoted };
    case 'ParameterExpansion':
      return parameterPiece(part, quoted);
    case 'CommandExpansion': {
      // Backticks with escapes are parsed from a decoded copy: positions in it say nothing about `text`.
      const exact = part.script !== undefined && part.script.source === undefined ? part.script : undefined;
      return { k: 'subst', script: exact && adapt(exact, text), raw: part.text, quoted };
    }
    default:
      return { k: 'other', raw: part.text };
  }
}

function parameterPiece(part: ParameterExpansionPart, quoted: boolean): WordPiece {
  const { operation, parameter: name } = part;
  if (part.prefix !== undefined || part.index !== undefined || operation?.type === 'Unknown')
    return { k: 'other', raw: part.text };
  if (operation === undefined) return { k: 'var', name, quoted };
  const arg = part.text.slice(operation.operatorEnd - part.pos, operation.end - part.pos);
  return { k: 'var', name, op: operation.operator, arg, quoted };
}
