import type { Family, Judged } from './family.ts';
import { lastSteps } from './steps.ts';

/** Two instructions that touch the same, and what is said when they change places. */
function turned(name: string, first: string, second: string, ...said: readonly string[]): Family {
  return lastSteps(`order: ${name}`, `${first}\n${second}\n`, ['turned', `${second}\n${first}\n`, ...said]);
}

/** Brought by COPY --from over what the last stage alone has put there. */
export const brought: readonly Judged[] = [
  {
    name: 'order: a file under the directory that is copied',
    files: { 'deploy/a.conf': '', 'b.conf': '' },
    original: `FROM debian:bookworm-slim
COPY deploy /srv/app
RUN touch /srv/app/z
COPY b.conf /srv/app/a.conf
CMD ["bash"]
`,
    result: `FROM debian:bookworm-slim AS build
COPY deploy /srv/app
RUN touch /srv/app/z

FROM debian:bookworm-slim
COPY b.conf /srv/app/a.conf
COPY --from=build /srv/app /srv/app
CMD ["bash"]
`,
    said: ['order 4: in the original `COPY b.conf /srv/app/a.conf` wrote last; here `COPY deploy /srv/app` does'],
  },
];

export const order: readonly Family[] = [
  turned(
    'two files at one place',
    'COPY a.conf /srv/x.conf',
    'COPY b.conf /srv/x.conf',
    'order 7: /srv/x.conf: in the original `COPY b.conf /srv/x.conf` wrote last; here `COPY a.conf /srv/x.conf` does',
  ),
  turned('two files at two places', 'COPY a.conf /srv/x.conf', 'COPY b.conf /srv/x.conf.d'),
  turned('a directory over a file', 'COPY a.conf /srv/app/a.conf', 'COPY deploy /srv/app', 'order 7: /srv/app:'),
  turned('a file over a directory', 'COPY deploy /srv/app', 'COPY a.conf /srv/app/a.conf', 'order 7: /srv/app/a.conf:'),
  turned('a directory and a file of it', 'COPY deploy /srv/app', 'COPY deploy/a.conf /srv/app/a.conf'),
  turned('a file and its directory', 'COPY deploy/a.conf /srv/app/a.conf', 'COPY deploy /srv/app'),
  turned('a directory and a directory in it', 'COPY deploy /srv/app', 'COPY deploy/more /srv/app/more'),
  turned(
    'one file with two owners',
    'COPY --chown=app:app a.conf /srv/x.conf',
    'COPY a.conf /srv/x.conf',
    'order 7: /srv/x.conf:',
  ),
  turned(
    'one file with two modes',
    'COPY --chmod=600 a.conf /srv/x.conf',
    'COPY a.conf /srv/x.conf',
    'order 7: /srv/x.conf:',
  ),
  turned(
    'an archive over a file',
    'COPY a.conf /srv/app/a.conf',
    'RUN tar xzf /srv/own/a.tgz -C /srv/app',
    'order 7: here `COPY a.conf /srv/app/a.conf` does',
  ),
  turned('an owner given before', 'RUN chown -R app /srv/app', 'COPY deploy /srv/app', 'order 7: /srv/app:'),
  turned(
    'an owner given afterwards',
    'COPY deploy /srv/app',
    'RUN chown -R app /srv/app',
    'order 7: in the original `chown -R app /srv/app` wrote last; here `COPY deploy /srv/app` does',
  ),
  turned(
    'an owner for everything',
    'COPY deploy /srv/app/deploy',
    'RUN chown -R app /srv/app',
    'owner 12: /srv/app/deploy has owner or mode `root`, it was `app:root`',
    'order 7: /srv/app:',
  ),
  turned('an owner of the directory above', 'COPY deploy /srv/app/deploy', 'RUN chown app /srv/app'),
  turned('an owner of the directory above, first', 'RUN chown app /srv/app', 'COPY deploy /srv/app/deploy'),
  turned(
    'a new directory in one with an owner',
    'RUN chown -R app /srv/own',
    'RUN mkdir /srv/own/new',
    'order 7: /srv/own/new: in the original `mkdir /srv/own/new` wrote last; here `chown -R app /srv/own` does',
  ),
  turned('two directories', 'RUN mkdir -p /srv/own/new', 'RUN mkdir -p /srv/own/new/more'),
  turned(
    'a directory that a copy makes with an owner',
    'COPY --chown=app deploy /srv/new',
    'RUN mkdir -p /srv/new',
    'owner 12: /srv/new has owner or mode `root`, it was `app`',
  ),
  turned('an owner of another directory', 'COPY deploy /srv/app', 'RUN chown -R app /srv/own'),
  turned('the owner that it has', 'COPY --chown=app deploy /srv/app', 'RUN chown -R app /srv/app'),
  turned('the owner that it gets', 'RUN chown -R app /srv/app', 'COPY --chown=app deploy /srv/app'),
  turned('a mode for everything', 'COPY deploy /srv/app', 'RUN chmod -R 700 /srv/app', 'order 7: /srv/app:'),
  turned(
    'two owners',
    'RUN chown app /srv/app',
    'RUN chown root /srv/app',
    'order 7: `chown root /srv/app` wrote last',
  ),
  turned('owner and mode', 'RUN chown app /srv/app', 'RUN chmod 700 /srv/app'),
  turned(
    'an owner before the user',
    'RUN useradd -u 701 web',
    'RUN chown web /srv/app',
    'missing-input 11: `chown web /srv/app` reads the user or group web',
  ),
  turned(
    'a copy before its group',
    'RUN groupadd -g 702 web',
    'COPY --chown=app:web deploy /srv/app',
    'missing-input 11: the user or group web',
  ),
  turned('an owner that the base has', 'RUN useradd -u 701 web', 'RUN chown www-data /srv/app'),
  turned('an owner by number', 'RUN useradd -u 701 web', 'RUN chown 701 /srv/app'),
  turned(
    'an owner before the package that makes it',
    'RUN apt-get install -y --no-install-recommends redis-server',
    'RUN chown redis /srv/app',
    'missing-input 11: `chown redis /srv/app` reads redis-server',
  ),
  turned(
    'an owner that the base has, before a package',
    'RUN apt-get install -y --no-install-recommends redis-server',
    'RUN chown www-data:staff /srv/app',
  ),
  turned(
    'an owner that nobody knows, before a package',
    'RUN chown somebody /srv/app',
    'RUN apt-get install -y --no-install-recommends redis-server',
  ),
  lastSteps('order: a copy from the builder for a user', 'RUN useradd -u 701 web\n', [
    'who is not there yet',
    'COPY --from=build --chown=web /src /src\nRUN useradd -u 701 web\n',
    'missing-input 11: `COPY --from=build --chown=web /src /src` reads the user or group web',
    'owner 11',
  ]),
  lastSteps(
    'order: long commands, in a directory',
    'WORKDIR /srv/own\nCOPY a.conf x.conf\nRUN cp /src/main.c /srv/own/a/../a/../a/../a/../a/../a/../x.conf\n',
    [
      'turned',
      'WORKDIR /srv/own\nRUN cp /src/main.c /srv/own/a/../a/../a/../a/../a/../a/../x.conf\nCOPY a.conf x.conf\n',
      'order 8: in the original `cp /src/main.c /srv/own/a/../a/../a/../a/../a/../a` wrote last; here `COPY a.conf x.conf` does',
    ],
  ),
  lastSteps(
    'order: the same steps more than once',
    'RUN touch /srv/app/x\nRUN chown -R app /srv/app\nRUN touch /srv/app/x\nRUN chown -R app /srv/app\n',
    ['once', 'RUN touch /srv/app/x\nRUN chown -R app /srv/app\n'],
    ['once, turned', 'RUN chown -R app /srv/app\nRUN touch /srv/app/x\n', 'order 9: /srv/app:'],
  ),
];
