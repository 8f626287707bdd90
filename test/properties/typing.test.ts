import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import type { Analysis } from '../../server/src/engine/model/analysis.ts';
import type { Stage } from '../../server/src/engine/model/dockerfile.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { simulate, simulateAfter } from '../../server/src/engine/simulate/index.ts';
import type { ImageState, Simulation } from '../../server/src/engine/model/state.ts';
import type { Trace } from '../../server/src/engine/simulate/resume.ts';
import { engine, fileFacts } from '../engine/engine.ts';
import { dockerfile } from './dockerfiles.ts';

/** Edits as an editor sends them: some text in, some out, at a place given as a fraction of the text. */
const edit = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true }),
  remove: fc.constantFrom(0, 0, 1, 3, 40),
  insert: fc.constantFrom(
    '',
    'x',
    ' ',
    '\n',
    '\\\n',
    '# note\n',
    'RUN apt-get install -y gcc\n',
    'USER app\n',
    '<<EOF',
  ),
});

/** All that two simulations say, lists in their order, and what is found by path. */
function expectSame(now: Simulation, fresh: Simulation): void {
  expect(now.atoms).toEqual(fresh.atoms);
  expect(now.wants).toEqual(fresh.wants);
  expect(now.stages.map(({ index, name, uses }) => ({ index, name, uses }))).toEqual(
    fresh.stages.map(({ index, name, uses }) => ({ index, name, uses })),
  );
  for (const [at, stage] of fresh.stages.entries()) expectSameState(now.stages[at]?.state as ImageState, stage.state);
}

function expectSameState(is: ImageState, was: ImageState): void {
  expect({ ...is, writes: is.writes.all }).toEqual({ ...was, writes: was.writes.all });
  expect([...is.config.label.keys()]).toEqual([...was.config.label.keys()]);
  for (const { path } of was.writes.all) {
    expect(is.writes.index.exactly(path)).toEqual(was.writes.index.exactly(path));
    expect(is.writes.index.below(path)).toEqual(was.writes.index.below(path));
  }
}

/** Whether the last command of the file was executed again after an edit at `place`; `undefined`: it is not below it. */
function isExecutedAgain(now: Trace, last: Trace | undefined, place: number): boolean | undefined {
  const [a, b] = [now, last].map((one) => one?.simulation.atoms.findLast(({ effect }) => effect.roles.has('setup')));
  return a === undefined || a.span.start <= place ? undefined : a.effect.writes !== b?.effect.writes;
}

