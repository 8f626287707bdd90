import type { Family } from './family.ts';
import { steps } from './steps.ts';

const deleted: readonly Family[] = [
  steps(
    'a file of the context that is deleted',
    'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\n',
    ['neither copied nor deleted', ''],
    ['copied, not deleted', 'COPY a.conf /srv/a.conf\n', 'returns 7: /srv/a.conf'],
    [
      'copied again',
      'COPY a.conf /srv/a.conf\nRUN rm /srv/a.conf\nCOPY a.conf /srv/a.conf\n',
      'returns 7: /srv/a.conf',
    ],
  ),
  steps(
    'a part of a directory that is deleted',
    'COPY deploy /srv/app\nRUN rm /srv/app/a.conf\n',
    ['copied from the builder', 'COPY --from=build /srv/app /srv/app\n'],
    ['not deleted', 'COPY deploy /srv/app\n', 'returns 7: /srv/app/a.conf'],
    ['copied under it', 'COPY deploy /srv/app\nCOPY --from=build /srv/app /srv/app\n', 'returns 7: /srv/app/a.conf'],
    [
      'copied over it, and deleted',
      'COPY --from=build /srv/app /srv/app\nCOPY deploy /srv/app\nRUN rm /srv/app/a.conf\n',
    ],
    ['copied over it', 'COPY --from=build /srv/app /srv/app\nCOPY deploy /srv/app\n', 'returns 7'],
    ['only another part is copied', 'COPY deploy/more /srv/app/more\n', 'added-command 13', 'lost-path 6: /srv/app of'],
  ),
  steps(
    'the contents of a directory that are deleted',
    'COPY deploy /srv/app\nRUN rm -rf /srv/app/*\n',
    ['neither copied nor deleted', ''],
    ['not deleted', 'COPY deploy /srv/app\n', 'returns 7: /srv/app'],
  ),
  steps(
    'deleted, and then there again',
    'COPY deploy /srv/new\nRUN rm -rf /srv/new\nCOPY deploy/more /srv/new/more\n',
    ['neither copied nor deleted', 'COPY deploy/more /srv/new/more\n'],
    ['only copied', 'COPY deploy /srv/new\nCOPY deploy/more /srv/new/more\n', 'returns 7: /srv/new'],
  ),
  steps(
    'deleted, and then copied again with everything',
    'COPY a.conf /srv/all/a.conf\nRUN rm /srv/all/a.conf\nCOPY . /srv/all\n',
    ['all of it from the builder, over the file', 'COPY a.conf /srv/all/a.conf\nCOPY --from=build /srv/all /srv/all\n'],
    [
      'another file under its name',
      'COPY b.conf /srv/all/a.conf\nRUN rm -rf /srv/none\nCOPY deploy /srv/all/deploy\n',
      'added-command 14',
      'added-command 15',
      'added-command 16',
      'returns 7: /srv/all/a.conf',
      'lost-path 8',
    ],
  ),
  steps('a file of the base that is deleted', 'RUN rm /etc/motd\n', ['not deleted', '', 'returns 6: /etc/motd']),
  steps(
    'a file of the base that is deleted, and its directory is copied',
    'RUN rm /usr/local/bin/x\n',
    ['deleted, then copied', 'RUN rm /usr/local/bin/x\nCOPY --from=build /usr/local /usr/local\n'],
    ['not deleted', 'COPY --from=build /usr/local /usr/local\n', 'returns 6: /usr/local/bin/x'],
  ),
  steps('a directory of the base that is deleted', 'RUN rm -rf /etc/init.d\n', [
    'and more of it',
    'RUN rm -rf /etc/init.d\nRUN rm -rf /etc/init.d/x\n',
    'added-command 13',
  ]),
  steps(
    'a file in a directory of the system that a command made and deleted',
    'RUN echo x > /etc/app.conf\nRUN rm /etc/app.conf\n',
    ['neither', ''],
  ),
  steps('a file of the base that gets a mode and is deleted', 'RUN chmod 600 /etc/motd\nRUN rm /etc/motd\n', [
    'neither',
    '',
    'returns 7: /etc/motd',
  ]),
  steps(
    'a directory of the base that is deleted and made again',
    'RUN rm -rf /usr/local/share\nRUN mkdir -p /usr/local/share/man && cp /src/main.c /usr/local/share/man/m.c\n',
    [
      'deleted, then copied',
      'RUN rm -rf /usr/local/share\nCOPY --from=build /usr/local/share/man /usr/local/share/man\n',
    ],
  ),
  steps('a cache that is deleted', 'RUN rm -rf /root/.cache\n', ['not deleted', '']),
  steps(
    'a cache with a file of the context that is deleted',
    'COPY a.conf /root/.cache/a.conf\nRUN rm -rf /root/.cache\n',
    ['neither copied nor deleted', ''],
    ['not deleted', 'COPY a.conf /root/.cache/a.conf\n', 'returns 7: /root/.cache'],
  ),
  steps(
    'a file of the context in /tmp that is deleted',
    'COPY a.conf /tmp/a.conf\nRUN rm /tmp/a.conf\n',
    ['neither copied nor deleted', ''],
    ['not deleted', 'COPY a.conf /tmp/a.conf\n', 'returns 7: /tmp/a.conf'],
  ),
  steps('deleted, if it is there', 'RUN test -f /srv/own/x && rm /srv/own/x || true\n', ['not deleted', '']),
  steps(
    'moved',
    'COPY a.conf /srv/a.conf\nRUN mv /srv/a.conf /srv/b.conf\n',
    ['copied from the builder', 'COPY --from=build /srv/b.conf /srv/b.conf\n'],
    [
      'both are there',
      'COPY a.conf /srv/a.conf\nCOPY --from=build /srv/b.conf /srv/b.conf\n',
      'returns 7: /srv/a.conf',
    ],
    ['neither', '', 'lost-path 7: /srv/b.conf of the original, written by `mv /srv/a.conf /srv/b.conf`'],
  ),
];

