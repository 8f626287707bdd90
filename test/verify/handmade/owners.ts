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
    ['copied', COPY, 'lost-path 7', 'owner 13'],
    ['copied, and given', `${COPY}RUN chown -R app /srv/data/*\n`],
  ),
  steps(
    'owners: the directory above gives the owner',
    'RUN mkdir /srv/own/data\nCOPY deploy /srv/own/data\nRUN chown -R app /srv/own\n',
    ['copied', 'COPY --from=build /srv/own/data /srv/own/data\n', 'lost-path 8', 'owner 14'],
    ['copied, and given', 'COPY --from=build /srv/own/data /srv/own/data\nRUN chown -R app /srv/own\n'],
    ['all of it', 'COPY --from=build /srv/own /srv/own\n', 'lost-path 8'],
  ),
  steps(
    'owners: the directory above, but not what is below',
    'RUN mkdir /srv/own/data\nCOPY deploy /srv/own/data\nRUN chown app /srv/own\n',
    ['copied', 'COPY --from=build /srv/own/data /srv/own/data\nRUN chown app /srv/own\n'],
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
    'owners: a mode',
    'COPY --chmod=750 deploy /srv/data\n',
    ['copied', COPY],
    ['copied with another one', 'COPY --from=build --chmod=755 /srv/data /srv/data\n', 'owner 12'],
    ['with an owner', 'COPY --from=build --chown=app /srv/data /srv/data\n', 'owner 12'],
  ),
];
