import type { Family } from './family.ts';

export const mounts: Family = {
  name: 'a secret mount and a build argument',
  files: { 'app.py': 'import flask\n' },
  original: `FROM python:3.11-bookworm
ARG INDEX=https://example.com/simple
WORKDIR /app
RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install --index-url $INDEX flask
COPY . .
CMD ["python", "app.py"]
`,
  right: `FROM python:3.11-bookworm AS build
ARG INDEX=https://example.com/simple
WORKDIR /app
RUN --mount=type=secret,id=netrc,target=/root/.netrc pip install --index-url $INDEX flask

FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends media-types && rm -rf /var/lib/apt/lists/*
WORKDIR /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY . .
CMD ["python", "app.py"]
`,
  harmless: [
    [
      'the argument is declared in the last stage too',
      'FROM python:3.11-slim-bookworm\n',
      'FROM python:3.11-slim-bookworm\nARG INDEX=https://example.com/simple\n',
    ],
    ['the same packages again', 'media-types &&', 'media-types media-types &&'],
  ],
  wrong: [
    [
      'no mount',
      '--mount=type=secret,id=netrc,target=/root/.netrc ',
      '',
      'other-surroundings 4: with other mounts or flags of RUN',
    ],
    ['another mount', 'id=netrc', 'id=token', 'other-surroundings 4'],
    ['one mount more', 'RUN --mount', 'RUN --network=none --mount', 'other-surroundings 4'],
    [
      'no argument',
      'ARG INDEX=https://example.com/simple\n',
      '',
      'lost-command 2',
      'other-surroundings 3',
      'style changed-text 2',
    ],
    [
      'another default',
      'INDEX=https://example.com/simple',
      'INDEX=https://example.com/other',
      'lost-command 2',
      'other-surroundings 4: with other ARG INDEX',
      'style changed-text 2',
    ],
    [
      'no default',
      'ARG INDEX=https://example.com/simple',
      'ARG INDEX',
      'lost-command 2',
      'other-surroundings 4',
      'style changed-text 2',
    ],
    [
      'the argument after its use',
      'ARG INDEX=https://example.com/simple\nWORKDIR /app\nRUN --mount=type=secret,id=netrc,target=/root/.netrc pip install --index-url $INDEX flask\n',
      'WORKDIR /app\nRUN --mount=type=secret,id=netrc,target=/root/.netrc pip install --index-url $INDEX flask\nARG INDEX=https://example.com/simple\n',
      'other-surroundings 3',
    ],
    [
      'the index is lost',
      ' --index-url $INDEX',
      '',
      'lost-command 4',
      'added-command 4',
      'lost-path 4',
      'lost-path 4',
      'style changed-text 4',
    ],
    [
      'in a virtual environment that is not there',
      'pip install',
      '/opt/venv/bin/pip install',
      'lost-command 4',
      'added-command 4',
      'lost-path 4',
      'lost-path 4',
    ],
  ],
};
