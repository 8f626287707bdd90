import type { Family, Judged } from './family.ts';
import { lastSteps } from './steps.ts';

const LONG = 'a comment that is longer than the sixty characters that a sentence of ours takes from it';

export const text: readonly Family[] = [
  lastSteps(
    'text: comments',
    `# one\nENV A=1\n# two\nENV B=2\n# one\nENV C=3\n# ${LONG}\nENV D=4\n`,
    ['in another order', `# two\nENV B=2\n# one\nENV A=1\nENV C=3\n# ${LONG}\nENV D=4\n`],
    ['one is lost', `# one\nENV A=1\nENV B=2\n# one\nENV C=3\n# ${LONG}\nENV D=4\n`, 'style lost-comment 8: `# two`'],
    [
      'a long one is lost',
      '# one\nENV A=1\n# two\nENV B=2\n# one\nENV C=3\nENV D=4\n',
      'style lost-comment 12: `# a comment that is longer than the sixty characters that a `',
    ],
  ),
  lastSteps('text: a comment inside', 'RUN touch /srv/own/a && \\\n  # inside\n  touch /srv/own/b\n', [
    'lost',
    'RUN touch /srv/own/a && \\\n  touch /srv/own/b\n',
    'style lost-comment 7: `# inside`',
  ]),
  lastSteps(
    'text: lines',
    'ENV A=1\nENV LONG="words that go on and on until they are longer than the sixty that are said"\n',
    [
      'a long one is changed',
      'ENV A=1\nENV  LONG="words that go on and on until they are longer than the sixty that are said"\n',
      'style changed-text 7: `ENV LONG="words that go on and on until they are longer tha…`',
    ],
    [
      'a short one is changed',
      'ENV  A=1\nENV LONG="words that go on and on until they are longer than the sixty that are said"\n',
      'style changed-text 6: `ENV A=1` does not',
    ],
  ),
  lastSteps(
    'text: a RUN over two lines',
    'RUN touch /srv/own/a && \\\n  touch /srv/own/b\n',
    ['cut', 'RUN touch /srv/own/a\nRUN touch /srv/own/b\n'],
    [
      'other spaces',
      'RUN touch  /srv/own/a && touch /srv/own/b\n',
      'style changed-text 6: `RUN touch /srv/own/a && \\`',
    ],
  ),
];

export const stages: readonly Judged[] = [
  {
    name: 'text: the name of the stage',
    original: 'FROM debian:bookworm-slim AS web\nCMD ["true"]\n',
    result: 'FROM debian:bookworm-slim AS other\nCMD ["true"]\n',
    said: ['style lost-alias 1: names its stage web'],
  },
  {
    name: 'text: no name of the stage',
    original: 'FROM debian:bookworm-slim AS web\nCMD ["true"]\n',
    result: 'FROM debian:bookworm-slim\nCMD ["true"]\n',
    said: ['style lost-alias 1: names its stage web'],
  },
  {
    name: 'text: a stage without a name that nobody needs',
    original: 'FROM debian:bookworm-slim\nCMD ["true"]\n',
    result: 'FROM debian:bookworm-slim\nRUN true\nFROM debian:bookworm-slim\nCMD ["true"]\n',
    said: ['style unreachable-stage 1: Stage 0 is not built'],
  },
  {
    name: 'text: a stage with a name that nobody needs',
    original: 'FROM debian:bookworm-slim\nCMD ["true"]\n',
    result: 'FROM debian:bookworm-slim AS more\nRUN true\nFROM debian:bookworm-slim\nCMD ["true"]\n',
    said: ['style unreachable-stage 1: Stage more is not built'],
  },
  {
    name: 'text: nothing',
    original: 'FROM debian:bookworm-slim\nCMD ["true"]\n',
    result: '# nothing\n',
    said: ['syntax 1: empty-file'],
  },
  {
    name: 'text: made of nothing',
    original: '# nothing\n',
    result: 'FROM debian:bookworm-slim\nCMD ["true"]\n',
    said: ['syntax -: no stage'],
  },
  {
    name: 'text: an error that the original has as well',
    original: 'FROM debian:bookworm-slim\nNOTHING\nCMD ["true"]\n',
    result: 'FROM debian:bookworm-slim\nNOTHING\nCMD ["true"]\n',
    said: [],
  },
];

const BUILT = `FROM debian:bookworm-slim AS build
RUN apt-get update && apt-get install -y gcc
COPY main.c /src/main.c
`;

/** What COPY --from names, and where it lies. */
export const copied: readonly Judged[] = (
  [
    ['nothing', 'COPY --from=build /nope /nope', 'missing-source 5: COPY --from: the stage has no /nope.'],
    ['nothing, with an owner', 'COPY --from=build --chown=root /nope /x', 'missing-source 5: has no /nope.'],
    ['one of two', 'COPY --from=build /src/main.c /nope /src/', 'missing-source 5: has no /nope.'],
    ['the packages', 'COPY --from=build /var/lib/dpkg /var/lib/dpkg', 'system-copy 5: /var/lib/dpkg'],
    ['a file of the base', 'COPY --from=build /etc/motd /etc/motd'],
    ['a part elsewhere', 'COPY --from=build /src /srv', 'lost-path 3', 'other-place 5: /srv'],
  ] as const
).map(([name, copy, ...said]) => ({
  name: `copies: ${name}`,
  files: { 'main.c': '' },
  original: `${BUILT.replace(' AS build', '')}CMD ["true"]\n`,
  result: `${BUILT}FROM debian:bookworm-slim\n${copy}\n${said.some((one) => one.startsWith('lost-path')) ? '' : 'COPY main.c /src/main.c\n'}CMD ["true"]\n`,
  said,
}));
