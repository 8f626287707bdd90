import type { Family, Judged } from './family.ts';
import { steps } from './steps.ts';

const install = (words: string): string =>
  `RUN apt-get update && apt-get install -y --no-install-recommends ${words}\n`;
const NGINX = install('nginx');

/** A setting of the package manager, and an installation that follows it. */
function setting(name: string, line: string, path: string): Family {
  return steps(
    `apt: ${name}`,
    line + NGINX,
    ['lost', NGINX, `missing-input 13: \`apt-get\` reads ${path}`],
    ['too late', NGINX + line, `missing-input 13: ${path}`],
  );
}

/** What apt is told before it installs. */
export const settings: readonly Family[] = [
  setting('an option', 'RUN echo x > /etc/apt/apt.conf.d/99own\n', '/etc/apt/apt.conf.d/99own'),
  setting('options of the context', 'COPY a.conf /etc/apt/apt.conf\n', '/etc/apt/apt.conf'),
  setting('a priority', 'COPY a.conf /etc/apt/preferences.d/own\n', '/etc/apt/preferences.d/own'),
  setting(
    'other components',
    'RUN sed -i "s/main$/main contrib/" /etc/apt/sources.list.d/debian.sources\n',
    '/etc/apt/sources.list.d/debian.sources',
  ),
  setting('a list of its own', 'COPY a.conf /etc/apt/sources.list\n', '/etc/apt/sources.list'),
  steps('apt: an option that nothing installs with', `${NGINX}RUN echo x > /etc/apt/apt.conf.d/99own\n`, [
    'lost',
    NGINX,
  ]),
  steps(
    'apt: a package that is held',
    `${NGINX}RUN apt-mark hold nginx\n`,
    ['lost', NGINX, 'lost-path 7: The hold on nginx of the original, set by `apt-mark`'],
    ['in other words', `${NGINX}RUN apt-mark hold nginx-common\n`, 'lost-path 7: The hold on nginx'],
  ),
  steps(
    'apt: packages that are held, of which some leave',
    `${install('nginx wget')}RUN rm -rf /var/lib/apt/lists/*\nRUN apt-mark hold nginx wget\n`,
    [
      'held without one of them',
      `${NGINX}RUN rm -rf /var/lib/apt/lists/*\nRUN apt-mark hold nginx wget\n`,
      'missing-input 16: `apt-mark` reads wget',
    ],
    ['held while apt knows it', `${NGINX}RUN apt-mark hold nginx wget\nRUN rm -rf /var/lib/apt/lists/*\n`],
  ),
  steps('apt: a tool that is held', `${install('wget')}RUN apt-mark hold wget\n`, ['lost', '']),
];

/** pip's packages, of which the first lines say where they go; `said` of a split that copies site-packages. */
function pip(name: string, first: string, files: Judged['files'], ...said: readonly string[]): Judged {
  const build = `${first}WORKDIR /app
COPY requirements.txt .
RUN pip install -r requirements.txt
`;
  return {
    name: `pip: ${name}`,
    files,
    original: `FROM python:3.11-bookworm\n${build}COPY app.py .\nCMD ["python", "app.py"]\n`,
    result: `FROM python:3.11-bookworm AS build\n${build}
FROM python:3.11-bookworm
${first}WORKDIR /app
COPY requirements.txt .
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /usr/local/share /usr/local/share
COPY --from=build /usr/local/etc /usr/local/etc
COPY app.py .
CMD ["python", "app.py"]
`,
    said,
  };
}

const FILES = { 'requirements.txt': 'flask\n', 'app.py': 'import flask\n' };
const ELSEWHERE = 'lost-effects 5: `pip install -r requirements.txt`';

export const places: readonly Judged[] = [
  pip('a configuration that nobody has read', 'COPY pip.conf /etc/pip.conf\n', undefined, ELSEWHERE),
  pip('a configuration that names a mirror', 'COPY pip.conf /etc/pip.conf\n', {
    ...FILES,
    'pip.conf': '[global]\nindex-url = https://example.com/simple\n',
  }),
  pip(
    'a configuration that names a place',
    'COPY pip.conf /etc/pip.conf\n',
    { ...FILES, 'pip.conf': '[install]\ntarget = /opt/deps\n' },
    'lost-path 5: /opt/deps',
  ),
  pip(
    'a command writes a place',
    String.raw`RUN printf '[install]\ntarget = /opt/deps\n' > /etc/pip.conf` + '\n',
    FILES,
    ELSEWHERE,
  ),
  pip('a command sets a place', 'RUN pip config --global set install.user true\n', FILES, ELSEWHERE),
  pip(
    'a command writes a mirror',
    "RUN printf '[global]\\nindex-url = https://example.com/root\\n' > /etc/pip.conf\n",
    FILES,
  ),
  pip('a command sets a mirror', 'RUN pip config --global set global.index-url https://example.com/simple\n', FILES),
];

