/** Whose a path is after chown and chgrp, and copies that give it to another group. */
import { expect, it } from 'vitest';
import { given, numbersOf } from '../../server/src/engine/model/owners.ts';
import type { Principal } from '../../server/src/engine/model/state.ts';
import { judge } from './judge.ts';

it.each([
  [undefined, 'app', 'app:root'],
  [undefined, 'app:', 'app:'],
  [undefined, 'app:web', 'app:web'],
  [undefined, 'app.web', 'app:web'],
  [undefined, ':web', 'root:web'],
  ['app:web', 'other', 'other:web'],
  ['app:web', ':other', 'app:other'],
  ['app', 'app', 'app:'],
  ['app', 'other', 'other:app'],
  ['app', ':web', 'app:web'],
  ['1000:50', '0', '0:50'],
])('%s given to %s is %s', (before, change, after) => {
  expect(given(before, change)).toBe(after);
});

it('an owner without a group, or with an empty one, has the login group', () => {
  const app: Principal = { name: 'app', kind: 'user', id: 700, group: 'web', from: 'command' };
  const web: Principal = { name: 'web', kind: 'group', id: 50, from: 'command' };
  const principals = new Map([
    ['user:app', app],
    ['group:web', web],
  ]);
  for (const owner of ['app', 'app:']) expect(numbersOf(owner, principals)).toEqual({ user: '700', group: '50' });
  expect(numbersOf('app:root', principals)).toEqual({ user: '700', group: 'root' });
});

const steps = (chown: string): string =>
  `RUN useradd -u 700 app\nRUN mkdir /srv/app && echo 1 > /srv/app/one && ${chown} /srv/app\n`;
const original = (chown: string): string => `FROM debian:bookworm\n${steps(chown)}CMD ["cat", "/srv/app/one"]\n`;
const split = (chown: string, owner: string): string =>
  `FROM debian:bookworm AS build\n${steps(chown)}\nFROM debian:bookworm\nRUN useradd -u 700 app\nCOPY --from=build --chown=${owner} /srv/app /srv/app\nCMD ["cat", "/srv/app/one"]\n`;
const owners = (chown: string, owner: string): number =>
  judge(original(chown), split(chown, owner), { read: () => 'absent', list: () => [] }).filter(
    (one) => one.rule === 'owner',
  ).length;

it.each([
  ['chown -R app', 'app:root', true],
  ['chown -R app', 'app:app', false],
  ['chown -R app', 'app', false],
  ['chown -R app:', 'app', true],
  ['chown -R app:', 'app:root', false],
  ['chgrp -R app', 'root:app', true],
  ['chgrp -R app', 'app:app', false],
])('%s, copied as %s', (chown, owner, right) => {
  expect(owners(chown, owner) === 0).toBe(right);
});
