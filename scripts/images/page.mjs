/** docs/images.md: what was built, and a section of its own about the times, which are measured apart. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { docker } from './docker.mjs';

const TIMES = '## Build times';

function stamp() {
  const { status, stdout } = spawnSync('git', ['describe', '--always', '--dirty', '--exclude', '*'], {
    encoding: 'utf8',
  });
  const commit = status === 0 ? ` at ${stdout.trim()}` : '';
  return `on ${new Date().toISOString().slice(0, 10)}${commit} with ${docker('version', '--format', 'Docker {{.Server.Version}}')}`;
}

/** The section about times that the page has, to its end. */
function timesIn(page) {
  const text = existsSync(page) ? readFileSync(page, 'utf8') : '';
  const at = text.indexOf(`\n${TIMES}\n`);
  return at < 0 ? '' : text.slice(at);
}

/** Everything but the times. `notBuilt`: lines; `left`: names that were not part of the run. */
export function writePage(page, results, calibration, { notBuilt, left }) {
  const standIns = docker('image', 'inspect', '-f', '{{len .RepoDigests}}', 'python:3.11-bookworm') === '0';
  const text = `# Images that were really built

Written by \`npm run test:images -- --write\` ${stamp()}. The base
images were ${standIns ? 'local stand-ins made of Debian packages; with the published ones the sizes differ' : 'the published ones'}.
Alpine and .NET cannot be built where these numbers come from: no mirror of their packages is reached there. Their
rules rest on the facts and on tests.

## Splits against originals

${results}
${notBuilt.length === 0 ? '' : `\nNot built: ${notBuilt.join('; ')}.\n`}${left.length === 0 ? '' : `\nNot part of this run: ${left.join(', ')}.\n`}
## What the simulation said, against what was built

Precision: of what was said to be certain, how much is so. Recall: of what the commands did, how much was said.
A command is measured by the layers of the image: what no command of an instruction was said to have written counts
against each of them.

${calibration}
`;
  writeFileSync(page, `${text}${timesIn(page)}`);
}

/** Only the times; `names`: of the applications, where not all were built. */
export function writeTimes(page, table, names = []) {
  const text = readFileSync(page, 'utf8');
  const before = text.slice(0, text.length - timesIn(page).length).trimEnd();
  writeFileSync(
    page,
    `${before}

${TIMES}

Written by \`npm run test:images -- --times --write${names.map((name) => ` ${name}`).join('')}\` ${stamp()}.
Seconds of a build, the best of up to three by turns; the split has read the context, as in an editor. Cold: every step
runs. Warm: after a change of a file that the last copies bring.

A split that installs packages in its runtime stage reads the package index and installs beside the builder, at the same
time. That takes about as much of a processor as pip takes for Flask: it is what the ratio shows where the original is
built in a few seconds, and little where something is compiled. The packages are not copied as files instead, since
scanners and updates would no longer see them; only a package that is nothing but a file of data (media-types) is, where
no other has to be installed.

${table}
`,
  );
}
