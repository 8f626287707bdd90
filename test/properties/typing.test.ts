import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Analysis } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from '../engine/engine.ts';
import { dockerfile } from './dockerfiles.ts';

/** Edits as an editor sends them: some text in, some out, at a place given as a fraction of the text. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 3, 40),
  insert: fc.constantFrom(
    '',
    'x',
    ' ',
    '\n',
    '\\\n',
    '# note\n',
    'RUN apt-get install -y gcc\n',
    'USER app\n',
    '<<EOF',
  ),
});

describe('while somebody types', () => {
  it('an analysis that goes on from the last one says the same as a fresh one', () => {
    let resumed = 0;
    fc.assert(
      fc.property(dockerfile, fc.array(edit, { minLength: 2, maxLength: 6 }), (start, edits) => {
        let text = start;
        let last: Analysis = engine.analyse(text, defaultSettings, undefined);
        for (const one of edits) {
          const at = Math.floor(one.at * text.length);
          const before = text;
          const once = text.slice(0, at) + one.insert + text.slice(at + one.remove);
          // Twice at the same place, and back: each keystroke goes on from where the last one stopped.
          for (const typed of [once, `${once.slice(0, at)}y${once.slice(at)}`, before, once]) {
            text = typed;
            const now = engine.analyse(text, defaultSettings, undefined, last);
            const fresh = engine.analyse(text, defaultSettings, undefined);
            expect(now.findings).toEqual(fresh.findings);
            expect(now.status).toBe(fresh.status);
            expect(now.reasons).toEqual(fresh.reasons);
            expect(now.wants).toEqual(fresh.wants);
            expect(now.tiers).toEqual(fresh.tiers);
            if (now.status === 'split') resumed++;
            last = now;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(resumed).toBeGreaterThan(5);
  });
});
