import type { Family, Judged } from './family.ts';
import { lastSteps, steps } from './steps.ts';

/** `make install`, where nothing says into what place; `first` are lines before the command, `last` those of the last stage. */
function installed(
  name: string,
  command: string,
  said: readonly string[] = [],
  first = '',
  last = '',
  copy = 'COPY --from=build /usr/local /usr/local\n',
): Judged {
  const build = `RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make
WORKDIR /src
COPY . .
RUN make install
`;
  return {
    name: `make install: ${name}`,
    files: { Makefile: 'install:\n\t./install\n', 'opt/tool': '' },
    original: `FROM debian:bookworm-slim\n${build}${first}CMD ${command}\n`,
    result: `FROM debian:bookworm-slim AS build\n${build}
FROM debian:bookworm-slim
WORKDIR /src
COPY --from=build /src /src
${copy}${last}${first}CMD ${command}\n`,
    said,
  };
}

/** Rustup's compiler, which the container runs, and a virtual environment that lies on PATH as well. */
function rust(name: string, copies: string, ...said: readonly string[]): Judged {
  const build = `RUN apt-get update && apt-get install -y --no-install-recommends curl gcc libc6-dev
RUN curl -fsSL https://sh.rustup.rs | sh -s -- -y
RUN python -m venv /opt/venv
ENV PATH=/root/.cargo/bin:/opt/venv/bin:$PATH
RUN pip install flask
`;
  const command = 'CMD ["cargo", "--version"]\n';
  return {
    name: `rustup: ${name}`,
    files: {},
    original: `FROM python:3.11-slim-bookworm\n${build}${command}`,
    result: `FROM python:3.11-slim-bookworm AS build\n${build}
FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl ca-certificates
ENV PATH=/root/.cargo/bin:/opt/venv/bin:$PATH
COPY --from=build /opt/venv /opt/venv
${copies}${command}`,
    said,
  };
}

const GONE = 'missing-executable 6: `tool`';

export const guesses: readonly Judged[] = [
  installed('by its path', '["/usr/local/bin/tool"]'),
  installed('by its name', '["tool"]', [GONE]),
  installed('a command of the base, by its path', '["/bin/bash"]'),
  installed('by a variable', '$TOOL'),
  installed(
    'a file that is only given a mode',
    '["tool"]',
    ['missing-executable 7'],
    'RUN chmod +x /usr/local/bin/tool\n',
  ),
  installed('by a path elsewhere', '["/opt/bin/tool"]', [GONE]),
  installed('a command of the base', '["bash"]'),
  installed(
    'not copied',
    '["bash"]',
    ['lost-path 5: /usr/local of the original, written by `make install`'],
    '',
    '',
    '',
  ),
  installed('a file of the context', '["/opt/tool"]', [], 'COPY opt/tool /opt/tool\n'),
  installed('a directory of the context', '["/opt/bin/tool"]', [], 'COPY opt /opt/bin\n'),
  installed(
    'another file of the context',
    '["/opt/bin/tool"]',
    ['missing-executable 7'],
    'COPY opt/tool /opt/bin/other\n',
  ),
  installed(
    'a file in the place of its directory',
    '["/opt/tool/x"]',
    ['missing-executable 7'],
    'COPY opt/tool /opt/tool\n',
  ),
  installed('a file that is deleted', '["/opt/bin/tool"]', ['missing-executable 7'], 'RUN rm -f /opt/bin/tool\n'),
  installed('by its name, beside a tree on PATH', '["tool"]', [], 'COPY opt /opt/bin\nENV PATH=/opt/bin:$PATH\n'),
  installed(
    'installed in the last stage as well',
    '["tool"]',
    [],
    '',
    'RUN apt-get update && apt-get install -y --no-install-recommends make\nRUN make install\n',
  ),
  rust(
    'both its directories',
    'COPY --from=build /root/.cargo /root/.cargo\nCOPY --from=build /root/.rustup /root/.rustup\n',
  ),
  rust('without the compiler', 'COPY --from=build /root/.cargo /root/.cargo\n', 'missing-executable 7: `cargo`'),
  rust('without the command', 'COPY --from=build /root/.rustup /root/.rustup\n', 'missing-executable 7: `cargo`'),
  rust('only the command', 'COPY --from=build /root/.cargo/bin /root/.cargo/bin\n', 'missing-executable 7: `cargo`'),
  rust(
    'the compiler is deleted again',
    'COPY --from=build /root/.cargo /root/.cargo\nCOPY --from=build /root/.rustup /root/.rustup\nRUN rm -rf /root/.rustup\n',
    'added-command 14',
    'missing-executable 7',
  ),
  rust(
    'the compiler is only given away',
    'COPY --from=build /root/.cargo /root/.cargo\nRUN chown -R 0 /root/.rustup\n',
    'added-command 13',
    'missing-executable 7',
  ),
  rust('neither', '', 'missing-executable 7: `cargo`'),
];

