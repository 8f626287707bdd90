/**
 * Generated Dockerfiles of the kind people write: every part is chosen at random,
 * the whole builds more or less. Layouts vary, since the text that stays must stay.
 */
import fc from 'fast-check';

const bases = fc.constantFrom(
  'python:3.12-slim-bookworm',
  'python:3.12-bookworm',
  'python:3.11',
  'python:3',
  'python:3.9-slim',
  'debian:bookworm-slim',
  'ubuntu:22.04',
  'registry.example.com/library/python:3.12',
  'python:3.12-slim@sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef',
);
const buildPackages = fc.constantFrom(
  'build-essential',
  'gcc',
  'g++',
  'libpq-dev',
  'libffi-dev',
  'libxml2-dev',
  'python3-dev',
  'make',
  'pkg-config',
  'gfortran',
  'libopenblas-dev',
);
const runPackages = fc.constantFrom(
  'curl',
  'git',
  'ffmpeg',
  'libmagic1',
  'tzdata',
  'nginx',
  'postgresql-client',
  'gosu',
  'vim-tiny',
  'ca-certificates',
  'procps',
);

/** An apt-get line in one of several layouts. */
const aptLine = fc
  .record({
    build: fc.uniqueArray(buildPackages, { minLength: 1, maxLength: 3 }),
    run: fc.uniqueArray(runPackages, { maxLength: 3 }),
    recommends: fc.boolean(),
    layout: fc.constantFrom('one', 'lines', 'comments', 'semicolons', 'separate'),
    clean: fc.boolean(),
  })
  .map(({ build, run, recommends, layout, clean }) => {
    const flags = recommends ? '-y' : '-y --no-install-recommends';
    const names = [...build, ...run];
    const tail = clean ? ' && rm -rf /var/lib/apt/lists/*' : '';
    switch (layout) {
      case 'lines':
        return `RUN apt-get update && apt-get install ${flags} \\\n${names.map((name) => `    ${name} \\\n`).join('')} ${clean ? '&& rm -rf /var/lib/apt/lists/*' : '&& true'}`;
      case 'comments':
        return `RUN apt-get update \\\n    # for the build\n && apt-get install ${flags} ${build.join(' ')} \\\n    # for the run\n      ${run.join(' ')}${tail}`;
      case 'semicolons':
        return `RUN set -eux; apt-get update; apt-get install ${flags} ${names.join(' ')}${clean ? '; rm -rf /var/lib/apt/lists/*' : ''}`;
      case 'separate':
        return `RUN apt-get update\nRUN apt-get install ${flags} ${names.join(' ')}`;
      default:
        return `RUN apt-get update && apt-get install ${flags} ${names.join(' ')}${tail}`;
    }
  });

const install = fc.constantFrom(
  'COPY requirements.txt .\nRUN pip install --no-cache-dir -r requirements.txt',
  'RUN pip install flask gunicorn psycopg2',
  'COPY . .\nRUN pip install .',
  'COPY . .\nRUN pip install -e .',
  'ADD requirements.txt /tmp/\nRUN pip install -r /tmp/requirements.txt && rm /tmp/requirements.txt',
  'RUN python -m venv /opt/venv\nENV PATH=/opt/venv/bin:$PATH\nCOPY requirements.txt ./\nRUN pip install -r requirements.txt',
  'COPY pyproject.toml poetry.lock ./\nRUN pip install poetry && poetry config virtualenvs.create false && poetry install --no-root',
  'COPY requirements.txt .\nRUN --mount=type=cache,target=/root/.cache/pip pip install -r requirements.txt',
  'COPY . /src\nRUN cd /src && ./configure --prefix=/opt/tool && make && make install && rm -rf /src',
  'COPY Pipfile Pipfile.lock ./\nRUN pip install pipenv && pipenv install --system --deploy',
);

