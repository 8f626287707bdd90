/** Runs the command line in this process, with an engine of the test's choice. */
import type { Engine } from '../../server/src/engine/model/analysis.ts';
import { run } from '../../server/src/cli/run.ts';
import { fakeEngine } from '../host/fakeEngine.ts';

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function runCli(cwd: string, argv: readonly string[], engine: Engine = fakeEngine()): Promise<Outcome> {
  let stdout = '';
  let stderr = '';
  const code = await run(argv, {
    cwd,
    version: '1.2.3',
    stdout: (text) => {
      stdout += text;
    },
    stderr: (text) => {
      stderr += text;
    },
    engine: () => engine,
    serve: () => Promise.resolve(),
  });
  return { code, stdout, stderr };
}
