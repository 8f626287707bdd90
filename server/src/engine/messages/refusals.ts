import type { Reason } from '../model/analysis.ts';
import type { Span } from '../model/span.ts';
import { fill, REFUSALS, type RefusalCode } from './registry.ts';

export interface Refusal {
  readonly refused: readonly Reason[];
}

/** The reason for a refusal, printed from the registry. */
export function reason(
  code: RefusalCode,
  span: Span | undefined,
  values: Readonly<Record<string, string>> = {},
): Reason {
  const message = REFUSALS[code];
  const advice = 'advice' in message ? ` ${message.advice}` : '';
  return { code, message: fill(message.text, values) + advice, span };
}

/** A refusal with one reason. */
export function refuse(
  code: RefusalCode,
  span: Span | undefined,
  values: Readonly<Record<string, string>> = {},
): Refusal {
  return { refused: [reason(code, span, values)] };
}
