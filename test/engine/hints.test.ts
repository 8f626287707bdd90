import { describe, expect, it } from 'vitest';
import type { Context, Finding } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

function hints(text: string, context?: Context): readonly Finding[] {
  return engine.analyse(text, defaultSettings, context).findings;
}

function fixed(text: string, finding: Finding | undefined): string {
  let out = text;
  for (const edit of [...(finding?.fix?.edits ?? [])].reverse())
    out = out.slice(0, edit.span.start) + edit.newText + out.slice(edit.span.end);
  return out;
}

const rest = 'COPY site /var/www/html\nCMD ["nginx", "-g", "daemon off;"]\n';

describe('a build tool that nothing uses', () => {
  it('is taken out of the list of packages', () => {
    const text = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y --no-install-recommends \\
      gcc \\
      nginx \\
    && rm -rf /var/lib/apt/lists/*
${rest}`;
    const [finding] = hints(text);
    expect(finding?.code).toBe('unused-build-package');
    expect(finding?.severity).toBe('hint');
    expect(fixed(text, finding)).toBe(text.replace('      gcc \\\n', ''));
  });

  it('goes with its RUN when that did nothing else', () => {
    const tools = 'RUN apt-get update && apt-get install -y gcc && rm -rf /var/lib/apt/lists/*\n';
    const text = `FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y nginx\n${tools}${rest}`;
    const [finding] = hints(text);
    expect(fixed(text, finding)).toBe(text.replace(tools, ''));
  });

  it('leaves the other commands of its RUN', () => {
    const text = `FROM debian:bookworm-slim
RUN apt-get update && apt-get install -y nginx
RUN mkdir /srv/data && apt-get install -y gcc
${rest}`;
    expect(fixed(text, hints(text)[0])).toBe(text.replace(' && apt-get install -y gcc', ''));
  });

  it('is not spoken of when a program that nobody has read may use it', () => {
    expect(
      hints(
        'FROM python:3.12-slim-bookworm\nRUN apt-get update && apt-get install -y gcc\nCOPY . .\nCMD ["python", "app.py"]\n',
      ),
    ).toEqual([]);
  });

  it('is not spoken of when severity is off', () => {
    const text = `FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y gcc nginx\n${rest}`;
    const settings = { ...defaultSettings, severities: { 'unused-build-package': 'off' as const } };
    expect(engine.analyse(text, settings, undefined).findings).toEqual([]);
    expect(hints(text)).toHaveLength(1);
  });
});

describe('a build tool before a command that nobody can follow', () => {
  it('is not called unused: the file is refused', () => {
    const text =
      'FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y gcc nginx\nCOPY tools ./tools\nRUN ./tools/build.sh\nCMD ["nginx"]\n';
    const analysis = engine.analyse(text, defaultSettings, undefined);
    expect(analysis.status).toBe('refused');
    expect(analysis.reasons.map((one) => one.code)).toEqual(['opaque-command']);
  });
});
