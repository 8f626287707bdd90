/**
 * Splits written by hand, not derived from what the engine makes: the verifier has nothing against the right ones, and
 * says of each wrong one what is wrong and where. Lines are those of the original for what is lost, else of the result.
 */
import { describe, expect, it } from 'vitest';
import type { Violation } from '../../server/src/engine/model/analysis.ts';
import { contextOf } from './handmade/context.ts';
import { families, judged } from './handmade/index.ts';
import { judge } from './judge.ts';

/** `rule line`, with `style` before what is only bad manners; `: words` follow where they are expected and said. */
function said(violation: Violation, original: string, result: string, expected = ''): string {
  const { rule, span, message } = violation;
  const words = expected.slice(expected.indexOf(': ') + 2);
  const text = violation.in === 'original' ? original : result;
  const line = span === undefined ? '-' : String(text.slice(0, span.start).split('\n').length);
  const place = `${violation.class === 'style' ? 'style ' : ''}${rule} ${line}`;
  if (!expected.includes(': ')) return place;
  return `${place}: ${message.includes(words) ? words : message}`;
}

/** The last occurrence of the words is another one. */
function changed(text: string, words: string, by: string): string {
  const at = text.lastIndexOf(words);
  expect(at).toBeGreaterThanOrEqual(0);
  return text.slice(0, at) + by + text.slice(at + words.length);
}

for (const { name, files, original, right, harmless = [], wrong } of families) {
  const context = contextOf(files);
  describe(name, () => {
    it('the right split', () => {
      expect(judge(original, right, context)).toEqual([]);
    });
    for (const [what, words, by] of harmless) {
      it(`still right: ${what}`, () => {
        expect(judge(original, changed(right, words, by), context)).toEqual([]);
      });
    }
    for (const [what, words, by, ...expected] of wrong) {
      it(what, () => {
        const result = changed(right, words, by);
        const violations = judge(original, result, context);
        expect(violations.map((one, at) => said(one, original, result, expected[at]))).toEqual(expected);
      });
    }
  });
}

describe('a file and a split of it', () => {
  for (const { name, files, original, result, said: expected } of judged)
    it(name, () => {
      const violations = judge(original, result, contextOf(files));
      expect(violations.map((one, at) => said(one, original, result, expected[at]))).toEqual(expected);
    });
});
