/** Build arguments of broken lines: what is declared may be no name, and the analysis goes on. */
import { expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine } from './engine.ts';

const file = (argument: string): string => `FROM python:3.11-bookworm
WORKDIR /app
${argument}
COPY requirements.txt .
RUN pip install -r requirements.txt
COPY . .
CMD ["python", "app.py"]
`;

test.each(['ARG g++', 'ARG (=1', 'ARG [a', 'ARG a|b=c', 'ARG *', 'ARG \\d{2', 'ARG $=1'])(
  '%s is declared where nothing reads it',
  (argument) => {
    const { status, best } = engine.analyse(file(argument), defaultSettings, undefined);
    expect(status).toBe('split');
    expect(best?.text.split('AS runtime')[1]).not.toContain('ARG');
  },
);

test('one that a command of the runtime stage names', () => {
  const text = file('ARG g++=x').replace('COPY . .', 'RUN mkdir /srv/${g++}\nCOPY . .');
  expect(engine.analyse(text, defaultSettings, undefined).status).toMatch(/^(split|refused)$/);
});
