import { describe, expect, it } from 'vitest';
import { cases, findings, fixed } from './check.ts';

const code = 'missing-runtime-library';
const apt = (packages: string): string =>
  `RUN apt-get update && apt-get install -y --no-install-recommends ${packages}\n`;
const c = (packages: string, build = 'gcc -o /app a.c -lpq'): string =>
  `FROM debian:bookworm AS build\n${apt(packages)}COPY a.c .\nRUN ${build}\n`;
const venv = (install: string): string =>
  `FROM python:3.12-bookworm AS build\n${apt('libpq-dev')}WORKDIR /app\nCOPY . .\nRUN python -m venv /opt/venv && /opt/venv/bin/pip install ${install}\n`;
const last = (base: string, rest = '', source = '/app'): string =>
  `FROM ${base}\n${rest}COPY --from=build ${source} ${source}\nCMD ["/app"]\n`;
const slim = 'debian:bookworm-slim';
const python = (rest = ''): string => last('python:3.12-slim-bookworm', rest, '/opt/venv');

describe('a library that the last stage lacks', () => {
  cases(code, [
    { name: 'a C program that names it', text: c('gcc libpq-dev') + last(slim), says: ['warning /app'] },
    {
      name: 'one of two',
      text: c('gcc libpq-dev libxml2-dev', 'gcc -o /app a.c -lpq -lxml2') + last(slim, apt('libxml2')),
      says: ['warning /app'],
    },
    {
      name: 'on Alpine',
      text: `FROM alpine:3.20 AS build\nRUN apk add --no-cache gcc musl-dev libpq-dev\nCOPY a.c .\nRUN gcc -o /app a.c -lpq\n${last('alpine:3.20')}`,
      says: ['warning /app'],
    },
    {
      name: 'Rust',
      text: `FROM rust:1-slim-bookworm AS build\n${apt('libssl-dev pkg-config')}WORKDIR /src\nCOPY . .\nRUN cargo build --release\n${last(slim, '', '/src/target/release/app')}`,
      says: ['information /src/target/release/app'],
    },
    { name: 'psycopg2', text: venv('psycopg2') + python(), says: ['warning /opt/venv'] },
    {
      name: 'a manifest nobody has read',
      text: venv('-r requirements.txt') + python(),
      says: ['information /opt/venv'],
    },
    {
      name: 'a manifest that was read',
      text: venv('-r requirements.txt') + python(),
      context: { 'requirements.txt': 'flask\npsycopg2==2.9.9\n' },
      says: ['warning /opt/venv'],
    },
    { name: 'installed by its name', text: c('gcc libpq-dev') + last(slim, apt('libpq5')) },
    { name: 'installed with its headers', text: c('gcc libpq-dev') + last(slim, apt('libpq-dev')) },
    { name: 'brought by another package', text: venv('psycopg2') + python(apt('postgresql-client')) },
    { name: 'in the base', text: c('gcc zlib1g-dev', 'gcc -o /app a.c -lz') + last('python:3.12-slim-bookworm') },
    { name: 'in the full base', text: venv('psycopg2') + last('python:3.12-bookworm', '', '/opt/venv') },
    { name: 'not the one that is linked', text: c('gcc libpq-dev libffi-dev') + last(slim, apt('libpq5')) },
    { name: 'linked statically', text: c('gcc libpq-dev', 'gcc -static -o /app a.c -lpq') + last(slim) },
    {
      name: 'copied as a file',
      text: c('gcc libpq-dev') + last(slim, 'COPY --from=build /usr/lib/x86_64-linux-gnu/libpq.so.5 /usr/lib/\n'),
    },
    {
      name: 'a manifest that was read and needs none',
      text: venv('-r requirements.txt') + python(),
      context: { 'requirements.txt': 'flask\npsycopg2-binary\n' },
    },
    {
      name: 'headers of the interpreter',
      text: `FROM rust:1-slim-bookworm AS build\n${apt('libclang-dev python3-dev')}WORKDIR /src\nCOPY . .\nRUN cargo build --release\n${last(slim, '', '/src/target/release/app')}`,
    },
    { name: 'what is copied links nothing', text: c('gcc libpq-dev') + last(slim, '', '/etc/app.conf') },
    {
      name: 'a stage that the last one goes on from',
      text: `FROM debian:bookworm AS build\n${apt('gcc libpq-dev')}RUN gcc -o /app a.c -lpq\nFROM build\nCOPY --from=build /app /b\n`,
    },
    { name: 'a base nobody knows', text: c('gcc libpq-dev') + last('example.com/team/base') },
    { name: 'a base without packages', text: c('gcc libpq-dev') + last('gcr.io/distroless/base-debian12') },
  ]);

  it('is installed where the last stage installs already', () => {
    const text = c('gcc libpq-dev') + last(slim, apt('ca-certificates'));
    expect(fixed(text, code)).toBe(c('gcc libpq-dev') + last(slim, apt('ca-certificates libpq5')));
    expect(findings(fixed(text, code) ?? '')).toEqual([]);
  });

  it('is installed in a RUN of its own otherwise', () => {
    expect(fixed(c('gcc libpq-dev') + last(slim), code)).toBe(
      c('gcc libpq-dev') + last(slim, `${apt('libpq5').trimEnd()} && rm -rf /var/lib/apt/lists/*\n`),
    );
    const alpine = `FROM alpine:3.20 AS build\nRUN apk add --no-cache gcc musl-dev libpq-dev\nCOPY a.c .\nRUN gcc -o /app a.c -lpq\n`;
    expect(fixed(alpine + last('alpine:3.20'), code)).toBe(
      alpine + last('alpine:3.20', 'RUN apk add --no-cache libpq\n'),
    );
  });
});
