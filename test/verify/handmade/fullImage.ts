import type { Family } from './family.ts';

export const fullImage: Family = {
  name: 'from a full image to slim, a service of its own user',
  files: {
    'requirements.txt': 'flask==3.0\npsycopg2\n',
    'app.py': 'import flask\n',
    'start.sh': '#!/bin/sh\nexec flask run\n',
  },
  original: `# syntax=docker/dockerfile:1
FROM python:3.11-bookworm
ARG REVISION=dev
LABEL revision=$REVISION team="web"
STOPSIGNAL SIGINT
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Where it lives.
WORKDIR /srv/web
ENV FLASK_APP=app.py PYTHONUNBUFFERED=1
RUN groupadd -g 700 web && useradd -u 700 -g web -m web
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt
COPY --chown=web:web . .
RUN mkdir -p /var/data && chown web:web /var/data && chmod 750 /var/data && ln -s /var/data /srv/data && rm -f /srv/web/old.txt
VOLUME /var/data
EXPOSE 5000 5001/udp
USER web
HEALTHCHECK --interval=5s CMD curl -f http://localhost:5000/ || exit 1
ENTRYPOINT ["/srv/web/start.sh"]
CMD ["--port", "5000"]
`,
  right: `# syntax=docker/dockerfile:1
FROM python:3.11-bookworm AS build
ARG REVISION=dev
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
# Where it lives.
WORKDIR /srv/web
ENV FLASK_APP=app.py PYTHONUNBUFFERED=1
RUN groupadd -g 700 web && useradd -u 700 -g web -m web
COPY requirements.txt .
RUN pip install --no-cache-dir -r requirements.txt

FROM python:3.11-slim-bookworm
ARG REVISION=dev
LABEL revision=$REVISION team="web"
STOPSIGNAL SIGINT
SHELL ["/bin/bash", "-o", "pipefail", "-c"]
RUN apt-get update && apt-get install -y --no-install-recommends libpq5 curl media-types && rm -rf /var/lib/apt/lists/*
WORKDIR /srv/web
ENV FLASK_APP=app.py PYTHONUNBUFFERED=1
RUN groupadd -g 700 web && useradd -u 700 -g web -m web
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --chown=web:web . .
RUN mkdir -p /var/data && chown web:web /var/data && chmod 750 /var/data && ln -s /var/data /srv/data && rm -f /srv/web/old.txt
VOLUME /var/data
EXPOSE 5000 5001/udp
USER web
HEALTHCHECK --interval=5s CMD curl -f http://localhost:5000/ || exit 1
ENTRYPOINT ["/srv/web/start.sh"]
CMD ["--port", "5000"]
`,
  harmless: [
    [
      'the shell comes after its commands',
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN apt-get update && apt-get install -y --no-install-recommends libpq5 curl media-types && rm -rf /var/lib/apt/lists/*',
      'RUN apt-get update && apt-get install -y --no-install-recommends libpq5 curl media-types && rm -rf /var/lib/apt/lists/*\nSHELL ["/bin/bash", "-o", "pipefail", "-c"]',
    ],
    [
      'the command before the entry',
      'ENTRYPOINT ["/srv/web/start.sh"]\nCMD ["--port", "5000"]',
      'CMD ["--port", "5000"]\nENTRYPOINT ["/srv/web/start.sh"]',
    ],
    ['the same builder by another name', 'FROM python:3.11-bookworm', 'FROM docker.io/library/python:3.11-bookworm'],
    ['make', ' libpq5', ' make libpq5'],
    [
      'variables after the commands',
      'ENV FLASK_APP=app.py PYTHONUNBUFFERED=1\nRUN groupadd -g 700 web && useradd -u 700 -g web -m web\n',
      'RUN groupadd -g 700 web && useradd -u 700 -g web -m web\nENV FLASK_APP=app.py PYTHONUNBUFFERED=1\n',
    ],
  ],
  wrong: [
    ['no directive', '# syntax=docker/dockerfile:1\n', '', 'style changed-text 1'],
    ['another directive', '# syntax=docker/dockerfile:1\n', '# syntax=docker/dockerfile:1.4\n', 'style changed-text 1'],
    ['a comment is lost', '# Where it lives.\n', '', 'style lost-comment 7'],
    ['a label is lost', ' team="web"', '', 'label 4', 'lost-command 4', 'style changed-text 4'],
    ['another label', 'team="web"', 'team="ops"', 'label 4', 'lost-command 4', 'style changed-text 4'],
    ['a label more', 'team="web"', 'team="web" more=1', 'label 14', 'lost-command 4'],
    ['the argument of the label is lost', 'ARG REVISION=dev\nLABEL', 'LABEL', 'label 4'],
    ['the argument loses its default', 'ARG REVISION=dev\nLABEL', 'ARG REVISION\nLABEL', 'label 4'],
    ['no signal', 'STOPSIGNAL SIGINT\n', '', 'stopsignal -', 'lost-command 5', 'style changed-text 5'],
    ['another signal', 'SIGINT', 'SIGTERM', 'stopsignal 15', 'lost-command 5', 'style changed-text 5'],

    [
      'no shell',
      'SHELL ["/bin/bash", "-o", "pipefail", "-c"]\nRUN',
      'RUN',
      'healthcheck 27',
      'shell -',
      'other-surroundings 19',
      'other-surroundings 23',
    ],
    ['a variable is lost', ' PYTHONUNBUFFERED=1', '', 'missing-env 9'],
    ['both variables are lost', 'ENV FLASK_APP=app.py PYTHONUNBUFFERED=1\n', '', 'missing-env 9', 'missing-env 9'],
    ['another value', 'FLASK_APP=app.py', 'FLASK_APP=main.py', 'changed-env 19'],
    ['a variable more', 'PYTHONUNBUFFERED=1', 'PYTHONUNBUFFERED=1 DEBUG=1', 'added-env 19'],

    ['another number', 'useradd -u 700', 'useradd -u 701', 'user-number 10', 'added-command 20', 'lost-path 10'],
    ['another number of the group', 'groupadd -g 700', 'groupadd -g 800', 'user-number 10', 'added-command 20'],
    [
      'no user',
      'RUN groupadd -g 700 web && useradd -u 700 -g web -m web\nCOPY --from',
      'COPY --from',
      'lost-user 10',
      'lost-user 10',
      'lost-path 10',
    ],
    ['no home', 'useradd -u 700 -g web -m web', 'useradd -u 700 -g web web', 'added-command 20', 'lost-path 10'],
    [
      'root owns the application',
      'COPY --chown=web:web . .',
      'COPY . .',
      'lost-command 13',
      'added-command 23',
      'owner 23',
      'style changed-text 13',
    ],
    [
      'the user owns the modules',
      'COPY --from=build /usr/local/lib',
      'COPY --from=build --chown=web:web /usr/local/lib',
      'owner 21',
    ],
    [
      'the numbers of the user',
      '--chown=web:web . .',
      '--chown=700:700 . .',
      'lost-command 13',
      'added-command 23',
      'style changed-text 13',
    ],
    [
      'no directory',
      'mkdir -p /var/data && ',
      '',
      'lost-command 14',
      'lost-path 14',
      'missing-input 24',
      'missing-input 24',
      'style changed-text 14',
    ],
    [
      'root owns the directory',
      'chown web:web /var/data && ',
      '',
      'lost-command 14',
      'lost-path 14',
      'style changed-text 14',
    ],
    [
      'another mode',
      'chmod 750',
      'chmod 755',
      'lost-command 14',
      'added-command 24',
      'lost-path 14',
      'style changed-text 14',
    ],
    ['no mode', 'chmod 750 /var/data && ', '', 'lost-command 14', 'lost-path 14', 'style changed-text 14'],
    ['no link', ' && ln -s /var/data /srv/data', '', 'lost-command 14', 'lost-path 14', 'style changed-text 14'],
    [
      'another link',
      'ln -s /var/data /srv/data',
      'ln -s /var/log /srv/data',
      'lost-command 14',
      'added-command 24',
      'lost-path 14',
      'style changed-text 14',
    ],
    ['the deleted file stays', ' && rm -f /srv/web/old.txt', '', 'lost-command 14', 'returns 14'],
    [
      'the deletion comes too early',
      'COPY --chown=web:web . .\nRUN mkdir -p /var/data && chown web:web /var/data && chmod 750 /var/data && ln -s /var/data /srv/data && rm -f /srv/web/old.txt',
      'RUN mkdir -p /var/data && chown web:web /var/data && chmod 750 /var/data && ln -s /var/data /srv/data && rm -f /srv/web/old.txt\nCOPY --chown=web:web . .',
      'returns 14',
    ],
    ['no volume', 'VOLUME /var/data\n', '', 'volume -', 'lost-command 15', 'style changed-text 15'],
    ['another volume', 'VOLUME /var/data', 'VOLUME /var/lib', 'volume 25', 'lost-command 15', 'style changed-text 15'],
    ['a port less', ' 5001/udp', '', 'expose 26', 'lost-command 16', 'style changed-text 16'],
    ['a port more', '5001/udp', '5001/udp 5002', 'expose 26', 'lost-command 16'],
    ['no port', 'EXPOSE 5000 5001/udp\n', '', 'expose -', 'lost-command 16', 'style changed-text 16'],
    ['no user at the end', 'USER web\n', '', 'user -', 'lost-command 17', 'style changed-text 17'],
    ['another user at the end', 'USER web', 'USER nobody', 'user 27', 'lost-command 17', 'style changed-text 17'],
    ['the number of the user', 'USER web', 'USER 700', 'user 27', 'lost-command 17', 'style changed-text 17'],
    [
      'no health check',
      'HEALTHCHECK --interval=5s CMD curl -f http://localhost:5000/ || exit 1\n',
      '',
      'healthcheck -',
      'lost-command 18',
      'style changed-text 18',
    ],
    [
      'health check NONE',
      'HEALTHCHECK --interval=5s CMD curl -f http://localhost:5000/ || exit 1',
      'HEALTHCHECK NONE',
      'healthcheck 28',
      'lost-command 18',
      'style changed-text 18',
    ],
    [
      'another interval',
      '--interval=5s',
      '--interval=9s',
      'healthcheck 28',
      'lost-command 18',
      'style changed-text 18',
    ],
    ['no entry', 'ENTRYPOINT ["/srv/web/start.sh"]\n', '', 'entrypoint -', 'lost-command 19', 'style changed-text 19'],
    [
      'another entry',
      '/srv/web/start.sh',
      '/srv/web/app.py',
      'entrypoint 29',
      'lost-command 19',
      'style changed-text 19',
    ],

    ['no command', 'CMD ["--port", "5000"]\n', '', 'cmd -', 'lost-command 20', 'style changed-text 20'],
    ['curl of the health check is lost', 'libpq5 curl', 'libpq5', 'missing-executable -'],
    ['a library is lost', ' libpq5', '', 'missing-library -'],
    ['types of files are lost', ' media-types', '', 'missing-certificates -'],
    [
      'modules are lost',
      'COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages\n',
      '',
      'lost-path 12',
    ],
    [
      'scripts are lost',
      'COPY --from=build /usr/local/bin /usr/local/bin\n',
      '',
      'lost-path 12',
      'missing-executable 19',
    ],
    [
      'a part of the modules',
      '/usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages',
      '/usr/local/lib/python3.11/site-packages/flask /usr/local/lib/python3.11/site-packages/flask',
      'lost-path 12',
    ],
    [
      'modules of another version',
      '/usr/local/lib/python3.11/site-packages\nCOPY',
      '/usr/local/lib/python3.12/site-packages\nCOPY',
      'lost-path 12',
      'other-place 21',
    ],
    [
      'sources after the modules, over them',
      'COPY --chown=web:web . .',
      'COPY --chown=web:web . .\nCOPY --chown=web:web . /usr/local/lib/python3.11/site-packages',
      'added-command 24',
    ],
    ['another release', 'python:3.11-slim-bookworm', 'python:3.11-slim-bullseye', 'release 12'],
    ['a release that floats', 'python:3.11-slim-bookworm', 'python:3.11-slim', 'release 12'],
    [
      'musl',
      'python:3.11-slim-bookworm',
      'python:3.11-alpine',
      'release 12',
      'missing-executable -',
      'missing-certificates -',
      'missing-certificates -',
      'unsound-install 17: apt is not the package manager of the image',
    ],
    ['another version', 'python:3.11-slim-bookworm', 'python:3.12-slim-bookworm', 'interpreter-version 12'],
    [
      'another repository',
      'python:3.11-slim-bookworm',
      'debian:bookworm-slim',
      'missing-env -',
      'interpreter-version 12',
      'missing-certificates -',
      'missing-certificates -',
    ],
    [
      'an image nobody knows',
      'python:3.11-slim-bookworm',
      'example.com/python:3.11',
      'missing-env -',
      'unknown-base 12',
    ],
    [
      'nothing',
      'python:3.11-slim-bookworm',
      'scratch',
      'missing-env -',
      'release 12',
      'missing-executable -',
      'missing-certificates -',
      'missing-certificates -',
      'unsound-install 17',
      'missing-executable 12',
    ],
    [
      'another version of the builder',
      'FROM python:3.11-bookworm',
      'FROM python:3.10-bookworm',
      'builder-base 2',
      'lost-path 12',
    ],
    ['another release of the builder', 'FROM python:3.11-bookworm', 'FROM python:3.11-bullseye', 'builder-base 2'],
    ['slim for the builder', 'FROM python:3.11-bookworm', 'FROM python:3.11-slim-bookworm', 'builder-base 2'],

    ['a compiler', ' libpq5', ' gcc libpq5', 'kept-build-tool 17'],

    ['a package that the release does not have', 'libpq5', 'libpq99 libpq5', 'unknown-package 17'],
    ['installed and forgotten', 'media-types &&', 'media-types || true &&', 'added-command 17', 'unsound-install 17'],
    ['pip in the last stage', 'USER web', 'RUN pip install flask\nUSER web', 'added-command 27'],
    ['it does not parse', 'USER web', 'USSER web', 'syntax 27'],
  ],
};
