import type { Directive } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { skipSpace } from './chars.ts';

// Go's `\s` is narrower than JavaScript's, and `.` matches anything but a line feed.
const DIRECTIVE = /^([a-zA-Z][a-zA-Z0-9]*)[\t\n\f\r ]*=[\t\n\f\r ]*([^\n]+?)[\t\n\f\r ]*$/;
const KNOWN = new Set(['syntax', 'escape', 'check']);

/** Reads the parser directives at the top of a file; the first other line ends them. */
export class DirectiveReader {
  readonly directives: Directive[] = [];
  /** Directives that BuildKit refuses. */
  readonly bad: Span[] = [];
  escape: '\\' | '`' = '\\';
  private done = false;

  /** Takes the next line `[start, stop)`, left-trimmed; true when it is a directive. */
  read(text: string, start: number, stop: number): boolean {
    if (this.done) return false;
    const match =
      text.charCodeAt(start) === 35 && start < stop
        ? DIRECTIVE.exec(text.slice(skipSpace(text, start + 1, stop), stop))
        : null;
    const name = match?.[1]?.toLowerCase();
    if (match === null || name === undefined || !KNOWN.has(name)) {
      this.done = true;
      return false;
    }
    const value = match[2] ?? '';
    const span = { start, end: stop };
    if (this.directives.some((directive) => directive.name === name)) this.bad.push(span);
    else if (name === 'escape') {
      if (value === '\\' || value === '`') this.escape = value;
      else this.bad.push(span);
    }
    this.directives.push({ name, value, span });
    return true;
  }
}
