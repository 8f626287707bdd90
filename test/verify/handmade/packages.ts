import type { Family, Judged } from './family.ts';
import { lastSteps, steps } from './steps.ts';

const INSTALL = 'RUN apt-get update && apt-get install -y --no-install-recommends';

/** Packages of the original that are not installed in the last stage. */
const left: readonly Family[] = [
  steps(
    'packages: headers whose library is linked',
    `${INSTALL} libxml2-dev\n`,
    ['the library stays', `${INSTALL} libxml2\n`],
    ['lost', '', 'missing-library 6: libxml2 is needed at run time (the build links against libxml2-dev)'],
    ['without -dev', `${INSTALL} libxml2 libxml99\n`, 'unknown-package 12: debian bookworm has no package libxml99'],
  ),
  ...[
    'python3-dev',
    'libpython3-dev',
    'python3.11-dev',
    'libpython3.11-dev',
    'libstdc++-12-dev',
    'libgcc-12-dev',
    'linux-libc-dev',
    'python3-all-dev',
  ].map((name) =>
    steps(`packages: headers that stand for no library: ${name}`, `${INSTALL} ${name} media-types\n`, [
      'lost',
      `${INSTALL} media-types\n`,
    ]),
  ),
  steps('packages: certificates', `${INSTALL} ca-certificates\n`, [
    'lost',
    '',
    'missing-certificates 6: ca-certificates',
  ]),
  steps('packages: headers that nobody knows', `${INSTALL} frobnicator-dev\n`, ['lost', '']),
  steps('packages: a downloader', `${INSTALL} wget\n`, ['lost', '']),
  steps('packages: a debugger', `${INSTALL} gdb\n`, [
    'lost',
    '',
    'missing-certificates -: media-types was in the original',
  ]),
  steps('packages: an editor', `${INSTALL} vim\n`, ['lost', '', 'lost-package 6']),
  steps('packages: a library by its name', `${INSTALL} libxml2\n`, ['lost', '', 'lost-package 6']),
  steps('packages: a name that nobody knows', `${INSTALL} frobnicator\n`, ['lost', '', 'lost-package 6']),
  steps('packages: one that a comment lets go', `# dockerfile-stages leave=jq\n${INSTALL} jq\n`, ['lost', '']),
  steps('packages: one that a comment keeps', `# dockerfile-stages keep=wget\n${INSTALL} wget\n`, [
    'lost',
    '',
    'lost-package 7',
  ]),
];

/** Packages that only the last stage has. */
const more: readonly Family[] = [
  lastSteps(
    'packages: more than the original has',
    '',
    ['a tool', `${INSTALL} jq\n`],
    ['a compiler of its own', `${INSTALL} clang\n`, 'kept-build-tool 11', 'added-build-tool 11: clang is a build tool'],
    ['a build tool', `${INSTALL} cmake\n`, 'added-build-tool 11: cmake'],
    ['what compiles already', `${INSTALL} gcc\n`, 'kept-build-tool 11: gcc'],
    ['headers', `${INSTALL} libxml2-dev\n`, 'added-build-tool 11: libxml2-dev'],
    [
      'without -y',
      'RUN apt-get update && apt-get install --no-install-recommends jq\n',
      'asks-first 11: `apt-get` has no `-y`',
    ],
    [
      'without -y, nothing else comes',
      'RUN apt-get update && apt-get install --no-install-recommends libjq1 libonig5 jq\n',
    ],
  ),
  lastSteps(
    'packages: the original asks as well',
    'RUN apt-get update && apt-get install --no-install-recommends jq || true\n',
    [
      'another one',
      'RUN apt-get update && apt-get install --no-install-recommends jq || true\nRUN apt-get install git\n',
    ],
  ),
];

