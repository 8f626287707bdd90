import { describe, expect, it } from 'vitest';
import { normalisedName, parseImageRef } from '../../server/src/engine/parse/imageRef.ts';

const sha = `sha256:${'0123456789abcdef'.repeat(4)}`;

function parts(text: string): unknown {
  const ref = parseImageRef(text);
  return ref && [ref.registry, ref.repository, ref.tag, ref.digest, ref.familiar, normalisedName(ref)];
}

describe('parseImageRef', () => {
  it.each([
    ['python', [undefined, 'python', undefined, undefined, 'python', 'docker.io/library/python']],
    ['python:3.12-slim', [undefined, 'python', '3.12-slim', undefined, 'python', 'docker.io/library/python']],
    [
      'docker.io/library/python:3',
      ['docker.io', 'library/python', '3', undefined, 'python', 'docker.io/library/python'],
    ],
    ['library/python', [undefined, 'library/python', undefined, undefined, 'python', 'docker.io/library/python']],
    ['org/img.name', [undefined, 'org/img.name', undefined, undefined, 'org/img.name', 'docker.io/org/img.name']],
    ['ghcr.io/a/b/c:1', ['ghcr.io', 'a/b/c', '1', undefined, 'ghcr.io/a/b/c', 'ghcr.io/a/b/c']],
    ['localhost/x', ['localhost', 'x', undefined, undefined, 'localhost/x', 'localhost/x']],
    ['host:5000/x', ['host:5000', 'x', undefined, undefined, 'host:5000/x', 'host:5000/x']],
    ['[::1]:5000/x:t', ['[::1]:5000', 'x', 't', undefined, '[::1]:5000/x', '[::1]:5000/x']],
    [`node:20@${sha}`, [undefined, 'node', '20', sha, 'node', 'docker.io/library/node']],
    [`node@${sha}`, [undefined, 'node', undefined, sha, 'node', 'docker.io/library/node']],
  ])('%s', (text, wanted) => {
    expect(parts(text)).toEqual(wanted);
  });

  it('leaves a part with a variable undefined and says so', () => {
    expect(parseImageRef('node:${V:-20/x}-slim')).toMatchObject({
      variable: true,
      repository: 'node',
      tag: undefined,
      familiar: 'node',
    });
    expect(parseImageRef('${REGISTRY}/node:20')).toMatchObject({
      variable: true,
      registry: undefined,
      repository: undefined,
      tag: '20',
    });
    expect(parseImageRef('$BASE')).toMatchObject({ variable: true, repository: undefined, familiar: undefined });
  });

  it('gives the spans of the parts', () => {
    const text = `ghcr.io/a/b:1@${sha}`;
    const { spans } = parseImageRef(text) ?? {};
    const cut = (span: { start: number; end: number } | undefined): string | undefined =>
      span && text.slice(span.start, span.end);
    expect([
      cut(spans?.name),
      cut(spans?.registry),
      cut(spans?.repository),
      cut(spans?.tag),
      cut(spans?.digest),
    ]).toEqual(['ghcr.io/a/b', 'ghcr.io', 'a/b', '1', sha]);
  });

  it('knows scratch', () => {
    expect(parseImageRef('scratch')?.scratch).toBe(true);
  });

  it.each(['', 'Python', 'a:', 'a@sha256:12', 'a//b', '-a', 'a b', '{{x}}'])('refuses "%s"', (text) => {
    expect(parseImageRef(text)).toBeUndefined();
  });
});
