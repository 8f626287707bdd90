/** A half-open range of UTF-16 offsets into the document: `[start, end)`. */
export interface Span {
  readonly start: number;
  readonly end: number;
}

/** A zero-based position in UTF-16 units, as in the Language Server Protocol. */
export interface Position {
  readonly line: number;
  readonly character: number;
}

/** A zero-based range in UTF-16 units, end exclusive, as in the Language Server Protocol. */
export interface Range {
  readonly start: Position;
  readonly end: Position;
}
