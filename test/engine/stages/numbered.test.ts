import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../../server/src/engine/settings.ts';
import { engine } from '../engine.ts';
import { cases, findings, fixed } from './check.ts';

const code = 'numbered-stage';
const go = 'FROM golang:1.26\nRUN go build -o /out/app .\n';

describe('a stage that is referred to by its number', () => {
  cases(code, [
    { name: 'COPY', text: `${go}FROM scratch\nCOPY --from=0 /out/app /app\n`, says: ['hint 0'] },
    {
      name: 'a stage with a name',
      text: `FROM alpine AS fetch\nRUN touch /a\nFROM scratch\nCOPY --from=0 /a /a\n`,
      says: ['hint 0'],
    },
    {
      name: 'a mount',
      text: `${go}FROM alpine\nRUN --mount=type=bind,from=0,target=/in cp /in/out/app /app\n`,
      says: ['hint 0'],
    },
    {
      name: 'several stages: one hint each, at the first number',
      text: `${go}FROM alpine\nRUN touch /b\nFROM scratch\nCOPY --from=0 /out/app /app\nCOPY --from=1 /b /b\nCOPY --from=0 /out /c\n`,
      says: ['hint 0', 'hint 1'],
    },
    { name: 'a name: nothing', text: `FROM alpine AS a\nRUN touch /a\nFROM scratch\nCOPY --from=a /a /a\n` },
    {
      name: 'a name that is a number',
      text: `FROM alpine AS 7up\nRUN touch /a\nFROM scratch\nCOPY --from=7up /a /a\n`,
    },
    { name: 'a number that no stage before has', text: `${go}FROM scratch\nCOPY --from=3 /out/app /app\n` },
    { name: 'an image', text: `${go}FROM scratch\nCOPY --from=nginx:1 /etc/nginx /etc/nginx\n` },
    { name: 'a single stage', text: 'FROM alpine\nRUN touch /a\nCMD ["sleep", "1"]\n' },
    { name: 'a file that is not read with certainty', text: `${go}FROM scratch\nCOPY --from=0 /a /a\nCOPPY x\n` },
  ]);

  it('gets a name that is used wherever the number stood', () => {
    const text = `from golang:1.26\nrun go build -o /out/app .\nFROM alpine:3\nCOPY --from=0 /out/app /app\nRUN --mount=from=0,target=/x cp /x/out/b /b\n`;
    expect(fixed(text, code)).toBe(
      `from golang:1.26 as builder\nrun go build -o /out/app .\nFROM alpine:3\nCOPY --from=builder /out/app /app\nRUN --mount=from=builder,target=/x cp /x/out/b /b\n`,
    );
  });

  it('keeps the name it has, as it is written', () => {
    const text = 'FROM alpine AS Fetch\nRUN touch /a\nFROM scratch\nCOPY --chown=1 --from="0" /a /a\n';
    expect(fixed(text, code)).toBe(text.replace('"0"', '"Fetch"'));
  });

  it('is called like its image when it only brings files', () => {
    const text = 'FROM fission/tools:1\nFROM alpine\nCOPY --from=0 /t /t\n';
    expect(fixed(text, code)).toContain('FROM fission/tools:1 AS tools\nFROM alpine\nCOPY --from=tools /t /t\n');
  });

  it('takes no name that a stage or an image has', () => {
    const text = `${go}FROM builder\nRUN touch /b\nFROM scratch AS builder-2\nCOPY --from=0 /out/app /app\n`;
    expect(fixed(text, code)).toContain('FROM golang:1.26 AS builder-3\n');
  });

  it('needs no second look: nothing is said of the fixed file', () => {
    const text = `${go}FROM alpine\nRUN touch /b\nFROM scratch\nCOPY --from=0 /out/app /app\nCOPY --from=1 /b /b\n`;
    const once = fixed(text, code) ?? '';
    const twice = fixed(once, code) ?? '';
    expect(twice).toContain('FROM golang:1.26 AS builder\n');
    expect(twice).toContain('FROM alpine AS builder-2\n');
    expect(findings(twice)).toEqual([]);
  });

  it('is silenced like everything else', () => {
    const text = `${go}FROM scratch\n# dockerfile-stages ignore=numbered-stage\nCOPY --from=0 /out/app /app\n`;
    expect(findings(text)).toEqual([]);
    const off = { ...defaultSettings, severities: { [code]: 'off' as const } };
    const loud = { ...defaultSettings, severities: { [code]: 'error' as const } };
    const plain = text.replace(/^# dock.*\n/m, '');
    expect(engine.analyse(plain, off, undefined).findings).toEqual([]);
    expect(engine.analyse(plain, loud, undefined).findings.map((one) => one.severity)).toEqual(['error']);
  });
});
