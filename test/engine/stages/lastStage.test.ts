import { describe, expect, it } from 'vitest';
import { cases, findings, fixed } from './check.ts';

const java = 'FROM maven:3-eclipse-temurin-21 AS build\nCOPY . .\nRUN mvn package\n';
const run = 'COPY --from=build /target/app.jar /app.jar\nCMD ["java", "-jar", "/app.jar"]\n';
const c =
  'FROM debian:bookworm AS build\nRUN apt-get update && apt-get install -y gcc libpq-dev\nCOPY a.c .\nRUN gcc -o /app a.c -lpq\n';
const last = (packages: string, rest = ''): string =>
  `FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y --no-install-recommends ${packages}\n${rest}COPY --from=build /app /app\nCMD ["/app"]\n`;

describe('build tools in the last stage', () => {
  const code = 'last-stage-build-package';
  cases(code, [
    { name: 'headers where the library is enough', text: c + last('libpq-dev'), says: ['information libpq-dev'] },
    {
      name: 'headers beside other packages',
      text: c + last('ca-certificates libpq-dev libssl-dev'),
      says: ['information libpq-dev', 'information libssl-dev'],
    },
    {
      name: 'a compiler where everything that runs is a package',
      text: `${c}FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y gcc nginx\nCOPY --from=build /site /var/www\nCMD ["nginx"]\n`,
      says: ['information gcc'],
    },
    { name: 'a compiler that the program may call', text: c + last('gcc') },
    { name: 'headers beside a compiler that the program may call', text: c + last('gcc libpq-dev') },
    { name: 'headers for something that the stage compiles', text: c + last('libpq-dev', 'RUN gcc -o /b b.c\n') },
    {
      name: 'headers for Python packages that the stage installs',
      text: c + last('libpq-dev python3-pip', 'RUN pip install psycopg2\n'),
    },
    { name: 'a stage with a command that nobody understands', text: c + last('libpq-dev', 'RUN ./install.sh\n') },
    { name: 'a library', text: c + last('libpq5') },
    { name: 'a stage for development', text: c + last('libpq-dev').replace('-slim', '-slim AS dev') },
    { name: 'a stage for tests', text: c + last('libpq-dev').replace('-slim', '-slim AS run-tests') },
    { name: 'an image whose command is a shell', text: c + last('libpq-dev').replace('["/app"]', '["bash"]') },
    { name: 'an image without a command', text: c + last('libpq-dev').replace(/CMD.*\n/, '') },
    { name: 'what a comment keeps', text: `# dockerfile-stages keep=libpq-dev\n${c}${last('libpq-dev')}` },
    { name: 'the builder', text: c + last('ca-certificates') },
  ]);

  it('are replaced by the libraries', () => {
    const text = c + last('ca-certificates libpq-dev');
    expect(fixed(text, code)).toBe(c + last('ca-certificates libpq5'));
    expect(findings(fixed(text, code) ?? '').map((one) => one.code)).toEqual([]);
  });

  it('are not moved out of a stage that the builder goes on from', () => {
    const text = `FROM debian:bookworm AS base\nRUN apt-get update && apt-get install -y libpq-dev\nFROM base AS build\nRUN apt-get install -y gcc\nCOPY a.c .\nRUN gcc -o /app a.c -lpq\nFROM base\nCOPY --from=build /app /app\nCMD ["/app"]\n`;
    expect(findings(text).map((one) => one.code)).toEqual([code]);
    expect(fixed(text, code)).toBeUndefined();
  });
});

describe('a full image under the last stage', () => {
  const code = 'last-stage-full-base';
  const jdk = `${java}FROM eclipse-temurin:21-jdk-alpine\n${run}`;
  const full = 'FROM node:22-bookworm\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["node", "server.js"]\n';
  const node = 'FROM node:22-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN npm ci\n';
  const plain = 'FROM node:22-bookworm AS build\nWORKDIR /app\nCOPY . .\nRUN tsc\n';
  cases(code, [
    { name: 'packages that may link what the full image has', text: node + full },
    { name: 'a JDK', text: jdk, says: ['information eclipse-temurin:21-jdk-alpine'] },
    { name: 'a full Node', text: plain + full, says: ['hint node:22-bookworm'] },
    { name: 'a JRE', text: jdk.replace('jdk', 'jre') },
    { name: 'the slim Node', text: plain + full.replace('bookworm', 'bookworm-slim') },
    { name: 'a debugger is attached', text: jdk.replace('"-jar"', '"-agentlib:jdwp=transport=dt_socket", "-jar"') },
    { name: 'a tool of the JDK runs', text: jdk.replace('["java"', '["jshell"') },
    {
      name: 'a command that the smaller image lacks',
      text: plain + full.replace('CMD', 'HEALTHCHECK CMD curl -f http://localhost/\nCMD'),
    },
    {
      name: 'a RUN that needs what the smaller image lacks',
      text: plain + full.replace('WORKDIR', 'RUN git clone https://example.com/a /a\nWORKDIR'),
    },
    { name: 'packages are installed there', text: plain + full.replace('CMD', 'RUN npm rebuild\nCMD') },
    {
      name: 'the builder goes on from the same stage',
      text: `FROM node:22-bookworm AS base\nWORKDIR /app\nFROM base AS build\nCOPY . .\nRUN npm ci\nFROM base\nCOPY --from=build /app /app\nCMD ["node", "a.js"]\n`,
    },
    { name: 'a stage for development', text: plain + full.replace('bookworm\n', 'bookworm AS development\n') },
    {
      name: 'an image that can be set from outside',
      text: `ARG J=21-jdk-alpine\n${java}FROM eclipse-temurin:$J\n${run}`,
    },
    { name: 'a shell', text: plain + full.replace('["node", "server.js"]', '["bash"]') },
    {
      name: 'an image that has no smaller one',
      text: `${java}FROM php:8.3-cli\nCOPY --from=build /a /a\nCMD ["php", "/a/b.php"]\n`,
    },
  ]);

  it('is replaced by the smaller one when that is proved', () => {
    expect(fixed(jdk, code)).toBe(jdk.replace('21-jdk-alpine', '21-jre-alpine'));
    expect(findings(fixed(jdk, code) ?? '')).toEqual([]);
    const home = `${java}FROM openjdk:8-jdk-alpine\n${run}`;
    expect(findings(home).map((one) => one.code)).toEqual([code]);
    // JAVA_HOME is another directory there.
    expect(fixed(home, code)).toBeUndefined();
  });
});
