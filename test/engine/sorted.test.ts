import fc from 'fast-check';
import { expect, it } from 'vitest';
import { countWhile } from '../../server/src/engine/model/sorted.ts';

it('counts what a list in order begins with, as going through it does', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 20 })), fc.integer({ min: -1, max: 21 }), (numbers, limit) => {
      const sorted = [...numbers].sort((a, b) => a - b);
      expect(countWhile(sorted, (one) => one < limit)).toBe(sorted.filter((one) => one < limit).length);
    }),
  );
});
