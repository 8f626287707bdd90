import type { Judged } from './family.ts';

/** Modules that npm installs on one base, copied to another one. */
function moved(name: string, from: string, to: string, ...said: readonly string[]): Judged {
  return on(name, from, from, to, said);
}

/** The same with a builder that starts from something else than the original. */
function built(name: string, from: string, builder: string, ...said: readonly string[]): Judged {
  return on(name, from, builder, from, said);
}

function on(name: string, from: string, builder: string, to: string, said: readonly string[]): Judged {
  const build = 'WORKDIR /app\nCOPY package.json .\nRUN npm ci\n';
  return {
    name: `bases: ${name}`,
    files: { 'package.json': '{}', 'index.js': '' },
    original: `FROM ${from}\n${build}CMD ["true"]\n`,
    result: `FROM ${builder} AS build\n${build}\nFROM ${to}\nWORKDIR /app\nCOPY --from=build /app /app\nCMD ["true"]\n`,
    said,
  };
}

const TWO = 'RUN touch /srv/x\nFROM debian:bookworm-slim\nCOPY --from=more /srv/x /srv/x\nCMD ["bash"]\n';
const SCRIPT = 'COPY a.sh /a.sh\nCMD ["/a.sh"]\n';

export const bases: readonly Judged[] = [
  moved('the same one', 'node:22-bookworm-slim', 'node:22-bookworm-slim'),
  moved('by another name', 'node:22-bookworm-slim', 'docker.io/library/node:22-bookworm-slim'),
  moved(
    'another minor version',
    'python:3.11-slim-bookworm',
    'python:3.10-slim-bookworm',
    'interpreter-version 6: The last stage has python 3.10, the original has python 3.11',
  ),
  moved(
    'another version',
    'node:22-bookworm-slim',
    'node:20-bookworm-slim',
    'interpreter-version 6: has node 20, the original has node 22',
  ),
  moved(
    'another image',
    'node:22-bookworm-slim',
    'debian:bookworm-slim',
    'entrypoint -',
    'interpreter-version 6: has debian 12',
  ),
  moved(
    'another distribution',
    'node:22-bookworm-slim',
    'node:22-alpine',
    'release 6: is alpine 3.24 (musl), the original is debian bookworm (glibc)',
    'missing-library -',
    'missing-executable -',
  ),
  moved(
    'an unknown image',
    'node:22-bookworm-slim',
    'example.com/base:1',
    'entrypoint -',
    'unknown-base 6: of example.com/base:1',
    'missing-library -',
  ),
  moved(
    'out of an unknown image',
    'example.com/base:1',
    'node:22-bookworm-slim',
    'entrypoint -',
    'unknown-base 6: of example.com/base:1',
  ),
  moved(
    'from one unknown image to another',
    'example.com/base:1',
    'example.com/base:2',
    'unknown-base 6: of example.com/base:2',
  ),
  moved('an unknown image twice', 'example.com/base:1', 'example.com/base:1'),
  moved(
    'an empty image',
    'node:22-bookworm-slim',
    'scratch',
    'entrypoint -',
    'release 6: is scratch, the original is node:22-bookworm-slim',
    'missing-library -',
    'missing-executable -',
  ),
  moved('by its digest', `debian:bookworm@sha256:${'0'.repeat(64)}`, 'debian:bookworm-slim'),
  moved('out of an image without an interpreter', 'debian:bookworm-slim', 'python:3.11-slim-bookworm', 'added-env -'),
  moved(
    'an image whose name begins in the same way',
    'nodered/node-red:latest',
    'debian:bookworm-slim',
    'unknown-base 6',
  ),
  moved(
    'for another platform',
    'debian:bookworm-slim',
    '--platform=linux/arm64 debian:bookworm-slim',
    'platform 6: for `linux/arm64`, the original for the platform that is asked for',
  ),
  moved(
    'no longer for a platform',
    '--platform=linux/arm64 debian:bookworm-slim',
    'debian:bookworm-slim',
    'platform 6: for the platform that is asked for, the original for `linux/arm64`',
  ),
  built(
    'a builder of the same image by another name',
    'node:22-bookworm-slim',
    'docker.io/library/node:22-bookworm-slim',
  ),
  built(
    'a builder of another image',
    'debian:bookworm-slim',
    'ubuntu:24.04',
    'builder-base 1: from ubuntu:24.04; the original starts from debian:bookworm-slim',
  ),
  built(
    'a builder by another digest',
    `debian:bookworm@sha256:${'0'.repeat(64)}`,
    `debian:bookworm@sha256:${'1'.repeat(64)}`,
    'builder-base 1',
  ),
  built(
    'a builder without the digest',
    `debian:bookworm@sha256:${'0'.repeat(64)}`,
    'debian:bookworm',
    'builder-base 1: from debian:bookworm; ',
  ),
  built(
    'a builder of an unknown image',
    'debian:bookworm-slim',
    'example.com/base:1',
    'builder-base 1: from example.com/base:1',
  ),
  built('an unknown builder of another name', 'example.com/base:1', 'mirror.example.com/base:1', 'builder-base 1'),
  built('a builder of another image with the same tag', 'debian:bookworm', 'buildpack-deps:bookworm', 'builder-base 1'),
  {
    name: 'bases: a stage of another one that nobody needs',
    original: 'FROM debian:bookworm-slim\nCMD ["bash"]\n',
    result: 'FROM ubuntu:24.04 AS more\nRUN true\nFROM debian:bookworm-slim\nCMD ["bash"]\n',
    said: ['style unreachable-stage 1'],
  },
  {
    name: 'bases: two of them in the original as well',
    original: `FROM ubuntu:24.04 AS more\n${TWO}`,
    result: `FROM ubuntu:24.04 AS more\n${TWO}`,
    said: [],
  },
  {
    name: 'bases: no interpreter, where nothing was installed for it',
    files: { 'a.sh': '' },
    original: `FROM python:3.11-slim-bookworm\n${SCRIPT}`,
    result: `FROM debian:bookworm-slim\n${SCRIPT}`,
    said: ['missing-env -: ENV LANG', 'builder-base 1', 'missing-certificates -', 'missing-certificates -'],
  },
  {
    name: 'bases: a package, and an unknown image',
    original: `FROM debian:bookworm-slim\nRUN apt-get update && apt-get install -y jq\nCMD ["bash"]\n`,
    result: 'FROM example.com/base:1\nCMD ["bash"]\n',
    said: ['builder-base 1', 'unknown-base 1', 'lost-package 2: jq'],
  },
];

/** A user of the original, and the command that makes it in the last stage. */
function user(name: string, last: string, ...said: readonly string[]): Judged {
  const build = 'RUN useradd -u 700 app\nRUN touch /srv/x\n';
  return {
    name: `users: ${name}`,
    original: `FROM debian:bookworm-slim\n${build}CMD ["bash"]\n`,
    result: `FROM debian:bookworm-slim AS build\n${build}\nFROM debian:bookworm-slim\n${last}COPY --from=build /srv/x /srv/x\nCMD ["bash"]\n`,
    said,
  };
}

export const principals: readonly Judged[] = [
  user('the same', 'RUN useradd -u 700 app\n'),
  user('none', '', 'lost-user 2: group app is not created', 'lost-user 2: user app is not created'),
  user(
    'another number',
    'RUN useradd -u 701 app\n',
    'user-number 2: group app has number 701, it had 700',
    'user-number 2: user app has number 701, it had 700',
    'added-command 6',
  ),
];
