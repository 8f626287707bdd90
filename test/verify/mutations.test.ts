/**
 * The verifier attacked with its own results: every right split of the fixtures is made wrong
 * by one change, and each wrong one must be caught. What is not caught is named and explained.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { Facts } from '../../server/src/engine/facts/index.ts';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { simulate } from '../../server/src/engine/simulate/index.ts';
import { engine, fileFacts, folderContext } from '../engine/engine.ts';
import { mutantsOf } from './mutations.ts';

const root = new URL('../fixtures/', import.meta.url).pathname;
const facts = new Facts(fileFacts);

/** Changes that make nothing wrong, or nothing that anybody could know: pattern of `fixture: what` and the reason. */
const EXPLAINED: readonly (readonly [RegExp, string])[] = [
  [/^node\/pnpm-workspace: .*WORKDIR \/app\)/, 'a later absolute WORKDIR decides, and COPY makes the directory'],
  [/: with g\+\+/, 'an entry script that nobody has read may compile'],
  [
    /: without (git|curl|gpg|python3-pip|python3-venv) /,
    'the closed list lets downloaders, version control and installers go',
  ],
  [/: without (libpython[\d.]+) /, 'the library of Python is linked by what embeds Python, and nothing here does'],
  [
    /^node\/owned-directory: no owner/,
    'the directory is there already and belongs to this user; contents bring their owner',
  ],
  [/^node\/moved-after-the-build: .*COPY server\/package/, 'a later COPY of the whole context brings the same files'],
  [
    /python\/(older-release|two-pythons|another-version): without /,
    'the release has no index here; a stand-in has it from another package',
  ],
];

function packagesOf(text: string, context: Context | undefined): string {
  const state = simulate(parseDockerfile(text), facts, context).stages.at(-1)?.state;
  const base = state?.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
  return [...new Set([...(base ?? []), ...(state?.packages.keys() ?? [])])].sort().join(' ');
}

it('catches at least 97 % of the wrong splits that one change makes of a right one, and names the others', () => {
  let made = 0;
  const survivors: string[] = [];
  for (const kind of readdirSync(root)) {
    for (const name of readdirSync(join(root, kind))) {
      const folder = join(root, kind, name);
      if (!existsSync(join(folder, 'after.Dockerfile'))) continue;
      const before = readFileSync(join(folder, 'before.Dockerfile'), 'utf8');
      const after = readFileSync(join(folder, 'after.Dockerfile'), 'utf8');
      const context = folderContext(join(folder, 'context'));
      const packages = packagesOf(after, context);
      for (const { what, text } of mutantsOf(after, before)) {
        // A package that comes with another one on the line is still there.
        if (what.startsWith('without ') && packagesOf(text, context) === packages) continue;
        made++;
        if (engine.verify(before, text, context).length === 0) survivors.push(`${kind}/${name}: ${what}`);
      }
    }
  }
  console.log(
    `${made - survivors.length} of ${made} caught (${((100 * (made - survivors.length)) / made).toFixed(1)} %)`,
  );
  expect(survivors.filter((one) => !EXPLAINED.some(([pattern]) => pattern.test(one)))).toEqual([]);
  expect(survivors.length / made).toBeLessThanOrEqual(0.03);
});