/** What a command of the last stage reads, and what is there by then. */
const read: readonly Family[] = [
  lastSteps(
    'a file that is read',
    'COPY a.conf /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\n',
    [
      'too late',
      'RUN cp /srv/a.conf /srv/own/b.conf\nCOPY a.conf /srv/a.conf\n',
      'missing-input 11: `cp` reads /srv/a.conf',
    ],
    [
      'with its directory',
      'COPY . /srv\nRUN cp /srv/a.conf /srv/own/b.conf\n',
      'lost-command 6',
      'added-command 11',
      'lost-path 6',
      'style changed-text 6',
    ],
    [
      'not there',
      'RUN cp /srv/a.conf /srv/own/b.conf\n',
      'lost-command 6',
      'lost-path 6',
      'missing-input 11',
      'style changed-text 6',
    ],
  ),
  lastSteps(
    'a signature that is checked',
    'COPY a.conf b.conf /srv/\nRUN gpg --batch --verify /srv/a.conf /srv/b.conf\n',
    [
      'too early',
      'RUN gpg --batch --verify /srv/a.conf /srv/b.conf\nCOPY a.conf b.conf /srv/\n',
      'missing-input 11: `gpg` reads /srv/a.conf',
      'missing-input 11: `gpg` reads /srv/b.conf',
    ],
  ),
  lastSteps(
    'a file that nobody knows to be read',
    'COPY a.conf /srv/own/a.conf\nRUN xmllint --schema=/srv/own/a.conf -\n',
    [
      'too early',
      'RUN xmllint --schema=/srv/own/a.conf -\nCOPY a.conf /srv/own/a.conf\n',
      'missing-input 11: `xmllint` reads /srv/own/a.conf',
    ],
  ),
  lastSteps(
    'a file that is read, then deleted',
    'COPY a.conf /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\nRUN rm /srv/a.conf\n',
    [
      'deleted first',
      'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\n',
      'missing-input 13: `cp` reads /srv/a.conf',
    ],
  ),
  lastSteps(
    'a directory that is read, then deleted',
    'COPY deploy /srv/x\nRUN cp -r /srv/x/more /srv/own/x\nRUN rm -r /srv/x\n',
    [
      'deleted first',
      'COPY deploy /srv/x\nRUN rm -r /srv/x\nRUN cp -r /srv/x/more /srv/own/x\n',
      'missing-input 13: `cp` reads /srv/x/more',
    ],
  ),
  lastSteps(
    'a directory that is read, then emptied',
    'COPY deploy /srv/x\nRUN cp -r /srv/x /srv/own/x\nRUN rm -r /srv/x/*\n',
    ['emptied first', 'COPY deploy /srv/x\nRUN rm -r /srv/x/*\nRUN cp -r /srv/x /srv/own/x\n', 'missing-input 13'],
  ),
  lastSteps(
    'a directory that is emptied, then read',
    'COPY deploy /srv/x\nRUN rm -r /srv/x/*\nRUN cp -r /srv/x /srv/own/x\n',
    [
      'deleted',
      'COPY deploy /srv/x\nRUN rm -r /srv/x\nRUN cp -r /srv/x /srv/own/x\n',
      'lost-command 7',
      'added-command 12',
      'missing-input 13',
    ],
    [
      'not there',
      'RUN cp -r /srv/x /srv/own/x\n',
      'lost-command 6',
      'lost-command 7',
      'missing-input 11',
      'style changed-text 6',
    ],
  ),
  lastSteps(
    'deleted, there again, and then read',
    'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\nCOPY b.conf /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\n',
    [
      'read between',
      'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\nCOPY b.conf /srv/a.conf\n',
      'missing-input 13',
    ],
    [
      'only given an owner between',
      'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\nRUN chown app /srv/a.conf\nRUN cp /srv/a.conf /srv/own/b.conf\nCOPY b.conf /srv/a.conf\n',
      'added-command 13',
      'missing-input 14',
    ],
  ),
  lastSteps(
    'a file in a directory that is there',
    'COPY a.conf /srv/own/a.conf\nRUN cp /srv/own/a.conf /srv/own/b.conf\n',
    ['too late', 'RUN cp /srv/own/a.conf /srv/own/b.conf\nCOPY a.conf /srv/own/a.conf\n', 'missing-input 11'],
  ),
  lastSteps('a file below the directory', 'COPY a.conf /srv/x/a.conf\nRUN cp -r /srv/x /srv/own/x\n', [
    'too late',
    'RUN cp -r /srv/x /srv/own/x\nCOPY a.conf /srv/x/a.conf\n',
    'missing-input 11',
  ]),
  lastSteps('a file beside it', 'COPY a.conf /srv/a.conf\nCOPY b.conf /srv/b.conf\nRUN cp /srv/a.conf /srv/own/x\n', [
    'only that one',
    'COPY b.conf /srv/b.conf\nRUN cp /srv/a.conf /srv/own/x\nCOPY a.conf /srv/a.conf\n',
    'missing-input 12',
  ]),
];

