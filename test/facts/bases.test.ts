import { describe, expect, it } from 'vitest';
import { BaseTable } from '../../server/src/engine/facts/bases.ts';
import type { BaseFacts } from '../../server/src/engine/facts/types.ts';
import { parseImageRef } from '../../server/src/engine/parse/imageRef.ts';
import { testFacts } from './source.ts';

const text = testFacts().table('bases') ?? '';
const table = new BaseTable(() => text);

function find(ref: string, from = table): BaseFacts | undefined {
  const parsed = parseImageRef(ref);
  return parsed === undefined ? undefined : from.lookup(parsed);
}

function known(ref: string): BaseFacts {
  const facts = find(ref);
  if (facts === undefined) throw new Error(`no facts of ${ref}`);
  return facts;
}

const refs = (ref: string): string[] => known(ref).counterparts.map((one) => one.ref);

describe('base images', () => {
  it('python:3.12 is trixie and floats', () => {
    const facts = known('python:3.12');
    expect(facts).toMatchObject({
      image: 'python',
      canonicalTag: '3.12-trixie',
      floatingOs: true,
      tagVersion: '3.12',
      os: { id: 'debian', release: 'trixie', versionId: '13' },
      libc: 'glibc',
      kind: 'full',
      status: 'current',
    });
    expect(facts.config.env).toMatchObject({ LANG: 'C.UTF-8', PYTHON_VERSION: facts.version, PYTHON_SHA256: null });
    expect(facts.compilers).toContain('gcc');
    expect(facts.from.at(-1)).toBe('debian:trixie');
  });

  it.each([
    ['python:3.12', 'python:3.12-slim'],
    ['python:3.12-bookworm', 'python:3.12-slim-bookworm'],
    ['python:3.11.4-bookworm', 'python:3.11.4-slim-bookworm'],
    ['python:3.8.2', 'python:3.8.2-slim'],
    ['node:20', 'node:20-slim'],
    ['node:18.12.0-bullseye', 'node:18.12.0-bullseye-slim'],
    ['docker.io/library/ruby:2.7.1', 'ruby:2.7.1-slim'],
    ['openjdk:8u212-jdk', 'openjdk:8u212-jre'],
    ['debian:bookworm-20240513', 'debian:bookworm-20240513-slim'],
    ['mcr.microsoft.com/dotnet/sdk:8.0', 'mcr.microsoft.com/dotnet/aspnet:8.0'],
    ['nvidia/cuda:12.1.1-cudnn8-devel-ubuntu22.04', 'nvidia/cuda:12.1.1-cudnn8-runtime-ubuntu22.04'],
    ['maven:3-eclipse-temurin-21-noble', 'eclipse-temurin:21-jre-noble'],
  ])('%s has the counterpart %s', (ref, counterpart) => {
    expect(refs(ref)[0]).toBe(counterpart);
  });

  it('a counterpart in the same repository is known itself and has the same OS release and version', () => {
    for (const ref of [
      'python:3.8.2',
      'python:3.11.4-bookworm',
      'node:14.15.0',
      'ruby:2.7.1',
      'node:lts',
      'rust:1.70',
    ]) {
      const base = known(ref);
      for (const one of base.counterparts.filter((other) => other.sameRepository)) {
        const other = known(one.ref);
        expect(other.os).toEqual(base.os);
        expect(other.tagVersion).toBe(base.tagVersion);
      }
      expect(base.counterparts.some((one) => one.sameRepository)).toBe(true);
    }
  });

  it('golang brings its own environment and directory', () => {
    const facts = known('golang:1.22.3');
    expect(facts.config.workdir).toBe('/go');
    expect(facts.config.env).toMatchObject({ GOPATH: '/go', GOLANG_VERSION: '1.22.3', GOTOOLCHAIN: 'local' });
    expect(facts.config.env['PATH']).toMatch(/^\/go\/bin:\/usr\/local\/go\/bin:/);
    expect(refs('golang:1.22.3')).toEqual([
      'debian:bookworm-slim',
      'gcr.io/distroless/base-debian12',
      'gcr.io/distroless/static-debian12',
      'scratch',
    ]);
    expect(facts.counterparts[3]).toMatchObject({
      relation: 'empty',
      condition: 'CGO_ENABLED=0',
      sameRepository: false,
    });
  });

  it('a patch version that only the history names has its own OS and no values of another build', () => {
    const facts = known('python:3.8.2');
    expect(facts.os.release).toBe('buster');
    expect(facts.confidence).toBe('medium');
    expect(facts.version).toBe('3.8.2');
    expect(facts.config.env).toMatchObject({ PYTHON_VERSION: '3.8.2', PYTHON_PIP_VERSION: null });
    expect(facts.from).toContain('debian:buster');
    expect(known('node:14.15.0').os.release).toBe('stretch');
    expect(known('ruby:2.7.1').config.env['RUBY_MAJOR']).toBe('2.7');
  });

  it('what the slim image lacks is said, or not known', () => {
    const [slim] = known('python:3.12-bookworm').counterparts;
    expect(slim?.toolsLost).toEqual(expect.arrayContaining(['git', 'curl', 'pg_config', 'imagemagick']));
    expect(slim?.toolsLost).not.toContain('ca-certificates');
    expect(slim?.libsLost).toContain('libpq5');
    expect(known('node:22-bookworm').counterparts[0]?.toolsLost).toContain('ca-certificates');
    expect(known('python:3.8.2').counterparts[0]?.libsLost).toBeUndefined();
  });

  it('rust:slim still holds the toolchain', () => {
    const slim = known('rust:1.70').counterparts.find((one) => one.relation === 'slim');
    expect(slim).toMatchObject({ ref: 'rust:1.70-slim', containsToolchain: true });
  });

  it.each([
    ['python:3.12', true],
    ['node:24-alpine', true],
    ['debian:stable-slim', true],
    ['python:3.12-bookworm', false],
    ['node:24-alpine3.24', false],
    ['debian:12', false],
    ['ubuntu:22.04', false],
    ['python:3.8.2', false],
    ['gcr.io/distroless/base-debian12', false],
  ])('%s floats: %s', (ref, floating) => {
    expect(known(ref).floatingOs).toBe(floating);
  });

  it.each([
    ['alpine:3.19.1', 'alpine', '3.19'],
    ['ubuntu:focal', 'ubuntu', 'focal'],
    ['ubuntu:xenial-20200101', 'ubuntu', 'xenial'],
    ['debian:12.5-slim', 'debian', 'bookworm'],
    ['hexpm/elixir:1.14.0-erlang-25.0-debian-bullseye-20220801-slim', 'debian', 'bullseye'],
    ['lukemathwalker/cargo-chef:latest-rust-1.70-bookworm', 'debian', 'bookworm'],
    ['gcr.io/distroless/static-debian12', 'distroless', 'bookworm'],
    ['amazoncorretto:17-al2023', 'rpm', 'amazonlinux-2023'],
    ['scratch', 'scratch', 'scratch'],
  ])('%s is %s %s', (ref, id, release) => {
    expect(known(ref).os).toMatchObject({ id, release });
  });

  it('a mirror of the official images answers as they do', () => {
    const facts = known('registry.example/proxy/library/python:3.12-slim');
    expect(facts.image).toBe('python');
    expect(find('registry.example/team/python:3.12-slim')).toBeUndefined();
  });

  it('is silent where nothing is known', () => {
    for (const ref of [
      'python:3.99',
      'python:3.12-nope',
      'example/app:1',
      'golang@sha256:' + 'a'.repeat(64),
      'maven:3-jdk-8-onbuild',
    ]) {
      expect(find(ref)).toBeUndefined();
    }
    expect(known(`python:3.12-bookworm@sha256:${'a'.repeat(64)}`).confidence).toBe('medium');
  });

  it('nginx holds no compiler, php does', () => {
    expect(known('nginx:latest').compilers).toEqual([]);
    expect(known('php:8.3').compilers).toContain('gcc');
  });

  it('decodes the same in a second table', () => {
    const other = new BaseTable(() => text);
    for (const ref of ['eclipse-temurin:21', 'php:8.2-apache', 'python:3.8.2-slim', 'golang:1.21-alpine']) {
      expect({ ...find(ref, other) }).toEqual({ ...known(ref) });
    }
  });

  it('every tag of every image decodes to a whole record', () => {
    let count = 0;
    let image = '';
    for (const line of text.split('\n')) {
      if (line.startsWith('@')) image = line.startsWith('@image ') ? line.slice(7) : '';
      if (image === '' || !line.startsWith('t\t')) continue;
      const [, , , , suffix = '', , versions = ''] = line.split('\t');
      const tag = (versions.split(' ')[0] ?? '').replace(/^\.$/, '') + suffix;
      const facts = known(`${image}:${tag}`);
      expect(facts.tag).toBe(tag);
      expect(facts.os.id).not.toBe('');
      for (const one of facts.counterparts) expect(one.ref).not.toMatch(/[{}$]/);
      count++;
    }
    expect(count).toBeGreaterThan(5000);
  });

  it('a version of a line is published with every codename of the line', () => {
    expect(known('node:16.3-buster')).toMatchObject({ os: { release: 'buster' }, kind: 'full' });
    expect(refs('node:16.20.2-bullseye')).toContain('node:16.20.2-bullseye-slim');
    expect(known('node:16.20.2-bullseye-slim').compilers).toEqual([]);
    expect(refs('node:lts-jod')).toContain('node:jod-slim');
  });

  it('the repositories of one architecture have the tags of the official image', () => {
    expect(known('arm64v8/node:20')).toMatchObject({ image: 'node', os: { release: 'bookworm' } });
    expect(find('somebody/node:20')).toBeUndefined();
  });
});