/** Django's files are collected in the builder alone; what its settings say of the place. */
function collected(name: string, settings: string, ...said: readonly string[]): Judged {
  const build = `WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
RUN python manage.py collectstatic --noinput
`;
  const end = 'CMD ["gunicorn", "shop.wsgi"]\n';
  return {
    name: `collectstatic: ${name}`,
    files: {
      'requirements.txt': 'django\ngunicorn\n',
      'manage.py': "os.environ.setdefault('DJANGO_SETTINGS_MODULE', 'shop.settings')\n",
      'shop/settings.py': settings,
      'shop/base.py': "BASE_DIR = Path(__file__).resolve().parent.parent\nSTATIC_ROOT = '/srv/static'\n",
    },
    original: `FROM python:3.11-bookworm\n${build}${end}`,
    result: `FROM python:3.11-bookworm AS build\n${build}
FROM python:3.11-bookworm
WORKDIR /app
COPY --from=build /app /app
COPY --from=build /usr/local/lib/python3.11/site-packages /usr/local/lib/python3.11/site-packages
COPY --from=build /usr/local/bin /usr/local/bin
COPY --from=build /usr/local/share /usr/local/share
COPY --from=build /usr/local/etc /usr/local/etc
${end}`,
    said,
  };
}

const PARENT = 'BASE_DIR = Path(__file__).resolve().parent.parent\n';
const DIRNAME = 'BASE_DIR = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))\n';
const LOST = (path: string): string =>
  `lost-path 5: ${path} of the original, written by \`python manage.py collectstatic`;

export const gathered: readonly Judged[] = [
  collected('below the project', `${PARENT}STATIC_ROOT = BASE_DIR / 'static'\n`),
  collected('below the project, joined', `${DIRNAME}STATIC_ROOT = os.path.join(BASE_DIR, 'static', 'all')  # served\n`),
  collected('somewhere', 'STATIC_ROOT = find_place()\n'),
  collected('an absolute place', "STATIC_ROOT = '/var/www/static'\n", LOST('/var/www/static')),
  collected('beside the project', `${DIRNAME}STATIC_ROOT = os.path.join(BASE_DIR, '..', 'static')\n`, LOST('/static')),
  collected('above the project', `${PARENT}STATIC_ROOT = str(BASE_DIR / '../static')\n`, LOST('/static')),
  collected(
    'by a variable with a default',
    "STATIC_ROOT = os.environ.get('STATIC_ROOT', '/var/static')\n",
    LOST('/var/static'),
  ),
  collected('as the base of the settings says', 'from .base import *\n', LOST('/srv/static')),
  collected('as a condition says', "STATIC_ROOT = 'static'\nif not DEBUG:\n    STATIC_ROOT = '/srv/static'\n"),
];

/** What a package starts that is not Python. */
export const started: readonly Judged[] = [
  {
    name: 'a package that dumps databases',
    files: { 'requirements.txt': 'django\ndjango-dbbackup\n', 'manage.py': '' },
    original: `FROM python:3.11-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15
WORKDIR /app
COPY requirements.txt .
RUN pip install --target=/opt/deps -r requirements.txt
COPY . .
# dockerfile-stages leave=postgresql-client-15
CMD ["python", "manage.py", "dbbackup"]
`,
    result: `FROM python:3.11-bookworm AS build
RUN apt-get update && apt-get install -y --no-install-recommends postgresql-client-15
WORKDIR /app
COPY requirements.txt .
RUN pip install --target=/opt/deps -r requirements.txt

FROM python:3.11-bookworm
WORKDIR /app
COPY --from=build /opt/deps /opt/deps
COPY . .
# dockerfile-stages leave=postgresql-client-15
CMD ["python", "manage.py", "dbbackup"]
`,
    said: ['missing-executable -: `pg_dump`', 'missing-executable -', 'missing-executable -'],
  },
];
