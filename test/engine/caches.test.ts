/** What tools of Python keep beside what they install, and what apt removes of a choice. */
import { expect, test } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { fileFacts } from './engine.ts';

const facts = new Facts(fileFacts);
const stateOf = (lines: string) => {
  const simulation = simulate(parseDockerfile(`FROM python:3.11-slim-bookworm\n${lines}\n`), facts, undefined);
  const state = simulation.stages[0]?.state;
  if (state === undefined) throw new Error('no stage');
  return state;
};
const caches = (lines: string): string[] =>
  stateOf(lines)
    .writes.all.filter((write) => write.class === 'cache')
    .map((write) => write.path)
    .sort();

const SEEDS = ['/root/.cache/virtualenv', '/root/.local/share/virtualenv'];

test('uv pip keeps what it downloads in the cache of uv, whatever pip is told', () => {
  expect(caches('RUN uv pip install --system flask')).toEqual(['/root/.cache/uv']);
  expect(caches('ENV PIP_NO_CACHE_DIR=1\nRUN uv pip sync --system requirements.txt')).toEqual(['/root/.cache/uv']);
  expect(caches('ENV UV_CACHE_DIR=/opt/uv\nRUN uv pip install --system flask')).toEqual(['/opt/uv']);
  expect(caches('RUN uv pip install --system --no-cache flask')).toEqual([]);
  expect(caches('ENV UV_NO_CACHE=1\nRUN uv pip install --system flask')).toEqual([]);
  expect(caches('RUN pip install flask')).toEqual(['/root/.cache/pip']);
});

test('poetry keeps indexes and archives, and virtualenv what it seeds a new environment with', () => {
  const cache = (path: string): string[] => [`${path}/artifacts`, `${path}/cache`];
  expect(caches('RUN poetry install')).toEqual([...cache('/root/.cache/pypoetry'), ...SEEDS].sort());
  expect(caches('ENV POETRY_VIRTUALENVS_CREATE=false\nRUN poetry install')).toEqual(cache('/root/.cache/pypoetry'));
  expect(
    caches('RUN poetry config cache-dir /opt/c\nRUN poetry config virtualenvs.create false\nRUN poetry install'),
  ).toEqual(cache('/opt/c'));
  expect(caches('RUN poetry install --no-cache')).toContain('/root/.cache/pypoetry/artifacts');
});

test('the environments of poetry lie below its cache, unless it is told another place', () => {
  const trees = (lines: string): string[] =>
    stateOf(lines)
      .writes.all.filter((write) => write.class === 'dependencies')
      .map((write) => write.path);
  expect(trees('RUN poetry install')).toEqual(['/root/.cache/pypoetry/virtualenvs']);
  expect(trees('ENV POETRY_CACHE_DIR=/opt/c\nRUN poetry install')).toEqual(['/opt/c/virtualenvs']);
  expect(trees('RUN poetry config virtualenvs.path "{cache-dir}/v"\nRUN poetry install')).toEqual([
    '/root/.cache/pypoetry/v',
  ]);
});

test('virtualenv keeps what it seeds with; venv and uv venv keep nothing', () => {
  expect(caches('RUN virtualenv /opt/venv')).toEqual(SEEDS);
  expect(caches('RUN python -m virtualenv /opt/venv')).toEqual(SEEDS);
  expect(caches('ENV VIRTUALENV_OVERRIDE_APP_DATA=/opt/seeds\nRUN virtualenv /opt/venv')).toEqual(['/opt/seeds']);
  expect(caches('ENV XDG_CACHE_HOME=/c\nRUN virtualenv /opt/venv')).toContain('/c/virtualenv');
  expect(caches('RUN python -m venv /opt/venv')).toEqual([]);
});

test('what is removed takes along what depends on it, unless something else of the choice is there', () => {
  const has = (lines: string, name: string): boolean => stateOf(lines).packages.has(name);
  const install = 'RUN apt-get update && apt-get install -y --no-install-recommends';
  expect(has(`${install} libsuperlu-dev\nRUN apt-get remove -y libopenblas-pthread-dev`, 'libsuperlu-dev')).toBe(false);
  // libopenblas-pthread-dev is a libblas.so as well.
  expect(has(`${install} libsuperlu-dev\nRUN apt-get remove -y libopenblas-dev`, 'libsuperlu-dev')).toBe(true);
  expect(has(`${install} libblas-dev libsuperlu-dev\nRUN apt-get remove -y libblas-dev`, 'libsuperlu-dev')).toBe(false);
  expect(
    has(`${install} libblas-dev libopenblas-dev libsuperlu-dev\nRUN apt-get remove -y libblas-dev`, 'libsuperlu-dev'),
  ).toBe(true);
});

test('autoremove leaves whatever satisfies a relation of what stays', () => {
  const { packages } = stateOf(
    'RUN apt-get update && apt-get install -y --no-install-recommends libblas-dev\nRUN apt-get install -y --no-install-recommends libsuperlu-dev && apt-mark auto libblas-dev && apt-get autoremove -y',
  );
  expect(packages.has('libblas-dev')).toBe(true);
  expect(packages.has('libblas3')).toBe(true);
});

test('a file of settings that turns Recommends off counts for what is installed while it is there', () => {
  const brings = (before: string): boolean =>
    stateOf(`${before}\nRUN apt-get update && apt-get install -y libc6-dev`).packages.has('manpages-dev');
  const off = (text: string): string => `RUN echo '${text}' > /etc/apt/apt.conf.d/90recommends`;
  expect(brings('')).toBe(true);
  expect(brings(off('APT::Install-Recommends "false";'))).toBe(false);
  expect(brings(off('APT { Install-Recommends "0"; };'))).toBe(false);
  expect(brings(off('APT::Install-Recommends "true";'))).toBe(true);
  expect(brings(off('APT::Install-Suggests "false";'))).toBe(true);
  expect(brings(`${off('APT::Install-Recommends "false";')}\nRUN rm /etc/apt/apt.conf.d/90recommends`)).toBe(true);
  expect(brings(`${off('APT::Install-Recommends "false";')}\nRUN rm -rf /etc/apt/apt.conf.d`)).toBe(true);
  expect(brings(`RUN if test -f /x; then echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/x; fi`)).toBe(
    true,
  );
});
