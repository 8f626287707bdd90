import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

test.each([
  [
    'a build that is not followed',
    'FROM golang:1.22\nCOPY . .\nRUN go build -o /usr/local/bin/shop\nCMD ["shop"]\n',
    '`go` is not followed, so that nobody knows what of golang:1.22 the container needs',
  ],
  [
    'no smaller image',
    'FROM golang:1.22\nCOPY shop /usr/local/bin/shop\nCMD ["shop"]\n',
    'no smaller image of the same release is known for golang:1.22',
  ],
  ['no tool', 'FROM python:3.12-slim\nCOPY . .\nCMD ["python", "app.py"]\n', 'no build tool is installed'],
  [
    'an idle tool',
    'FROM python:3.12-slim\nRUN apt-get update && apt-get install -y gcc\nCOPY . .\nCMD ["python", "app.py"]\n',
    'nothing in the file uses the build tools',
  ],
])('a file that is left as it is says why: %s', (_, text, why) => {
  const { status, reasons } = engine.analyse(text, defaultSettings, undefined);
  expect([status, reasons[0]?.message]).toEqual(['nothing-to-gain', why]);
});
