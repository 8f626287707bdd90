/** Commands that the surroundings run in the container are demanded like those of the file itself. */
import { describe, expect, test } from 'vitest';
import type { Context, OutsideRun } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

const file = `FROM python:3.11-slim-bookworm
RUN apt-get update && apt-get install -y --no-install-recommends build-essential git libpq-dev
WORKDIR /srv
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY app.py .
CMD ["python", "app.py"]
`;

function context(runs: readonly OutsideRun[], files: Readonly<Record<string, string>> = {}): Context {
  const all: Readonly<Record<string, string>> = {
    'requirements.txt': 'psycopg2==2.9.9\n',
    'app.py': 'import psycopg2\n',
    ...files,
  };
  return filesContext(all, runs);
}

function analyse(runs: readonly OutsideRun[], files?: Readonly<Record<string, string>>) {
  return engine.analyse(file, defaultSettings, context(runs, files));
}

describe('what a compose file runs', () => {
  const by = 'compose.yaml (service api)';
  test('nothing: the compiler leaves', () => {
    const { best } = analyse([]);
    expect(best?.leftBehind.map(({ what }) => what)).toContain('build-essential');
  });
  test.each([
    ['an argument list', ['git', 'pull']],
    ['a line', 'git pull'],
    ['a shell', ['sh', '-c', 'git pull && exec python app.py']],
  ])('a tool, as %s: it stays, and the file is named', (_, run) => {
    const { best } = analyse([{ by, run }]);
    expect(best?.text).toMatch(/AS runtime\n.*\bgit\b/);
    expect(best?.kept).toContainEqual(expect.objectContaining({ what: 'git', why: `${by} names it` }));
  });
  test('the compiler: nothing is split', () => {
    const { status, reasons } = analyse([{ by, run: ['make', 'all'] }]);
    expect(status).toBe('nothing-to-gain');
    expect(reasons[0]?.message).toContain('make compiles in the container');
  });
  test('a script that nobody has read yet is asked for', () => {
    const withScript = file.replace('COPY app.py .', 'COPY . .');
    const unread: Context = {
      ...context([{ by, run: 'sh migrate.sh' }]),
      read: (path) => (path === 'migrate.sh' ? 'unread' : context([]).read(path)),
    };
    expect(engine.analyse(withScript, defaultSettings, unread).wants).toContain('migrate.sh');
  });
});

describe('a Procfile', () => {
  test('its commands run', () => {
    const { best } = analyse([], { Procfile: 'web: python app.py\nworker: git daemon\n' });
    expect(best?.kept).toContainEqual(expect.objectContaining({ what: 'git', why: 'Procfile names it' }));
  });
  test('one that says nothing changes nothing', () => {
    expect(analyse([], { Procfile: '# none\n\u0000' }).best?.text).toBe(analyse([]).best?.text);
  });
});
