/**
 * Splits written by hand, not derived from what the engine makes: the verifier has nothing against the right ones, and
 * says of each wrong one what is wrong and where. Lines are those of the original for what is lost, else of the result.
 */
import { describe, expect, it } from 'vitest';
import type { Context, Violation } from '../../server/src/engine/model/analysis.ts';
import { families } from './handmade/index.ts';
import { judge } from './judge.ts';

function contextOf(files: Readonly<Record<string, string>> | undefined): Context | undefined {
  if (files === undefined) return undefined;
  const names = Object.keys(files);
  return {
    read: (path) => (files[path] === undefined ? 'absent' : { text: files[path] }),
    list: (directory) => {
      const start = directory === '' || directory === '.' ? '' : `${directory}/`;
      const below = names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
      return [...new Set(below.map((name) => name.replace(/\/.*/, '/')))];
    },
  };
}

/** `rule line`, with `style` before what is only bad manners. */
function said(violation: Violation, original: string, result: string): string {
  const { rule, span } = violation;
  const text = violation.in === 'original' ? original : result;
  const line = span === undefined ? '-' : String(text.slice(0, span.start).split('\n').length);
  return `${violation.class === 'style' ? 'style ' : ''}${rule} ${line}`;
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
        expect(violations.map((one) => said(one, original, result))).toEqual(expected);
        // Every sentence is whole.
        for (const { message } of violations) expect(message).not.toMatch(/(?<!\$)\{\w+\}|undefined|``|\[object/);
      });
    }
  });
}
