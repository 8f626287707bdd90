/** Entry of the command line. */
import { version } from '../../../package.json';
import { createEngine } from '../engine/index.ts';
import type { Engine } from '../engine/model/analysis.ts';
import { tables } from '../host/facts.ts';
import { run } from './run.ts';

let engine: Engine | undefined;
const sharedEngine = (): Engine => (engine ??= createEngine({ table: (name) => tables[name] }));

// A reader that goes away (`| head`) is no error of ours.
process.stdout.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 2));

void run(process.argv.slice(2), {
  cwd: process.cwd(),
  version,
  stdout: (text) => void process.stdout.write(text),
  stderr: (text) => void process.stderr.write(text),
  engine: sharedEngine,
  async serve() {
    const { serveStdio } = await import('./serveStdio.ts');
    await serveStdio(sharedEngine());
  },
}).then((code) => {
  process.exitCode = code;
});
