import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { engine, fileFacts } from './engine.ts';

/** Sources of the COPY --from of a split in which this command builds below /work. */
function copies(command: string): readonly string[] {
  const text = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y gcc libc6-dev && mkdir /work
WORKDIR /work
RUN ${command}
CMD ["/work/app"]
`;
  const analysis = engine.analyse(text, defaultSettings, undefined);
  return analysis.best?.copies.map((copy) => copy.source) ?? analysis.reasons.map((one) => one.code);
}

describe('long options with one minus', () => {
  it.each([
    'gcc app.c -o app -fopenmp',
    'gcc app.c -o app -lodbc',
    'gcc -o app app.c -lcrypto -lm',
    'gcc app.c -fno-omit-frame-pointer -oapp',
    'gcc -pedantic-errors -Wno-error -o app app.c',
    'gfortran -o /work/app app.f90 -lopenblas',
  ])('name no output: %s', (command) => {
    expect(copies(command)).toEqual(['/work/app']);
  });

  it.each(['x509 -inform DER -in a.der -out a.pem', 'x509 -in a.crt -noout -fingerprint -out a.pem'])(
    'of openssl are no letters of ssh-keygen: %s',
    (words) => {
      const file = parseDockerfile(`FROM debian:bookworm-slim\nRUN openssl ${words}\n`);
      const [stage] = simulate(file, new Facts(fileFacts), undefined).stages;
      expect(stage?.state.writes.all.map((write) => write.path)).toEqual(['/a.pem']);
    },
  );
});
