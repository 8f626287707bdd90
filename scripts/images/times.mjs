/** How long builds take. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from './docker.mjs';

/**
 * Seconds of the two builds, cold (nothing of them is cached) and warm (after a change of the last copied files): the
 * best of `runs`, original and split by turns, since other work on the machine only ever makes them slower. Where one
 * turn takes half a minute it is the only one.
 */
export function times(name, original, split, context, runs = 3) {
  const best = [
    { cold: Number.POSITIVE_INFINITY, warm: Number.POSITIVE_INFINITY },
    { cold: Number.POSITIVE_INFINITY, warm: Number.POSITIVE_INFINITY },
  ];
  const touched = join(context, 'touched-by-test-images');
  const started = Date.now();
  for (let run = 0; run < runs && (run === 0 || Date.now() - started < 30_000); run++) {
    const turn = run % 2 === 0 ? [0, 1] : [1, 0];
    for (const which of turn) {
      const file = [original, split][which];
      const image = `stages-${name}-times`;
      const cold = build(image, file, context, { cache: false });
      writeFileSync(touched, String(Date.now()));
      try {
        const warm = build(image, file, context);
        best[which] = { cold: Math.min(best[which].cold, cold), warm: Math.min(best[which].warm, warm) };
      } finally {
        rmSync(touched);
      }
    }
  }
  return best;
}