const temporary: readonly Family[] = [
  steps('a file of the context in /tmp', 'COPY a.conf /tmp/a.conf\n', ['lost', '', 'lost-path 6: /tmp/a.conf']),
  steps('a file of the context in /var/tmp', 'COPY a.conf /var/tmp/a.conf\n', [
    'lost',
    '',
    'lost-path 6: /var/tmp/a.conf',
  ]),
  steps('a directory of the context as /tmp', 'COPY deploy /tmp\n', ['lost', '', 'lost-path 6: /tmp of']),
  steps('a file of the context among logs', 'COPY a.conf /var/log/tmp/a.conf\n', [
    'lost',
    '',
    'lost-path 6: /var/log/tmp/a.conf',
  ]),
  steps('a directory of logs and its owner', 'RUN mkdir -p /var/log/own && chown app /var/log/own\n', [
    'lost',
    '',
    'lost-path 6: written by `mkdir -p /var/log/own`',
    'lost-path 6: written by `chown app /var/log/own`',
  ]),
  steps('a link to the output among logs', 'RUN ln -sf /dev/stdout /var/log/own.log\n', [
    'lost',
    '',
    'lost-path 6: /var/log/own.log',
  ]),
  steps('a directory in /run', 'RUN install -d -o app /run/own\n', ['lost', '', 'lost-path 6: /run/own']),
  steps('a mode in /var/cache', 'RUN chmod 1777 /var/cache\n', ['lost', '', 'lost-path 6: /var/cache']),
  steps('logs of the package manager', 'RUN touch /var/log/apt/history.log && chmod 600 /var/log/dpkg.log\n', [
    'lost',
    '',
  ]),
  steps('an owner in /tmp', 'RUN mkdir /tmp/x && chown app /tmp/x\n', [
    'lost',
    '',
    'lost-path 6: written by `chown app /tmp/x`',
  ]),
  steps('a mode of a directory in /tmp', 'RUN mkdir /tmp/x && chmod 777 /tmp/x\n', [
    'lost',
    '',
    'lost-path 6: written by `chmod 777 /tmp/x`',
  ]),
  steps('a script in /tmp', 'RUN echo x > /tmp/x && chmod +x /tmp/x\n', ['lost', '']),
  steps('an owner in a cache', 'RUN mkdir -p /srv/.cache && chown -R app /srv/.cache\n', [
    'lost',
    '',
    'lost-path 6: written by `chown -R app /srv/.cache`',
  ]),
  steps('a file that a command writes into /tmp', 'RUN echo x > /tmp/x\n', ['lost', '']),
  steps('a file that a command writes where the file works in /tmp', 'WORKDIR /tmp\nRUN echo x > x\nWORKDIR /\n', [
    'lost',
    'WORKDIR /\n',
    'lost-path 7: /tmp/x',
  ]),
  steps('a directory that a command makes in /tmp', 'RUN mkdir /tmp/x\n', ['lost', '']),
];

