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
  private readonly said = new Set<string>();

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
    const message = fill(RULES[rule].text, values);
    // Two checks may find the same thing.
    const said = `${rule} ${where} ${span?.start ?? ''} ${message}`;
    if (this.said.has(said)) return;
    this.said.add(said);
    this.violations.push({ rule, class: STYLE.has(rule) ? 'style' : 'breaks', message, in: where, span });
  }
}
