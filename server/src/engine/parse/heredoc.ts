import { LexError, lex } from './lexer.ts';

/** A heredoc operator in a joined instruction. */
export interface HeredocOperator {
  readonly name: string;
  readonly chomp: boolean;
  /** No part of the delimiter was in quotes. (BuildKit does not count a backslash as a quote.) */
  readonly expand: boolean;
  readonly fd: number | undefined;
  /** Offsets into the joined text, file descriptor and delimiter included. */
  readonly start: number;
  readonly end: number;
}

const OPERATOR = /^(\d*)<<(-?)[\t\n\f\r ]*([^<]*)$/;

function lexName(text: string, keepQuotes: boolean): readonly string[] {
  const result = lex(text, { escape: '\\', keepQuotes, keepEscapes: false, unset: 'written', value: () => undefined });
  return result.words.map((word) => word.text);
}

function countQuotes(text: string): number {
  return text.replace(/[^'"]/g, '').length;
}

/** The heredoc that one word opens (`<<EOF`, `3<<-"E"`), or `undefined`. */
export function parseHeredocWord(word: string): Omit<HeredocOperator, 'start' | 'end'> | undefined {
  const match = OPERATOR.exec(word);
  if (match === null || match[3] === undefined || match[3] === '') return undefined;
  try {
    const [name, ...more] = lexName(match[3], false);
    const [raw] = lexName(match[3], true);
    if (name === undefined || raw === undefined || more.length > 0) return undefined;
    const fd = match[1] === '' || match[1] === undefined ? undefined : Number(match[1]);
    return { name, chomp: match[2] === '-', expand: countQuotes(name) === countQuotes(raw), fd };
  } catch (error) {
    if (error instanceof LexError) return undefined;
    throw error;
  }
}

/**
 * The heredocs that a joined RUN, COPY or ADD opens. BuildKit lexes the whole line,
 * keyword included, with the backslash as escape whatever the directive says; where
 * that fails (an open quote, `${#V}`) it sees no heredoc at all.
 */
export function heredocOperators(joined: string): readonly HeredocOperator[] {
  if (!joined.includes('<<')) return [];
  try {
    const { words } = lex(joined, {
      escape: '\\',
      keepQuotes: true,
      keepEscapes: true,
      unset: 'written',
      value: () => undefined,
    });
    return words.flatMap(({ text, start, end }) => {
      const heredoc = parseHeredocWord(text);
      return heredoc === undefined ? [] : [{ ...heredoc, start, end }];
    });
  } catch (error) {
    if (error instanceof LexError) return [];
    throw error;
  }
}

/** A heredoc body without the leading tabs of each line (`<<-`). */
export function chompTabs(body: string): string {
  return body.replace(/^\t+/gm, '');
}
