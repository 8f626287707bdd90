import type { JoinedText } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';

/** Runs of joined text that are contiguous in the source: `at[i]` (joined) stands at `source[i]`. */
export interface Segments {
  readonly at: readonly number[];
  readonly source: readonly number[];
}

function lookup(segments: Segments, at: number): number {
  const starts = segments.at;
  let low = 0;
  let high = starts.length - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((starts[middle] as number) <= at) low = middle;
    else high = middle - 1;
  }
  return (segments.source[low] ?? 0) + at - (starts[low] ?? 0);
}

/**
 * A `JoinedText` that shares its segments with every slice and every shifted copy
 * of itself, so that moving an instruction costs one small object.
 */
export class MappedText implements JoinedText {
  readonly text: string;
  private readonly segments: Segments;
  private readonly from: number;
  private readonly base: number;

  /** `from`: offset of `text` within the joined text of the segments; `base`: added to every source offset. */
  constructor(text: string, segments: Segments, from = 0, base = 0) {
    this.text = text;
    this.segments = segments;
    this.from = from;
    this.base = base;
  }

  toSource(at: number): number {
    return this.base + lookup(this.segments, this.from + at);
  }

  /** The part `[start, end)` of this text, mapped to the same source. */
  slice(start: number, end: number): MappedText {
    return new MappedText(this.text.slice(start, end), this.segments, this.from + start, this.base);
  }

  /** The same text, `by` further on in the source. */
  shifted(by: number): MappedText {
    return new MappedText(this.text, this.segments, this.from, this.base + by);
  }
}

/** Collects pieces of source text into one `MappedText`. */
export class Joiner {
  private readonly pieces: string[] = [];
  private readonly at: number[] = [];
  private readonly source: number[] = [];
  private length = 0;

  /** Appends `text`, which stands at `source`. An empty text is not kept, except as the only one. */
  add(text: string, source: number): void {
    if (text === '' && this.at.length > 0) return;
    this.pieces.push(text);
    this.at.push(this.length);
    this.source.push(source);
    this.length += text.length;
  }

  /** Appends the whole of another text through its own map, cut where the source is not contiguous. */
  addMapped(other: JoinedText): void {
    let start = 0;
    for (let at = 1; at <= other.text.length; at++) {
      if (at < other.text.length && other.toSource(at) === other.toSource(at - 1) + 1) continue;
      this.add(other.text.slice(start, at), other.toSource(start));
      start = at;
    }
  }

  finish(): MappedText {
    if (this.at.length === 0) this.add('', 0);
    return new MappedText(this.pieces.join(''), { at: this.at, source: this.source });
  }
}

/** The source range of the joined range `[start, end)`; for an empty range the empty range at its place. */
export function sourceSpan(joined: JoinedText, start: number, end: number): Span {
  const from = joined.toSource(start);
  return { start: from, end: end > start ? joined.toSource(end - 1) + 1 : from };
}
