import { describe, expect, it } from 'vitest';
import { silencing } from '../../server/src/engine/findings/suppress.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

const install = 'RUN apt-get update && apt-get install -y gcc';
const file = (first: string, above: string): string => `${first}FROM python:3.12-bookworm
WORKDIR /app
${above}${install}
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
`;
const codes = (text: string): readonly string[] =>
  engine.analyse(text, defaultSettings, undefined).findings.map((one) => one.code);

describe('a comment that silences diagnostics', () => {
  it('without one everything is said', () => {
    expect(codes(file('', ''))).toEqual(['full-base-image', 'build-package']);
  });

  it('works for the instruction below it', () => {
    expect(codes(file('', '# dockerfile-stages ignore=build-package\n'))).toEqual(['full-base-image']);
    expect(codes(file('', '# dockerfile-stages ignore=full-base-image, build-package\n'))).toEqual(['full-base-image']);
    expect(codes(file('', '# dockerfile-stages ignore=all\n'))).toEqual(['full-base-image']);
  });

  it('works for the whole file', () => {
    expect(codes(file('# dockerfile-stages global ignore=build-package\n', ''))).toEqual(['full-base-image']);
    expect(codes(file('', '# dockerfile-stages global ignore=all\n'))).toEqual([]);
  });

  it('is no such comment when it names another code or another tool', () => {
    expect(codes(file('', '# dockerfile-stages ignore=unused-build-package\n'))).toHaveLength(2);
    expect(codes(file('', '# hadolint ignore=build-package\n'))).toHaveLength(2);
  });

  it('takes no split away', () => {
    const analysis = engine.analyse(file('', '# dockerfile-stages global ignore=all\n'), defaultSettings, undefined);
    expect(analysis.status).toBe('split');
    expect(analysis.best?.text).toContain('# dockerfile-stages global ignore=all');
  });
});

it('the comment that silences stands above the instruction, as far in, after a byte order mark', () => {
  for (const start of ['\ufeff', '\ufeff# a comment\n  ', '']) {
    const text = `${start}FROM python:3.12\nCOPY . .\nRUN pip install -r requirements.txt\nCMD ["python", "a.py"]\n`;
    const { file: parsed, findings } = engine.analyse(text, defaultSettings, undefined);
    const [finding] = findings;
    const edit = finding === undefined ? undefined : silencing(parsed, finding);
    expect(edit?.newText).toBe(`${/ *$/.exec(start)?.[0] ?? ''}# dockerfile-stages ignore=full-base-image\n`);
    const at = edit?.span.start ?? 0;
    const silent = text.slice(0, at) + (edit?.newText ?? '') + text.slice(at);
    expect(silent.startsWith(start.slice(0, 1))).toBe(true);
    expect(engine.analyse(silent, defaultSettings, undefined).findings).toEqual([]);
  }
});
