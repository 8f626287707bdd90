/**
 * The word lexer that BuildKit applies to Dockerfile arguments: quotes, escapes
 * and variables, not a shell. Rules read from moby/buildkit
 * `frontend/dockerfile/shell/lex.go` (v0.34); the code is our own.
 */
import { isSpace } from './chars.ts';
import { replacePattern, trimPrefixPattern, trimSuffixPattern } from './pattern.ts';

/** What happens to a variable that has no value. */
export type UnsetMode =
  /** It stays as written (BuildKit's `SkipUnsetEnv`). */
  | 'written'
  /** It becomes `${NAME}`; a default (`:-`, `-`, `:+`, `+`) is applied. */
  | 'symbolic';

export interface LexOptions {
  readonly escape: '\\' | '`';
  readonly keepQuotes: boolean;
  readonly keepEscapes: boolean;
  readonly unset: UnsetMode;
  value(name: string): string | undefined;
}

export interface LexWord {
  readonly text: string;
  /** Offsets into the lexed text. */
  readonly start: number;
  readonly end: number;
}

export interface LexResult {
  readonly text: string;
  readonly words: readonly LexWord[];
  /** Names without a value, in order of first appearance. */
  readonly unresolved: readonly string[];
}

/** What BuildKit reports for text it cannot lex: a quote or brace left open, an unknown modifier. */
export class LexError extends Error {}

/** Lexes `source`. Throws `LexError` where BuildKit reports an error. */
export function lex(source: string, options: LexOptions): LexResult {
  const lexer = new Lexer(source, options);
  const { text, words } = lexer.run(undefined, options.keepEscapes, false);
  return { text, words, unresolved: [...lexer.unresolved] };
}

const NAME = /[\p{L}\p{Nd}_]/u;
const DIGIT = /\p{Nd}/u;
const SPECIAL = '@*#?-$!0';
/** `${${${…` nests by recursion; BuildKit's stack grows, ours does not. */
const MAX_DEPTH = 200;

class Lexer {
  readonly unresolved = new Set<string>();
  private at = 0;
  private depth = 0;
  private keepEscapes: boolean;
  // The word under construction is shared by nested runs, as in BuildKit: a `${V:-x}`
  // inside a word drops what the word held before it.
  private word = '';
  private wordStart = 0;

  constructor(
    private readonly source: string,
    private readonly options: LexOptions,
  ) {
    this.keepEscapes = options.keepEscapes;
  }

  run(stop: string | undefined, keepEscapes: boolean, pattern: boolean): { text: string; words: LexWord[] } {
    if (++this.depth > MAX_DEPTH) throw new LexError('nested too deeply');
    const outer = this.keepEscapes;
    this.keepEscapes = keepEscapes;
    this.word = '';
    const words: LexWord[] = [];
    const state = { inWord: false };
    const out: string[] = [];
    let closed = stop === undefined;
    while (this.at < this.source.length) {
      const start = this.at;
      const ch = this.peek();
      if (ch === stop) {
        this.at++;
        closed = true;
        break;
      }
      if (ch === '$') {
        const value = this.dollar();
        out.push(value);
        for (const unit of value) this.addChar(unit, start, words, state);
      } else if (ch === "'" || ch === '"' || ch === '<') {
        const value = ch === '<' ? this.angle() : ch === '"' ? this.doubleQuoted(pattern) : this.singleQuoted(pattern);
        out.push(value);
        this.addRaw(value, start, state);
      } else if (ch === this.options.escape) {
        this.at++;
        if (this.keepEscapes) {
          this.addRaw(ch, start, state);
          out.push(ch);
        }
        if (this.at >= this.source.length) break;
        const escaped = this.next();
        this.addRaw(escaped, start, state);
        out.push(escaped);
      } else {
        this.at++;
        this.addChar(ch, start, words, state);
        out.push(ch);
      }
    }
    if (!closed) throw new LexError(`missing '${stop}'`);
    this.flush(words, this.at);
    this.keepEscapes = outer;
    this.depth--;
    return { text: out.join(''), words };
  }

  private peek(): string {
    return this.source.charAt(this.at);
  }
  private next(): string {
    return this.source.charAt(this.at++);
  }

  private addRaw(text: string, start: number, state: { inWord: boolean }): void {
    if (this.word === '') this.wordStart = start;
    this.word += text;
    state.inWord = true;
  }
  private addChar(ch: string, start: number, words: LexWord[], state: { inWord: boolean }): void {
    if (!isSpace(ch.charCodeAt(0))) this.addRaw(ch, start, state);
    else if (state.inWord && this.word !== '') {
      this.flush(words, start);
      state.inWord = false;
    }
  }
  private flush(words: LexWord[], end: number): void {
    if (this.word !== '') words.push({ text: this.word, start: this.wordStart, end });
    this.word = '';
  }

