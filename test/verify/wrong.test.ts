/**
 * Wrong splits, each made from a right one by hand: the verifier names the rule.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { folderContext } from '../engine/engine.ts';
import { judge } from './judge.ts';

const fixtures = new URL('../fixtures/', import.meta.url).pathname;

interface Wrong {
  readonly name: string;
  readonly fixture: string;
  /** Another original; the right split is then not judged. */
  readonly from?: (text: string) => string;
  readonly change: (text: string) => string;
  readonly rule: string;
}

/** Drops the last line that holds the words (a line of the runtime stage). */
const without =
  (words: string) =>
  (text: string): string => {
    const lines = text.split('\n');
    const at = lines.findLastIndex((line) => line.includes(words));
    lines.splice(at, 1);
    return lines.join('\n');
  };

/** Replaces the last occurrence. */
const instead =
  (words: string, other: string) =>
  (text: string): string => {
    const at = text.lastIndexOf(words);
    return text.slice(0, at) + other + text.slice(at + words.length);
  };

/** Adds a line before the last line that holds the words. */
const before =
  (words: string, line: string) =>
  (text: string): string => {
    const at = text.lastIndexOf('\n', text.lastIndexOf(words));
    return `${text.slice(0, at)}\n${line}${text.slice(at)}`;
  };

