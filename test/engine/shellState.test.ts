import { describe, expect, it } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { fileFacts } from './engine.ts';

/** Paths that the last instruction of a file writes, with the build arguments they depend on. */
function written(text: string): readonly string[] {
  const { atoms } = simulate(parseDockerfile(text), new Facts(fileFacts), undefined);
  return (atoms.at(-1)?.effect.writes ?? []).map(({ path, args = [] }) => [path, ...args].join(' '));
}

describe('the shell of a RUN ends with it', () => {
  it('its mounts are not there for a COPY below it', () => {
    expect(
      written(
        'FROM debian:12\nRUN --mount=type=cache,target=/root/.cache true\nCOPY model.bin /root/.cache/model.bin\n',
      ),
    ).toEqual(['/root/.cache/model.bin']);
  });

  it('the directory that it went to is not where a COPY below it begins', () => {
    expect(written('FROM debian:12\nARG AT=x\nRUN cd /srv/$AT\nCOPY a.txt /srv/x/a.txt\n')).toEqual(['/srv/x/a.txt']);
  });
});