/** What a command makes that must not be there. */
const fresh: readonly Family[] = [
  steps(
    'a directory that is made',
    'RUN mkdir /srv/new\n',
    [
      'it has been copied',
      'COPY --from=build /srv/new /srv/new\nRUN mkdir /srv/new\n',
      'exists-already 13: `mkdir` fails: /srv/new exists',
    ],
    ['it is copied then', 'RUN mkdir /srv/new\nCOPY --from=build /srv/new /srv/new\n'],
  ),
  steps('a link that is made', 'RUN ln -s /srv/own /srv/link\n', [
    'it has been copied',
    'COPY --from=build /srv/link /srv/link\nRUN ln -s /srv/own /srv/link\n',
    'exists-already 13: `ln`',
  ]),
  steps('made, deleted and made again', 'RUN mkdir /srv/new\nRUN rmdir /srv/new\nRUN mkdir /srv/new\n', [
    'deleted first',
    'RUN rm -rf /srv/new\nRUN mkdir /srv/new\n',
    'added-command 14',
  ]),
  steps('a directory with something below', 'RUN mkdir /srv/new\nCOPY a.conf /srv/new/a.conf\n', [
    'that comes first',
    'COPY a.conf /srv/new/a.conf\nRUN mkdir /srv/new\n',
    'exists-already 14',
  ]),
  steps('a directory with an owner', 'RUN mkdir /srv/new && chown app /srv/new\n', [
    'after a deletion',
    'RUN rm -rf /srv/new/x\nRUN mkdir /srv/new && chown app /srv/new\n',
    'added-command 12',
  ]),
];

/** The file that PATH finds, beside a directory of the context that lies on PATH too. */
const found: readonly Family[] = [
  lastSteps(
    'a command, and a directory of the context on PATH',
    'COPY deploy /usr/local/sbin\n',
    [
      'the command is deleted',
      'COPY deploy /usr/local/sbin\nRUN rm /usr/local/bin/main\n',
      'added-command 12',
      'lost-path 5',
      'missing-executable 7: `main`',
    ],
    [
      'the command is moved',
      'COPY deploy /usr/local/sbin\nRUN mv /usr/local/bin/main /usr/bin/main\n',
      'added-command 12',
      'lost-path 5',
    ],
  ),
  lastSteps('a command that the original deletes', 'COPY deploy /usr/local/sbin\nRUN rm /usr/local/bin/main\n', [
    'copied all the same',
    'COPY deploy /usr/local/sbin\n',
    'lost-command 7',
    'returns 7',
  ]),
];

export const demand: readonly Family[] = [...read, ...fresh, ...found];
