/** Every language is complete: the registry, the other sentences of the server, the manifest and the client. */
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { Message } from '../../server/src/engine/messages/registry.ts';
import type { Catalogue } from '../../server/src/host/catalogue.ts';
import { Language, registry } from '../../server/src/host/language.ts';
import german from '../../server/l10n/de.json';
import clientGerman from '../../client/l10n/bundle.l10n.de.json';
import manifest from '../../package.json';
import english from '../../package.nls.json';
import manifestGerman from '../../package.nls.de.json';

const places = (text: string): string[] => [...new Set(text.match(/\{\w+\}/g))].sort();
const catalogue: Catalogue = german;

describe('the server in German', () => {
  for (const [part, messages] of Object.entries(registry) as [keyof typeof registry, Record<string, Message>][])
    test(`${part}: every code, with the same places`, () => {
      expect(Object.keys(catalogue[part]).sort()).toEqual(Object.keys(messages).sort());
      for (const [code, { text, advice }] of Object.entries(messages)) {
        const other = catalogue[part][code];
        expect(places(other?.text ?? ''), code).toEqual(places(text));
        expect(other?.advice === undefined, code).toBe(advice === undefined);
        expect(places(other?.advice ?? ''), code).toEqual(places(advice ?? ''));
      }
    });

  test('every other sentence has the same places', () => {
    for (const [text, other] of Object.entries(catalogue.sentences)) expect(places(other), text).toEqual(places(text));
  });

  test('every reason of a class of packages', () => {
    const table = readFileSync('server/facts/tables/debian-classes.txt', 'utf8').split('\n');
    const reasons = table
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => /^[^;(]*/.exec(line.split('\t')[3] ?? '')?.[0].trim() ?? '');
    expect(reasons.length).toBeGreaterThan(10);
    expect(reasons.filter((reason) => !(reason in catalogue.sentences))).toEqual([]);
  });

  test('a registry message is recognised as itself, whatever else it resembles', () => {
    const language = new Language(catalogue, (text) => expect.unreachable(text));
    for (const [part, messages] of Object.entries(registry) as [keyof typeof registry, Record<string, Message>][])
      for (const [code, { text }] of Object.entries(messages)) {
        const filled = (sentence: string): string => sentence.replace(/\{(\w+)\}/g, (_, name: string) => `<${name}>`);
        expect(language.say(filled(text)), `${part} ${code}`).toBe(filled(catalogue[part][code]?.text ?? ''));
      }
  });
});

describe('what is filled in', () => {
  const language = new Language(catalogue);
  test.each([
    [
      'gcc is only needed to build, and ships in the image (about 12 MB).',
      'gcc wird nur zum Bauen gebraucht und liegt trotzdem im fertigen Image (etwa 12 MB).',
    ],
    [
      'No split is offered: The file has no FROM instruction.',
      'Es wird keine Aufteilung angeboten: Die Datei hat keine FROM-Anweisung.',
    ],
    ['headers and link files; libpq5, libxml2 stays', 'Header und Link-Dateien; libpq5, libxml2 bleibt'],
    ['something nobody has put into words', 'something nobody has put into words'],
    ['', ''],
  ])('%s', (text, other) => {
    expect(language.say(text)).toBe(other);
  });

  test('English is said as it is', () => {
    expect(new Language().say('documentation')).toBe('documentation');
  });
});

describe('the manifest', () => {
  const texts = (value: unknown, key = ''): string[] => {
    if (typeof value === 'string') {
      const shown =
        /^(title|shortTitle|description|markdownDescription|category|altText|displayName|name|contents)$/.test(key);
      return shown || key === 'enumDescriptions' ? [value] : [];
    }
    if (typeof value !== 'object' || value === null) return [];
    return Object.entries(value).flatMap(([name, one]) => texts(one, Array.isArray(value) ? key : name));
  };
  const shown = texts({ contributes: manifest.contributes, capabilities: manifest.capabilities });

  test('names nothing in a language of its own', () => {
    expect(shown.filter((text) => !/^%[\w.]+%$/.test(text))).toEqual([]);
  });

  test('has every text in both languages, and no other', () => {
    const keys = [...new Set(shown.map((text) => text.slice(1, -1)))].sort();
    expect(Object.keys(english).sort()).toEqual(keys);
    expect(Object.keys(manifestGerman).sort()).toEqual(keys);
  });
});

test('the client has every text in German, with the same places, and no other', () => {
  const asked = new Set<string>();
  for (const name of readdirSync('client/src')) {
    const text = readFileSync(`client/src/${name}`, 'utf8');
    for (const [, said] of text.matchAll(/l10n\.t\(\s*'((?:[^'\\]|\\.)*)'/g))
      asked.add((said ?? '').replace(/\\'/g, "'"));
    expect([...text.matchAll(/l10n\.t\(/g)].length, name).toBe([...text.matchAll(/l10n\.t\(\s*'/g)].length);
  }
  expect(Object.keys(clientGerman).sort()).toEqual([...asked].sort());
  for (const [text, other] of Object.entries(clientGerman)) expect(places(other), text).toEqual(places(text));
});
