import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { LineIndex } from '../../server/src/engine/parse/lineIndex.ts';

it('gives positions in UTF-16 units and takes them back', () => {
  const text = 'FROM a\r\nRUN é😀x\n\n';
  const index = new LineIndex(parseDockerfile(text).lineStarts, text.length);
  expect(index.position(text.indexOf('x'))).toEqual({ line: 1, character: 7 });
  expect(index.position(text.length)).toEqual({ line: 3, character: 0 });
  fc.assert(fc.property(fc.integer({ min: 0, max: text.length }), (at) => index.offset(index.position(at)) === at));
});

it('clamps what lies outside', () => {
  const index = new LineIndex([0, 3], 5);
  expect([index.position(-1), index.position(99)]).toEqual([
    { line: 0, character: 0 },
    { line: 1, character: 2 },
  ]);
  expect([
    index.offset({ line: 0, character: 99 }),
    index.offset({ line: 9, character: 0 }),
    index.offset({ line: -1, character: 0 }),
  ]).toEqual([2, 5, 0]);
});
