import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { ContextSnapshot } from '../../server/src/host/contextSnapshot.ts';
import { analyseInContext, DocumentContext } from '../../server/src/host/documentContext.ts';
import { Disk } from '../../server/src/host/files/disk.ts';
import type { Engine } from '../../server/src/engine/model/analysis.ts';
import { fakeEngine } from './fakeEngine.ts';

let outer: string;
let root: string;

beforeAll(() => {
  outer = mkdtempSync(join(tmpdir(), 'stages-context-'));
  root = join(outer, 'root');
  mkdirSync(join(root, 'src'), { recursive: true });
  writeFileSync(join(outer, 'secret.txt'), 'secret');
  writeFileSync(join(root, 'app.py'), 'print()');
  writeFileSync(join(root, 'src', 'main.py'), 'main');
  writeFileSync(join(root, 'big.txt'), 'x'.repeat(1024 * 1024 + 1));
  writeFileSync(join(root, 'binary'), Buffer.from([0x7f, 0x45, 0, 1]));
  writeFileSync(join(root, 'latin1.txt'), Buffer.from([0xe9, 0x20]));
  writeFileSync(join(root, '.dockerignore'), 'general');
  writeFileSync(join(root, 'Dockerfile.dockerignore'), 'special');
  symlinkSync(join(outer, 'secret.txt'), join(root, 'leak.txt'));
  symlinkSync(outer, join(root, 'up'));
  symlinkSync('app.py', join(root, 'link.py'));
  symlinkSync('gone.py', join(root, 'dangling.py'));
});
afterAll(() => rmSync(outer, { recursive: true }));

describe('snapshot', () => {
  const loaded = (path: string, dockerfile?: string) => {
    const snapshot = new ContextSnapshot(new Disk(), root, dockerfile);
    void snapshot.load([path]);
    return snapshot.read(path);
  };

  test('a file nobody asked for is unread', () => {
    expect(new ContextSnapshot(new Disk(), root, undefined).read('app.py')).toBe('unread');
    expect(new ContextSnapshot(new Disk(), root, undefined).list('')).toBe('unread');
  });
  test.each(['app.py', './app.py', '/app.py', 'src/../app.py'.replace('src/../', '')])('reads %s', (path) => {
    expect(loaded(path)).toEqual({ text: 'print()' });
  });
  test('a missing file is absent', () => expect(loaded('nothing.py')).toBe('absent'));
  test('a file below a file is absent', () => expect(loaded('app.py/x')).toBe('absent'));
  test.each(['../secret.txt', 'src/../../secret.txt', 'leak.txt', 'up/secret.txt', 'dangling.py', 'a\0b'])(
    '%j cannot leave the root',
    (path) => expect(loaded(path)).toBe('unread'),
  );
  test('a link inside the root is followed', () => expect(loaded('link.py')).toEqual({ text: 'print()' }));
  test.each(['big.txt', 'binary', 'latin1.txt', 'src'])('%s is not text that we read', (path) => {
    expect(loaded(path)).toBe('unread');
  });

  test('lists a directory, folders with a slash', () => {
    const snapshot = new ContextSnapshot(new Disk(), root, undefined);
    expect(snapshot.load(['src/', '/'])).toBe(true);
    expect(snapshot.list('src')).toEqual(['main.py']);
    expect(snapshot.list('')).toContain('src/');
    expect(snapshot.list('')).toContain('up');
  });
  test('loads once', () => {
    const snapshot = new ContextSnapshot(new Disk(), root, undefined);
    expect(snapshot.load(['app.py'])).toBe(true);
    expect(snapshot.load(['./app.py'])).toBe(false);
  });
  test('the ignore file of the Dockerfile itself wins', () => {
    expect(loaded('.dockerignore', join(root, 'Dockerfile'))).toEqual({ text: 'special' });
    expect(loaded('.dockerignore', join(root, 'Other'))).toEqual({ text: 'general' });
  });
  test('forgets a changed file and the listing that shows it', () => {
    const snapshot = new ContextSnapshot(new Disk(), root, join(root, 'Dockerfile'));
    void snapshot.load(['src/main.py', 'src/', 'app.py', '.dockerignore']);
    expect(snapshot.forget(join(root, 'src', 'main.py'), true)).toBe(true);
    expect(snapshot.read('src/main.py')).toBe('unread');
    expect(snapshot.list('src')).toBe('unread');
    expect(snapshot.read('app.py')).toEqual({ text: 'print()' });
    expect(snapshot.forget(join(root, 'Dockerfile.dockerignore'), false)).toBe(true);
    expect(snapshot.forget(join(outer, 'secret.txt'), true)).toBe(false);
  });
});

describe('rounds', () => {
  const contextOf = () =>
    new DocumentContext({ files: new Disk(), dockerfile: join(root, 'Dockerfile'), top: root, setting: root });
  const analyse = (engine: Engine, text: string) => analyseInContext(engine, text, defaultSettings, contextOf());

  test('the engine runs again with what it wanted', () => {
    const engine = fakeEngine();
    const { analysis, loading } = analyse(engine, '# want: app.py\n# want: src/\n');
    expect(loading).toBeUndefined();
    expect(analysis.findings.map((finding) => finding.message)).toEqual(['app.py: print()', 'src/: [main.py]']);
    expect(engine.analysed).toHaveLength(2);
  });
  test('an engine that is never content stops after four rounds', () => {
    const engine = fakeEngine();
    let asked = 0;
    const restless = {
      ...engine,
      analyse: (...args: Parameters<typeof engine.analyse>) => ({ ...engine.analyse(...args), wants: [`${asked++}`] }),
    };
    analyse(restless, 'FROM a\n');
    expect(engine.analysed).toHaveLength(4);
  });
  test('a file that may not be read is asked for once', () => {
    const engine = fakeEngine();
    analyse(engine, '# want: ../secret.txt\n');
    expect(engine.analysed).toHaveLength(2);
  });
});

describe('root', () => {
  const rootOf = (text: string, dockerfile: string, top = outer) => {
    const context = new DocumentContext({
      files: new Disk(),
      dockerfile: join(outer, dockerfile),
      top,
      setting: 'auto',
    });
    analyseInContext(fakeEngine(), text, defaultSettings, context);
    return context.current?.root;
  };

  test('is the folder of the Dockerfile when it holds every source', () => {
    expect(rootOf('COPY app.py /\nCOPY src/*.py /\n', 'root/Dockerfile')).toBe(root);
    expect(rootOf('COPY . /\n', 'root/src/Dockerfile')).toBe(join(root, 'src'));
  });
  test('is the nearest ancestor that does', () => {
    expect(rootOf('COPY app.py /\n', 'root/src/Dockerfile')).toBe(root);
    expect(rootOf('COPY s?c/main.py /\n', 'root/src/Dockerfile')).toBe(root);
  });
  test('is nowhere above the top', () => {
    expect(rootOf('COPY secret.txt /\n', 'root/src/Dockerfile', root)).toBeUndefined();
    expect(rootOf('COPY nothing /\n', 'root/src/Dockerfile')).toBeUndefined();
  });
  test('other stages, URLs, variables and heredocs are no sources', () => {
    const text = 'COPY --from=x gone /\nCOPY https://a.example/b /\nCOPY $X /\nCOPY <<EOF /\n';
    expect(rootOf(text, 'root/Dockerfile')).toBe(root);
  });
});
