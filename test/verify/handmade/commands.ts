import type { Family } from './family.ts';
import { lastSteps, steps } from './steps.ts';

const INSTALL = 'RUN apt-get update && apt-get install -y --no-install-recommends';

/** What only the builder runs, and leaves where nobody looks. */
const effects: readonly Family[] = [
  steps('a command that nobody knows', 'RUN frobnicate --all\n', [
    'only in the builder',
    '',
    'lost-effects 6: `frobnicate --all`',
  ]),
  steps('packages from a variable', 'ARG MORE\nRUN apt-get install -y $MORE\n', [
    'only in the builder',
    '',
    'lost-effects 7: `apt-get install -y $MORE`',
  ]),
  steps('packages that are upgraded', 'RUN apt-get update && apt-get upgrade -y\n', [
    'only in the builder',
    '',
    'lost-effects 6: `apt-get upgrade -y`',
  ]),
  steps('a directory whose name is not known', 'RUN . /etc/os-release && mkdir "/srv/$ID"\n', [
    'only in the builder',
    '',
    'lost-effects 6: mkdir',
  ]),
  steps(
    'a program of the application',
    'WORKDIR /srv/app\nCOPY deploy .\nRUN python3 more/c.conf\n',
    ['its directory is copied', 'WORKDIR /srv/app\nCOPY --from=build /srv/app /srv/app\n'],
    ['only in the builder', 'WORKDIR /srv/app\nCOPY deploy .\n', 'lost-effects 8: `python3 more/c.conf`'],
    [
      'another directory is copied',
      'WORKDIR /srv/app\nCOPY deploy .\nCOPY --from=build /srv/own /srv/own\n',
      'lost-effects 8',
    ],
  ),
  steps('a program that runs in /', 'WORKDIR /\nRUN python3 /src/main.c\n', [
    'only in the builder',
    'WORKDIR /\nCOPY --from=build /src /src\n',
    'lost-effects 7',
  ]),
];

/** What is in no stage any more. */
const lost: readonly Family[] = [
  lastSteps('a package that may leave', `${INSTALL} git\n`, ['lost', '']),
  lastSteps('a package that stays', `${INSTALL} jq\n`, ['lost', '', 'lost-package 6']),
  lastSteps('the index of packages', 'RUN apt-get update\n', ['lost', '']),
  lastSteps('a cache that only the last stage deletes', 'RUN rm -rf /var/cache/apt/*\n', ['lost', '']),
  lastSteps('a directory that is deleted', 'RUN rm -rf /srv/own\n', ['lost', '', 'lost-command 6', 'returns 6']),
  lastSteps('a cache and more', 'RUN rm -rf /var/cache/apt/* /opt/x\n', ['lost', '', 'lost-command 6']),
  lastSteps(
    'packages that are removed again',
    `${INSTALL} jq\nRUN apt-get purge -y jq\n`,
    ['neither', '', 'lost-command 7'],
    ['not removed', `${INSTALL} jq\n`, 'lost-command 7'],
    ['removed in other words', `${INSTALL} jq\nRUN apt-get remove -y jq\n`, 'lost-command 7'],
  ),
  lastSteps('packages that are upgraded nowhere', 'RUN apt-get update && apt-get upgrade -y\n', [
    'lost',
    '',
    'lost-command 6: `apt-get upgrade -y`',
  ]),
  lastSteps('a test', 'RUN test -d /srv/own\n', ['lost', '', 'lost-command 6', 'style changed-text 6']),
];

