import type { Family } from './family.ts';
import { steps } from './steps.ts';

const nginx = 'RUN apt-get update && apt-get install -y --no-install-recommends nginx\n';

/** Something after an installation, and both the other way round. */
function swapped(name: string, step: string, ...said: readonly string[]): Family {
  return steps(name, nginx + step, ['before the package', step + nginx, ...said]);
}

/** What stood after packages that bring, change or number the same. */
export const sequence: readonly Family[] = [
  swapped(
    'a file of a package that is deleted',
    'RUN rm -f /etc/nginx/sites-enabled/default\n',
    'order 7: /etc/nginx/sites-enabled/default: in the original `rm -f /etc/nginx/sites-enabled/default` wrote last',
  ),
  swapped('a file of a package that is changed', 'RUN sed -i s/a/b/ /etc/nginx/nginx.conf\n', 'order 7'),
  swapped('a file of a package that is replaced', 'COPY a.conf /etc/nginx/nginx.conf\n', 'order 7'),
  swapped('a user whose number is free by then', 'RUN useradd -r own\n', 'order 7: /etc/passwd'),
  swapped('a file that no package has', 'COPY a.conf /srv/own/nginx.conf\n'),
  swapped('a file in /usr/local', 'COPY a.conf /usr/local/etc/nginx.conf\n'),
  swapped('a file that a command writes in /opt', 'RUN mkdir -p /opt/own && cp /src/main.c /opt/own/m.c\n'),
  steps('a list of packages', `RUN echo x > /etc/apt/sources.list.d/x.list\n${nginx}`, [
    'the same',
    `RUN echo x > /etc/apt/sources.list.d/x.list\n${nginx}`,
  ]),
  steps(
    'a certificate of its own',
    'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates\nCOPY a.conf /usr/local/share/ca-certificates/a.crt\nRUN update-ca-certificates\n',
    [
      'known before it is there',
      'RUN apt-get update && apt-get install -y --no-install-recommends ca-certificates\nRUN update-ca-certificates\nCOPY a.conf /usr/local/share/ca-certificates/a.crt\n',
      'missing-input 15: /usr/local/share/ca-certificates',
    ],
  ),
];

export const accounts: readonly Family[] = [
  steps('a user gets a group', 'RUN usermod -aG adm app\n', ['lost', '', 'lost-effects 6']),
  steps('a user gets a shell', 'RUN usermod -s /bin/bash app\n', ['lost', '', 'lost-effects 6']),
  steps('a user in another group', 'RUN adduser app adm\n', ['lost', '', 'lost-effects 6']),
  steps('a user that is deleted', 'RUN userdel games\n', ['lost', '', 'lost-effects 6']),
];

const install = (words: string): string =>
  `RUN apt-get update && apt-get install -y --no-install-recommends ${words}\n`;

export const pinned: readonly Family[] = [
  steps(
    'a version of a package',
    install('nginx=1.22.1-9 less'),
    ['of any version', install('nginx less'), 'unsound-install 12: the original installs nginx=1.22.1-9'],
    ['of its version', install('less nginx=1.22.1-9')],
  ),
  steps(
    'a package of another release',
    install('-t bookworm-backports nginx less'),
    ['of its release', install('-t bookworm-backports less nginx')],
    ['of the base', install('nginx less'), 'unsound-install 12: the original installs with -t'],
  ),
  steps('a package with a version and without', install('nginx=1.22.1-9') + install('nginx less'), [
    'without',
    install('less nginx'),
  ]),
];
