/** The argument list that a container starts. */
import type { ProcessForm } from '../model/state.ts';

/** What ENTRYPOINT and CMD start together (Dockerfile reference, table of CMD and ENTRYPOINT). */
export function processArgv(entrypoint: ProcessForm | undefined, cmd: ProcessForm | undefined): readonly string[] {
  if (entrypoint === undefined) return cmd === undefined ? [] : argvOf(cmd);
  if (entrypoint.form === 'shell') return argvOf(entrypoint);
  return cmd === undefined ? entrypoint.argv : [...entrypoint.argv, ...argvOf(cmd)];
}

function argvOf(process: ProcessForm): readonly string[] {
  return process.form === 'exec' ? process.argv : [...process.shell, process.text];
}
