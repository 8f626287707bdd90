/** A Dockerfile with about that many lines that has something to split: what people write, repeated. */
export function dockerfile(lines) {
  const head = [
    'FROM python:3.12-slim-bookworm',
    'ENV PYTHONUNBUFFERED=1 \\',
    '    PIP_NO_CACHE_DIR=1',
    'WORKDIR /app',
    'RUN apt-get update && apt-get install -y --no-install-recommends \\',
    '      build-essential \\',
    '      libpq-dev \\',
    '    && rm -rf /var/lib/apt/lists/*',
    'COPY requirements.txt .',
    'RUN pip install -r requirements.txt',
  ];
  const tail = [
    'COPY . .',
    'RUN useradd --system --uid 10001 app',
    'USER app',
    'EXPOSE 8000',
    'CMD ["gunicorn", "app:app"]',
  ];
  const body = [];
  for (let block = 0; head.length + body.length + tail.length < lines; block++) {
    body.push(
      `# settings of part ${block}`,
      `ENV PART_${block}_HOME=/app/part${block} \\`,
      `    PART_${block}_LEVEL=info`,
      `COPY part${block}/ ./part${block}/`,
      `RUN mkdir -p /app/data/part${block} \\`,
      `    && chmod 0755 /app/data/part${block} \\`,
      `    && echo "part ${block}" > /app/data/part${block}/name`,
      `LABEL com.example.part${block}="yes"`,
      `RUN pip install -r part${block}/requirements.txt`,
      '',
    );
  }
  body.length = Math.max(0, lines - head.length - tail.length);
  // A cut block must not end in a continuation.
  while (body.at(-1)?.endsWith('\\')) body[body.length - 1] = '';
  return `${[...head, ...body, ...tail].join('\n')}\n`;
}