/** What installations of the original allow themselves. */
const habits: readonly Family[] = [
  lastSteps(
    'installations: as in the original',
    `RUN --network=host apt-get update && apt-get install -y -t bookworm-backports jq=1.6-2 git/bookworm-backports\n`,
    [
      'the same flags',
      'RUN --network=host apt-get update && apt-get install -y -t bookworm-backports jq=1.6-2 git/bookworm-backports libxml2\n',
    ],
    [
      'the same versions',
      'RUN apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports libxml2/bookworm-backports\n',
    ],
    [
      'another flag',
      'RUN apt-get update && apt-get install -y --allow-downgrades jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11: no installation of the original has the flag --allow-downgrades',
    ],
    [
      'another version',
      'RUN apt-get update && apt-get install -y jq=1.7 git\n',
      'unsound-install 11: does not pin jq=1.7',
    ],
    [
      'another flag of RUN',
      'RUN --network=none apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11: no RUN of the original has the flag --network=none',
    ],
    [
      'a cache of packages',
      'RUN --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
    ],
    [
      'a cache of something else',
      'RUN --mount=type=cache,target=/usr apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11: has the flag --mount=',
    ],
    [
      'two mounts, turned',
      'RUN --mount=type=tmpfs,target=/usr --mount=type=cache,target=/var/cache/apt apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11',
    ],
    [
      'a mode for a directory above the index',
      'RUN apt-get update\nRUN chmod 755 /var\nRUN apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'added-command 12',
    ],
    [
      'a directory in place of the cache',
      'RUN --mount=type=tmpfs,target=/var/cache/apt apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11',
    ],
    [
      'two mounts',
      'RUN --mount=type=cache,target=/var/cache/apt --mount=type=tmpfs,target=/usr apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11',
    ],
    [
      'no index',
      'RUN apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 11: the index of packages is not there',
    ],
    [
      'the index is deleted',
      'RUN apt-get update\nRUN rm -rf /var/lib/apt/lists/*\nRUN apt-get install -y jq=1.6-2 git/bookworm-backports\n',
      'unsound-install 13',
    ],
    [
      'another directory is deleted',
      'RUN apt-get update\nRUN rm -rf /var/cache/apt/*\nRUN apt-get install -y jq=1.6-2 git/bookworm-backports\n',
    ],
    [
      'as somebody else',
      'USER app\nRUN apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\nUSER root\n',
      'unsound-install 12: it runs as app',
    ],
    ['as 0', 'USER 0\nRUN apt-get update && apt-get install -y jq=1.6-2 git/bookworm-backports\nUSER root\n'],
    [
      'on several lines',
      'RUN apt-get update \\\n  && apt-get install \\\n    -y \\\n    jq=1.6-2 git/bookworm-backports\n',
    ],
  ),
];

/** Flags and users of the original. */
const allowed: readonly Family[] = [
  lastSteps('installations: a flag of another command', 'RUN echo --allow-downgrades\n', [
    'used to install',
    'RUN echo --allow-downgrades\nRUN apt-get update && apt-get install -y --allow-downgrades jq\n',
    'unsound-install 12',
  ]),
  lastSteps('installations: as another user', 'USER app\nRUN apt-get update && apt-get install -y jq\nUSER root\n', [
    'one more',
    'USER app\nRUN apt-get update && apt-get install -y jq git\nUSER root\n',
  ]),
];

/** An installation that only the result has. */
function adds(name: string, from: string, install: string, said: readonly string[] = [], first = ''): Judged {
  return {
    name: `installations: ${name}`,
    original: `FROM ${from}\n${first}CMD ["sh"]\n`,
    result: `FROM ${from}\n${first}RUN ${install}\nCMD ["sh"]\n`,
    said,
  };
}

const APK = 'apk add --no-cache jq';
const APT = 'apt-get update && apt-get install -y --no-install-recommends jq';
const TAGGED =
  'RUN apk add --no-cache gcc musl-dev tzdata libxml2-dev@edge jq@edge\nCOPY a.c /a.c\nRUN gcc -o /a /a.c\n';

