import { readFileSync } from 'node:fs';
import { test } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { parseImageRef } from '../../server/src/engine/parse/imageRef.ts';
import { testFacts } from './source.ts';
test('x', () => {
  const f = new Facts(testFacts()); let k = 0, n = 0, off = 0, offK = 0, cp = 0, pk = 0; const un: string[] = [];
  const t0 = performance.now();
  for (const l of readFileSync('/tmp/refs.txt', 'utf8').split('\n')) { const [r, c] = l.split(' ') as [string, string]; const p = parseImageRef(r); if (!p?.familiar) continue; n += +c; const b = f.base(p);
    const official = !p.familiar.includes('/'); if (official) off += +c;
    if (b) { k += +c; if (official) offK += +c; if (b.counterparts.length) cp += +c; if (f.packagesOfBase(b)) pk += +c; } else if (official) un.push(l); }
  console.log('total', n, 'known', k, 'official', off, 'known', offK, 'with counterpart', cp, 'pkgs', pk, (performance.now() - t0).toFixed(0) + 'ms', un.slice(0, 120).join(' | '));
});
