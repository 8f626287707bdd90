import type { SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import { sourceSpan } from './joined.ts';
import { lineStart, nextLine, type RunLayout } from './runLayout.ts';

/**
 * What to remove from the source to drop arguments of one simple command. A line that
 * holds nothing else goes with its continuation; elsewhere a word goes with the blank
 * before it. A comment line goes when all words below it, up to the next comment or
 * blank line, go. `drop` holds indices into `command.words`, never 0.
 */
export function wordRemovals(layout: RunLayout, command: SimpleCommand, drop: ReadonlySet<number>): Span[] {
  return new WordCut(layout, command, drop).run();
}

interface Token extends Span {
  readonly dropped: boolean;
}

class WordCut {
  private readonly source: string;
  private readonly escape: string;
  private readonly tokens: readonly Token[];
  private readonly removals: Span[] = [];

  constructor(
    private readonly layout: RunLayout,
    command: SimpleCommand,
    drop: ReadonlySet<number>,
  ) {
    this.source = layout.source;
    this.escape = layout.heredocScript ? '\\' : layout.escape;
    const place = (span: Span, dropped: boolean): Token => ({
      ...sourceSpan(layout.text, span.start, span.end),
      dropped,
    });
    this.tokens = [
      ...command.assignments.map((one) => place(one.span, false)),
      ...command.redirects.map((one) => place(one.span, false)),
      ...command.words.map((word, index) => place(word.span, drop.has(index))),
    ].sort((a, b) => a.start - b.start);
  }

  run(): Span[] {
    const { tokens } = this;
    for (let at = 0; at < tokens.length; at++) {
      if (tokens[at]?.dropped !== true) continue;
      let end = at;
      while (tokens[end + 1]?.dropped === true && this.sameLine(tokens[end] as Token, tokens[end + 1] as Token)) end++;
      this.removeRun(at, end);
      at = end;
    }
    this.removeComments();
    return this.removals.sort((a, b) => a.start - b.start || a.end - b.end);
  }

  private sameLine(a: Span, b: Span): boolean {
    return !this.source.slice(a.end, b.start).includes('\n');
  }

  /** Removes the dropped tokens `first` to `last`, which stand on one line with nothing between them. */
  private removeRun(first: number, last: number): void {
    const { source, tokens } = this;
    const start = tokens[first]?.start ?? 0;
    const end = tokens[last]?.end ?? 0;
    const line = lineStart(source, start);
    const before = source.slice(line, start);
    const after = source.slice(end, nextLine(source, end));
    if (before.trim() !== '') {
      const previous = tokens[first - 1];
      this.removals.push({
        start: previous !== undefined && previous.end >= line ? previous.end : line + before.trimEnd().length,
        end,
      });
      return;
    }
    const rest = after.trim();
    if (rest === this.escape && after.includes('\n')) this.removals.push({ start: line, end: nextLine(source, end) });
    // A shell comment at the line end would become a comment line of the file.
    else if (rest.startsWith('#') && !rest.endsWith(this.escape))
      this.removals.push({ start: this.keptEnd(first), end: end + after.trimEnd().length });
    else if (rest === '') this.removals.push({ start: this.keptEnd(first), end });
    else this.removals.push({ start, end: end + (/^[ \t]*/.exec(after)?.[0].length ?? 0) });
  }

  /** Where the last kept token before `index` ends: the line that follows it goes with its continuation. */
  private keptEnd(index: number): number {
    return (
      this.tokens
        .slice(0, index)
        .filter((token) => !token.dropped)
        .at(-1)?.end ?? 0
    );
  }

  private removeComments(): void {
    const first = this.tokens[0]?.start ?? 0;
    const stop = this.tokens.at(-1)?.end ?? 0;
    const comments = this.layout.run.comments
      .map((comment) => comment.span)
      .filter((span) => span.start > first && span.end < stop);
    // From below, so that a block of comment lines goes as one.
    let groupEnd = stop;
    let goes = false;
    for (const comment of comments.reverse()) {
      const next = nextLine(this.source, comment.end);
      const blank = this.blankLineIn(next, groupEnd);
      const group = this.tokens.filter((token) => token.start >= next && token.start < Math.min(blank, groupEnd));
      // A comment line right above another one shares its fate.
      if (group.length > 0 || blank < groupEnd) goes = group.length > 0 && group.every((token) => token.dropped);
      if (goes) this.removals.push({ start: lineStart(this.source, comment.start), end: next });
      groupEnd = lineStart(this.source, comment.start);
    }
  }

  /** The start of the first blank line in `[start, end)`, or `end`. */
  private blankLineIn(start: number, end: number): number {
    for (let line = start; line < end; line = nextLine(this.source, line)) {
      if (this.source.slice(line, Math.min(nextLine(this.source, line), end)).trim() === '') return line;
    }
    return end;
  }
}
