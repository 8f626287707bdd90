/**
 * The whole text into directives, comments and raw instructions, line by line, as
 * moby/buildkit `frontend/dockerfile/parser/parser.go` reads it. Linear in the text.
 */
import type { Comment, Directive } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { skipSpace } from './chars.ts';
import { canOpenHeredocs } from './command.ts';
import { DirectiveReader } from './directives.ts';
import { type HeredocOperator, heredocOperators } from './heredoc.ts';
import { Joiner, type MappedText } from './joined.ts';

export interface RawHeredoc {
  readonly operator: HeredocOperator;
  /** The body lines with their line ends. */
  readonly body: Span;
  /** The terminator line without its line end; empty when it is missing. */
  readonly terminator: Span;
}

/** An instruction as it stands: nothing in it is interpreted beyond its extent. */
export interface RawInstruction {
  readonly start: number;
  /** End of the joined lines, where the heredoc bodies begin; without the line end. */
  readonly headEnd: number;
  /** End with heredocs, without the final line end. */
  readonly end: number;
  readonly heredocs: readonly RawHeredoc[];
  /** The last line ends in a continuation that nothing follows. */
  readonly dangling: boolean;
  /** A heredoc has no terminator. */
  readonly unterminated: boolean;
}

export interface Split {
  readonly bom: boolean;
  readonly eol: '\n' | '\r\n';
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Directives that BuildKit refuses: given twice, or an impossible escape. */
  readonly badDirectives: readonly Span[];
  readonly comments: readonly Comment[];
  readonly instructions: readonly RawInstruction[];
  readonly lineStarts: readonly number[];
  /** Lines that exceed BuildKit's limit of 64 KiB. */
  readonly longLines: readonly Span[];
}

/** BuildKit's scanner refuses a line of this many bytes, line end included (Go's `bufio.MaxScanTokenSize`). */
const MAX_LINE_BYTES = 64 * 1024;

/** Splits a text. Never throws. */
export function splitDockerfile(text: string): Split {
  return new Splitter(text).run();
}

/** End of the line content `[start, next)`: without `\n` and every `\r` before it. */
function contentEnd(text: string, start: number, next: number): number {
  let end = next;
  while (end > start) {
    const code = text.charCodeAt(end - 1);
    if (code !== 10 && code !== 13) break;
    end--;
  }
  return end;
}

/**
 * Where the continuation character of a line stands, or -1. It is the last thing on
 * the line but blanks and tabs, and no escape character stands before it.
 */
function continuationAt(text: string, start: number, end: number, escape: number): number {
  let at = end - 1;
  while (at >= start && (text.charCodeAt(at) === 32 || text.charCodeAt(at) === 9)) at--;
  if (at < start || text.charCodeAt(at) !== escape) return -1;
  return at > start && text.charCodeAt(at - 1) === escape ? -1 : at;
}

function commentAt(text: string, start: number, end: number): Comment {
  return { text: text.slice(start, end), span: { start, end } };
}

/**
 * The lines of one instruction's head joined as BuildKit joins them, with the comment
 * lines inside. `start` is the first character, `end` the end of the last line's content.
 */
export function joinHead(
  text: string,
  start: number,
  end: number,
  escape: '\\' | '`',
): { joined: MappedText; comments: readonly Comment[] } {
  const code = escape.charCodeAt(0);
  const joiner = new Joiner();
  const comments: Comment[] = [];
  for (let at = start; ; ) {
    const newline = text.indexOf('\n', at);
    const next = newline < 0 || newline >= end ? end : newline + 1;
    const stop = contentEnd(text, at, next);
    const first = skipSpace(text, at, stop);
    const isFirst = at === start;
    if (!isFirst && first < stop && text.charCodeAt(first) === 35) comments.push(commentAt(text, first, stop));
    else if (isFirst || first < stop) {
      const cut = continuationAt(text, at, stop, code);
      joiner.add(text.slice(at, cut < 0 ? stop : cut), at);
    }
    if (next >= end) break;
    at = next;
  }
  return { joined: joiner.finish(), comments };
}

class Splitter {
  private readonly lineStarts: number[] = [0];
  private readonly directiveReader = new DirectiveReader();
  private readonly comments: Comment[] = [];
  private readonly instructions: RawInstruction[] = [];
  private readonly longLines: Span[] = [];
  private line = 0;
  private crlf = 0;