const again: readonly Family[] = [
  steps(
    'a file that its directory brings again',
    'COPY deploy/a.conf /srv/app/a.conf\nCOPY deploy /srv/app\n',
    ['only the directory', 'COPY deploy /srv/app\n'],
    ['only the file', 'COPY deploy/a.conf /srv/app/a.conf\n', 'lost-path 7: /srv/app of'],
  ),
  steps(
    'a file with an owner that its directory brings again without',
    'COPY --chown=app deploy/a.conf /srv/app/a.conf\nCOPY deploy /srv/app\n',
    ['only the directory', 'COPY deploy /srv/app\n'],
  ),
  steps(
    'a directory with an owner that the one above brings again without',
    'COPY --chown=app deploy/more /srv/app/more\nCOPY deploy /srv/app\n',
    ['only the directory', 'COPY deploy /srv/app\n', 'lost-path 6: /srv/app/more'],
  ),
  steps('another file in its place', 'COPY --chown=app a.conf /srv/app/a.conf\nCOPY deploy /srv/app\n', [
    'only the directory',
    'COPY deploy /srv/app\n',
    'lost-path 6: /srv/app/a.conf',
  ]),
  steps(
    'a file with an owner after its directory',
    'COPY deploy /srv/app\nCOPY --chown=app deploy/a.conf /srv/app/a.conf\n',
    ['only the directory', 'COPY deploy /srv/app\n', 'lost-path 7: /srv/app/a.conf'],
  ),
  steps(
    'a file with a mode after its directory',
    'COPY deploy /srv/app\nCOPY --chmod=600 deploy/a.conf /srv/app/a.conf\n',
    ['only the directory', 'COPY deploy /srv/app\n', 'lost-path 7: /srv/app/a.conf'],
  ),
  steps(
    'a file that a pattern may bring again',
    'COPY --chown=app deploy/a.conf /srv/app/a.conf\nCOPY deploy/*.conf /srv/app/\n',
    ['only the pattern', 'COPY deploy/*.conf /srv/app/\n', 'lost-path 6: /srv/app/a.conf'],
  ),
  steps(
    'a file after a pattern that may bring it',
    'COPY deploy/*.conf /srv/app/\nCOPY deploy/a.conf /srv/app/a.conf\n',
    ['only the pattern', 'COPY deploy/*.conf /srv/app/\n', 'lost-path 7: /srv/app/a.conf'],
  ),
  steps('a file and its directory at the root', 'COPY deploy /\nCOPY deploy/a.conf /a.conf\n', [
    'only the directory',
    'COPY deploy /\n',
  ]),
  steps('a file of another directory at the root', 'COPY deploy /\nCOPY a.conf /a.conf\n', [
    'only the directory',
    'COPY deploy /\n',
    'lost-path 7: /a.conf',
  ]),
  steps('a file whose directory was not copied', 'COPY deploy/a.conf /srv/app/a.conf\n', [
    'with its directory',
    'COPY deploy /srv/app\n',
    'added-command 12',
    'lost-path 6: /srv/app/a.conf',
  ]),
];

const directories: readonly Family[] = [
  steps(
    'an empty directory',
    'RUN mkdir /srv/new\n',
    ['lost', '', 'lost-path 6: /srv/new'],
    ['another one', 'RUN mkdir -p /srv/other\n', 'added-command 12', 'lost-path 6: /srv/new'],
  ),
  steps(
    'a directory that is there for what is in it',
    'RUN mkdir /srv/new\nCOPY a.conf /srv/new/a.conf\n',
    ['not made for itself', 'COPY a.conf /srv/new/a.conf\n'],
    ['without what is in it', 'RUN mkdir /srv/new\n', 'lost-path 7: /srv/new/a.conf'],
  ),
  steps('a directory that is there for what is copied to it', 'RUN mkdir /srv/new\nCOPY deploy /srv/new\n', [
    'not made for itself',
    'COPY deploy /srv/new\n',
  ]),
  steps('a directory out of which something is deleted', 'RUN mkdir /srv/new\nRUN rm -f /srv/new/x\n', [
    'not made',
    'RUN rm -f /srv/new/x\n',
    'lost-path 6: /srv/new',
  ]),
  steps('a directory of a mode', 'RUN mkdir -m 700 /srv/new\nCOPY a.conf /srv/new/a.conf\n', [
    'not made for itself',
    'COPY a.conf /srv/new/a.conf\n',
    'lost-path 6: /srv/new',
  ]),
  steps(
    'a directory of an owner',
    'RUN install -d -o app /srv/new\nCOPY a.conf /srv/new/a.conf\n',
    ['not made for itself', 'COPY a.conf /srv/new/a.conf\n', 'lost-path 6: /srv/new'],
    [
      'of another owner',
      'RUN install -d -o root /srv/new\nCOPY a.conf /srv/new/a.conf\n',
      'added-command 13',
      'lost-path 6',
    ],
  ),
  steps(
    'the contents of a directory get an owner',
    'COPY deploy /srv/app\nRUN chown -R app /srv/app/*\n',
    ['no owner', 'COPY deploy /srv/app\n', 'lost-path 7: /srv/app'],
    ['the directory gets it', 'COPY deploy /srv/app\nRUN chown -R app /srv/app\n', 'added-command 14', 'lost-path 7'],
  ),
];

const said: readonly Family[] = [
  steps(
    'a long command over several lines',
    'RUN cp   /src/main.c \\\n  /srv/own/a/very/long/path/whose/end/is/not/in/the/sentence/any/more.c\n',
    [
      'lost',
      '',
      'lost-path 6: written by `cp /src/main.c /srv/own/a/very/long/path/whose/end/is/not/in/the/sentence/any/m…`,',
    ],
  ),
  steps(
    'owner and mode',
    'COPY a.conf /srv/a.conf\n',
    [
      'given',
      'COPY --chown=app --chmod=600 a.conf /srv/a.conf\n',
      'added-command 12',
      'owner 12: has owner or mode `app 600`, it was `unchanged`',
    ],
    ['a mode', 'COPY --chmod=600 a.conf /srv/a.conf\n', 'added-command 12', 'owner 12: mode `600`, it was `unchanged`'],
  ),
];

export const files: readonly Family[] = [...deleted, ...temporary, ...again, ...directories, ...said];
