import type { Position, Range, Span } from '../model/span.ts';

/** Offsets to zero-based positions (UTF-16) and back. Lines end with a line feed, as BuildKit reads them. */
export class LineIndex {
  /** `lineStarts[n]` is the offset of line n (`Dockerfile.lineStarts`); `length` that of the text. */
  constructor(
    private readonly lineStarts: readonly number[],
    private readonly length: number,
  ) {}

  /** The position of an offset; offsets outside the text are clamped. */
  position(offset: number): Position {
    const at = Math.min(Math.max(offset, 0), this.length);
    let low = 0;
    let high = this.lineStarts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.lineStarts[middle] as number) <= at) low = middle;
      else high = middle - 1;
    }
    return { line: low, character: at - (this.lineStarts[low] ?? 0) };
  }

  /** The offset of a position; characters beyond the line end are clamped to its line feed. */
  offset(position: Position): number {
    if (position.line < 0) return 0;
    const start = this.lineStarts[position.line];
    if (start === undefined) return this.length;
    const next = this.lineStarts[position.line + 1];
    return Math.min(start + Math.max(position.character, 0), next === undefined ? this.length : next - 1);
  }

  /** The range of a span. */
  range(span: Span): Range {
    return { start: this.position(span.start), end: this.position(span.end) };
  }
}
