/** Cron and supervisors of processes: what their files say runs in the container, too. */
import { describe, expect, test } from 'vitest';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

type Files = Readonly<Record<string, string>>;

/** A full image: git is in it, and not in the slim one. `steps`: what the container starts, and its files. */
function file(...steps: readonly string[]): string {
  return [
    'FROM python:3.11-bookworm',
    'WORKDIR /srv',
    'RUN pip install requests==2.32.3',
    'COPY app.py .',
    ...steps,
    '',
  ].join('\n');
}

/** A build context of these files in which everything has been read. */
function context(files: Files): Context {
  const all: Files = { 'app.py': 'import requests\n', ...files };
  return filesContext(all);
}

const kept = (text: string, files: Files) =>
  engine.analyse(text, defaultSettings, context(files)).best?.kept.map(({ what }) => what) ?? [];
const assumed = (text: string, files?: Files) =>
  engine
    .analyse(text, defaultSettings, files === undefined ? undefined : context(files))
    .best?.assumptions.find(({ kind }) => kind === 'entry-script-unread')?.what;

describe('what their files start is kept', () => {
  const daily = '0 3 * * * git -C /data pull';
  const service = '#!/bin/sh\nexec git daemon --base-path=/data\n';
  test.each<[string, readonly string[], Files]>([
    [
      'a table of the system, with its user',
      ['COPY jobs /etc/cron.d/jobs', 'CMD ["cron", "-f"]'],
      { jobs: '@daily root git -C /data pull\n' },
    ],
    [
      'a table that `crontab` gives to the user',
      ['COPY jobs /tmp/jobs', 'RUN crontab /tmp/jobs', 'CMD ["cron", "-f"]'],
      { jobs: `${daily}\n` },
    ],
    ['a directory of tables', ['COPY cron/ /etc/crontabs/', 'CMD ["crond", "-f"]'], { 'cron/root': `${daily}\n` }],
    ['an operand', ['COPY . .', 'CMD ["supercronic", "/srv/jobs"]'], { jobs: `${daily}\n` }],
    [
      'a service that the entry script starts',
      ['COPY . .', 'COPY jobs /etc/cron.d/', 'CMD ["./start.sh"]'],
      { jobs: '0 3 * * * root git pull\n', 'start.sh': '#!/bin/sh\nservice cron start\nexec python app.py\n' },
    ],
    [
      'a program of supervisord',
      ['COPY . .', 'CMD ["supervisord", "-c", "/srv/supervisord.conf"]'],
      { 'supervisord.conf': '[program:data]\ncommand = git daemon\n' },
    ],
    [
      'a file that supervisord includes',
      ['COPY . .', 'CMD ["supervisord", "--configuration=supervisord.conf"]'],
      {
        'supervisord.conf': '[supervisord]\nnodaemon=true\n[include]\nfiles = conf.d/*.conf\n',
        'conf.d/data.conf': '[program:data]\ncommand=git daemon\n',
      },
    ],
    [
      'a service of runit',
      ['COPY services/ /etc/service/', 'CMD ["runsvdir", "-P", "/etc/service"]'],
      { 'services/data/run': service },
    ],
    [
      'a service of s6-overlay',
      ['COPY services/ /etc/services.d/', 'ENTRYPOINT ["/init"]'],
      { 'services/data/run': service.replace('/bin/sh', '/usr/bin/with-contenv sh') },
    ],
  ])('%s', (_what, steps, files) => {
    expect(kept(file(...steps), files)).toContain('git');
    // Without its job the program would leave: the file alone is what keeps it.
    const without = Object.fromEntries(
      Object.entries(files).map(([name, text]) => [name, text.replace(/git/g, 'python')]),
    );
    expect(kept(file(...steps), without)).not.toContain('git');
  });
});

describe('a command in the arguments of another is kept', () => {
  test.each([
    `su app -c "git pull"`,
    `flock /tmp/lock -c "git pull"`,
    `start-stop-daemon --start --exec /usr/bin/git -- pull`,
    `env -S "git pull"`,
    `find /data -name .git -execdir sh -c 'git pull' \\;`,
    `busybox sh -c "git pull"`,
    `trap "git gc" EXIT; python app.py`,
    `python -c "import os; os.system('git pull')"`,
  ])('%s', (command) => {
    expect(kept(file(`CMD ${command}`), {})).toContain('git');
  });
  test('words that are only said are none', () => {
    expect(kept(file('CMD echo "do not git pull" && python app.py "no git here"'), {})).not.toContain('git');
  });
  test('the commands of a Procfile that another manager reads', () => {
    expect(kept(file('COPY . .', 'CMD ["honcho", "-f", "Procs", "start"]'), { Procs: 'data: git daemon\n' })).toContain(
      'git',
    );
    expect(assumed(file('COPY . .', 'CMD ["honcho", "start"]'))).toBe('/srv/Procfile');
  });
});

describe('what nobody has read is assumed, and said', () => {
  test.each<[string, readonly string[], Files | undefined, string]>([
    ['no build context', ['COPY jobs /etc/cron.d/jobs', 'CMD ["cron", "-f"]'], undefined, '/etc/cron.d/jobs'],
    [
      'a table that a command wrote',
      ['RUN echo "0 3 * * * root git pull" > /etc/cron.d/jobs', 'CMD ["cron", "-f"]'],
      {},
      '/etc/cron.d/jobs',
    ],
    ['no table at all', ['CMD ["cron", "-f"]'], {}, 'crontab'],
    ['a file that is not there', ['CMD ["supervisord", "-c", "/etc/app.conf"]'], {}, '/etc/app.conf'],
    [
      'a form that is not followed',
      ['COPY monitrc /etc/monitrc', 'CMD ["monit", "-I"]'],
      { monitrc: 'check process x with pidfile /x start program = "/usr/bin/git"\n' },
      '/etc/monitrc',
    ],
    [
      'a script that is no shell script',
      ['COPY services/ /etc/services.d/', 'ENTRYPOINT ["/init"]'],
      { 'services/data/run': '#!/command/execlineb -P\ngit daemon\n' },
      '/etc/services.d/data/run',
    ],
    ['a shell over the network', ['CMD service ssh start && python app.py'], {}, 'what people run in `sshd`'],
    ['a notebook', ['CMD ["jupyter", "lab", "--ip=0.0.0.0"]'], {}, 'what people run in `jupyter`'],
    ['a notebook in an environment', ['CMD poetry run jupyter lab'], {}, 'what people run in `jupyter`'],
    ['a supervisor in an environment', ['CMD poetry run supervisord -c x.conf'], {}, 'x.conf'],
  ])('%s', (_what, steps, files, what) => {
    expect(assumed(file(...steps), files)).toBe(what);
  });
  test('a word that is only said, or looked for, is no program', () => {
    expect(assumed(file('CMD echo jupyter && pgrep supervisord; python app.py'), {})).toBeUndefined();
  });
  test('a table that was read and starts nothing special is no doubt', () => {
    const steps = ['COPY jobs /etc/cron.d/jobs', 'CMD ["cron", "-f"]'];
    expect(assumed(file(...steps), { jobs: '# none\nMAILTO=me\n0 3 * * * root python /srv/app.py\n' })).toBeUndefined();
  });
});
