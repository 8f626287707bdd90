import type { Family } from './family.ts';

export const program: Family = {
  name: 'a program of C with a library of its own and a foreign repository',
  files: {
    'main.c': '',
    Makefile: 'all:\n\tcc main.c\n',
    'run.sh': '#!/bin/bash\nset -e\njq . /etc/conf.json\nexec main\n',
  },
  original: `FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl gnupg ca-certificates
RUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libxml2-dev jq
COPY main.c /src/main.c
RUN gcc -O2 -o /usr/local/bin/main /src/main.c -lxml2
RUN sed -i 's/a/b/' /etc/profile && rm -f /etc/motd
COPY run.sh /run.sh
ENTRYPOINT ["/run.sh"]
`,
  right: `FROM debian:bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends curl gnupg ca-certificates
RUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list
RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev libxml2-dev jq
COPY main.c /src/main.c
RUN gcc -O2 -o /usr/local/bin/main /src/main.c -lxml2

FROM debian:bookworm
RUN apt-get update && apt-get install -y --no-install-recommends curl gnupg ca-certificates
RUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list
RUN apt-get update && apt-get install -y --no-install-recommends libxml2 jq
COPY main.c /src/main.c
COPY --from=build /usr/local/bin/main /usr/local/bin/main
RUN sed -i 's/a/b/' /etc/profile && rm -f /etc/motd
COPY run.sh /run.sh
ENTRYPOINT ["/run.sh"]
`,
  wrong: [
    ['no library', 'libxml2 jq', 'jq', 'missing-library 4'],
    ['a command of the entry script is lost', 'libxml2 jq', 'libxml2', 'lost-package 4', 'missing-executable 9'],
    ['the compiler stays', 'libxml2 jq', 'libxml2 jq gcc', 'kept-build-tool 11'],
    [
      'the repository comes too late',
      'RUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list\nRUN apt-get update && apt-get install -y --no-install-recommends libxml2 jq\n',
      'RUN apt-get update && apt-get install -y --no-install-recommends libxml2 jq\nRUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list\n',
      'missing-input 10',
      'missing-input 10',
    ],
    [
      'no repository',
      'RUN curl -fsSL https://example.com/key.gpg -o /usr/share/keyrings/example.gpg && echo "deb https://example.com/debian bookworm main" > /etc/apt/sources.list.d/example.list\nRUN apt-get update && apt-get install -y --no-install-recommends libxml2 jq',
      'RUN apt-get update && apt-get install -y --no-install-recommends libxml2 jq',
      'missing-input 10',
      'missing-input 10',
    ],
    [
      'no tool for the key',
      'RUN apt-get update && apt-get install -y --no-install-recommends curl gnupg ca-certificates\nRUN curl',
      'RUN curl',
      'missing-certificates 2',
      'missing-build-tool 9',
    ],
    [
      'no program',
      'COPY --from=build /usr/local/bin/main /usr/local/bin/main\n',
      '',
      'lost-command 6',
      'lost-path 6',
      'missing-executable 9',
      'style unreachable-stage 1',
    ],
    [
      'the program elsewhere',
      '/usr/local/bin/main /usr/local/bin/main',
      '/usr/local/bin/main /opt/main',
      'lost-path 6',
      'other-place 13',
      'missing-executable 9',
    ],
    [
      'the program under another name',
      '/usr/local/bin/main /usr/local/bin/main',
      '/usr/local/bin/main /usr/local/bin/other',
      'lost-path 6',
      'other-place 13',
      'missing-executable 9',
    ],
    ['no source', 'COPY main.c /src/main.c\nCOPY --from', 'COPY --from', 'lost-path 5'],
    ['no edit', "sed -i 's/a/b/' /etc/profile && ", '', 'lost-command 7', 'lost-path 7', 'style changed-text 7'],
    ['no deletion', ' && rm -f /etc/motd', '', 'lost-command 7', 'returns 7'],
    ['no script', 'COPY run.sh /run.sh\n', '', 'lost-command 8', 'lost-path 8', 'style changed-text 8'],
    [
      'another script',
      'COPY run.sh /run.sh',
      'COPY main.c /run.sh',
      'lost-command 8',
      'added-command 15',
      'lost-path 8',
      'style changed-text 8',
    ],
    [
      'no shell',
      'FROM debian:bookworm\nRUN',
      'FROM gcr.io/distroless/base-debian12\nRUN',
      'added-env -',
      'user -',
      'lost-command 7',
      'lost-command 7',
      'added-command 10',
      'added-command 10',
      'added-command 14',
      'added-command 14',
      'lost-path 7',
      'missing-executable 8',
    ],
    ['another distribution', 'FROM debian:bookworm\nRUN', 'FROM ubuntu:24.04\nRUN', 'release 8'],
    [
      'compiled with other words',
      'gcc -O2',
      'gcc -O3',
      'lost-command 6',
      'added-command 6',
      'lost-path 6',
      'style changed-text 6',
    ],
    [
      'compiled twice',
      'RUN sed',
      'RUN gcc -O2 -o /usr/local/bin/main /src/main.c -lxml2\nRUN sed',
      'missing-build-tool 14',
    ],
  ],
};
