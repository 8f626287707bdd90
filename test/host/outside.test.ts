/** What files beside a Dockerfile run in its image, and which stage they build. */
import { beforeAll, describe, expect, test } from 'vitest';
import type { Split } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import type { Build } from '../../server/src/host/builds/build.ts';
import { loadParsers } from '../../server/src/host/builds/parsers.ts';
import { targetNotes } from '../../server/src/host/builds/targets.ts';
import { analyseInContext, DocumentContext } from '../../server/src/host/documentContext.ts';
import { fakeEngine } from './fakeEngine.ts';
import { tree } from './tree.ts';

beforeAll(loadParsers);

describe('commands of a compose file', () => {
  const files: Record<string, string> = { Dockerfile: 'FROM a\n', 'compose.yaml': '' };
  const compose = (command: string): string => `services: {api: {build: ., command: ${command}}}`;
  function runsSeen(): { analyse: () => void; seen: unknown[]; context: DocumentContext } {
    const context = new DocumentContext({
      files: tree(files),
      dockerfile: '/w/Dockerfile',
      top: '/w',
      setting: 'auto',
    });
    const engine = fakeEngine();
    const seen: unknown[] = [];
    const watching = {
      ...engine,
      analyse: (...args: Parameters<typeof engine.analyse>) => {
        seen.push(args[2]?.runs);
        return engine.analyse(...args);
      },
    };
    return {
      analyse: () => analyseInContext(watching, 'FROM a\nCOPY Dockerfile .\n', defaultSettings, context),
      seen,
      context,
    };
  }

  test('reach the engine', () => {
    files['compose.yaml'] = compose('git pull');
    const { analyse, seen } = runsSeen();
    analyse();
    expect(seen.at(-1)).toEqual([{ by: 'compose.yaml (service api)', run: 'git pull' }]);
  });
  test('a file that changes is heard of', () => {
    files['compose.yaml'] = compose('git pull');
    const { analyse, seen, context } = runsSeen();
    analyse();
    files['compose.yaml'] = compose('hg pull');
    context.forget({ path: '/w/compose.yaml', cameOrWent: false });
    analyse();
    expect(seen.at(-1)).toEqual([{ by: 'compose.yaml (service api)', run: 'hg pull' }]);
  });
  test('a broken file runs nothing', () => {
    files['compose.yaml'] = 'services: {api: [';
    const { analyse, seen } = runsSeen();
    analyse();
    expect(seen.at(-1)).toEqual([]);
  });
});

describe('targets', () => {
  const split = { stages: [{ name: 'builder' }, { name: 'app' }] } as unknown as Split;
  const build = (target: string | undefined): Build => ({
    file: 'compose.yaml',
    name: 'service api',
    context: '',
    dockerfile: 'Dockerfile',
    target,
    runs: [],
  });
  test.each([
    [undefined, []],
    ['app', ['compose.yaml (service api) builds the target app, which is still the last stage.']],
    ['APP', ['compose.yaml (service api) builds the target APP, which is still the last stage.']],
    ['builder', ['compose.yaml (service api) builds the target builder, which is no longer the image that runs.']],
    ['web', ['compose.yaml (service api) builds the target web, which no stage has.']],
  ])('%s', (target, notes) => expect(targetNotes([build(target), build(target)], split)).toEqual(notes));
});
