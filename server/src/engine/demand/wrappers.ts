/** Commands that run what their arguments say. */

/** The command that follows their own options runs in their place, or below them. */
export const WRAPPERS = new Set([
  'tini',
  'dumb-init',
  'exec',
  'env',
  'nohup',
  'time',
  'nice',
  'gosu',
  'su-exec',
  'sudo',
  'chpst',
  'catchsegv',
  'setpriv',
  'command',
  'ddtrace-run',
  'opentelemetry-instrument',
  'newrelic-admin',
  'xvfb-run',
  'authbind',
  'doppler',
  'chamber',
  'timeout',
  'stdbuf',
  'docker-entrypoint.sh',
  'docker-php-entrypoint',
  'catatonit',
  'run-one',
  'numactl',
  'wait-for-it',
  'wait-for-it.sh',
  'dockerize',
  'with-contenv',
]);

/** Commands of which an argument with several words is a command line (their manual pages). */
export const RUN_TEXT = new Set([
  ...['su', 'runuser', 'sg', 'flock', 'script', 'capsh', 'env', 'eval', 'trap', 'watch', 'parallel', 'xargs'],
  ...['watchfiles', 'watchmedo', 'nodemon', 'concurrently', 'entr', 'unbuffer', 'at', 'batch'],
]);
/** A program of the system, given by its path. */
export const SYSTEM_PROGRAM = /^\/(usr\/)?s?bin\/[\w.+-]+$/;

/** Index in the arguments of a wrapper of the command that it runs; -1: there is none. */
export function firstOperand(rest: readonly string[], wrapper: string): number {
  let skip = wrapper === 'gosu' || wrapper === 'su-exec' || wrapper === 'chpst' || wrapper === 'timeout' ? 1 : 0;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    if (word === '--') return at + 1;
    if (word.startsWith('-') || /^[A-Za-z_]\w*=/.test(word)) continue;
    if (wrapper === 'newrelic-admin' && word === 'run-program') continue;
    if (skip-- > 0) continue;
    return at;
  }
  return -1;
}
