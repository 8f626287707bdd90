import type { Family, Wrong } from './family.ts';

const BUILD = `RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev
RUN useradd -u 700 app && mkdir /srv/app /srv/own
COPY main.c /src/main.c
RUN gcc -o /usr/local/bin/main /src/main.c
`;
const RUNTIME = `RUN useradd -u 700 app && mkdir /srv/app /srv/own
COPY main.c /src/main.c
COPY --from=build /usr/local/bin/main /usr/local/bin/main
`;
const FILES = { 'main.c': '', 'a.conf': '', 'b.conf': '', 'deploy/a.conf': '', 'deploy/more/c.conf': '' };

/** A name, the steps in the last stage, and what is said of them: nothing, if they do as well. Its own lines begin with 12. */
export type Row = readonly [name: string, last: string, ...said: readonly string[]];

/** Steps before CMD that stand in the builder and in the last stage; then other ones in the last stage. */
export function steps(name: string, both: string, ...rows: readonly Row[]): Family {
  return split(name, both, both, rows);
}

/** Steps that stand in the last stage alone. */
export function lastSteps(name: string, last: string, ...rows: readonly Row[]): Family {
  return split(name, last, '', rows);
}

function split(name: string, last: string, builder: string, rows: readonly Row[]): Family {
  const all = rows.map(([what, by, ...said]): Wrong => [what, `${last}CMD`, `${by}CMD`, ...said]);
  return {
    name,
    files: FILES,
    original: `FROM debian:bookworm-slim\n${BUILD}${last}CMD ["main"]\n`,
    right: `FROM debian:bookworm-slim AS build\n${BUILD}${builder}\nFROM debian:bookworm-slim\n${RUNTIME}${last}CMD ["main"]\n`,
    harmless: all.filter(([, , , ...said]) => said.length === 0).map(([what, words, by]) => [what, words, by]),
    wrong: all.filter(([, , , ...said]) => said.length > 0),
  };
}
