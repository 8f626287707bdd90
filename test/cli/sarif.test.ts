/** `check --format sarif` against the schema of SARIF 2.1.0, as it is published in @microsoft/jest-sarif (MIT). */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import Ajv from 'ajv-draft-04';
import { describe, expect, test } from 'vitest';
import { folderWith } from './folder.ts';
import { runCli } from './run.ts';

const schema: object = JSON.parse(
  readFileSync(
    createRequire(import.meta.url).resolve('@microsoft/jest-sarif/lib/schemas/sarif-2.1.0-rtm.5.json'),
    'utf8',
  ),
) as object;
// The schema names formats of addresses and dates, which this does not check.
const validate = new Ajv({ strict: false, validateFormats: false, unicodeRegExp: false }).compile(schema);

describe('sarif is valid', () => {
  test.each([
    ['findings', { 'my dir/Dockerfile': 'FROM a\nRUN apt-get install build-essential\n', 'b.dockerfile': 'FROM a\n' }],
    ['no findings', { Dockerfile: 'FROM a\n' }],
    ['a file that cannot be parsed', { Dockerfile: 'INVALID' }],
    ['a file that is no text', { Dockerfile: Buffer.from([0xff, 0xfe, 0]) }],
  ])('%s', async (_, files) => {
    const { stdout } = await runCli(folderWith(files), ['check', '.', '--format', 'sarif']);
    validate(JSON.parse(stdout));
    expect(validate.errors).toBeNull();
  });

  test('the schema refuses what is none', () => {
    expect(validate({ version: '2.1.0', runs: [{ results: [{ level: 'loud' }] }] })).toBe(false);
  });
});