/** What the original does not have. */
const added: readonly Family[] = [
  lastSteps(
    'nothing',
    '',
    ['certificates', 'RUN update-ca-certificates\n'],
    ['the cache of the loader', 'RUN ldconfig\n'],
    ['more than that', 'RUN (ldconfig; id)\n', 'added-command 11'],
    ['a package', `${INSTALL} jq\n`],
    ['a package, with apt', 'RUN apt update && apt install -y --no-install-recommends jq\n'],
    ['a directory that is there', 'RUN mkdir /srv/own\n', 'added-command 11'],
    [
      'a package, if',
      'RUN if true; then apt-get update; apt-get install -y jq; fi\n',
      'added-command 11',
      'unsound-install 11',
    ],
    [
      'a package, in brackets',
      'RUN { apt-get update; apt-get install -y jq; }\n',
      'added-command 11',
      'unsound-install 11',
    ],
    ['a package and a program', 'RUN apt-get update && apt-get install -y jq && id\n', 'added-command 11: `id`'],
    ['whatever happens', `${INSTALL} jq || true\n`, 'added-command 11', 'unsound-install 11'],
    ['a cache is deleted', 'RUN rm -rf /var/cache/apt/*\n'],
    ['a directory is deleted', 'RUN rm -rf /srv/own\n', 'added-command 11', 'lost-path 3'],
    ['a cache and a directory', 'RUN rm -rf /var/cache/apt/* /srv/own\n', 'added-command 11', 'lost-path 3'],
    ['a package is removed', 'RUN apt-get purge -y tar\n', 'added-command 11'],
    ['an argument', 'ARG NOTHING\n', 'added-command 11'],
    ['a shell', 'SHELL ["/bin/bash", "-c"]\n', 'shell 11'],
    ['a file', 'RUN touch /srv/own/x\n', 'added-command 11'],
  ),
  lastSteps('two arguments', 'ARG C D=1\n', ['one of them again', 'ARG C D=1\nARG D\n']),
  lastSteps('packages, whatever happens', `${INSTALL} jq || true\n`, [
    'another one, whatever happens',
    `${INSTALL} jq || true\n${INSTALL} libxml2 || true\n`,
  ]),
  lastSteps(
    'variables, a shell and arguments',
    'ENV A=1 B=2\nARG C\nSHELL ["/bin/bash", "-c"]\n',
    [
      'in two instructions',
      'ENV A=1\nENV B=2\nARG C\nSHELL ["/bin/bash", "-c"]\n',
      'lost-command 6',
      'style changed-text 6',
    ],
    [
      'one is set again',
      'ENV A=1 B=9\nENV B=2\nARG C\nSHELL ["/bin/bash", "-c"]\n',
      'lost-command 6',
      'added-command 11',
      'style changed-text 6',
    ],
    [
      'a shell before it',
      'ENV A=1 B=2\nARG C\nSHELL ["/bin/sh", "-c"]\nSHELL ["/bin/bash", "-c"]\n',
      'added-command 13',
    ],
    ['an argument more', 'ENV A=1 B=2\nARG C\nARG C D\nSHELL ["/bin/bash", "-c"]\n', 'added-command 13'],
  ),
];

/** What the image says of how it is run. */
const config: readonly Family[] = [
  lastSteps(
    'a version of its own',
    'ENV APP_VERSION=1 APP_URL=a\n',
    [
      'lost',
      '',
      'missing-env 6: ENV APP_VERSION',
      'missing-env 6: ENV APP_URL',
      'lost-command 6',
      'style changed-text 6',
    ],
    [
      'another one',
      'ENV APP_VERSION=2 APP_URL=a\n',
      'changed-env 11: ENV APP_VERSION is `2`, it was `1`',
      'lost-command 6',
      'style changed-text 6',
    ],
  ),
  lastSteps(
    'no version',
    '',
    ['a version', 'ENV APP_VERSION=1\n', 'added-env 11'],
    ['a directory less', 'ENV PATH=/usr/local/bin:/usr/bin:/bin\n'],
    ['another directory', 'ENV PATH=/usr/local/bin:/opt/bin\n', 'changed-env 11'],
    ['a port', 'EXPOSE 80\n', 'expose 11: EXPOSE is 80, it was none'],
    ['a label', 'LABEL a=b\n', 'label 11: LABEL a is `b`, it was none'],
    ['a maintainer', 'MAINTAINER me\n', 'maintainer 11: MAINTAINER is me, it was none', 'added-command 11'],
  ),
  lastSteps(
    'ports',
    'EXPOSE 80\nEXPOSE 81\n',
    ['turned', 'EXPOSE 81\nEXPOSE 80\n'],
    [
      'none',
      '',
      'expose -: EXPOSE is none, it was 80 81',
      'lost-command 6',
      'lost-command 7',
      'style changed-text 6',
      'style changed-text 7',
    ],
  ),
  lastSteps('a maintainer', 'MAINTAINER me\n', [
    'lost',
    '',
    'maintainer -: MAINTAINER is none, it was me',
    'lost-command 6',
    'style changed-text 6',
  ]),
  lastSteps('an empty label', 'LABEL a="" b=c\n', [
    'lost',
    '',
    'label 6: LABEL a',
    'label 6: LABEL b is none, it was `c`',
    'lost-command 6',
    'style changed-text 6',
  ]),
  lastSteps('triggers', 'ONBUILD COPY . .\nONBUILD RUN make\n', [
    'one less',
    'ONBUILD COPY . .\n',
    'onbuild 6: ONBUILD is `COPY . .`, it was `COPY . .; RUN make`',
    'lost-command 7',
    'style changed-text 7',
  ]),
  lastSteps(
    'a health check in a shell',
    'HEALTHCHECK CMD a  b\n',
    ['other spaces', 'HEALTHCHECK CMD a b\n', 'style changed-text 6'],
    [
      'other words',
      'HEALTHCHECK CMD ab\n',
      'healthcheck 11: HEALTHCHECK is ["/bin/sh","-c"] ab, it was ["/bin/sh","-c"] a b',
      'lost-command 6',
      'style changed-text 6',
    ],
  ),
];

export const commands: readonly Family[] = [...effects, ...lost, ...added, ...config];
