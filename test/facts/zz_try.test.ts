import { test } from 'vitest';
import { Facts } from '/work/main/server/src/engine/facts/index.ts';
import { parseImageRef } from '/work/main/server/src/engine/parse/imageRef.ts';
import { testFacts } from '/work/main/test/facts/source.ts';
test('x', () => {
  const f = new Facts(testFacts());
  const refs = process.env.REFS!.split(' ');
  for (const r of refs) {
    const p = parseImageRef(r)!; const t0 = performance.now(); const b = f.base(p); const t1 = performance.now();
    if (!b) { console.log(r, 'UNKNOWN'); continue; }
    console.log(r, (t1 - t0).toFixed(2) + 'ms', JSON.stringify({ ...b, tools: b.tools.length, counterparts: b.counterparts.map((c) => `${c.ref} ${c.relation} same=${c.sameRepository} tc=${c.containsToolchain} os=${c.os} lost=${c.toolsLost.length}/${c.libsLost?.length}`) }), 'pk', f.packagesOfBase(b)?.size);
  }
});
