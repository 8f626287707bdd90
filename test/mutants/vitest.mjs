/** What the tests of the verifier use of vitest, collected in this process: they are run again for every mutant. */
import { JestAsymmetricMatchers, JestChaiExpect, JestExtend } from '@vitest/expect';
import * as chai from 'chai';

chai.use(JestExtend);
chai.use(JestChaiExpect);
chai.use(JestAsymmetricMatchers);

/** @type {{ name: string, run: () => unknown }[]} */
export const tests = [];
const path = [];

export function describe(name, body) {
  path.push(name);
  body();
  path.pop();
}

export function it(name, run) {
  tests.push({ name: [...path, name].join(' '), run });
}

/** Each row is a test; its first value names it. */
it.each = (rows) => (name, run) => {
  for (const row of rows) {
    const values = Array.isArray(row) ? row : [row];
    it(name.replace('%s', String(values[0])), () => run(...values));
  }
};

export const expect = chai.expect;