  constructor(private readonly text: string) {
    for (let at = text.indexOf('\n'); at >= 0; at = text.indexOf('\n', at + 1)) this.lineStarts.push(at + 1);
  }

  run(): Split {
    const { text, lineStarts } = this;
    const bom = text.charCodeAt(0) === 0xfeff;
    while (this.line < lineStarts.length) {
      const lineStart = this.start(this.line);
      const stop = this.take();
      const first = skipSpace(text, lineStart === 0 && bom ? 1 : lineStart, stop);
      const isComment = first < stop && text.charCodeAt(first) === 35;
      const isDirective = this.directiveReader.read(text, first, stop);
      if (isComment && !isDirective) this.comments.push(commentAt(text, first, stop));
      else if (first < stop && !isComment) this.instruction(first, stop);
    }
    const { directives, bad, escape } = this.directiveReader;
    return {
      bom,
      eol: this.crlf * 2 > lineStarts.length - 1 ? '\r\n' : '\n',
      escape,
      directives,
      badDirectives: bad,
      comments: this.comments,
      instructions: this.instructions,
      lineStarts,
      longLines: this.longLines,
    };
  }

  private start(line: number): number {
    return this.lineStarts[line] ?? this.text.length;
  }

  /** Consumes the next line; returns the end of its content. */
  private take(): number {
    const start = this.start(this.line);
    const next = this.start(++this.line);
    const stop = contentEnd(this.text, start, next);
    if (next - stop >= 2) this.crlf++;
    // Three bytes for each unit is the most that UTF-8 needs.
    if ((next - start) * 3 >= MAX_LINE_BYTES) this.checkLength(start, next, stop);
    return stop;
  }

  private checkLength(start: number, next: number, stop: number): void {
    let bytes = 0;
    for (let at = start; at < next; at++) {
      const code = this.text.charCodeAt(at);
      // Each half of a surrogate pair counts two of its four bytes.
      bytes += code < 0x80 ? 1 : code < 0x800 || (code >= 0xd800 && code < 0xe000) ? 2 : 3;
    }
    if (bytes >= MAX_LINE_BYTES) this.longLines.push({ start, end: stop });
  }

  private instruction(start: number, firstStop: number): void {
    const { text } = this;
    const escape = this.directiveReader.escape;
    const code = escape.charCodeAt(0);
    let headEnd = firstStop;
    let open = continuationAt(text, start, firstStop, code) >= 0;
    let dangling = open;
    while (open && this.line < this.lineStarts.length) {
      const lineStart = this.start(this.line);
      const stop = this.take();
      const first = skipSpace(text, lineStart, stop);
      if (first === stop) continue;
      headEnd = stop;
      if (text.charCodeAt(first) === 35) continue;
      open = continuationAt(text, lineStart, stop, code) >= 0;
      dangling = open;
    }
    const heredocs: RawHeredoc[] = [];
    let end = headEnd;
    let unterminated = false;
    for (const operator of this.operators(start, headEnd)) {
      const heredoc = this.heredoc(operator);
      heredocs.push(heredoc);
      unterminated ||= heredoc.terminator.start === heredoc.terminator.end;
      end = heredoc.terminator.end;
    }
    this.instructions.push({ start, headEnd, end, heredocs, dangling, unterminated });
  }

  private operators(start: number, headEnd: number): readonly HeredocOperator[] {
    const raw = this.text.slice(start, headEnd);
    if (!raw.includes('<')) return [];
    const { escape } = this.directiveReader;
    const { joined } = joinHead(this.text, start, headEnd, escape);
    return joined.text.includes('<<') && canOpenHeredocs(joined.text, escape) ? heredocOperators(joined.text) : [];
  }

  private heredoc(operator: HeredocOperator): RawHeredoc {
    const { text } = this;
    const bodyStart = this.start(this.line);
    while (this.line < this.lineStarts.length) {
      const lineStart = this.start(this.line);
      const stop = this.take();
      let nameStart = lineStart;
      if (operator.chomp) while (text.charCodeAt(nameStart) === 9) nameStart++;
      // The empty rest after a final line end is no line, and cannot end a heredoc.
      if (stop - nameStart === operator.name.length && text.startsWith(operator.name, nameStart) && stop > lineStart) {
        return { operator, body: { start: bodyStart, end: lineStart }, terminator: { start: lineStart, end: stop } };
      }
    }
    const end = text.length;
    return { operator, body: { start: Math.min(bodyStart, end), end }, terminator: { start: end, end } };
  }
}