describe('while somebody types', () => {
  it('an analysis that goes on from the last one says the same as a fresh one', () => {
    let resumed = 0;
    fc.assert(
      fc.property(dockerfile, fc.array(edit, { minLength: 2, maxLength: 6 }), (start, edits) => {
        let text = start;
        let last: Analysis = engine.analyse(text, defaultSettings, undefined);
        for (const one of edits) {
          const at = Math.floor(one.at * text.length);
          const before = text;
          const once = text.slice(0, at) + one.insert + text.slice(at + one.remove);
          // Twice at the same place, and back: each keystroke goes on from where the last one stopped.
          for (const typed of [once, `${once.slice(0, at)}y${once.slice(at)}`, before, once]) {
            text = typed;
            const now = engine.analyse(text, defaultSettings, undefined, last);
            const fresh = engine.analyse(text, defaultSettings, undefined);
            expect(now.findings).toEqual(fresh.findings);
            expect(now.status).toBe(fresh.status);
            expect(now.reasons).toEqual(fresh.reasons);
            expect(now.wants).toEqual(fresh.wants);
            expect(now.tiers).toEqual(fresh.tiers);
            if (now.status === 'split') resumed++;
            last = now;
          }
        }
      }),
      { numRuns: 150 },
    );
    expect(resumed).toBeGreaterThan(5);
  });

  it('what stands below an edited command is taken over where nothing there looks at what it wrote', () => {
    const facts = new Facts(fileFacts);
    const written = fc.constantFrom(
      'RUN mkdir -p /srv/a /srv/b && chmod 0750 /srv/a',
      'RUN mkdir -p /app && touch /app/x',
      'RUN cp -r /usr/share/doc /srv/doc && rm -rf /srv/doc',
      'RUN cd /srv && touch here',
      'RUN make -C /srv/src && make -C /srv/src install',
      'RUN git clone https://example.org/x.git /srv/x',
      'RUN ./configure --prefix=/srv',
      'RUN useradd -m app',
      'RUN --mount=type=cache,target=/srv/cache touch /srv/cache/x',
      'RUN pip install -r /srv/requirements.txt',
      'COPY --chown=app x /srv/',
      'COPY requirements.txt /app/',
      'ADD https://example.org/x.tgz /tmp/',
      'WORKDIR /srv/work',
      'ENV HOME=/srv',
    );
    // What a command below would look at, as well as what it would not.
    const looks = fc.constantFrom(
      '',
      'COPY y /srv/a',
      'RUN chown -R app /srv',
      'RUN cp -r /srv /opt/srv',
      'COPY . .',
      'RUN pip install /srv/x',
      'RUN cat *.txt >> /srv/a/all',
      'RUN apt-get update && apt-get install -y git',
    );
    let taken = 0;
    let lower = 0;
    fc.assert(
      fc.property(
        dockerfile,
        written,
        looks,
        fc.integer({ min: 0, max: 20 }),
        fc.nat(12),
        (start, line, look, where, at) => {
          const { instructions } = parseDockerfile(start).stages[0] as Stage;
          const next = instructions[where % instructions.length]?.span.start ?? 0;
          const head = start.slice(0, next) + line;
          const tail = `\n${look}\n${start.slice(next)}`;
          const place = Math.max(next + 5, head.length - at);
          const texts = [
            '',
            'x',
            'xy',
            '',
            '/',
            ' ',
            '/x y',
            ' && touch /opt/z',
            '; cd /opt',
            ' || true',
            '',
            '\\\n',
            'x',
            '',
          ];
          let last: Trace | undefined;
          for (const typed of texts) {
            const file = parseDockerfile(head.slice(0, place) + typed + head.slice(place) + tail);
            if (file.stages.length !== 1 || file.problems.some(({ fatal }) => fatal)) continue;
            const now = simulateAfter(file, facts, undefined, last);
            const fresh = simulate(file, facts, undefined);
            expectSame(now.simulation, fresh);
            const again = isExecutedAgain(now, last, place);
            if (again !== undefined) lower++;
            if (again === false) taken++;
            last = now;
          }
        },
      ),
      { numRuns: 100 },
    );
    expect(taken).toBeGreaterThan(lower / 5);
    expect(taken).toBeLessThan(lower);
    expect(lower).toBeGreaterThan(50);
  });

  it('what a command below reads of the words that wrote a file is seen', () => {
    const facts = new Facts(fileFacts);
    const before = 'FROM python:3.12-bookworm\nRUN printf "[install]\\n';
    let last: Trace | undefined;
    for (const typed of ['', 't', 'ti', 'timeout = 9', 'target = /opt', 'target = /opt/x', '']) {
      const file = parseDockerfile(`${before}${typed}" > /etc/pip.conf\nRUN pip install flask\nRUN touch /srv/x\n`);
      const now = simulateAfter(file, facts, undefined, last);
      expectSame(now.simulation, simulate(file, facts, undefined));
      last = now;
    }
  });

  it('what stands below a word that no command can see is moved, and is what a fresh simulation says', () => {
    const facts = new Facts(fileFacts);
    const quiet = fc.constantFrom(
      '# note',
      'LABEL a="b" c=d',
      'EXPOSE 80',
      'STOPSIGNAL SIGINT',
      'MAINTAINER me',
      'LABEL v=$A',
    );
    let moved = 0;
    let lower = 0;
    fc.assert(
      fc.property(dockerfile, quiet, fc.integer({ min: 0, max: 20 }), fc.nat(8), (start, line, where, at) => {
        const { instructions } = parseDockerfile(start).stages[0] as Stage;
        const next = instructions[where % instructions.length]?.span.start ?? 0;
        const head = start.slice(0, next) + line;
        const tail = `\n${start.slice(next)}`;
        const place = Math.max(next, head.length - at);
        const texts = ['', 'x', 'xy', '', ' ', '#', '$A', 'x', '\n', '\nRUN make', 'x', '', '\\\n', 'x', ''];
        let last: Trace | undefined;
        for (const typed of texts) {
          const file = parseDockerfile(head.slice(0, place) + typed + head.slice(place) + tail);
          if (file.stages.length !== 1 || file.problems.some(({ fatal }) => fatal)) continue;
          const now = simulateAfter(file, facts, undefined, last);
          const fresh = simulate(file, facts, undefined);
          expectSame(now.simulation, fresh);
          const again = isExecutedAgain(now, last, place);
          if (again !== undefined) lower++;
          if (again === false) moved++;
          last = now;
        }
      }),
      { numRuns: 150 },
    );
    expect(moved).toBeGreaterThan(lower / 4);
    expect(lower).toBeGreaterThan(50);
  });

  it('stages are taken over where an edit in one of them, or the same in several, is none of theirs', () => {
    const facts = new Facts(fileFacts);
    // What stages say of one another, beside what a split has of it.
    const stages = fc.constantFrom(
      '',
      '\nFROM alpine AS tools\nRUN touch /tools\n',
      '\nFROM debian:bookworm AS last\nLABEL a=b\nCOPY --from=builder /srv/a /srv/\nRUN cp /srv/a /srv/b\n',
      '\nFROM builder AS more\nARG A\nRUN --mount=type=bind,from=0,target=/x cp -r /x/app /opt/app\nUSER $A\n',
      '\nFROM debian:bookworm\nCOPY --from=0 /app /app\nCOPY --from=builder /opt /opt\nRUN chmod -R a+r /app\n',
    );
    const line = fc.constantFrom(
      'LABEL a="b"',
      'EXPOSE 80',
      'RUN mkdir -p /srv/a',
      'RUN touch /app/x',
      'ENV HOME=/srv',
      'COPY x /srv/',
      'RUN apt-get update && apt-get install -y git',
      '# note',
    );
    let taken = 0;
    let all = 0;
    fc.assert(
      fc.property(
        dockerfile,
        stages,
        line,
        fc.nat(40),
        fc.nat(8),
        fc.boolean(),
        (start, more, own, where, at, twice) => {
          const split = engine
            .analyse(start, defaultSettings, undefined)
            .tiers.find((tier) => tier.split !== undefined);
          if (split?.split === undefined) return;
          const text = split.split.text + more;
          const { instructions } = parseDockerfile(text);
          const chosen = instructions.filter(({ kind }) => kind !== 'from');
          const { span } = chosen[where % chosen.length] as (typeof chosen)[number];
          const words = text.slice(span.start, span.end);
          const next = (typed: string): string => {
            const edited = own.slice(0, Math.max(1, own.length - at)) + typed + own.slice(Math.max(1, own.length - at));
            return twice
              ? text.split(`\n${words}\n`).join(`\n${edited}\n${words}\n`)
              : `${text.slice(0, span.start)}${edited}\n${text.slice(span.start)}`;
          };
          let last: Trace | undefined;
          for (const typed of [
            '',
            'x',
            'xy',
            '',
            '/',
            ' ',
            ' && touch /opt/z',
            '$A',
            '',
            '\n',
            '\nFROM scratch\n',
            'x',
            '',
          ]) {
            const file = parseDockerfile(next(typed));
            if (file.problems.some(({ fatal }) => fatal)) continue;
            const now = simulateAfter(file, facts, undefined, last);
            expectSame(now.simulation, simulate(file, facts, undefined));
            for (const [index, { state }] of now.simulation.stages.entries()) {
              const was = last?.simulation.stages[index]?.state;
              if (was === undefined || state.writes.all.length === 0) continue;
              all++;
              if (was.writes === state.writes) taken++;
            }
            last = now;
          }
        },
      ),
      { numRuns: 60 },
    );
    expect(taken).toBeGreaterThan(all / 4);
    expect(taken).toBeLessThan(all);
    expect(all).toBeGreaterThan(200);
  });
});
