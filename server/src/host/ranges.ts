import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Range, Span } from '../engine/model/span.ts';

/** Offsets of the engine as a zero-based range; a span outside the text is clamped. */
export function rangeOf(document: TextDocument, span: Span): Range {
  return { start: document.positionAt(span.start), end: document.positionAt(span.end) };
}
