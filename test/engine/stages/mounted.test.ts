import { describe } from 'vitest';
import { cases } from './check.ts';

const build = (mounts: string, command: string): string =>
  `FROM debian:bookworm AS build\nWORKDIR /src\nCOPY . .\nRUN ${mounts} ${command}\n`;
const take = (source: string): string => `FROM debian:bookworm-slim\nCOPY --from=build ${source} /opt/app\n`;
const cache = '--mount=type=cache,target=/src/target';

describe('a copy of what was mounted', () => {
  cases('copy-from-mount', [
    { name: 'below a cache', text: build(cache, 'make') + take('/src/target/app'), says: ['warning /src/target/app'] },
    { name: 'the cache itself', text: build(cache, 'make') + take('/src/target'), says: ['warning /src/target'] },
    {
      name: 'a target relative to the working directory',
      text: build('--mount=type=cache,target=target', 'make') + take('/src/target/app'),
      says: ['warning /src/target/app'],
    },
    {
      name: 'a temporary file system',
      text: build('--mount=type=tmpfs,target=/scratch', 'gcc -o /scratch/app app.c') + take('/scratch/app'),
      says: ['warning /scratch/app'],
    },
    {
      name: 'a bound directory, written for nobody',
      text: `FROM alpine AS build\nWORKDIR /src\nRUN --mount=target=.,rw gcc -o bin/app app.c\n${take('/src/bin/app')}`,
      says: ['warning /src/bin/app'],
    },
    {
      name: 'copied out in the same RUN',
      text: build(cache, 'make && cp target/app /usr/local/bin/app') + take('/usr/local/bin/app'),
    },
    {
      name: 'copied out to a place of its own',
      text: build(cache, 'make && install -D target/app /dist/app') + take('/dist/app'),
    },
    { name: 'beside the mount', text: build(cache, 'make') + take('/src/targets') },
    { name: 'above the mount', text: build(cache, 'make') + take('/src') },
    {
      name: 'made again without the mount',
      text: `${build(cache, 'make')}RUN mkdir -p target && gcc -o target/app app.c\n${take('/src/target/app')}`,
    },
    {
      name: 'a command nobody understands may have made it',
      text: `${build(cache, 'make')}RUN ./finish\n${take('/src/target/app')}`,
    },
    {
      name: 'of the base image',
      text: `FROM debian:bookworm AS build\nRUN --mount=type=cache,target=/var/lib/apt apt-get update\n${take('/var/lib/apt/lists')}`,
    },
    { name: 'a pattern', text: build(cache, 'make') + take('/src/target/*.so') },
    {
      name: 'another stage has the mount',
      text: `FROM debian AS other\nRUN ${cache} make\n${build('', 'make')}${take('/src/target/app')}`,
    },
  ]);
});
