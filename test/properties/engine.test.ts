import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { engine } from '../engine/engine.ts';
import { dockerfile, mutated } from './dockerfiles.ts';

const RUNS = 600;
let files = 0;
let split = 0;

describe('for generated Dockerfiles', () => {
  afterAll(() => {
    console.log(`generated files that split: ${split} of ${files} (${Math.round((100 * split) / files)} %)`);
    expect(split / files).toBeGreaterThan(0.3);
  });

  it('every offered split passes the verifier, parses, draws no split or diagnostic again and keeps comments and the builder', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        files++;
        const analysis = engine.analyse(text, defaultSettings, undefined);
        if (analysis.status === 'split') split++;
        for (const { split: one } of analysis.tiers) {
          if (one === undefined) continue;
          expect(engine.verify(text, one.text, undefined)).toEqual([]);
          const result = parseDockerfile(one.text);
          expect(result.problems).toEqual([]);
          const again = engine.analyse(one.text, defaultSettings, undefined);
          expect(again.status).toBe('already-multi-stage');
          expect(again.findings.map(({ code, message }) => `${code}: ${message}`)).toEqual([]);
          for (const comment of parseDockerfile(text).comments) expect(one.text).toContain(comment.text);
          if (text.includes('\r\n')) expect(one.text.replace(/\r\n/g, '')).not.toContain('\n');
          let undone = one.text;
          for (const edit of [...one.edits].reverse()) {
            const at = edit.span.start;
            expect(undone.slice(at, at + edit.newText.length)).toBe(edit.newText);
            undone =
              undone.slice(0, at) + text.slice(edit.span.start, edit.span.end) + undone.slice(at + edit.newText.length);
          }
          expect(undone).toBe(text);
        }
      }),
      { numRuns: RUNS },
    );
  });

  it('the same text gives the same answer', () => {
    fc.assert(
      fc.property(dockerfile, (text) => {
        const first = engine.analyse(text, defaultSettings, undefined);
        const second = engine.analyse(text, defaultSettings, undefined);
        expect(second.best?.text).toBe(first.best?.text);
        expect(second.findings).toEqual(first.findings);
      }),
      { numRuns: 60 },
    );
  });
});

describe('for broken Dockerfiles', () => {
  it('nothing throws, every range lies in the text, and what is offered is proved', () => {
    fc.assert(
      fc.property(mutated, (text) => {
        const analysis = engine.analyse(text, defaultSettings, undefined);
        for (const { span } of analysis.findings) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeLessThanOrEqual(text.length);
          expect(span.start).toBeLessThanOrEqual(span.end);
        }
        for (const tier of analysis.tiers)
          if (tier.split !== undefined) expect(engine.verify(text, tier.split.text, undefined)).toEqual([]);
        engine.hover(analysis, Math.floor(text.length / 2));
      }),
      { numRuns: RUNS },
    );
  });

  it('nothing throws on arbitrary text', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 400 }), (text) => {
        expect(() => engine.analyse(text, defaultSettings, undefined).status).not.toThrow();
      }),
      { numRuns: 200 },
    );
  });
});
