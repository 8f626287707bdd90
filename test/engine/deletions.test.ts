import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

/** What a COPY --from brings for a build whose last command deletes by a pattern. */
function copies(deletion: string, before = ''): readonly string[] {
  const text = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y gcc libc6-dev
${before}RUN mkdir -p /work/obj-a /work/obj-b /work/bin && gcc -o /work/bin/app /src/app.c && ${deletion}
CMD ["/work/bin/app"]
`;
  const analysis = engine.analyse(text, defaultSettings, undefined);
  return analysis.best?.copies.map((copy) => copy.source) ?? analysis.reasons.map((one) => one.code);
}

describe('deletion by a pattern', () => {
  it('of names that are known leaves nothing of them to copy', () => {
    expect(copies('rm -rf /work/obj-*')).toEqual(['/work/bin/app']);
  });

  it('of names that nobody knows is run again where the tree is', () => {
    const text = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y gcc libc6-dev
COPY . /work
RUN gcc -o /srv/app /work/app.c && rm -rf /work/obj-*
CMD ["/srv/app"]
`;
    const best = engine.analyse(text, defaultSettings, undefined).best?.text ?? '';
    expect(best.slice(best.lastIndexOf('FROM'))).toContain('rm -rf /work/obj-*');
  });
});
