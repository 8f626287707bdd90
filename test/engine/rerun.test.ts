import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { undoingIn } from '../../server/src/engine/demand/rerun.ts';
import { Facts } from '../../server/src/engine/facts/index.ts';
import { isBelow } from '../../server/src/engine/model/path.ts';
import type { Atom } from '../../server/src/engine/model/state.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { directoryOf } from '../../server/src/engine/simulate/keys.ts';
import { fileFacts } from './engine.ts';

const facts = new Facts(fileFacts);

function atomsOf(...lines: readonly string[]): readonly Atom[] {
  const file = parseDockerfile(['FROM node:22-bookworm', ...lines, ''].join('\n'));
  return simulate(file, facts, undefined).atoms;
}

const directory = fc.constantFrom('/app', '/app/src', '/srv');
const path = fc.constantFrom('/app/src/a.js', '/app/node_modules', '/srv/b.js', '/', '/app', 'src', '.');
const line = fc.oneof(
  directory.map((at) => `WORKDIR ${at}`),
  path.map((at) => `RUN rm -rf ${at}`),
  path.map((at) => `RUN sed -i s/a/b/ ${at}`),
  path.map((at) => `RUN node ${at}`),
  path.map((at) => `RUN python3 ${at}`),
  fc.constant('RUN npm prune --omit=dev'),
);

/** The rule as it is said, looked for through all commands. */
function searched(program: Atom, atoms: readonly Atom[]): Atom | undefined {
  const place = directoryOf(program.key);
  const node = program.effect.needs.some(({ kind, name }) => kind === 'exe' && name === 'node');
  return atoms.find(
    ({ id, effect }) =>
      id > program.id &&
      effect.writes.some(
        (write) =>
          write.sure &&
          write.class !== 'cache' &&
          ((write.kind === 'gone' && program.effect.reads.some((read) => isBelow(read, write.path))) ||
            (node &&
              (write.kind === 'gone' || write.kind === 'edit') &&
              place !== undefined &&
              place !== '/' &&
              isBelow(write.path, place))),
      ),
  );
}

describe('programs that cannot run a second time', () => {
  it('finds the first later command that takes away what a program works with, in every order of commands', () => {
    let found = 0;
    fc.assert(
      fc.property(fc.array(line, { maxLength: 14 }), (lines) => {
        const atoms = atomsOf(...lines);
        const undoing = undoingIn(atoms);
        for (const atom of atoms) {
          const one = undoing(atom);
          expect(one?.key).toBe(searched(atom, atoms)?.key);
          expect(one?.id).toBe(searched(atom, atoms)?.id);
          if (one !== undefined) found++;
        }
      }),
    );
    expect(found).toBeGreaterThan(0);
  });

  it.each([
    ['WORKDIR /app', 'RUN node build.js', '/app'],
    ['WORKDIR /app', 'RUN node build.js --alias @/src @/x', '/app'],
    ['WORKDIR "/my app"', 'RUN node build.js', '/my app'],
    ['WORKDIR /app', 'RUN export A=1 B=2 && node build.js', '/app'],
    ['WORKDIR /app\nUSER node', 'RUN export A="x @/y" && node build.js', '/app'],
    ['WORKDIR /app\nUSER node', 'RUN ["node", "build.js"]', '/app'],
  ])('reads the directory from the key: %s, %s', (setting, run, place) => {
    const atom = atomsOf(setting, run).at(-1) as Atom;
    expect(directoryOf(atom.key)).toBe(place);
  });
});
