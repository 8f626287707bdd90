import type { Family } from './family.ts';
import { steps } from './steps.ts';

const COPY = 'COPY --from=build /srv/data /srv/data\n';
const MADE = 'RUN mkdir /srv/data && chown app /srv/data\n';

/** Whose a directory is that COPY --from makes: root's, whoever its contents belong to (measured with BuildKit). */
export const owners: readonly Family[] = [
  steps(
    'owners: a directory with an owner, and its contents',
    `${MADE}COPY --chown=app deploy /srv/data\n`,
    ['copied', COPY, 'lost-path 6', 'owner 13'],
    ['made, and copied', `${MADE}${COPY}`],
    [
      'made with another owner',
      `RUN mkdir /srv/data && chown root /srv/data\n${COPY}`,
      'added-command 13',
      'lost-path 6',
      'owner 14',
    ],
    ['made in another way', `RUN mkdir /srv/data\n${COPY}`, 'lost-path 6', 'owner 14'],
  ),
  steps(
    'owners: contents with an owner, in a directory of root',
    'RUN mkdir /srv/data\nCOPY --chown=app deploy /srv/data\n',
    ['copied', COPY],
  ),
  steps(
    'owners: everything below gets an owner',
    'COPY deploy /srv/data/deploy\nRUN chown -R app /srv/data\n',
    ['copied', COPY, 'lost-path 7'],
    ['copied, and given', `${COPY}RUN chown -R app /srv/data\n`],
    ['given, and copied', `RUN mkdir -p /srv/data\nRUN chown -R app /srv/data\n${COPY}`, 'added-command 13'],
  ),
  steps(
    'owners: the directory itself gets an owner',
    'COPY deploy /srv/data\nRUN chown app /srv/data\n',
    ['copied', COPY, 'lost-path 7', 'owner 13'],
    ['copied, and given', `${COPY}RUN chown app /srv/data\n`],
    ['given, and copied', `RUN mkdir -p /srv/data\nRUN chown app /srv/data\n${COPY}`, 'added-command 13'],
  ),
  steps(
    'owners: only the contents get an owner',
    'COPY deploy /srv/data\nRUN chown -R app /srv/data/*\n',
    // Built both ways: the directory is root's, what lies in it is app's, but for a name with a leading dot.
    ['copied', COPY],
    ['copied, and given', `${COPY}RUN chown -R app /srv/data/*\n`],
  ),
  steps(
    'owners: the directory above gives the owner',
    'RUN mkdir /srv/own/data\nCOPY deploy /srv/own/data\nRUN chown -R app /srv/own\n',
    ['copied', 'COPY --from=build /srv/own/data /srv/own/data\n', 'lost-path 8', 'owner 14'],
    ['copied, and given', 'COPY --from=build /srv/own/data /srv/own/data\nRUN chown -R app /srv/own\n'],
    ['all of it', 'COPY --from=build /srv/own /srv/own\n', 'lost-path 8', 'owner 14'],
  ),
  steps(
    'owners: the directory above, but not what is below',
    'RUN mkdir /srv/own/data\nCOPY deploy /srv/own/data\nRUN chown app /srv/own\n',
    ['copied', 'COPY --from=build /srv/own/data /srv/own/data\nRUN chown app /srv/own\n'],
    ['copied afterwards', 'RUN chown app /srv/own\nCOPY --from=build /srv/own/data /srv/own/data\n'],
  ),
  steps(
    'owners: the directory above, before this one is made',
    'RUN chown -R app /srv/own\nRUN mkdir /srv/own/data\nCOPY deploy /srv/own/data\n',
    ['copied', 'RUN chown -R app /srv/own\nCOPY --from=build /srv/own/data /srv/own/data\n'],
    ['without the owner above', 'COPY --from=build /srv/own/data /srv/own/data\n', 'lost-path 6: /srv/own of'],
  ),
  steps(
    'owners: a directory of the base',
    'RUN chown app /opt\nCOPY deploy /opt\n',
    [
      'copied',
      'COPY --from=build /opt /opt\n',
      'lost-path 6',
      'owner 13: /opt has owner or mode `root`, it was `app:root`',
    ],
    ['given, and copied', 'RUN chown app /opt\nCOPY --from=build /opt /opt\n'],
  ),
  steps(
    'owners: a directory that is deleted and made with an owner',
    'RUN rm -rf /srv/data\nRUN install -d -o app /srv/data\nCOPY deploy /srv/data\n',
    ['copied', `RUN rm -rf /srv/data\n${COPY}`, 'owner 15'],
  ),
  steps(
    'owners: an owner, then a mode',
    `${MADE}RUN chmod 750 /srv/data\nCOPY --chown=app deploy /srv/data\n`,
    ['made, and copied', `${MADE}RUN chmod 750 /srv/data\n${COPY}`],
    ['not made', `RUN chmod 750 /srv/data\n${COPY}`, 'lost-path 6', 'owner 15', 'missing-input 14'],
  ),
  steps(
    'owners: what a user made',
    'RUN chown app /srv/own\nUSER app\nRUN mkdir /srv/own/data && cp /src/main.c /srv/own/data/m.c\nUSER root\n',
    ['copied', 'RUN chown app /srv/own\nCOPY --from=build /srv/own/data /srv/own/data\n', 'owner 16'],
    [
      'copied with the owner',
      'RUN chown app /srv/own\nCOPY --from=build --chown=app /srv/own/data /srv/own/data\n',
      'owner 16',
    ],
    [
      'copied with its number',
      'RUN chown app /srv/own\nCOPY --from=build --chown=700 /srv/own/data /srv/own/data\n',
      'owner 16',
    ],
    [
      'made, and copied',
      'RUN chown app /srv/own\nUSER app\nRUN mkdir /srv/own/data && cp /src/main.c /srv/own/data/m.c\nUSER root\nCOPY --from=build /srv/own/data /srv/own/data\n',
    ],
    [
      'made by WORKDIR',
      'RUN chown app /srv/own\nUSER app\nWORKDIR /srv/own/data\nUSER root\nWORKDIR /\nCOPY --from=build /srv/own/data /srv/own/data\n',
    ],
  ),
  steps(
    'owners: with a group',
    'RUN mkdir /srv/data && chown app:app /srv/data\nCOPY --chown=app:app deploy /srv/data\n',
    ['copied with the user', 'COPY --from=build --chown=app:app /srv/data /srv/data\n', 'lost-path 6'],
    ['copied with the numbers', 'COPY --from=build --chown=700:700 /srv/data /srv/data\n', 'lost-path 6'],
    [
      'copied with the numbers and a mode',
      'COPY --from=build --chown=700:700 --chmod=700 /srv/data /srv/data\n',
      'owner 13',
      'lost-path 6',
      'owner 13: has owner or mode `700:700 700`, it was `app:app`',
    ],
    [
      'copied with other numbers',
      'COPY --from=build --chown=701:700 /srv/data /srv/data\n',
      'owner 13',
      'lost-path 6',
      'owner 13',
    ],
    [
      'copied with another group',
      'COPY --from=build --chown=700:701 /srv/data /srv/data\n',
      'owner 13',
      'lost-path 6',
      'owner 13',
    ],
    [
      'copied for root',
      'COPY --from=build --chown=root:root /srv/data /srv/data\n',
      'owner 13',
      'lost-path 6',
      'owner 13',
    ],
  ),
  steps(
    'owners: numbers',
    'COPY --chown=1:23 deploy /srv/data\n',
    ['the same', 'COPY --from=build --chown=1:23 /srv/data /srv/data\n'],
    ['the same digits', 'COPY --from=build --chown=12:3 /srv/data /srv/data\n', 'owner 12: `12:3`, it was `1:23`'],
  ),
  steps('owners: root by its name', 'COPY --chown=root deploy /srv/data\n', ['copied', COPY]),
  steps(
    'owners: a mode',
    'COPY --chmod=750 deploy /srv/data\n',
    ['copied', COPY, 'owner 12: /srv/data has owner or mode `755`, it was `750`'],
    ['copied with another one', 'COPY --from=build --chmod=755 /srv/data /srv/data\n', 'owner 12'],
    ['with an owner', 'COPY --from=build --chown=app /srv/data /srv/data\n', 'owner 12', 'owner 12'],
  ),
];
