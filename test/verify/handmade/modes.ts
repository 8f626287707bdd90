import type { Family } from './family.ts';
import { steps } from './steps.ts';

const COPIED = 'COPY --from=build /srv/new /srv/new\n';

/** COPY --from of a directory makes one of mode 755, whatever its own was (built with BuildKit, 2026-11-26). */
export const modes: readonly Family[] = [
  steps(
    'a directory with a mode and something in it',
    'RUN mkdir -m 700 /srv/new && cp /src/main.c /srv/new/m.c\n',
    ['copied', COPIED, 'owner 12: /srv/new has owner or mode `755`, it was `700`'],
    ['copied with its mode', 'COPY --from=build --chmod=700 /srv/new /srv/new\n', 'owner 12'],
  ),
  steps('a directory with the mode that COPY gives', 'RUN mkdir -m 0755 /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
  ]),
  steps('a directory for everybody', 'RUN install -d -m 1777 /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
    'owner 12: `755`, it was `1777`',
  ]),
  steps(
    'a directory of the context with a mode',
    'COPY --chmod=700 deploy /srv/new\n',
    ['copied', COPIED, 'owner 12: `755`, it was `700`'],
    ['copied with its mode', 'COPY --from=build --chmod=700 /srv/new /srv/new\n'],
  ),
  steps(
    'a directory that has its mode from another command',
    'RUN mkdir /srv/new\nCOPY --chmod=700 deploy /srv/new\n',
    ['copied', COPIED],
  ),
  steps(
    'a directory made under a umask',
    'RUN umask 077 && mkdir /srv/new && cp /src/main.c /srv/new/m.c\n',
    ['copied', COPIED, 'owner 12: `755`, it was `700`'],
    ['copied with its mode', 'COPY --from=build --chmod=700 /srv/new /srv/new\n', 'owner 12'],
    [
      'made without it',
      'RUN mkdir /srv/new && cp /src/main.c /srv/new/m.c\n',
      'owner 12: /srv/new has owner or mode `unchanged`, it was `700`',
      'owner 12: /srv/new/m.c',
    ],
  ),
  steps('a umask that ends with its shell', 'RUN (umask 077) && mkdir /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
  ]),
  steps('a umask of the next command alone', 'RUN umask 077\nRUN mkdir /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
  ]),
  steps('a umask by names', 'RUN umask g=,o= && mkdir /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
    'owner 12: `755`, it was `umask g=,o=`',
  ]),
  steps('the umask that a shell has', 'RUN umask 0022 && mkdir /srv/new && cp /src/main.c /srv/new/m.c\n', [
    'copied',
    COPIED,
  ]),
  steps(
    'a directory that chmod closes',
    'RUN mkdir /srv/new && cp /src/main.c /srv/new/m.c && chmod 0700 /srv/new\n',
    [
      'copied',
      COPIED,
      'lost-path 6: `chmod 0700 /srv/new`',
      'owner 12: /srv/new has owner or mode `755`, it was `700`',
    ],
    ['copied, then closed', `${COPIED}RUN chmod 0700 /srv/new\n`],
    ['copied, then closed with all in it', `${COPIED}RUN chmod -R 0700 /srv/new\n`, 'added-command 13', 'lost-path 6'],
    ['closed before it is there', `RUN chmod 0700 /srv/new\n${COPIED}`, 'missing-input 12'],
    [
      'copied, then another one is closed',
      `${COPIED}RUN chmod 0700 /srv/own\n`,
      'added-command 13',
      'lost-path 6',
      'owner 12: `755`, it was `700`',
    ],
  ),
  steps(
    'a directory that chmod closes with all above it',
    'RUN mkdir -p /srv/new/in && cp /src/main.c /srv/new/in/m.c && chmod -R 0700 /srv/new\n',
    [
      'copied',
      'COPY --from=build /srv/new/in /srv/new/in\n',
      'lost-path 6: `chmod -R 0700 /srv/new`',
      'owner 12: /srv/new/in has owner or mode `755`, it was `700`',
    ],
  ),
  steps(
    'a directory whose mode chmod leaves',
    'RUN mkdir /srv/new && cp /src/main.c /srv/new/m.c && chmod 700 /srv\n',
    ['copied', `${COPIED}RUN chmod 700 /srv\n`],
  ),
];

export const patterns: readonly Family[] = [
  steps('files by a pattern', 'COPY deploy/* /srv/new/\n', [
    'copied by another one',
    'COPY --from=build /srv/new/*.jar /srv/new/\n',
    'partial-path 6: /srv/new',
  ]),
  steps('files by a pattern that names them', 'COPY deploy/*.conf /srv/new/\n', [
    'copied by the same',
    'COPY --from=build /srv/new/*.conf /srv/new/\n',
  ]),
];
