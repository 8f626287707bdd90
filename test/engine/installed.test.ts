/** `apt-get install` of what is installed brings nothing: no Recommends, no question. */
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

const file = (line: string): string =>
  `FROM node:20\nRUN apt-get update\nRUN ${line}\nWORKDIR /app\nCOPY . .\nRUN npm ci\nCMD ["npm", "start"]\n`;

test('a package of the base, without -y', () => {
  const { best } = engine.analyse(file('apt-get install bash'), defaultSettings, undefined);
  expect(best?.text).toContain('RUN apt-get install bash\n');
});

test('a package that the slim base lacks asks first: no split', () => {
  expect(engine.analyse(file('apt-get install git'), defaultSettings, undefined).best).toBeUndefined();
});