const cases: readonly Wrong[] = [
  {
    name: 'git, which a script of a copied directory calls',
    fixture: 'python/entry-script-of-a-directory',
    change: instead(' git ', ' '),
    rule: 'missing-executable',
  },
  {
    name: 'the compiler that only came with pip, where what is installed compiles when it runs',
    fixture: 'python/pip-brings-a-compiler',
    from: (text) => text.replace('flask==3.0.3', 'flask==3.0.3 torch==2.4.0'),
    change: (text) => text.replace('flask==3.0.3', 'flask==3.0.3 torch==2.4.0'),
    rule: 'missing-executable',
  },
  {
    name: 'a library that a variable names without a version',
    fixture: 'python/library-by-its-link-name',
    change: instead('libgdal-dev', 'libgdal32'),
    rule: 'missing-library',
  },
  {
    name: "Debian's Python, which cron finds before any other",
    fixture: 'python/cron-finds-another-python',
    change: instead(' python3 &&', ' media-types &&'),
    rule: 'missing-executable',
  },
  {
    name: 'what pip installed for www-data is looked for below /home',
    fixture: 'python/home-of-the-distribution',
    change: (text) => text.replaceAll('/var/www/.local', '/home/www-data/.local'),
    rule: 'lost-path',
  },
  {
    name: "a module that configure's apxs puts beside those of Apache",
    fixture: 'python/module-of-apache',
    change: without('COPY --from=builder /usr/lib/apache2/modules'),
    rule: 'lost-path',
  },
  {
    name: 'the key of a repository, fetched under another name, is not put in its place',
    fixture: 'python/repository-key-put-in-place',
    change: without('install -o root'),
    rule: 'missing-input',
  },
  {
    name: 'git is lost, which a Python program starts that is not named so',
    fixture: 'python/source-without-an-end',
    change: instead(' git ', ' '),
    rule: 'missing-executable',
  },
  {
    name: 'a file in /tmp that a variable names',
    fixture: 'python/named-in-tmp',
    change: without('COPY --from=builder /tmp/model.bin'),
    rule: 'lost-path',
  },
  {
    name: 'a file in /tmp that a link names',
    fixture: 'python/named-in-tmp',
    change: without('COPY --from=builder /tmp/tool'),
    rule: 'lost-path',
  },
  {
    name: 'a file that was fetched by its name into a cache',
    fixture: 'python/model-in-a-cache',
    change: without('COPY --from=builder /root/.cache/models'),
    rule: 'lost-path',
  },
  {
    name: 'the loader learns of a directory before its libraries are copied',
    fixture: 'python/directory-of-the-loader',
    change: (text) => text.replace(/(COPY --from.*\n)(RUN echo .*\n)/, '$2$1'),
    rule: 'missing-ldconfig',
  },
  {
    name: 'a package file without what it depends on, which the full base has',
    fixture: 'python/package-file-repaired',
    from: (text) => text.replace('; apt-get update && apt-get install -f -y', ''),
    change: (text) => text.replaceAll('; apt-get update && apt-get install -f -y', ''),
    rule: 'unsound-install',
  },
  {
    name: 'a file of nginx is removed where no package brought nginx',
    fixture: 'python/file-of-a-package',
    change: instead('nginx supervisor', 'supervisor'),
    rule: 'missing-input',
  },
  {
    name: 'a file of the full base is edited on the slim one',
    fixture: 'python/full-to-slim',
    from: (text) => text.replace('USER nobody', "RUN sed -i '/PDF/d' /etc/ImageMagick-6/policy.xml\nUSER nobody"),
    change: (text) => text.replace('USER nobody', "RUN sed -i '/PDF/d' /etc/ImageMagick-6/policy.xml\nUSER nobody"),
    rule: 'missing-input',
  },
  {
    name: 'a program of the full base is edited on the slim one',
    fixture: 'python/full-to-slim',
    from: (text) => text.replace('USER nobody', 'RUN chmod 4755 /usr/bin/hg\nUSER nobody'),
    change: (text) => text.replace('USER nobody', 'RUN chmod 4755 /usr/bin/hg\nUSER nobody'),
    rule: 'missing-input',
  },
  {
    name: "Debian's Python, named by its path, is not in the slim image",
    fixture: 'python/python3-of-the-distribution',
    change: instead(' python3 ', ' media-types '),
    rule: 'missing-executable',
  },
  {
    name: "PATH finds Debian's Python first, which the slim image lacks",
    fixture: 'python/python3-command',
    from: (text) => text.replace('WORKDIR /app', 'ENV PATH=/usr/bin:$PATH\nWORKDIR /app'),
    change: (text) => text.replaceAll('WORKDIR /app', 'ENV PATH=/usr/bin:$PATH\nWORKDIR /app'),
    rule: 'missing-executable',
  },
  {
    name: 'a program runs again without the packages that it builds with',
    fixture: 'node/built-by-a-program',
    change: before('CMD', 'RUN node ace build --production'),
    rule: 'order',
  },
  {
    name: 'pip of the base is back though the original removed it',
    fixture: 'python/uninstalled-from-the-base',
    change: without('RUN pip uninstall'),
    rule: 'lost-effects',
  },
  {
    name: 'a command runs in the shell of an environment that is not there yet',
    fixture: 'python/conda-shell',
    change: (text) => {
      const copy = 'COPY --from=builder /opt/conda/envs/app /opt/conda/envs/app\n';
      return text.replace(copy, '').replace('COPY . /app', `${copy}COPY . /app`);
    },
    rule: 'missing-input',
  },
  {
    name: 'the interpreter that was built from sources is not copied',
    fixture: 'python/interpreter-from-sources',
    change: without('COPY --from=builder /usr/local '),
    rule: 'lost-path',
  },
  {
    name: 'a library is left out that a version without a wheel was compiled with',
    fixture: 'python/no-wheel-fits',
    change: instead(' libxslt1.1', ''),
    rule: 'missing-library',
  },
  {
    name: 'a library is left out that an extra links',
    fixture: 'python/extras',
    change: instead(' libmariadb3', ''),
    rule: 'missing-library',
  },
  {
    name: 'the packages that pdm put into the project are not copied',
    fixture: 'python/pdm-local-packages',
    change: without('COPY --from=builder /project/__pypackages__'),
    rule: 'lost-path',
  },
  {
    name: 'a browser in the home directory is left behind',
    fixture: 'node/browser-in-home',
    change: without('COPY --from=builder /root/.cache/puppeteer'),
    rule: 'lost-path',
  },
  {
    name: 'what the apt-get of an npm package installed is left behind',
    fixture: 'node/browser-installed-again',
    change: instead(
      'RUN npx playwright install --with-deps chromium',
      'COPY --from=builder /root/.cache/ms-playwright /root/.cache/ms-playwright',
    ),
    rule: 'lost-path',
  },
  {
    name: 'node_modules alone, where a script of the project made more',
    fixture: 'node/install-script-builds',
    change: instead(
      'COPY --from=builder /app /app',
      'COPY . .\nCOPY --from=builder /app/node_modules /app/node_modules',
    ),
    rule: 'lost-path',
  },
  {
    name: 'a result outside of the project is left behind',
    fixture: 'node/output-option',
    change: without('COPY --from=builder /dist'),
    rule: 'lost-path',
  },
  {
    name: 'the links of npm link are left behind',
    fixture: 'node/npm-link',
    change: without('COPY --from=builder /usr/local/lib/node_modules'),
    rule: 'lost-path',
  },
  {
    name: 'the start script, read after the build, calls git',
    fixture: 'node/start-script-after-build',
    change: instead(' git', ''),
    rule: 'missing-executable',
  },
  {
    name: 'the start script that the entry script runs calls git',
    fixture: 'node/entry-script-runs-its-arguments',
    change: instead(' git', ''),
    rule: 'missing-executable',
  },
  {
    name: 'a script that the ecosystem file of pm2 names calls git',
    fixture: 'node/pm2-ecosystem-file',
    change: instead(' git', ''),
    rule: 'missing-executable',
  },
  {
    name: 'apt-get on Alpine',
    fixture: 'node/alpine-edge-repository',
    change: before('WORKDIR /app', 'RUN apt-get update && apt-get install -y --no-install-recommends libstdc++'),
    rule: 'unsound-install',
  },
  {
    name: 'a library of the release for a -dev package of another repository',
    fixture: 'node/alpine-edge-repository',
    change: instead('fftw-double-libs@testing', 'fftw-double-libs'),
    rule: 'missing-library',
  },
  {
    name: 'a directory is made where a copy has made it already',
    fixture: 'structure/made-once',
    change: before('RUN mkdir /data', 'COPY --from=builder /data/seed /data/seed'),
    rule: 'exists-already',
  },
  {
    name: 'a group that counts from the groups of packages, without the package',
    fixture: 'python/system-group',
    change: instead(' openssh-client', ''),
    rule: 'user-number',
  },
  {
    name: 'the file that sets the variables is not read any more',
    fixture: 'structure/sourced-variables',
    change: instead('RUN set -e && . /etc/os-release && mkdir', 'RUN set -e && mkdir'),
    rule: 'added-command',
  },
  {
    name: 'a directory that Alpine does not make, and pip only perhaps: COPY stops the build',
    fixture: 'python/alpine-older-release',
    change: instead(
      'COPY --from=builder /usr/local /usr/local',
      'COPY --from=builder /usr/local /usr/local\nCOPY --from=builder /usr/local/etc /usr/local/etc',
    ),
    rule: 'missing-source',
  },
  {
    name: 'what the builder has moved already is moved again',
    fixture: 'node/moved-after-the-build',
    change: instead(
      'COPY --from=builder /app /app',
      `COPY server/package*.json server/
COPY . .
COPY --from=builder /app/server/node_modules /app/server/node_modules
COPY --from=builder /app/client /app/client
RUN mv client/build server/public`,
    ),
    rule: 'missing-input',
  },
  {
    name: "the packages of the release's Python, not of the one that runs",
    fixture: 'python/another-version',
    change: instead(
      'COPY --from=builder /usr/local/lib /usr/local/lib',
      'COPY --from=builder /usr/local/lib/python3.8/dist-packages /usr/local/lib/python3.8/dist-packages',
    ),
    rule: 'lost-path',
  },
  {
    name: 'a repository that comes after its package',
    fixture: 'python/repository-by-download',
    change: instead(
      ' && curl https://packages.microsoft.com/config/debian/12/prod.list > /etc/apt/sources.list.d/mssql-release.list',
      '',
    ),
    rule: 'missing-input',
  },
  {
    name: 'a library by the name of a newer Alpine',
    fixture: 'python/alpine-older-release',
    change: instead('libssl1.1', 'libssl3'),
    rule: 'unknown-package',
  },
  {
    name: 'a package that a comment keeps',
    fixture: 'structure/steered',
    change: instead(' make', ''),
    rule: 'lost-package',
  },
  {
    name: 'a command that the sources start',
    fixture: 'node/program-starts-commands',
    change: instead('imagemagick ', ''),
    rule: 'missing-executable',
  },
  {
    name: 'a command that a dependency starts',
    fixture: 'node/program-starts-commands',
    change: instead(' git ', ' '),
    rule: 'missing-executable',
  },
  {
    name: 'what npm installed as root belongs to the service',
    fixture: 'node/owner-given-by-copy',
    change: instead('COPY --from=builder /app /app', 'COPY --from=builder --chown=node:node /app /app'),
    rule: 'owner',
  },
  {
    name: 'a file that >> began',
    fixture: 'node/known-hosts',
    change: without('known_hosts'),
    rule: 'lost-path',
  },
  {
    name: 'the package manager that corepack fetched, which the container runs',
    fixture: 'node/corepack-at-run-time',
    change: without('/root/.cache/node/corepack'),
    rule: 'lost-path',
  },
  {
    name: "the library that Prisma's engine loads",
    fixture: 'node/prisma-on-full-base',
    change: instead('openssl ca-certificates ', ''),
    rule: 'missing-library',
  },
  {
    name: 'a release whose packages nobody has listed: what a dependency loads came with the full image',
    fixture: 'node/prisma-on-full-base',
    from: (text) => text.replace('node:20-bookworm', 'node:16-buster'),
    change: (text) => text.replaceAll('node:20-bookworm', 'node:16-buster').replace(/RUN apt-get update.*\n/, ''),
    rule: 'missing-library',
  },
  {
    name: 'the builder has no compiler',
    fixture: 'node/native-module',
    change: (text) => text.replace(/^RUN apt-get .*python3 make g\+\+.*\n/m, ''),
    rule: 'lost-command',
  },
  {
    name: 'a variable of the build is lost in the builder',
    fixture: 'node/corepack-and-yarn',
    change: (text) => text.replace('ENV NODE_ENV=production\n', ''),
    rule: 'lost-command',
  },
  {
    name: 'the builder compiles before it has the sources',
    fixture: 'node/typescript-pruned',
    change: (text) =>
      text.replace('COPY . .\n', '').replace('npm prune --production\n', 'npm prune --production\nCOPY . .\n'),
    rule: 'lost-command',
  },
  {
    name: 'a compiler stays',
    fixture: 'node/native-module',
    change: instead('media-types', 'g++ media-types'),
    rule: 'kept-build-tool',
  },
  {
    name: 'an installation whose failure nobody sees',
    fixture: 'node/native-module',
    change: instead('/var/lib/apt/lists/*', '/var/lib/apt/lists/* || true'),
    rule: 'added-command',
  },
  {
    name: 'an empty base for what is linked against a libc',
    fixture: 'structure/loader-cache',
    change: instead('FROM debian:bookworm-slim', 'FROM scratch'),
    rule: 'release',
  },
  {
    name: 'corepack is not enabled',
    fixture: 'node/corepack-and-yarn',
    change: without('RUN corepack enable'),
    rule: 'lost-path',
  },
  {
    name: 'a library that what nobody has read may link',
    fixture: 'node/native-module',
    change: instead(' libatomic1', ''),
    rule: 'missing-library',
  },
  {
    name: 'no directory for the manual pages that a package links',
    fixture: 'node/toolchain-of-the-program',
    change: without('RUN mkdir -p /usr/share/man/man1'),
    rule: 'unsound-install',
  },
  {
    name: 'a toolchain that no build step calls is left behind',
    fixture: 'node/toolchain-of-the-program',
    change: instead('openjdk-17-jdk-headless netbase', 'netbase'),
    rule: 'lost-package',
  },
  {
    name: 'a browser that a package for everybody downloaded',
    fixture: 'node/browser-installed-globally',
    change: without('COPY --from=builder /root/.cache/Cypress /root/.cache/Cypress'),
    rule: 'lost-path',
  },
  {
    name: 'what is served is not copied',
    fixture: 'node/built-directory-served',
    change: without('COPY --from=builder /site/build /site/build'),
    rule: 'lost-path',
  },
  {
    name: 'the sources are not what is served',
    fixture: 'node/built-directory-served',
    change: instead('COPY --from=builder /site/build /site/build', 'COPY --from=builder /site/src /site/src'),
    rule: 'lost-path',
  },
  {
    name: 'of a project that runs nothing stays behind',
    fixture: 'node/pruned-in-a-later-layer',
    change: instead('COPY --from=builder /app /app', 'COPY --from=builder /app/dist /app/dist'),
    rule: 'lost-path',
  },
  {
    name: 'a module that pip found there',
    fixture: 'python/distribution-python',
    change: instead(' python3-setuptools', ''),
    rule: 'missing-library',
  },
  {
    name: 'a directory of its own owner, made by COPY',
    fixture: 'structure/volume-and-owner',
    change: instead('--chown=app:app /app/venv', '/app/venv'),
    rule: 'owner',
  },
  {
    name: 'a package by a name that the release does not know',
    fixture: 'python/older-release',
    change: instead('mime-support', 'media-types'),
    rule: 'unknown-package',
  },
  {
    name: 'a pattern that is looked up in another directory',
    fixture: 'structure/pattern-in-a-directory',
    change: instead(' && cd /build/src', ''),
    rule: 'lost-path',
  },
  {
    name: 'modules of one of two versions',
    fixture: 'python/two-pythons',
    change: instead(
      'COPY --from=builder /usr/local/lib /usr/local/lib',
      'COPY --from=builder /usr/local/lib/python3.5/dist-packages /usr/local/lib/python3.5/dist-packages',
    ),
    rule: 'lost-path',
  },
  {
    name: 'the loader does not learn of installed libraries',
    fixture: 'structure/loader-cache',
    change: without('RUN ldconfig'),
    rule: 'missing-ldconfig',
  },
  {
    name: 'the loader learns of libraries before they come',
    fixture: 'structure/loader-cache',
    change: (text) =>
      text.replace('\nRUN ldconfig', '').replace('COPY --from=builder', 'RUN ldconfig\nCOPY --from=builder'),
    rule: 'missing-ldconfig',
  },
  {
    name: 'a lost tool that runs the program',
    fixture: 'python/uv-runs-the-program',
    change: without('COPY --from=builder /root/.local'),
    rule: 'missing-executable',
  },
  {
    name: 'a lost interpreter that uv brought',
    fixture: 'python/uv-brings-its-python',
    change: without('COPY --from=builder /root/.local/share/uv/python'),
    rule: 'lost-path',
  },
  { name: 'a lost ENV', fixture: 'python/uv-sync', change: without('ENV UV_PYTHON_DOWNLOADS'), rule: 'missing-env' },
  { name: 'a lost PATH', fixture: 'python/user-install', change: without('ENV PATH='), rule: 'changed-env' },
  {
    name: 'an ENV with another value',
    fixture: 'python/user-install',
    change: instead('.local/bin:$PATH', '.local/sbin:$PATH'),
    rule: 'changed-env',
  },
  {
    name: 'an ENV nobody asked for',
    fixture: 'python/full-to-slim',
    change: before('USER nobody', 'ENV DEBUG=1'),
    rule: 'added-env',
  },
  { name: 'a lost WORKDIR', fixture: 'python/full-to-slim', change: without('WORKDIR /app'), rule: 'workdir' },
  {
    name: 'another WORKDIR',
    fixture: 'python/full-to-slim',
    change: instead('WORKDIR /app', 'WORKDIR /srv'),
    rule: 'workdir',
  },
  { name: 'a lost USER', fixture: 'python/full-to-slim', change: without('USER nobody'), rule: 'user' },
  { name: 'a wrong user', fixture: 'python/full-to-slim', change: instead('USER nobody', 'USER daemon'), rule: 'user' },
  { name: 'a lost CMD', fixture: 'python/full-to-slim', change: without('CMD ['), rule: 'cmd' },
  {
    name: 'a CMD in shell form',
    fixture: 'python/compiler-on-slim-unread',
    change: instead('CMD ["python", "main.py"]', 'CMD python main.py'),
    rule: 'cmd',
  },
  {
    name: 'a lost ENTRYPOINT',
    fixture: 'python/entry-script-read',
    change: without('ENTRYPOINT ['),
    rule: 'entrypoint',
  },
  { name: 'a lost EXPOSE', fixture: 'python/compiler-on-slim', change: without('EXPOSE 8000'), rule: 'expose' },
  {
    name: 'a lost HEALTHCHECK',
    fixture: 'python/compiler-on-slim',
    change: without('HEALTHCHECK'),
    rule: 'healthcheck',
  },
  { name: 'a lost VOLUME', fixture: 'structure/volume-and-owner', change: without('VOLUME ['), rule: 'volume' },
  { name: 'a lost LABEL', fixture: 'structure/argument-used-later', change: without('LABEL version'), rule: 'label' },
  {
    name: 'a build argument that is not declared again',
    fixture: 'structure/argument-used-later',
    change: without('ARG VERSION=dev'),
    rule: 'label',
  },
  { name: 'a missing library', fixture: 'python/compiler-on-slim', change: without('libpq5'), rule: 'missing-library' },
  {
    name: 'the library of another release',
    fixture: 'structure/heredoc-run',
    change: instead('libldap-2.5-0', 'libldap-2.4-2'),
    rule: 'missing-library',
  },
  {
    name: 'a library that a dependency loads',
    fixture: 'python/full-to-slim-library',
    change: instead('libmariadb3 ', ''),
    rule: 'missing-library',
  },
  {
    name: 'a dropped package',
    fixture: 'python/semicolons-with-set-e',
    change: instead(' libmagic1', ''),
    rule: 'lost-package',
  },
  {
    name: 'a command of the health check',
    fixture: 'python/full-to-slim-health-check',
    change: instead('recommends curl', 'recommends'),
    rule: 'missing-executable',
  },
  {
    name: 'an interpreter that a leaving package brought',
    fixture: 'python/distribution-python',
    change: (text) => instead('python3 python3-setuptools python3-distutils python3-pkg-resources ', '')(text),
    rule: 'missing-executable',
  },
  {
    name: 'certificates that a leaving package brought',
    fixture: 'python/distribution-python',
    change: (text) =>
      text.slice(0, text.lastIndexOf('RUN apt-get')) + text.slice(text.lastIndexOf('COPY requirements')),
    rule: 'missing-certificates',
  },
  {
    name: 'another release',
    fixture: 'python/full-to-slim-library',
    change: instead('python:3.11-slim-bookworm', 'python:3.11-slim-bullseye'),
    rule: 'release',
  },
  {
    name: 'another libc',
    fixture: 'python/full-to-slim-library',
    change: instead('python:3.11-slim-bookworm', 'python:3.11-alpine'),
    rule: 'release',
  },
  {
    name: 'another Python',
    fixture: 'python/full-to-slim-library',
    change: instead('python:3.11-slim-bookworm', 'python:3.12-slim-bookworm'),
    rule: 'interpreter-version',
  },
  {
    name: 'a base without Python',
    fixture: 'python/virtual-environment',
    change: instead('python:3.11-slim-bookworm', 'debian:bookworm-slim'),
    rule: 'interpreter-version',
  },
  {
    name: 'a base nobody knows',
    fixture: 'python/full-to-slim',
    change: instead('python:3.12-slim', 'example.com/team/runtime:1'),
    rule: 'unknown-base',
  },
  {
    name: 'another base for the builder',
    fixture: 'python/full-to-slim',
    change: (text) => text.replace('FROM python:3.12 AS', 'FROM python:3.13 AS'),
    rule: 'builder-base',
  },
  { name: 'lost modules', fixture: 'python/full-to-slim', change: without('site-packages'), rule: 'lost-path' },
  { name: 'lost scripts', fixture: 'python/full-to-slim', change: without('/usr/local/bin'), rule: 'lost-path' },
  {
    name: 'modules at another path',
    fixture: 'python/virtual-environment',
    change: instead('/opt/venv /opt/venv', '/opt/venv /venv'),
    rule: 'lost-path',
  },
  {
    name: 'a part of a tree',
    fixture: 'python/virtual-environment',
    change: instead('/opt/venv /opt/venv', '/opt/venv/lib /opt/venv/lib'),
    rule: 'lost-path',
  },
  {
    name: 'a copy from nowhere',
    fixture: 'python/virtual-environment',
    change: before('COPY --from', 'COPY --from=builder /opt/nothing /opt/nothing'),
    rule: 'missing-source',
  },
  {
    name: 'the application is not copied',
    fixture: 'python/full-to-slim',
    change: without('COPY . .'),
    rule: 'lost-path',
  },
  {
    name: 'the sources of the context over the result of the build',
    fixture: 'python/editable-install',
    change: before('RUN useradd', 'COPY . /app'),
    rule: 'added-command',
  },
  {
    name: 'a directory of the build is missing',
    fixture: 'python/editable-install',
    change: instead('COPY --from=builder /app /app', 'COPY . .'),
    rule: 'lost-path',
  },
  { name: 'a download is lost', fixture: 'structure/download', change: without('/usr/local/bin'), rule: 'lost-path' },
  {
    name: 'a dropped command of the builder',
    fixture: 'python/full-to-slim',
    change: (text) => text.replace('RUN pip install -r requirements.txt\n', ''),
    rule: 'lost-command',
  },
  {
    name: 'a dropped command of a chain',
    fixture: 'python/shell-state',
    change: instead(' && ln -s /app/config.yml current.yml', ''),
    rule: 'lost-path',
  },
  {
    name: 'a command that runs in another directory',
    fixture: 'python/shell-state',
    change: instead(' && cd /app', ''),
    rule: 'added-command',
  },
  {
    name: 'a lost variable of the shell',
    fixture: 'python/shell-state',
    change: instead('export TARGET=/app/run && ', ''),
    rule: 'added-command',
  },
  {
    name: 'a command that was not in the file',
    fixture: 'python/full-to-slim',
    change: before('USER nobody', 'RUN pip install gunicorn'),
    rule: 'added-command',
  },
  {
    name: 'a build command in the builder that was not in the file',
    fixture: 'python/full-to-slim',
    change: (text) => text.replace('COPY requirements.txt .\n', 'COPY requirements.txt .\nRUN pip install wheel\n'),
    rule: 'added-command',
  },
  {
    name: 'a build tool in the last stage',
    fixture: 'python/compiler-on-slim-unread',
    change: instead('install -y --no-install-recommends ', 'install -y --no-install-recommends cmake '),
    rule: 'added-build-tool',
  },
  {
    name: 'a user that is not created',
    fixture: 'python/mixed-chain',
    change: instead(' && groupadd -g 500 app && useradd -u 500 -g app app', ''),
    rule: 'lost-user',
  },
  {
    name: 'a user with another number',
    fixture: 'python/mixed-chain',
    change: instead('useradd -u 500', 'useradd -u 501'),
    rule: 'user-number',
  },
  {
    name: 'a chown that is gone',
    fixture: 'python/mixed-chain',
    change: instead(' && chown app:app /data', ''),
    rule: 'lost-path',
  },
  {
    name: 'another owner',
    fixture: 'python/user-install',
    change: instead('COPY --chown=app:app . .', 'COPY . .'),
    rule: 'owner',
  },
  {
    name: 'the directory of a user belongs to root',
    fixture: 'python/user-install',
    change: instead('--chown=app:app /home/app/.local', '/home/app/.local'),
    rule: 'owner',
  },
  {
    name: 'a blanket --chown',
    fixture: 'python/full-to-slim',
    change: instead('--from=builder /usr/local/bin', '--from=builder --chown=nobody /usr/local/bin'),
    rule: 'owner',
  },
  {
    name: 'a system file that is not edited',
    fixture: 'structure/system-files',
    change: instead("sed -i 's/^# alias/alias/' /root/.bashrc && ", ''),
    rule: 'lost-path',
  },
  {
    name: 'a deleted file is back',
    fixture: 'structure/system-files',
    change: instead(' && rm -f /etc/motd', ''),
    rule: 'returns',
  },
  { name: 'a time zone is lost', fixture: 'structure/system-files', change: without('zoneinfo'), rule: 'lost-path' },
  {
    name: 'collectstatic does not run',
    fixture: 'python/django-static-files',
    change: without('collectstatic'),
    rule: 'lost-command',
  },
  {
    name: 'a tool that comes after its use',
    fixture: 'python/poetry-system',
    change: (text) =>
      before(
        'COPY --from=builder /usr/local/lib',
        'RUN poetry config virtualenvs.create false',
      )(without('RUN poetry config')(text)),
    rule: 'missing-build-tool',
  },
  {
    name: 'a lost comment',
    fixture: 'structure/comments-inside',
    change: (text) => text.replace('# the slow part\n', ''),
    rule: 'lost-comment',
  },
  {
    name: 'a changed text',
    fixture: 'python/full-to-slim',
    change: (text) => text.replace('RUN pip install -r', 'RUN  pip install  -r'),
    rule: 'changed-text',
  },
  {
    name: 'the name of the stage',
    fixture: 'structure/alias-stays-last',
    change: instead(' AS web', ' AS runtime'),
    rule: 'lost-alias',
  },
  {
    name: 'a stage that nobody reaches',
    fixture: 'python/full-to-slim',
    change: (text) =>
      text.replace(
        'FROM python:3.12 AS builder',
        'FROM python:3.12 AS tests\nRUN pip check\n\nFROM python:3.12 AS builder',
      ),
    rule: 'unreachable-stage',
  },
  {
    name: 'text that does not parse',
    fixture: 'python/full-to-slim',
    change: instead('USER nobody', 'USRE nobody'),
    rule: 'syntax',
  },
];

