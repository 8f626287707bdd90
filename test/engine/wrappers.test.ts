import { expect, test } from 'vitest';
import { firstOperand } from '../../server/src/engine/demand/wrappers.ts';

/** Name, its arguments, and the command that it runs. */
const cases: readonly (readonly [string, string])[] = [
  ['tini -g -- /entry.sh start', '/entry.sh'],
  ['dumb-init --rewrite 15:3 -- /entry.sh start', '/entry.sh'],
  ['dumb-init -r 15:3 /entry.sh', '/entry.sh'],
  ['dumb-init --single-child /entry.sh', '/entry.sh'],
  ['opentelemetry-instrument --traces_exporter console --service_name=a python app.py', 'python'],
  ['opentelemetry-instrument python app.py', 'python'],
  ['gosu app python app.py', 'python'],
  ['timeout -k 5 10 /entry.sh', '/entry.sh'],
  ['wait-for-it db:5432 -t 60 -- /entry.sh', '/entry.sh'],
];

for (const [line, command] of cases)
  test(line, () => {
    const [wrapper = '', ...rest] = line.split(' ');
    expect(rest[firstOperand(rest, wrapper)]).toBe(command);
  });
