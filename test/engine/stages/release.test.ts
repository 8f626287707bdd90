import { describe, expect, it } from 'vitest';
import { cases, findings, fixed } from './check.ts';

const code = 'release-mismatch';
const rust = (base: string, run = 'cargo build --release'): string =>
  `FROM ${base} AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\n`;
const go = (base: string, run = 'go build -o /app .'): string =>
  `FROM ${base} AS build\nWORKDIR /src\nCOPY . .\nRUN ${run}\n`;
const take = (base: string, source = '/app', rest = ''): string =>
  `FROM ${base}\nCOPY --from=build ${source} /usr/local/bin/\n${rest}CMD ["app"]\n`;
const release = '/src/target/release/app';

describe('a program that is built on one release and copied to another', () => {
  cases(code, [
    {
      name: 'Rust, glibc to musl',
      text: rust('rust:1-bookworm') + take('alpine:3.20', release),
      says: [`warning ${release}`],
    },
    {
      name: 'Rust, a floating tag that has moved on',
      text: rust('rust:1') + take('debian:bullseye-slim', release),
      says: [`warning ${release}`],
    },
    {
      name: 'Rust, to a release that is a little older',
      text: rust('rust:1') + take('debian:bookworm-slim', release),
      says: [`information ${release}`],
    },
    {
      name: 'Rust, to nothing',
      text: rust('rust:1-bookworm') + take('scratch', release),
      says: [`warning ${release}`],
    },
    {
      name: 'Rust, copied about in the builder',
      text: rust('rust:1-bookworm', 'cargo build --release && cp target/release/app /app') + take('alpine'),
      says: ['warning /app'],
    },
    {
      name: 'Rust, the whole directory',
      text: rust('rust:1-bookworm') + take('alpine', '/src'),
      says: ['warning /src'],
    },
    {
      name: 'C',
      text: `FROM gcc:13-bookworm AS build\nCOPY a.c .\nRUN gcc -O2 -o /app a.c\n${take('alpine')}`,
      says: ['warning /app'],
    },
    {
      name: 'C on musl to glibc',
      text: `FROM alpine:3.20 AS build\nRUN apk add gcc musl-dev\nCOPY a.c .\nRUN gcc -o /app a.c\n${take('debian:bookworm')}`,
      says: ['warning /app'],
    },
    {
      name: 'a Go program that listens on a port',
      text: go('golang:1.22') + take('alpine:3.20', '/app', 'EXPOSE 8080\n'),
      says: ['warning /app'],
    },
    {
      name: 'a Go program whose sources import net/http',
      text: go('golang:1.22') + take('alpine:3.20'),
      context: { 'main.go': 'package main\n\nimport (\n\t"fmt"\n\t"net/http"\n)\n', 'go.mod': 'module app\n' },
      says: ['warning /app'],
    },
    {
      name: 'a Go program with C libraries',
      text: `FROM golang:latest AS build\nRUN apt-get update && apt-get install -y libgtk-3-dev\nWORKDIR /src\nCOPY . .\nRUN go build -o /app ./client\n${take('debian:bullseye-slim')}`,
      says: ['warning /app'],
    },
    {
      name: 'a stage that goes on from the builder',
      text: `FROM rust:1-bookworm AS base\nWORKDIR /src\nFROM base AS build\nCOPY . .\nRUN cargo build --release\n${take('alpine', release)}`,
      says: [`warning ${release}`],
    },
    { name: 'the same release', text: rust('rust:1-bookworm') + take('debian:bookworm-slim', release) },
    { name: 'a newer release', text: rust('rust:1-bullseye') + take('debian:bookworm-slim', release) },
    { name: 'Debian to Ubuntu of the same age', text: rust('rust:1-bookworm') + take('ubuntu:24.04', release) },
    {
      name: 'Rust for musl',
      text:
        rust('rust:1-bookworm', 'cargo build --release --target x86_64-unknown-linux-musl') +
        take('alpine', '/src/target/x86_64-unknown-linux-musl/release/app'),
    },
    {
      name: 'Rust with a static C library',
      text:
        rust('rust:1-bookworm', "RUSTFLAGS='-C target-feature=+crt-static' cargo build --release") +
        take('scratch', release),
    },
    {
      name: 'Rust on Alpine to nothing is another matter: its target is static',
      text: rust('rust:1-alpine') + take('debian:bookworm', '/src/Cargo.toml'),
    },
    {
      name: 'Go without C',
      text: go('golang:1.22', 'CGO_ENABLED=0 go build -o /app .') + take('alpine', '/app', 'EXPOSE 80\n'),
    },
    {
      name: 'Go without C, by ENV',
      text: `FROM golang:1.22 AS build\nENV CGO_ENABLED=0\nWORKDIR /src\nCOPY . .\nRUN go build -o /app .\n${take('scratch', '/app', 'EXPOSE 80\n')}`,
    },
    {
      name: 'Go without C, by export',
      text: go('golang:1.22', 'export CGO_ENABLED=0 && go build -o /app .') + take('alpine', '/app', 'EXPOSE 80\n'),
    },
    {
      name: 'Go, linked statically',
      text:
        go('golang:1.22', `go build -ldflags '-extldflags "-static"' -o /app .`) +
        take('alpine', '/app', 'EXPOSE 80\n'),
    },
    {
      name: 'Go for another machine',
      text: go('golang:1.22', 'GOARCH=arm64 go build -o /app .') + take('alpine', '/app', 'EXPOSE 80\n'),
    },
    {
      name: 'Go built on the machine that builds',
      text: go('--platform=$BUILDPLATFORM golang:1.22') + take('alpine', '/app', 'EXPOSE 80\n'),
    },
    {
      name: 'Go on an image without a C compiler',
      text: go('golang:1.22-alpine') + take('debian:bookworm', '/app', 'EXPOSE 80\n'),
    },
    { name: 'a Go program of which nothing is known', text: go('golang:1.22') + take('alpine') },
    {
      name: 'a Go program whose sources were read and call no C',
      text: go('golang:1.22') + take('alpine'),
      context: { 'main.go': 'package main\n\nimport "fmt"\n', 'go.mod': 'module app\n' },
    },
    {
      name: 'Alpine with the package that runs programs for glibc',
      text: `${rust('rust:1-bookworm')}FROM alpine\nRUN apk add --no-cache gcompat\nCOPY --from=build ${release} /app\n`,
    },
    {
      name: 'nothing, with the C library copied along',
      text: `${rust('rust:1-bookworm')}FROM scratch\nCOPY --from=build /lib64 /lib64\nCOPY --from=build ${release} /app\n`,
    },
    { name: 'something else of the builder', text: rust('rust:1-bookworm') + take('alpine', '/src/config.toml') },
    {
      name: 'what was downloaded',
      text: `FROM debian:bookworm AS build\nRUN curl -o /app https://example.com/app\n${take('alpine')}`,
    },
    {
      name: 'a front end',
      text: `FROM node:20 AS build\nWORKDIR /src\nCOPY . .\nRUN npm ci && npm run build\nFROM nginx:alpine\nCOPY --from=build /src/dist /usr/share/nginx/html\n`,
    },
    {
      name: 'a jar',
      text: `FROM maven:3-eclipse-temurin-21 AS build\nCOPY . .\nRUN mvn package\nFROM eclipse-temurin:21-jre-alpine\nCOPY --from=build /target/app.jar /app.jar\n`,
    },
    {
      name: 'a stage that the last one is not made of',
      text: `${rust('rust:1-bookworm')}FROM alpine AS test\nCOPY --from=build ${release} /app\nFROM debian:bookworm-slim\nCOPY --from=build ${release} /app\n`,
    },
    { name: 'a base nobody knows', text: rust('rust:1-bookworm') + take('example.com/team/base', release) },
  ]);

  it('says why and as of when, and both images', () => {
    const text = rust('rust:1') + take('debian:bullseye-slim', release);
    const [one] = findings(text);
    expect(one?.message).toMatch(
      /^The Rust program of `cargo build` is built on rust:1 \(Debian trixie\) and copied to debian:bullseye-slim: it asks for glibc 2\.34 or later, and there is glibc 2\.31 \(tags as of \d{4}-\d\d-\d\d\)\.$/,
    );
    expect(one?.related.map(({ span }) => text.slice(span.start, span.end))).toEqual([
      'rust:1',
      'debian:bullseye-slim',
    ]);
  });

  it('is built on the same release by the fix, where the image has such a tag', () => {
    const text = rust('rust:1') + take('debian:bookworm-slim', release);
    expect(fixed(text, code)).toBe(text.replace('rust:1', 'rust:1-bookworm'));
    expect(findings(fixed(text, code) ?? '')).toEqual([]);
    expect(fixed(rust('rust:1-bookworm') + take('alpine', release), code)).toBeUndefined();
    expect(fixed(rust('rust:1') + take('debian:stretch-slim', release), code)).toBeUndefined();
  });
});