describe('a wrong split', () => {
  for (const { name, fixture, from, change, rule } of cases) {
    it(`${name}: ${rule}`, () => {
      const original = (from ?? String)(readFileSync(`${fixtures}${fixture}/before.Dockerfile`, 'utf8'));
      const right = readFileSync(`${fixtures}${fixture}/after.Dockerfile`, 'utf8');
      const context = folderContext(`${fixtures}${fixture}/context`);
      const wrong = change(right);
      expect(wrong).not.toBe(right);
      if (from === undefined) expect(judge(original, right, context)).toEqual([]);
      const violations = judge(original, wrong, context);
      expect(violations.map((one) => one.rule)).toContain(rule);
    });
  }
});

/** Splits by hand of files that are refused (`wrong.Dockerfile` beside them). */
const refused: readonly (readonly [fixture: string, rule: string])[] = [
  ['make-install-anywhere', 'missing-executable'],
  ['configured-outside', 'lost-path'],
  ['works-in-tmp', 'missing-input'],
  ['asks-first', 'asks-first'],
];

describe('a wrong split of a file that is refused', () => {
  for (const [fixture, rule] of refused) {
    it(`${fixture}: ${rule}`, () => {
      const original = readFileSync(`${fixtures}refused/${fixture}/before.Dockerfile`, 'utf8');
      const wrong = readFileSync(`${fixtures}refused/${fixture}/wrong.Dockerfile`, 'utf8');
      expect(judge(original, wrong, undefined).map((one) => one.rule)).toContain(rule);
    });
  }
});
