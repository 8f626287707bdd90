import { describe, expect, it } from 'vitest';
import { expandWord, processWords, unquoteValue } from '../../server/src/engine/parse/expand.ts';

const values: Readonly<Record<string, string>> = { A: 'aab/aab.tar.gz', B: '', D: 'x y' };
const lookup = (name: string): string | undefined => values[name];

// Recorded from BuildKit v0.34.2 (shell.Lex, ProcessWord) with the variables above.
const recorded: readonly (readonly [string, string])[] = [
  ['$A', 'aab/aab.tar.gz'],
  ['${A}x', 'aab/aab.tar.gzx'],
  ['[$B]', '[]'],
  ['${B:-w}', 'w'],
  ['${B-w}', ''],
  ['${C:-w}', 'w'],
  ['${C:-${A}}', 'aab/aab.tar.gz'],
  ['${C-a b}', 'a b'],
  ['${A:+w}', 'w'],
  ['${B:+w}', ''],
  ['${B+w}', 'w'],
  ['${C+w}', ''],
  ['${A#a}', 'ab/aab.tar.gz'],
  ['${A#*a}', 'ab/aab.tar.gz'],
  ['${A##*/}', 'aab.tar.gz'],
  ['${A%.*}', 'aab/aab.tar'],
  ['${A%%.*}', 'aab/aab'],
  ['${A/aab/z}', 'z/aab.tar.gz'],
  ['${A//aab/z}', 'z/z.tar.gz'],
  ['${A/\\//-}', 'aab-aab.tar.gz'],
  ['\\$A', '$A'],
  ["'$A'", '$A'],
  ['"$A"', 'aab/aab.tar.gz'],
  ['"\\$A \\x \\""', '$A \\x "'],
  ['a\\ b', 'a b'],
  ['$', '$'],
];

describe('expandWord', () => {
  it.each(recorded)('%s is %s', (text, wanted) => {
    expect(expandWord(text, lookup)).toEqual({ text: wanted, unresolved: [] });
  });

  it('keeps an unset variable symbolic and names it once', () => {
    expect(expandWord('a:$V-${V}${W}', lookup)).toEqual({ text: 'a:${V}-${V}${W}', unresolved: ['V', 'W'] });
    expect(expandWord('${V%.*}/${V/a/b}', lookup)).toEqual({ text: '${V%.*}/${V/a/b}', unresolved: ['V'] });
  });

  it('uses the escape of the file', () => {
    expect(expandWord('C:\\x`$A', lookup, '`').text).toBe('C:\\x$A');
  });

  it.each(['${A', '"a', "'a", '${}', '${A!x}', '${A:#x}', '${A/x}'])(
    'reports %s as BuildKit does, and leaves it',
    (text) => {
      const result = expandWord(text, lookup);
      expect(result.text).toBe(text);
      expect(result.error).toBeTypeOf('string');
    },
  );

  it('survives any nesting', () => {
    expect(expandWord('${A:-'.repeat(5000), lookup).error).toBeTypeOf('string');
  });
});

describe('processWords', () => {
  it('splits on blanks outside quotes, after expansion', () => {
    expect(processWords('80 $D "a b" c\\ d', lookup).words).toEqual(['80', 'x', 'y', 'a b', 'c d']);
    expect(processWords('$P/tcp', lookup)).toEqual({ words: ['${P}/tcp'], unresolved: ['P'] });
  });
});

describe('unquoteValue', () => {
  it('takes quotes and escapes off and leaves variables', () => {
    expect(unquoteValue('"a $V"\\ \'b\'')).toBe('a $V b');
    expect(unquoteValue('"open')).toBe('"open');
  });
});
