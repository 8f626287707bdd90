/**
 * Variable expansion in the arguments of FROM, COPY, ENV and the like, as BuildKit
 * does it (`lexer.ts`), except that a variable without a value stays symbolic.
 */
import { LexError, lex } from './lexer.ts';

export interface Expansion {
  /** Expanded, quotes and escapes removed. An unset variable stands as `${NAME}`. On error, the text as it was. */
  readonly text: string;
  /** Names without a value, each once. */
  readonly unresolved: readonly string[];
  /** BuildKit would refuse the text: an open quote or brace, an unknown modifier. */
  readonly error?: string;
}

export interface WordsExpansion {
  /** The words after expansion, split on blanks outside quotes. Empty on error. */
  readonly words: readonly string[];
  readonly unresolved: readonly string[];
  readonly error?: string;
}

/** The value of a variable, or `undefined` when it has none (a set but empty variable is ''). */
export type Lookup = (name: string) => string | undefined;

/**
 * Expands one argument (an image, a path, the value of ENV or LABEL). `${V:-w}`,
 * `${V-w}`, `${V:+w}`, `${V+w}` decide with `lookup` alone; `${V#p}`, `${V%p}` and
 * `${V/p/r}` of an unset variable stay as written and count as unresolved.
 * Never throws.
 */
export function expandWord(text: string, lookup: Lookup, escape: '\\' | '`' = '\\'): Expansion {
  return attempt(
    () => {
      const result = lex(text, { escape, keepQuotes: false, keepEscapes: false, unset: 'symbolic', value: lookup });
      return { text: result.text, unresolved: result.unresolved };
    },
    (error) => ({ text, unresolved: [], error }),
  );
}

/**
 * Expands, then splits on blanks outside quotes, as BuildKit does for EXPOSE. A value
 * that came from a variable is split too. Empty quoted words vanish. Never throws.
 */
export function processWords(text: string, lookup: Lookup, escape: '\\' | '`' = '\\'): WordsExpansion {
  return attempt(
    () => {
      const result = lex(text, { escape, keepQuotes: false, keepEscapes: false, unset: 'symbolic', value: lookup });
      return { words: result.words.map((word) => word.text), unresolved: result.unresolved };
    },
    (error) => ({ words: [], unresolved: [], error }),
  );
}

/** A raw value without its quotes and escapes; variables stay as written. The text itself when it cannot be lexed. */
export function unquoteValue(raw: string, escape: '\\' | '`' = '\\'): string {
  if (!/["'\\`]/.test(raw)) return raw;
  return attempt(
    () => lex(raw, { escape, keepQuotes: false, keepEscapes: false, unset: 'written', value: () => undefined }).text,
    () => raw,
  );
}

function attempt<T>(run: () => T, failed: (message: string) => T): T {
  try {
    return run();
  } catch (error) {
    if (error instanceof LexError) return failed(error.message);
    throw error;
  }
}