  private singleQuoted(pattern: boolean): string {
    const close = this.source.indexOf("'", this.at + 1);
    if (close < 0) throw new LexError('missing single quote');
    let body = this.source.slice(this.at + 1, close);
    this.at = close + 1;
    // A literal escape inside a pattern is doubled, so that the pattern reader keeps it.
    if (pattern) body = body.replaceAll(this.options.escape, this.options.escape.repeat(2));
    return this.options.keepQuotes ? `'${body}'` : body;
  }

  private doubleQuoted(pattern: boolean): string {
    const { escape, keepQuotes } = this.options;
    const out: string[] = keepQuotes ? ['"'] : [];
    this.at++;
    for (;;) {
      if (this.at >= this.source.length) throw new LexError('missing double quote');
      const ch = this.peek();
      if (ch === '$') {
        out.push(this.dollar());
        continue;
      }
      this.at++;
      if (ch === '"') {
        if (keepQuotes) out.push(ch);
        return out.join('');
      }
      if (ch !== escape) {
        out.push(ch);
        continue;
      }
      if (this.at >= this.source.length) continue;
      const following = this.peek();
      if (following === '"' || following === '$' || following === escape) {
        if (this.keepEscapes) out.push(ch);
        out.push(this.next());
      } else {
        if (this.keepEscapes && (!keepQuotes || pattern)) out.push(ch);
        out.push(ch);
      }
    }
  }

  /** `<`, or `<<` with the blanks that may stand between a heredoc operator and its delimiter. */
  private angle(): string {
    const start = this.at++;
    if (this.peek() !== '<') return '<';
    this.at++;
    while (this.at < this.source.length && '\t\r '.includes(this.peek())) this.at++;
    return this.source.slice(start, this.at);
  }

  private name(): string {
    const start = this.at;
    if (this.at >= this.source.length) return '';
    const first = this.peek();
    if (DIGIT.test(first)) {
      while (this.at < this.source.length && DIGIT.test(this.peek())) this.at++;
    } else if (SPECIAL.includes(first)) {
      this.at++;
    } else {
      while (this.at < this.source.length && NAME.test(this.peek())) this.at++;
    }
    return this.source.slice(start, this.at);
  }

  private unset(name: string): string {
    this.unresolved.add(name);
    return `\${${name}}`;
  }

  private dollar(): string {
    const start = this.at++;
    if (this.peek() !== '{') {
      const name = this.name();
      if (name === '') return '$';
      return this.options.value(name) ?? (this.options.unset === 'written' ? `$${name}` : this.unset(name));
    }
    this.at++;
    const first = this.peek();
    if (first === '' || first === '{' || first === '}' || first === ':') throw new LexError('bad substitution');
    const name = this.name();
    const operator = this.next();
    if (operator === '}') {
      return this.options.value(name) ?? (this.options.unset === 'written' ? `\${${name}}` : this.unset(name));
    }
    if (operator === '/') return this.replacement(start, name);
    if (operator === '' || !':+-?#%'.includes(operator)) throw new LexError(`unsupported modifier ${operator}`);
    return this.modified(start, name, operator);
  }

  private modified(start: number, name: string, first: string): string {
    const orEmpty = first === ':';
    const operator = orEmpty ? this.next() : first;
    const trims = operator === '#' || operator === '%';
    if (orEmpty && trims) throw new LexError(`unsupported modifier :${operator}`);
    const operand = this.run('}', trims, trims).text;
    const value = this.options.value(name);
    if (value === undefined && this.options.unset === 'written') {
      return `\${${name}${orEmpty ? ':' : ''}${operator}${operand}}`;
    }
    const missing = value === undefined || (orEmpty && value === '');
    switch (operator) {
      case '-':
        return missing ? operand : value;
      case '+':
        return missing ? '' : operand;
      case '?':
        if (value === undefined) return this.unset(name);
        if (missing) throw new LexError(operand === '' ? `${name} is empty` : operand);
        return value;
      case '#':
      case '%': {
        if (value === undefined) return this.written(start, name);
        const greedy = operand.startsWith(operator);
        const pattern = greedy ? operand.slice(1) : operand;
        const trimmed =
          operator === '#' ? trimPrefixPattern(pattern, value, greedy) : trimSuffixPattern(pattern, value, greedy);
        if (trimmed === undefined) throw new LexError(`invalid pattern ${pattern}`);
        return trimmed;
      }
      default:
        throw new LexError(`unsupported modifier ${operator}`);
    }
  }

  private replacement(start: number, name: string): string {
    const all = this.peek() === '/';
    if (all) this.at++;
    const pattern = this.run('/', true, true).text;
    const replacement = this.run('}', true, false).text;
    const value = this.options.value(name);
    if (value === undefined) {
      return this.options.unset === 'written' ? `\${${name}/${pattern}/${replacement}}` : this.written(start, name);
    }
    const replaced = replacePattern(pattern, value, replacement, all);
    if (replaced === undefined) throw new LexError(`invalid pattern ${pattern}`);
    return replaced;
  }

  /** A trimmed or replaced variable without a value: only its own text says what it will be. */
  private written(start: number, name: string): string {
    this.unresolved.add(name);
    return this.source.slice(start, this.at);
  }
}
