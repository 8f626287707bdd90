import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { readSettings } from '../../server/src/host/settings.ts';
import manifest from '../../package.json';

test.each([undefined, null, 'text', 7, [], { stageNames: null, severity: 3, minimumGainMB: 'ten', context: 9 }])(
  'whatever is sent (%j), the settings are whole',
  (sent) => {
    expect(readSettings(sent)).toEqual({
      enable: true,
      context: 'auto',
      navigation: 'auto',
      contexts: {},
      codeLens: { split: true, stages: true },
      engine: defaultSettings,
    });
  },
);

test('values of the right type are taken', () => {
  const sent = {
    enable: false,
    minimumGainMB: 0,
    stageNames: { builder: 'compile', runtime: 'final', base: 'common' },
    keywordCasing: 'lower',
    comments: false,
    copiesKeepOwners: false,
    severity: { a: 'off', b: 'hint', c: 'loud' },
    bases: { 'registry.example.com/python': 'python:{tag}', other: 7 },
    context: 'docker',
    navigation: 'auto',
    contexts: { 'api/Dockerfile': 'api', 'web/Dockerfile': 3 },
    codeLens: { split: false, stages: 0 },
  };
  expect(readSettings(sent)).toEqual({
    enable: false,
    context: 'docker',
    navigation: 'auto',
    contexts: { 'api/Dockerfile': 'api' },
    codeLens: { split: false, stages: true },
    engine: {
      minimumGainMB: 0,
      builderName: 'compile',
      runtimeName: 'final',
      baseName: 'common',
      keywordCasing: 'lower',
      comments: false,
      copiesKeepOwners: false,
      severities: { a: 'off', b: 'hint' },
      bases: { 'registry.example.com/python': 'python:{tag}' },
    },
  });
});

test.each(['Builder', '1st', 'a b', ''])('a stage cannot be named %j', (builder) => {
  expect(readSettings({ stageNames: { builder } }).engine.builderName).toBe('builder');
});

test('two stages cannot share a name', () => {
  expect(readSettings({ stageNames: { builder: 'runtime' } }).engine).toMatchObject({
    builderName: 'builder',
    runtimeName: 'runtime',
  });
});

test('the manifest declares the same defaults', () => {
  const section: Record<string, unknown> = {};
  for (const [name, { default: value }] of Object.entries(manifest.contributes.configuration.properties)) {
    const path = name.split('.').slice(1);
    let place = section;
    for (const part of path.slice(0, -1)) place = (place[part] ??= {}) as Record<string, unknown>;
    place[path.at(-1) ?? ''] = value;
  }
  expect(readSettings(section)).toEqual(readSettings({}));
});
