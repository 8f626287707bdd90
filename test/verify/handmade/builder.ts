import type { Judged } from './family.ts';

const INSTALL = 'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev curl\n';

/** A step that only the builder runs, unless `last` has it too, where the builder lacks a file that was copied before. */
function without(name: string, step: string, last: string, ...said: readonly string[]): Judged {
  const both = 'COPY a.conf /srv/a.conf\nCOPY main.c /srv/main.c\n';
  return {
    name: `builder: ${name}`,
    files: { 'a.conf': '', 'main.c': '' },
    original: `FROM debian:bookworm-slim\n${INSTALL}${both}${step}CMD ["bash"]\n`,
    result: `FROM debian:bookworm-slim AS build\n${INSTALL}COPY main.c /srv/main.c\n${step}
FROM debian:bookworm-slim\n${both}COPY --from=build /srv/main.c /srv/main.c\n${last}CMD ["bash"]\n`,
    said,
  };
}

const COPY = 'COPY --from=build /srv/x /srv/x\n';
const LOST = 'lost-command 3: `COPY a.conf /srv/a.conf`';
const SET_UP = 'RUN cp /srv/main.c /srv/x\n';

/** A builder runs what the original ran before its last step, in the same order. */
export const builder: readonly Judged[] = [
  without('a step that compiles', 'RUN gcc -o /srv/x /srv/main.c\n', COPY, LOST),
  without('a step that downloads', 'RUN curl -fsSL -o /srv/x https://example.com/x\n', COPY, LOST),
  without('a step that copies files', SET_UP, COPY, LOST),
  without('a step that deletes', 'RUN rm -f /srv/main.c/y\n', '', LOST),
  without('a step that runs a program', 'WORKDIR /srv/x\nRUN python3 /srv/main.c\nWORKDIR /\n', COPY, LOST),
  without('a step that nobody knows', 'RUN frobnicate /srv/main.c\n', '', 'lost-effects 5', LOST),
  without(
    'a step that brings a toolchain',
    'RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y\n',
    'COPY --from=build /root/.cargo /root/.cargo\n',
    LOST,
  ),
  without('a step that the last stage runs as well', SET_UP, SET_UP),
  {
    name: 'builder: two of them',
    files: {},
    original: 'FROM debian:bookworm-slim\nRUN touch /srv/a\nRUN touch /srv/b\nCMD ["bash"]\n',
    result: `FROM debian:bookworm-slim AS two
RUN touch /srv/b

FROM debian:bookworm-slim AS one
RUN touch /srv/a

FROM debian:bookworm-slim
COPY --from=one /srv/a /srv/a
COPY --from=two /srv/b /srv/b
CMD ["bash"]
`,
    said: [],
  },
  {
    name: 'builder: a program, run again where its input is gone',
    files: { 'main.py': '' },
    original:
      'FROM python:3.11-slim-bookworm\nWORKDIR /srv\nCOPY . .\nRUN python main.py\nRUN rm main.py\nCMD ["bash"]\n',
    result: `FROM python:3.11-slim-bookworm AS build
WORKDIR /srv
COPY . .
RUN python main.py
RUN rm main.py

FROM python:3.11-slim-bookworm
WORKDIR /srv
COPY --from=build /srv /srv
RUN python main.py
CMD ["bash"]
`,
    said: ['order 10: /srv: in the original `rm main.py` wrote last; here `python main.py` does', 'missing-input 10'],
  },
];
