import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, folderContext } from './engine.ts';

const root = new URL('../fixtures/', import.meta.url).pathname;
const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, 'utf8') : undefined);

for (const kind of readdirSync(root).sort()) {
  describe(kind, () => {
    for (const name of readdirSync(join(root, kind)).sort()) {
      const folder = join(root, kind, name);
      const before = read(join(folder, 'before.Dockerfile')) as string;
      const expected = JSON.parse(read(join(folder, 'expected.json')) as string) as Record<string, unknown>;
      const context = folderContext(join(folder, 'context'));

      it(name, () => {
        const analysis = engine.analyse(before, defaultSettings, context);
        const { best } = analysis;
        expect(best?.text).toBe(read(join(folder, 'after.Dockerfile')));
        expect({
          status: analysis.status,
          ...(best === undefined
            ? {}
            : {
                tier: best.tier,
                preferred: best.preferred,
                assumptions: best.assumptions.map((one) => one.kind),
                leftBehind: best.leftBehind.map((one) => one.what),
                kept: best.kept.map((one) => one.what),
              }),
          ...(analysis.status === 'refused' ? { reasons: [...new Set(analysis.reasons.map((one) => one.code))] } : {}),
          findings: analysis.findings.map(
            (one) => `${one.severity} ${one.code}: ${before.slice(one.span.start, one.span.end)}`,
          ),
        }).toEqual(expected);
        for (const tier of analysis.tiers) {
          if (tier.split === undefined) continue;
          expect(engine.verify(before, tier.split.text, context)).toEqual([]);
          const result = engine.analyse(tier.split.text, defaultSettings, context);
          expect(result.status).toBe('already-multi-stage');
          expect(result.findings.map((one) => `${one.code}: ${one.message}`)).toEqual([]);
        }
      });
    }
  });
}
