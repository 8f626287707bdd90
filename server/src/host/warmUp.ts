/**
 * Runs the engine on a small file while nobody waits for it, so that the first
 * keystrokes in a long file meet code that the JIT compiler has already seen.
 */
import type { Analysis, Engine } from '../engine/model/analysis.ts';
import { defaultSettings } from '../engine/settings.ts';

/** Processor time in all, and at most in one go, in milliseconds: a keystroke never waits longer than one go. */
const budget = 600;
const go = 4;
/** Between two goes the queue of messages is looked at. */
const pause = 8;

/** What people write, a little of each kind; the parts in the middle a few times over. */
const head = `FROM python:3.12-slim-bookworm
ARG EXTRA=""
ENV PYTHONUNBUFFERED=1 \\
    APP_HOME=/srv/app
WORKDIR $APP_HOME
# compilers for the wheels
RUN apt-get update && apt-get install -y --no-install-recommends \\
      build-essential \\
      libpq-dev \\
    && rm -rf /var/lib/apt/lists/*
COPY requirements.txt ./
RUN pip install --no-cache-dir -r requirements.txt $EXTRA
COPY package.json package-lock.json ./
`;
const part = `COPY . .
RUN mkdir -p /srv/data && chmod 0755 /srv/data && echo ready > /srv/data/state
RUN useradd --system --uid 10001 app && chown -R app:app /srv/data
LABEL org.example.part="one"
`;
const tail = `USER app
EXPOSE 8000
HEALTHCHECK CMD ["python", "-c", "print(1)"]
CMD ["gunicorn", "app:app"]
`;
const sample = head + part.repeat(10) + tail;

/** Begins soon and ends by itself. Returns how to stop it. `clock` gives milliseconds. */
export function warmUp(engine: Engine, clock: () => number = () => performance.now()): () => void {
  let spent = 0;
  let count = 0;
  let timer = setTimeout(step, pause);
  let previous: Analysis | undefined;
  function step(): void {
    const start = clock();
    do {
      previous = once(engine, count++, previous);
    } while (clock() - start < go);
    spent += clock() - start;
    if (spent < budget) timer = setTimeout(step, pause);
  }
  return () => {
    clearTimeout(timer);
  };
}

/** One analysis as after a keystroke, with what an editor asks for next. */
function once(engine: Engine, count: number, previous: Analysis | undefined): Analysis {
  const at = Math.floor(sample.length / 2);
  const text = `${sample.slice(0, at)}${count % 2 === 0 ? '' : ' '}${sample.slice(at)}`;
  const analysis = engine.analyse(text, defaultSettings, undefined, count % 4 === 0 ? undefined : previous);
  void analysis.findings;
  if (count % 4 === 0) void analysis.tiers;
  if (count % 8 === 0) engine.hover(analysis, text.indexOf('build-essential'));
  return analysis;
}
