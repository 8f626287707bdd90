import { describe, expect, it } from 'vitest';
import { cases, fixed } from './check.ts';

const code = 'missing-copy-source';
const take = (source: string): string => `FROM alpine:3.20\nCOPY --from=a ${source} /x\n`;

describe('a copy of what the stage does not have', () => {
  cases(code, [
    {
      name: 'a source relative to the working directory',
      text: `FROM alpine:3.20 AS a\nWORKDIR /srv\nRUN touch app\n${take('app')}`,
      says: ['warning app'],
    },
    {
      name: 'a directory relative to the working directory',
      text: `FROM alpine:3.20 AS a\nWORKDIR /srv\nRUN mkdir dist\n${take('dist/')}`,
      says: ['warning dist/'],
    },
    {
      name: 'a stage of known commands that never wrote it',
      text: `FROM alpine:3.20 AS a\nRUN mkdir /data\n${take('/date')}`,
      says: ['warning /date'],
    },
    { name: 'an empty stage', text: `FROM scratch AS a\n${take('/app')}`, says: ['warning /app'] },
    { name: 'a source at the root', text: `FROM alpine:3.20 AS a\nWORKDIR /\nRUN touch app\n${take('app')}` },
    { name: 'an absolute source', text: `FROM alpine:3.20 AS a\nWORKDIR /srv\nRUN touch app\n${take('/srv/app')}` },
    { name: 'below a copied directory', text: `FROM alpine:3.20 AS a\nCOPY . /srv\n${take('/srv/app')}` },
    { name: 'what the base may hold', text: `FROM alpine:3.20 AS a\n${take('/etc/motd')}` },
    { name: 'what a base nobody knows may hold', text: `FROM example.com/team/tools AS a\n${take('/tools')}` },
    { name: 'what an opaque command may write', text: `FROM alpine:3.20 AS a\nRUN ./build\n${take('/app')}` },
    { name: 'a pattern', text: `FROM alpine:3.20 AS a\n${take('/ap*')}` },
    { name: 'a variable', text: `FROM alpine:3.20 AS a\nARG D\nRUN mkdir $D\n${take('/app')}` },
    { name: 'the root', text: `FROM scratch AS a\nCOPY app /\n${take('/')}` },
  ]);

  it('names the path that is there', () => {
    const text = `FROM alpine:3.20 AS a\nWORKDIR /srv\nRUN touch app\n${take('app')}`;
    expect(fixed(text, code)).toBe(text.replace('=a app', '=a /srv/app'));
    const directory = `FROM alpine:3.20 AS a\nWORKDIR /srv\nRUN mkdir dist\n${take('dist/')}`;
    expect(fixed(directory, code)).toBe(directory.replace('=a dist/', '=a /srv/dist/'));
    expect(fixed(`FROM scratch AS a\n${take('/app')}`, code)).toBeUndefined();
  });
});
