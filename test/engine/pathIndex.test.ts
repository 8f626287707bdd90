import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isBelow } from '../../server/src/engine/model/path.ts';
import { PathIndex } from '../../server/src/engine/model/pathIndex.ts';

const path = fc.array(fc.constantFrom('a', 'b', 'c'), { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);

/** Adds a value to one of the copies, copies one, or asks one. */
const step = fc.oneof(
  fc.record({ do: fc.constant('add' as const), to: fc.nat(), path }),
  fc.record({ do: fc.constant('clone' as const), to: fc.nat() }),
  fc.record({ do: fc.constant('ask' as const), to: fc.nat(), path }),
);

describe('path index', () => {
  it('answers as a list would, whenever it is copied, added to and asked', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        const copies = [{ index: new PathIndex<number>(), list: [] as { path: string; value: number }[] }];
        steps.forEach((one, value) => {
          const at = one.to % copies.length;
          const { index, list } = copies[at] as (typeof copies)[number];
          if (one.do === 'clone') copies.push({ index: index.clone(), list: [...list] });
          else if (one.do === 'add') {
            index.add(one.path, value);
            list.push({ path: one.path, value });
          } else {
            const values = (test: (other: string) => boolean): number[] =>
              list.filter((entry) => test(entry.path)).map((entry) => entry.value);
            expect(index.exactly(one.path)).toEqual(values((other) => other === one.path));
            expect(index.below(one.path)).toEqual(values((other) => other !== one.path && isBelow(other, one.path)));
            const above: number[] = [];
            index.upwards(one.path, (found) => {
              above.push(...found);
              return false;
            });
            expect(above.sort((a, b) => a - b)).toEqual(values((other) => isBelow(one.path, other)));
          }
        });
      }),
      { numRuns: 500 },
    );
  });
});
