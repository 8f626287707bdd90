import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

const text = `FROM registry.example.com/base/python:3.12-slim-bookworm
RUN apt-get update && apt-get install -y gcc libpq-dev
WORKDIR /app
COPY . .
RUN pip install -r requirements.txt
CMD ["python", "app.py"]
`;
const analyse = (bases: Readonly<Record<string, string>>, previous?: ReturnType<typeof engine.analyse>) =>
  engine.analyse(text, { ...defaultSettings, bases }, undefined, previous);

test('of an image that nobody knows it is not known where pip installs', () => {
  expect(analyse({}).reasons.map((one) => one.code)).toContain('unknown-base');
});

test.each([
  [{ 'registry.example.com/base/python': 'python:{tag}' }],
  [{ 'registry.example.com/base/python:3.12-slim-bookworm': 'python:3.12-slim-bookworm' }],
])('the user says what it is built from: %j', (bases) => {
  const { best } = analyse(bases);
  expect(best?.tier).toBe('same');
  expect(best?.text).toContain('/usr/local/lib/python3.12/site-packages');
  expect(best?.text).toContain('libpq5');
  expect(best?.text.match(/^FROM registry\.example\.com/gm)).not.toBeNull();
});

test('what is said of another image, or of one that is not known itself, changes nothing', () => {
  for (const bases of [{ other: 'python:3.12' }, { 'registry.example.com/base/python': 'nobody/knows:1' }])
    expect(analyse(bases).best).toBeUndefined();
});

test('an analysis with other facts starts anew', () => {
  const before = analyse({});
  const after = analyse({ 'registry.example.com/base/python': 'python:{tag}' }, before);
  expect(after.best?.tier).toBe('same');
});
