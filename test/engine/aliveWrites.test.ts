import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isBelow } from '../../server/src/engine/model/path.ts';
import type { Write } from '../../server/src/engine/model/state.ts';
import { aliveWrites } from '../../server/src/engine/model/writes.ts';

const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 }).map((parts) => `/${parts.join('/')}`);
const kind = fc.constantFrom<Write['kind']>('gone', 'gone', 'file', 'dir', 'tree', 'meta');
const flags = fc.record({ sure: fc.boolean(), below: fc.boolean(), copied: fc.boolean() });
const write = fc.tuple(kind, path, flags, fc.nat(2)).map(([what, at, { sure, below, copied }, step]) => ({
  step,
  write: { key: '', atom: 0, path: at, kind: what, class: 'data' as const, sure, below, copied },
}));

/** In the order of their commands: some commands write more than once. */
const log = fc.array(write, { maxLength: 12 }).map((all): readonly Write[] => {
  let atom = 0;
  return all.map((one) => ({ ...one.write, atom: (atom += one.step) }));
});

function deletes(deletion: Write, one: Write): boolean {
  if (deletion.kind !== 'gone' || !deletion.sure || (deletion.copied === true && deletion.atom !== one.atom))
    return false;
  if (deletion.below === true && deletion.path === one.path) return one.kind === 'tree';
  return isBelow(one.path, deletion.path);
}

it('leaves what no later deletion reaches, and the deletions', () => {
  fc.assert(
    fc.property(log, (writes) => {
      const left = writes.filter(
        (one, at) => one.kind === 'gone' || !writes.slice(at + 1).some((later) => deletes(later, one)),
      );
      expect(aliveWrites(writes)).toEqual(left);
    }),
    { numRuns: 500 },
  );
});
