import type { Family } from './family.ts';

export const virtualEnvironment: Family = {
  name: 'a virtual environment on slim, with a compiler',
  files: { 'requirements.txt': 'flask\ngunicorn\npsycopg2\n', 'app.py': 'import flask\n' },
  original: `FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["gunicorn", "app:app"]
`,
  right: `FROM python:3.11-slim-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends gcc libpq-dev && rm -rf /var/lib/apt/lists/*
WORKDIR /app
RUN python -m venv /opt/venv
ENV PATH=/opt/venv/bin:$PATH
COPY requirements.txt .
RUN pip install -r requirements.txt

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 && rm -rf /var/lib/apt/lists/*
WORKDIR /app
ENV PATH=/opt/venv/bin:$PATH
COPY --from=build /opt/venv /opt/venv
COPY . .
CMD ["gunicorn", "app:app"]
`,
  harmless: [
    [
      'with a cache for packages',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5',
      'RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y --no-install-recommends libpq5',
    ],
  ],
  wrong: [
    ['a mode for everything', 'COPY --from=build /opt', 'COPY --from=build --chmod=600 /opt', 'owner 13'],
    [
      'a mode for the application',
      'COPY . .',
      'COPY --chmod=600 . .',
      'lost-command 8',
      'added-command 14',
      'owner 14',
      'style changed-text 8',
    ],
    [
      'a part is left out',
      'COPY --from=build /opt',
      'COPY --from=build --exclude=lib /opt',
      'partial-path 4',
      'partial-path 7',
    ],
    [
      'a part of the application is left out',
      'COPY . .',
      'COPY --exclude=*.py . .',
      'lost-command 8',
      'added-command 14',
      'style changed-text 8',
    ],
    [
      'the path below the path',
      'COPY --from=build /opt',
      'COPY --from=build --parents /opt',
      'lost-path 4',
      'lost-path 7',
      'other-place 13',
      'missing-executable 9',
    ],
    ['two parts', '/opt/venv /opt/venv', '/opt/venv/bin /opt/venv/lib /opt/venv/', 'partial-path 4', 'partial-path 7'],
    [
      'a directory that covers a part',
      'COPY . .',
      'COPY . .\nCOPY --from=build /usr/local/bin /opt/venv/bin',
      'other-place 15',
    ],
    ['all of /etc', 'COPY . .', 'COPY . .\nCOPY --from=build /etc /etc', 'system-copy 15'],
    ['all of /usr', 'COPY . .', 'COPY --from=build /usr /usr\nCOPY . .', 'system-copy 14'],
    ['everything', '/opt/venv /opt/venv', '/ /', 'system-copy 13'],
    [
      'another platform',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM --platform=linux/arm64 python:3.11-slim-bookworm\nRUN',
      'platform 9',
    ],
    [
      'a platform of its own for the builder',
      'FROM python:3.11-slim-bookworm AS',
      'FROM --platform=$BUILDPLATFORM python:3.11-slim-bookworm AS',
      'platform 1',
    ],
    ['the environment is damaged', 'COPY . .', 'COPY . .\nRUN rm -rf /opt/venv/lib', 'added-command 15'],
    [
      'a library is removed again',
      'libpq5 &&',
      'libpq5 && apt-get remove -y libpq5 &&',
      'added-command 10',
      'missing-library 2',
      'missing-library -',
    ],
    ['a package of the base is removed', 'libpq5 &&', 'libpq5 && apt-get purge -y libexpat1 &&', 'added-command 10'],
    [
      'dpkg removes it',
      'libpq5 &&',
      'libpq5 && dpkg -r --force-all libpq5 &&',
      'added-command 10',
      'missing-library 2',
      'missing-library -',
    ],
    [
      'no index',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5',
      'RUN apt-get install -y --no-install-recommends libpq5',
      'unsound-install 10',
    ],
    [
      'the index is gone',
      'update && apt-get install -y --no-install-recommends libpq5',
      'update && rm -rf /var/lib/apt/lists/* && apt-get install -y --no-install-recommends libpq5',
      'unsound-install 10',
    ],
    [
      'it waits for an answer',
      'install -y --no-install-recommends libpq5',
      'install --no-install-recommends libpq5',
      'asks-first 10',
    ],
    ['it only downloads', 'install -y --no-install-recommends libpq5', 'install -y -d libpq5', 'unsound-install 10'],
    [
      'it only pretends',
      'install -y --no-install-recommends libpq5',
      'install -y --simulate libpq5',
      'unsound-install 10',
    ],
    ['of another architecture', 'libpq5 ', 'libpq5:armhf ', 'unsound-install 10'],
    ['a version nobody asked for', 'libpq5 ', 'libpq5=9.1-1 ', 'unsound-install 10'],
    [
      'not as root',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM python:3.11-slim-bookworm\nUSER nobody\nRUN',
      'user 10',
      'owner 12',
      'unsound-install 11',
    ],
    [
      'without a network',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5',
      'RUN --network=none apt-get update && apt-get install -y --no-install-recommends libpq5',
      'unsound-install 10',
    ],
    [
      'into a file system of its own',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5',
      'RUN --mount=type=tmpfs,target=/usr/lib apt-get update && apt-get install -y --no-install-recommends libpq5',
      'unsound-install 10',
    ],

    [
      'it is only printed',
      'apt-get install -y --no-install-recommends libpq5',
      'echo apt-get install libpq5',
      'added-command 10',
      'missing-library 2',
      'missing-library -',
    ],
    [
      'it is under a condition',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5',
      'RUN if false; then apt-get update; fi; apt-get install -y --no-install-recommends libpq5',
      'added-command 10',
    ],
    [
      'a PATH for a while',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM python:3.11-slim-bookworm\nENV PATH=/nowhere\nRUN',
      'changed-env 13',
      'added-command 10',
      'other-surroundings 11',
    ],
    [
      'a shell for a while',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM python:3.11-slim-bookworm\nSHELL ["/bin/zsh", "-c"]\nRUN',
      'shell 10',
      'other-surroundings 11',
    ],
    [
      'a variable in the builder',
      'RUN pip',
      'ENV PIP_TARGET=/x\nRUN pip',
      'added-command 7',
      'other-surroundings 8: with other ENV PIP_TARGET',
      'lost-path 7',
    ],
    [
      'a shell in the builder',
      'RUN pip',
      'SHELL ["/bin/false"]\nRUN pip',
      'added-command 7',
      'other-surroundings 8: with other SHELL',
    ],
    ['an argument nobody declared', 'RUN pip', 'ARG PIP_TARGET=/x\nRUN pip', 'added-command 7', 'lost-path 7'],
    ['a user in the builder', 'RUN pip', 'USER nobody\nRUN pip', 'lost-command 7', 'added-command 8', 'lost-path 7'],
    [
      'the variable comes too late in the builder',
      'ENV PATH=/opt/venv/bin:$PATH\nCOPY requirements.txt .\nRUN pip install -r requirements.txt',
      'COPY requirements.txt .\nRUN pip install -r requirements.txt\nENV PATH=/opt/venv/bin:$PATH',
      'lost-command 6',
      'other-surroundings 6: with other ENV PATH',
      'lost-path 7',
    ],
    ['a trigger', 'COPY . .', 'COPY . .\nONBUILD RUN rm -rf /app', 'onbuild -', 'added-command 15'],
    [
      'from an image',
      '--from=build',
      '--from=python:3.11-slim',
      'lost-command 4',
      'lost-command 6',
      'lost-command 7',
      'added-command 13',
      'lost-path 4',
      'lost-path 7',
      'style unreachable-stage 1',
    ],
    [
      'from a stage that is not there',
      '--from=build',
      '--from=builder',
      'lost-command 4',
      'lost-command 6',
      'lost-command 7',
      'added-command 13',
      'lost-path 4',
      'lost-path 7',
      'style unreachable-stage 1',
    ],
    [
      'from itself',
      '--from=build',
      '--from=1',
      'lost-command 4',
      'lost-command 6',
      'lost-command 7',
      'added-command 13',
      'lost-path 4',
      'lost-path 7',
      'style unreachable-stage 1',
    ],
    [
      'a path relative to nowhere',
      '/opt/venv /opt/venv',
      'venv /opt/venv',
      'lost-path 4',
      'lost-path 7',
      'missing-source 13',
      'missing-executable 9',
    ],
    [
      'one directory too high',
      '/opt/venv /opt/venv',
      '/opt /opt/venv/',
      'lost-path 4',
      'lost-path 7',
      'other-place 13',
    ],
    [
      'a pattern that matches a directory',
      '/opt/venv /opt/venv',
      '/opt/ven* /opt/',
      'lost-path 4',
      'lost-path 7',
      'other-place 13',
    ],
    [
      'a mount instead of a copy',
      'COPY --from=build /opt/venv /opt/venv',
      'RUN --mount=from=build,source=/opt/venv,target=/opt/venv ldconfig',
      'lost-path 4',
      'lost-path 7',
      'missing-executable 9',
    ],
    [
      'the working directory comes too late',
      'WORKDIR /app\nENV PATH=/opt/venv/bin:$PATH\nCOPY --from=build /opt/venv /opt/venv\nCOPY . .',
      'ENV PATH=/opt/venv/bin:$PATH\nCOPY --from=build /opt/venv /opt/venv\nCOPY . .\nWORKDIR /app',
      'lost-command 8',
      'added-command 13',
      'lost-path 8',
    ],
    ['a volume', 'COPY . .', 'VOLUME /opt/venv\nCOPY . .', 'volume 14'],
    [
      'another interpreter',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM pypy:3.10-slim-bookworm\nRUN',
      'changed-env 12',
      'interpreter-version 9',
      'missing-certificates -',
      'missing-certificates -',
    ],
    [
      'two stages of one name',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM python:3.11-slim-bookworm AS build\nRUN',
      'duplicate-stage 9',
    ],
    ['ADD instead of COPY', 'COPY . .', 'ADD . .', 'lost-command 8', 'added-command 14', 'style changed-text 8'],
    [
      'another file in its place',
      'COPY . .',
      'COPY . .\nCOPY <<EOF /app/app.py\nraise SystemExit\nEOF',
      'added-command 15',
    ],
    ['a health check', 'COPY . .', 'COPY . .\nHEALTHCHECK CMD false', 'healthcheck 15'],
    [
      'the builder keeps the environment in a cache',
      'RUN pip',
      'RUN --mount=type=cache,target=/opt/venv pip',
      'other-surroundings 7',
      'lost-path 7',
    ],
    [
      'the last stage goes on from the builder',
      'FROM python:3.11-slim-bookworm\nRUN',
      'FROM build\nRUN',
      'changed-env 12',
      'other-surroundings 10',
      'kept-build-tool 2',
    ],
  ],
};