export const installing: readonly Judged[] = [
  adds('with the manager of Alpine', 'alpine:3.22', APK),
  adds('with the manager of Ubuntu', 'ubuntu:24.04', APT),
  adds('with that of Debian on Alpine', 'alpine:3.22', APT, ['unsound-install 2: apt is not the package manager']),
  adds('with that of Alpine on Ubuntu', 'ubuntu:24.04', APK, ['unsound-install 2: apk is not the package manager']),
  adds(
    'with another manager than before',
    'example.com/base:1',
    APT,
    ['unsound-install 3: apt is not'],
    `RUN ${APK}\n`,
  ),
  adds('with any manager, on an unknown image', 'example.com/base:1', APT),
  {
    name: 'installations: a library of another repository',
    files: { 'a.c': '' },
    original: `FROM alpine:3.22\n${TAGGED}CMD ["/a"]\n`,
    result: `FROM alpine:3.22 AS build\n${TAGGED}
FROM alpine:3.22\nRUN apk add --no-cache libxml2\nCOPY a.c /a.c\nCOPY --from=build /a /a\nCMD ["/a"]\n`,
    said: [
      'missing-certificates 2: tzdata',
      'lost-package 2: jq',
      'missing-library 2: libxml2@edge is needed at run time (the build links against libxml2-dev@edge)',
    ],
  },
  {
    name: 'packages: headers on an unknown image',
    files: { 'a.c': '' },
    original:
      'FROM example.com/base:1\nRUN apt-get install -y gcc libxml2-dev\nCOPY a.c /a.c\nRUN gcc -o /a /a.c\nCMD ["/a"]\n',
    result: `FROM example.com/base:1 AS build\nRUN apt-get install -y gcc libxml2-dev\nCOPY a.c /a.c\nRUN gcc -o /a /a.c
FROM example.com/base:1\nCOPY a.c /a.c\nCOPY --from=build /a /a\nCMD ["/a"]\n`,
    said: [],
  },
  {
    name: 'packages: one of the base that is removed',
    original: 'FROM debian:bookworm-slim\nCMD ["tar", "x"]\n',
    result: 'FROM debian:bookworm-slim\nRUN apt-get purge -y tar\nCMD ["tar", "x"]\n',
    said: ['added-command 2', 'missing-executable -: `tar`'],
  },
];

export const packages: readonly Family[] = [...allowed, ...left, ...more, ...habits];

/** A file that compiles, or does not, and what runs in the container. */
function runs(name: string, install: string, rest: string, last: string, ...said: readonly string[]): Judged {
  return {
    name: `packages: ${name}`,
    files: { 'main.c': '', 'requirements.txt': 'triton\n' },
    original: `FROM python:3.11-slim-bookworm\n${INSTALL} ${install}\n${rest}`,
    result: `FROM python:3.11-slim-bookworm AS build\n${INSTALL} ${install}\n
FROM python:3.11-slim-bookworm\n${last}COPY --from=build /etc/hostname /etc/hostname\n${rest}`,
    said,
  };
}

export const running: readonly Judged[] = [
  runs('headers that nothing links', 'libxml2-dev', 'CMD ["bash"]\n', ''),
  runs('a command that runs', 'git', 'CMD ["git", "daemon"]\n', '', 'lost-package 2', 'missing-executable 3'),
  runs(
    'a command that a package of another name has',
    'imagemagick',
    'CMD ["convert", "a", "b"]\n',
    '',
    'lost-package 2',
    'missing-executable 3',
  ),
  runs(
    'a command of a package that may leave',
    'subversion',
    'CMD ["svn", "info"]\n',
    '',
    'lost-package 2',
    'missing-executable 3',
  ),
  runs(
    'headers that nothing links, beside a download',
    'libxml2-dev curl',
    'RUN curl -fsSLO https://example.com/x\nCMD ["bash"]\n',
    `${INSTALL} curl\n`,
  ),
  runs('a compiler that runs', 'gcc', 'CMD ["gcc", "main.c"]\n', `${INSTALL} gcc\n`),
  runs('a compiler that make runs', 'gcc make', 'CMD ["make", "run"]\n', `${INSTALL} gcc make\n`),
  runs('a compiler that nothing runs', 'gcc', 'CMD ["bash"]\n', `${INSTALL} gcc\n`, 'kept-build-tool 5'),
  {
    ...runs(
      'a compiler beside an unread script',
      'gcc',
      'COPY start.sh /\nENTRYPOINT ["/start.sh"]\n',
      `${INSTALL} gcc\n`,
    ),
    files: undefined,
  },
  runs(
    'a compiler that a dependency runs',
    'gcc',
    'RUN pip install triton\nCMD ["python", "-m", "x"]\n',
    `${INSTALL} gcc\n`,
  ),
];
