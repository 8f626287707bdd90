import { fill, RULES, type RuleName } from '../messages/registry.ts';
import type { Violation } from '../model/analysis.ts';
import type { Span } from '../model/span.ts';

const STYLE: ReadonlySet<RuleName> = new Set<RuleName>([
  'lost-comment',
  'changed-text',
  'unreachable-stage',
  'lost-alias',
]);

/** Collects violations; the sentences are those of the registry. */
export class Report {
  readonly violations: Violation[] = [];

  /** A violation at a place of the result. */
  result(rule: RuleName, span: Span | undefined, values: Readonly<Record<string, string>> = {}): void {
    this.push(rule, 'result', span, values);
  }

  /** A violation at a place of the original: something is missing. */
  original(rule: RuleName, span: Span | undefined, values: Readonly<Record<string, string>> = {}): void {
    this.push(rule, 'original', span, values);
  }

  private push(
    rule: RuleName,
    where: 'original' | 'result',
    span: Span | undefined,
    values: Readonly<Record<string, string>>,
  ): void {
    this.violations.push({
      rule,
      class: STYLE.has(rule) ? 'style' : 'breaks',
      message: fill(RULES[rule].text, values),
      in: where,
      span,
    });
  }
}
