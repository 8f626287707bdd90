import type { Problem, ProblemCode, Word } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { type MappedText, sourceSpan } from './joined.ts';
import type { RawHeredoc } from './splitter.ts';
import type { Range } from './words.ts';

/** What the readers of one instruction share: its joined text, and the problems found so far. */
export class Reading {
  readonly problems: Problem[] = [];
  /** Inside ONBUILD BuildKit checks only what its line parsers check; the rest waits for the trigger. */
  deferred = false;

  constructor(
    readonly source: string,
    readonly joined: MappedText,
    readonly escape: '\\' | '`',
    readonly headEnd: number,
    readonly heredocs: readonly RawHeredoc[],
  ) {}

  span(start: number, end: number): Span {
    return sourceSpan(this.joined, start, end);
  }

  word([start, end]: Range): Word {
    return { raw: this.joined.text.slice(start, end), span: this.span(start, end) };
  }

  /** A problem that BuildKit's line parser reports, in ONBUILD too. */
  syntax(code: ProblemCode, span: Span, detail: string): void {
    this.problems.push({ code, span, fatal: true, detail });
  }

  /** A problem that BuildKit reports when it reads the instruction; within ONBUILD only when it triggers. */
  refuse(code: ProblemCode, span: Span, detail: string): void {
    this.problems.push({ code, span, fatal: !this.deferred, detail });
  }

  /** BuildKit builds it, but it is not what was meant. */
  doubt(code: ProblemCode, span: Span, detail: string): void {
    this.problems.push({ code, span, fatal: false, detail });
  }
}
