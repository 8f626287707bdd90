import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis, Finding, Severity } from '../engine/model/analysis.ts';
import type { Position, Range } from '../engine/model/span.ts';
import { rangeOf } from '../host/ranges.ts';

/** A diagnostic as `check` prints it; the range is zero-based. */
export interface FindingReport {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly range: Range;
}

/**
 * The findings of an analysis, in its order; of a file that BuildKit could not parse, why that is so. (An editor says
 * the latter by whatever checks the syntax there, so the server does not.)
 */
export function findingReports(document: TextDocument, analysis: Analysis): readonly FindingReport[] {
  const findings: readonly Pick<Finding, 'code' | 'severity' | 'message' | 'span'>[] =
    analysis.status === 'invalid'
      ? analysis.reasons.map(({ code, message, span }) => ({
          code,
          severity: 'error',
          message,
          span: span ?? { start: 0, end: 0 },
        }))
      : analysis.findings;
  return findings.map(({ code, severity, message, span }) => ({
    code,
    severity,
    message,
    range: shownRange(rangeOf(document, span), analysis.file.bom),
  }));
}

/** An editor does not count the byte order mark as a character; neither do we. */
function shownRange({ start, end }: Range, bom: boolean): Range {
  return { start: shownPosition(start, bom), end: shownPosition(end, bom) };
}

function shownPosition({ line, character }: Position, bom: boolean): Position {
  return { line, character: bom && line === 0 ? Math.max(0, character - 1) : character };
}
