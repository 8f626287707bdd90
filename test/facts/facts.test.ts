import { describe, expect, it } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import type { BaseFacts, FactSource, TableName } from '../../server/src/engine/facts/types.ts';
import { parseImageRef } from '../../server/src/engine/parse/imageRef.ts';
import { testFacts } from './source.ts';

const facts = new Facts(testFacts());
const os = (id: BaseFacts['os']['id'], release: string): BaseFacts['os'] => ({
  id,
  release,
  versionId: id === 'alpine' ? release : '',
});
const base = (ref: string): BaseFacts => {
  const parsed = parseImageRef(ref);
  const found = parsed === undefined ? undefined : facts.base(parsed);
  if (found === undefined) throw new Error(`no facts of ${ref}`);
  return found;
};

describe('classes', () => {
  it.each([
    ['build-essential', 'build-only', 'debian-packaging'],
    ['gcc-12', 'build-only', 'compiler'],
    ['libpq-dev', 'build-only', 'headers'],
    ['php8.2-dev', 'build-only', 'language-headers'],
    ['git', 'ambiguous', 'vcs'],
    ['npm', 'ambiguous', 'package-manager'],
    ['python3-setuptools', 'ambiguous', 'language-headers'],
    ['ca-certificates', 'runtime', 'application'],
    ['libgomp1', 'runtime', 'compiler-runtime'],
    ['libquadmath0', 'runtime', 'compiler-runtime'],
    ['gcc-12-base', 'runtime', 'compiler'],
    ['libpq5', 'unknown', ''],
  ])('%s is %s (%s)', (name, kind, group) => {
    expect(facts.classify(os('debian', 'bookworm'), name)).toMatchObject({ class: kind, group });
  });
});

describe('run-time libraries', () => {
  it('come from the index of the release, or from the hand-made table', () => {
    expect(facts.runtimeFor(os('debian', 'bookworm'), 'libpq-dev')).toEqual(['libpq5']);
    expect(facts.runtimeFor(os('ubuntu', 'jammy'), 'libssl-dev')).toEqual(['libssl3']);
    expect(facts.runtimeFor(os('ubuntu', 'noble'), 'libssl-dev')).toEqual(['libssl3t64']);
    expect(facts.runtimeFor(os('ubuntu', 'focal'), 'libicu-dev')).toEqual(['libicu66']);
    expect(facts.runtimeFor(os('debian', 'buster'), 'libssl-dev')).toEqual(['libssl1.1']);
    expect(facts.runtimeFor(os('debian', 'buster'), 'libjpeg-dev')).toEqual(['libjpeg62-turbo']);
    expect(facts.runtimeFor(os('ubuntu', 'focal'), 'libeigen3-dev')).toEqual([]);
    expect(facts.runtimeFor(os('alpine', '3.20'), 'libpq-dev')).toEqual(['libpq']);
    expect(facts.runtimeFor(os('alpine', '3.20'), 'openssl-dev')).toEqual(['libssl3', 'libcrypto3']);
    expect(facts.runtimeFor(os('alpine', '3.11'), 'openssl-dev')).toEqual(['libssl1.1', 'libcrypto1.1']);
    expect(facts.runtimeFor(os('alpine', '3.8'), 'openssl-dev')).toEqual(['libssl1.0', 'libcrypto1.0']);
    expect(facts.runtimeFor(os('alpine', '3.12'), 'icu-dev')).toEqual(['icu-libs']);
    expect(facts.runtimeFor(os('alpine', 'edge'), 'ncurses-dev')).toContain('libncursesw');
  });

  it('are not known elsewhere', () => {
    expect(facts.runtimeFor(os('debian', 'sid'), 'libpq-dev')).toBeUndefined();
    expect(facts.runtimeFor(os('ubuntu', 'jammy'), 'lib-nobody-knows-dev')).toBeUndefined();
    expect(facts.runtimeFor(os('ubuntu', 'noble'), 'python-dev')).toBeUndefined();
    expect(facts.runtimeFor(os('rpm', 'fedora-40'), 'libpq-dev')).toBeUndefined();
  });
});

