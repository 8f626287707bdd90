/** When a container only serves a directory that a build step made, and when it may read more. */
import { describe, expect, it } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { engine, filesContext } from './engine.ts';

const BUILD = 'FROM node:22-alpine\nWORKDIR /app\nCOPY . .\nRUN npm ci && npm run build\n';
const GLOBAL = 'RUN npm install -g serve http-server\n';

function copies(text: string, files?: Readonly<Record<string, string>>): readonly string[] {
  const context = files === undefined ? undefined : filesContext(files);
  return engine.analyse(text, defaultSettings, context).best?.copies.map(({ source }) => source) ?? [];
}

describe('one directory is served', () => {
  it.each([
    'CMD ["serve", "-s", "dist"]',
    'CMD ["serve", "-l", "tcp://0.0.0.0:80", "dist"]',
    'CMD ["serve", "--listen=3000", "--single", "./dist/"]',
    'CMD serve -s dist -l $PORT',
    'CMD ["http-server", "dist", "-p", "8080", "-c-1", "--cors"]',
    'HEALTHCHECK CMD wget -q http://localhost/ || exit 1\nCMD ["serve", "dist"]',
    'USER node\nCMD ["serve", "dist"]',
  ])('%s', (command) => {
    expect(copies(`${BUILD}${GLOBAL}${command}\n`)).toEqual(['/app/dist']);
  });
});

describe('more may be read', () => {
  it.each([
    ['no directory is named', `${GLOBAL}CMD ["serve", "-s"]`],
    ['two are', `${GLOBAL}CMD ["serve", "dist", "docs"]`],
    ['settings of the project', `${GLOBAL}CMD ["serve", "-c", "../serve.json", "dist"]`],
    ['links are followed', `${GLOBAL}CMD ["serve", "-S", "dist"]`],
    ['certificates of the project', `${GLOBAL}CMD ["http-server", "dist", "-S", "-C", "cert.pem"]`],
    ['the whole project', `${GLOBAL}CMD ["serve", "."]`],
    ['another command runs', `${GLOBAL}CMD node env.js && serve dist`],
    ['a health check of the project', `${GLOBAL}HEALTHCHECK CMD node health.js\nCMD ["serve", "dist"]`],
    ['a health check with a file', `${GLOBAL}HEALTHCHECK CMD curl -K ./curlrc http://localhost\nCMD ["serve", "dist"]`],
    ["a server of the project's own", 'CMD ["serve", "dist"]'],
    ['an entry script', `${GLOBAL}ENTRYPOINT ["./start.sh"]\nCMD ["serve", "dist"]`],
    ['a place in a variable', `${GLOBAL}CMD serve $DIST`],
    ['a link into the project', `${GLOBAL}RUN ln -s ../assets dist/assets\nCMD ["serve", "dist"]`],
    ['an owner that is set', `${GLOBAL}RUN chown -R node:node /app\nCMD ["serve", "dist"]`],
    ['a volume', `${GLOBAL}VOLUME /app/data\nCMD ["serve", "dist"]`],
    ['what is copied into it later', `${GLOBAL}COPY config.js dist/\nCMD ["serve", "dist"]`],
  ])('%s', (_name, rest) => {
    expect(copies(`${BUILD}${rest}\n`)).toEqual([]);
  });

  it('built by somebody else than root', () => {
    const text = BUILD.replace('COPY . .', 'USER node\nCOPY . .');
    expect(copies(`FROM node:22-alpine\n${GLOBAL}${text.replace(/^.*\n/, '')}CMD ["serve", "dist"]\n`)).toEqual([]);
  });

  it('a Procfile starts another command', () => {
    const text = `${BUILD}${GLOBAL}CMD ["serve", "dist"]\n`;
    const files = { 'package.json': '{"scripts":{"build":"vite build"}}', Procfile: 'web: node server.js\n' };
    expect(copies(text, files)).toEqual([]);
  });
});
