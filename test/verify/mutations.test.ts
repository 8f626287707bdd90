/**
 * The verifier attacked with its own results: every right split of the fixtures is made wrong
 * by one change, and each wrong one must be caught. What is not caught is named and explained.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { folderContext } from '../engine/engine.ts';
import { judge, packagesIn } from './judge.ts';
import { mutantsOf } from './mutations.ts';

const root = new URL('../fixtures/', import.meta.url).pathname;

/** Changes that make nothing wrong, or nothing that anybody could know: pattern of `fixture: what` and the reason. */
const EXPLAINED: readonly (readonly [RegExp, string])[] = [
  [
    /^(python\/library-unpacked-and-built: .*WORKDIR \/opt\/codec|node\/(pnpm-workspace: .*WORKDIR \/app|moved-after-the-build: .*WORKDIR \/app|npm-link: .*WORKDIR \/app\/library|output-option: .*WORKDIR \/src))\)/,
    'a later absolute WORKDIR decides, and COPY makes the directory',
  ],
  [
    /^node\/modules-moved-up: drop .*\/usr\/src\/app/,
    'beside node_modules there is only what a script of the project may make, which nobody has read',
  ],
  [/^structure\/archive-in-the-root: drop .* wget /, 'the closed list lets downloaders go'],
  [/^python\/signed-download: fails silently/, 'behind `;` only `rm -rf` may fail, which does not'],
  [/: with g\+\+/, 'an entry script that nobody has read may compile'],
  [
    /: without (git|curl|wget|gpg|python3-pip|python3-venv) /,
    'the closed list lets downloaders, version control and installers go',
  ],
  [/: without (libpython[\d.]+) /, 'the library of Python is linked by what embeds Python, and nothing here does'],
  [
    /^node\/(owned-directory|yarn-berry-by-its-options): no owner/,
    'the directory is there already and belongs to this user; contents bring their owner',
  ],
  [
    /^structure\/owner-without-group: no owner/,
    'chown runs again after the copy and gives the directory to this user; contents bring their owner',
  ],
  [/: drop \(last stage: COPY requirements\.txt \.\)/, 'a later COPY of the whole context brings the same file'],
  [
    /^python\/directory-of-the-loader: drop .*RUN mkdir/,
    'COPY makes the directory of the file that it copies, with the same owner and mode',
  ],
  [
    /python\/(older-release|two-pythons|another-version): without /,
    'the release has no index here; a stand-in has it from another package',
  ],
];

let made = 0;
let survived = 0;

describe('wrong splits that one change makes of a right one are caught, or explained by name', () => {
  for (const kind of readdirSync(root)) {
    for (const name of readdirSync(join(root, kind))) {
      const folder = join(root, kind, name);
      if (!existsSync(join(folder, 'after.Dockerfile'))) continue;
      const before = readFileSync(join(folder, 'before.Dockerfile'), 'utf8');
      const after = readFileSync(join(folder, 'after.Dockerfile'), 'utf8');
      const context = folderContext(join(folder, 'context'));

      it(`${kind}/${name}`, () => {
        expect(judge(before, after, context)).toEqual([]);
        const packages = packagesIn(after, context);
        const survivors: string[] = [];
        for (const { what, text } of mutantsOf(after, before)) {
          // A package that comes with another one on the line is still there.
          if (what.startsWith('without ') && packagesIn(text, context) === packages) continue;
          made++;
          if (judge(before, text, context).length === 0) survivors.push(`${kind}/${name}: ${what}`);
        }
        survived += survivors.length;
        expect(survivors.filter((one) => !EXPLAINED.some(([pattern]) => pattern.test(one)))).toEqual([]);
      });
    }
  }

  it('at least 97 % are caught', () => {
    console.log(`${made - survived} of ${made} caught (${((100 * (made - survived)) / made).toFixed(1)} %)`);
    expect(survived).toBeLessThanOrEqual(0.03 * made);
  });
});
