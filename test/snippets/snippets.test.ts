import { describe, expect, test } from 'vitest';
import { createEngine } from '../../server/src/engine/index.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { tables } from '../../server/src/host/facts.ts';
import snippets from '../../snippets/dockerfile.json';
import { expand } from './expand.ts';

const engine = createEngine({ table: (name) => tables[name] });

/** What stands before a part that is no file of its own. */
const builder = 'FROM python:3.13 AS builder\nRUN python -m venv /opt/venv && mkdir /install\n';
const around: Readonly<Record<string, (part: string) => string>> = {
  'Builder stage': (part) => `${part}\nFROM python:3.13-slim AS runtime\nCOPY --from=builder /install /usr/local\n`,
  'Runtime stage': (part) => `${builder}${part}\n`,
  'Copy from a stage': (part) => `${builder}FROM python:3.13-slim AS runtime\n${part}\n`,
  'Non-root user': (part) => `FROM python:3.13-slim\n${part}\n`,
  'Cache mount': (part) => `FROM python:3.13-slim\nCOPY requirements.txt .\n${part}\n`,
};

const files = Object.entries(snippets).map(([name, { body }]) => {
  const text = expand(body);
  return [name, around[name]?.(text) ?? `${text}\n`] as const;
});

describe.each(files)('%s', (_, text) => {
  test('leaves no placeholder', () => expect(text).not.toMatch(/\$\{?\d|\\\$/));

  test('parses, every stage with a name', () => {
    const file = parseDockerfile(text);
    expect(file.problems).toEqual([]);
    if (file.stages.length > 1) expect(file.stages.map((stage) => stage.name)).toEqual(['builder', 'runtime']);
  });

  test('draws no diagnostic of ours', () => {
    expect(
      engine.analyse(text, defaultSettings, undefined).findings.map(({ code, message }) => [code, message]),
    ).toEqual([]);
  });
});

test('prefixes are unique', () => {
  const prefixes = Object.values(snippets).flatMap((snippet) => snippet.prefix);
  expect(new Set(prefixes).size).toBe(prefixes.length);
});
