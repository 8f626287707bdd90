import { expect, test } from 'vitest';
import { installingLines } from '../../server/src/engine/simulate/commands/makefile.ts';

test('what a target and those it needs install, with variables replaced', () => {
  const makefile =
    'PY = python3\nPIP := $(PY) -m pip\nall: deps\n\t@echo done\ndeps: tools\n\t@$(PIP) install -r requirements.txt\ntools:\n\t-npm ci\n';
  expect(installingLines(makefile, [])).toEqual(['npm ci', 'python3 -m pip install -r requirements.txt']);
});

test('variables and targets that name themselves end', () => {
  const makefile = `A = $(B)$(B)$(B)\nB = $(A)$(A)$(A)\none: two\n\tpip install $(A)\ntwo: one\n\tnpm ci\n`;
  const lines = installingLines(makefile, ['one']);
  expect(lines).toHaveLength(2);
  expect(lines[1]?.length).toBeLessThan(10_000);
});

test('what a recipe makes of the same Makefile', () => {
  const makefile =
    'all:\n\t@$(MAKE) -s deps DEBUG=1 && ${MAKE} more\n\tmake -C other there\ndeps:\n\tpip install flask\nmore:\n\tnpm ci\nthere:\n\tpip install other\n';
  expect(installingLines(makefile, [])).toEqual(['pip install flask', 'npm ci']);
});