const extra = fc.constantFrom(
  'ENV PYTHONUNBUFFERED=1',
  'ENV APP_HOME=/app LANG=C.UTF-8',
  'ARG VERSION=1.0\nLABEL version=$VERSION',
  'RUN mkdir -p /data && chmod 0700 /data',
  'RUN groupadd -r app && useradd -r -g app app',
  'RUN useradd -m -u 10001 app && chown -R app /app',
  'RUN ln -sf /usr/share/zoneinfo/UTC /etc/localtime',
  'RUN curl -fsSL -o /usr/local/bin/tool https://example.com/tool && chmod +x /usr/local/bin/tool',
  'RUN git clone https://example.com/repo.git /opt/repo',
  'RUN echo "setting" > /etc/app.conf',
  'RUN ./prepare.sh',
  'RUN python manage.py collectstatic --noinput',
  'RUN sed -i s/a/b/ /etc/hosts.allow',
  'VOLUME /data',
  'EXPOSE 8000',
  '# a comment of its own',
  'RUN rm -rf /tmp/* /root/.cache',
  'HEALTHCHECK CMD curl -f http://localhost/ || exit 1',
  'RUN <<EOF\nset -e\nmkdir -p /srv/data\nchown 1000:1000 /srv/data\nEOF',
  'STOPSIGNAL SIGINT',
  'RUN export A=1 && cd /opt && mkdir -p $A',
  'SHELL ["/bin/bash", "-euo", "pipefail", "-c"]',
);

const last = fc.constantFrom(
  'CMD ["python", "main.py"]',
  'CMD ["gunicorn", "app:app"]',
  'ENTRYPOINT ["/entrypoint.sh"]\nCMD ["serve"]',
  'CMD exec gunicorn --bind :$PORT app:app',
  'CMD ["bash"]',
  'USER nobody\nCMD ["python", "main.py"]',
  'ENTRYPOINT ["tini", "--"]\nCMD ["python", "main.py"]',
  'CMD make run',
);

/** A whole file; line ends, casing and the place of each part vary. */
export const dockerfile: fc.Arbitrary<string> = fc
  .record({
    head: fc.constantFrom('', '# syntax=docker/dockerfile:1\n', '# the service\n\n', 'ARG TAG=3.12\n'),
    base: bases,
    alias: fc.constantFrom('', ' AS web', ' AS builder'),
    before: fc.array(extra, { maxLength: 3 }),
    apt: fc.option(aptLine, { freq: 5 }),
    workdir: fc.constantFrom('WORKDIR /app', 'WORKDIR /srv/app', 'WORKDIR /'),
    install: fc.option(install, { freq: 8 }),
    copy: fc.constantFrom('COPY . .', 'COPY src ./src', 'ADD . /app', 'COPY --chown=1000:1000 . .', ''),
    after: fc.array(extra, { maxLength: 3 }),
    last,
    crlf: fc.boolean(),
    lower: fc.boolean(),
  })
  .map(({ head, base, alias, before, apt, workdir, install: build, copy, after, last: end, crlf, lower }) => {
    const parts = [`${head}FROM ${base}${alias}`, ...before, apt ?? '', workdir, build ?? '', copy, ...after, end, ''];
    let text = parts.filter((part, at) => part !== '' || at === parts.length - 1).join('\n');
    if (lower) text = text.replace(/^(FROM|RUN|COPY|WORKDIR|ENV|CMD)\b/gm, (word) => word.toLowerCase());
    return crlf ? text.replace(/\n/g, '\r\n') : text;
  });

/** A file with a piece deleted, doubled or replaced: what stands in an editor while somebody types. */
export const mutated: fc.Arbitrary<string> = fc
  .tuple(
    dockerfile,
    fc.nat(),
    fc.nat({ max: 40 }),
    fc.constantFrom('', '\\', '"', '&&', '\n', '<<EOF\n', '{{ x }}', '$', '\u0000', '`', '#', ' \\\n'),
  )
  .map(([text, at, length, piece]) => {
    const start = at % (text.length + 1);
    return text.slice(0, start) + piece + text.slice(start + length);
  });
