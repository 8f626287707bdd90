import { readFileSync } from 'node:fs';
import { afterEach, expect, test, vi } from 'vitest';
import { createEngine } from '../../server/src/engine/index.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import type { Client } from '../../server/src/host/client.ts';
import { tableNames, type TableName } from '../../server/src/engine/facts/types.ts';
import { WebHost } from '../../server/src/host/web/webHost.ts';
import { testFacts } from '../facts/source.ts';

afterEach(() => {
  vi.unstubAllGlobals();
});

const source = testFacts();
const client = (resources: string | undefined) => ({ resources }) as Client;
const file = readFileSync('examples/python-slim/Dockerfile', 'utf8');

function serve(answer: (name: TableName) => Response | Promise<Response>): string[] {
  const asked: string[] = [];
  vi.stubGlobal('fetch', (address: string) => {
    asked.push(address);
    return Promise.resolve(answer(/\/([\w-]+)\.txt$/.exec(address)?.[1] as TableName));
  });
  return asked;
}

test('every table is fetched from the extension, and the engine knows what it knows elsewhere', async () => {
  const asked = serve((name) => new Response(source.table(name)));
  const host = new WebHost();
  await host.prepare(client('https://example.org/ext/dist'), () => undefined);
  expect(asked.sort()).toEqual(tableNames.map((name) => `https://example.org/ext/dist/facts/${name}.txt`).sort());
  const engine = createEngine({ table: (name) => host.table(name) });
  const other = createEngine(source);
  const split = engine.analyse(file, defaultSettings, undefined).best;
  expect(split?.savedMB).toBeGreaterThan(0);
  expect(split?.text).toBe(other.analyse(file, defaultSettings, undefined).best?.text);
});

test('a table that cannot be fetched is told, and nothing is guessed without it', async () => {
  serve((name) => (name === 'alpine' ? Promise.reject(new Error('offline')) : new Response('', { status: 404 })));
  const told: string[] = [];
  const host = new WebHost();
  await host.prepare(client('https://example.org/ext/dist'), (message) => told.push(message));
  expect(told).toHaveLength(tableNames.length);
  expect(told.some((message) => message.includes('404'))).toBe(true);
  const engine = createEngine({ table: (name) => host.table(name) });
  const analysis = engine.analyse(file, defaultSettings, undefined);
  expect(analysis.tiers.some((tier) => tier.split?.preferred === true)).toBe(false);
});

test('a client that does not say where its files are costs no request', async () => {
  const asked = serve(() => new Response(''));
  await new WebHost().prepare(client(undefined), () => undefined);
  expect(asked).toEqual([]);
});