describe('releases', () => {
  it('have an index of their own or one that stands in', () => {
    expect(facts.debianIndex(os('debian', 'trixie'))).toMatchObject({
      approximate: false,
      index: { release: 'trixie' },
    });
    expect(facts.debianIndex(os('ubuntu', 'jammy'))).toMatchObject({
      approximate: true,
      index: { release: 'bookworm' },
    });
    expect(facts.debianIndex(os('debian', 'stretch'))).toMatchObject({
      approximate: true,
      index: { release: 'bullseye' },
    });
    expect(facts.debianIndex(os('debian', 'sid'))).toBeUndefined();
    expect(facts.debianIndex(os('distroless', 'bookworm'))).toBeUndefined();
    expect(facts.debianIndex(os('ubuntu', 'bookworm'))).toBeUndefined();
  });

  it('have a python3', () => {
    expect(facts.python3Of(os('debian', 'bookworm'))).toEqual({ minor: '3.11', distutils: true });
    expect(facts.python3Of(os('debian', 'trixie'))).toEqual({ minor: '3.13', distutils: false });
    expect(facts.python3Of(os('ubuntu', 'noble'))).toEqual({ minor: '3.12', distutils: false });
    expect(facts.python3Of(os('alpine', '3.20'))).toBeUndefined();
  });
});

describe('packages of a base image', () => {
  it('full Python has compilers and git, slim has neither', () => {
    const full = facts.packagesOfBase(base('python:3.12-bookworm'));
    const slim = facts.packagesOfBase(base('python:3.12-slim-bookworm'));
    for (const name of ['gcc', 'g++', 'git', 'curl', 'libpq5', 'libpq-dev', 'ca-certificates', 'perl', 'python3.11']) {
      expect(full?.has(name)).toBe(true);
    }
    for (const name of ['gcc', 'git', 'curl', 'libpq5', 'perl']) expect(slim?.has(name)).toBe(false);
    for (const name of ['ca-certificates', 'openssl', 'libssl3', 'netbase']) expect(slim?.has(name)).toBe(true);
    expect([...(slim ?? [])].filter((name) => full?.has(name) !== true)).toEqual([]);
  });

  it('holds everything that its packages depend on', () => {
    const index = facts.debianIndex(os('debian', 'bookworm'))?.index;
    for (const ref of [
      'golang:1.22-bookworm',
      'php:8.2-bookworm',
      'buildpack-deps:bookworm-scm',
      'ruby:3.3-slim-bookworm',
    ]) {
      const names = facts.packagesOfBase(base(ref));
      for (const name of names ?? []) {
        for (const other of index?.get(name)?.depends ?? []) expect(names?.has(other)).toBe(true);
      }
      expect(names?.has('apt')).toBe(true);
    }
  });

  it('debian-slim is the minimal image; other families are not known', () => {
    expect(facts.packagesOfBase(base('debian:bookworm-slim'))).toEqual(
      facts.debianIndex(os('debian', 'bookworm'))?.index.minbase,
    );
    expect(facts.packagesOfBase(base('maven:3-eclipse-temurin-21'))).toBeUndefined();
    expect(facts.packagesOfBase(base('python:3.8.2'))).toBeUndefined();
    expect(facts.packagesOfBase(base('node:20-alpine'))).toBeUndefined();
  });
});

describe('Alpine', () => {
  it('knows metapackages and commands', () => {
    expect(facts.alpine('build-base')).toMatchObject({ class: 'build-only', runtime: [] });
    expect(facts.alpine('build-base')?.depends).toEqual(expect.arrayContaining(['gcc', 'g++', 'make', 'libc-dev']));
    expect(facts.alpine('postgresql-client')?.executables).toContain('psql');
    expect(facts.alpine('no-such-package')).toBeUndefined();
    const alpine = os('alpine', '3.20');
    expect(facts.packageIndex(alpine)?.index.providers('psql')).toContain('postgresql-client');
    expect(facts.classify(alpine, 'build-base')).toMatchObject({ class: 'build-only', group: 'compiler' });
    expect(facts.classify(alpine, 'openssl-dev')).toMatchObject({ class: 'build-only', group: 'headers' });
  });
});

describe('a host without tables', () => {
  it('has no facts, and tables are asked for once', () => {
    const asked: TableName[] = [];
    const source: FactSource = {
      table(name) {
        asked.push(name);
        return undefined;
      },
    };
    const empty = new Facts(source);
    expect(asked).toEqual([]);
    expect(empty.base({ familiar: 'python', tag: '3.12' })).toBeUndefined();
    expect(empty.base({ familiar: 'node', tag: '20' })).toBeUndefined();
    expect(empty.debianIndex(os('debian', 'bookworm'))).toBeUndefined();
    expect(empty.classify(undefined, 'git').class).toBe('unknown');
    expect(asked.filter((name) => name === 'bases')).toHaveLength(1);
  });
});
