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

/** Options of wrappers that take the next word (their manual pages). */
const VALUED: Readonly<Record<string, RegExp>> = {
  sudo: /^(-[ughpCrtUDRT]|--(user|group|host|prompt|chdir|chroot|role|type))$/,
  nice: /^(-n|--adjustment)$/,
  env: /^(-[uC]|--unset|--chdir)$/,
  timeout: /^(-[ks]|--kill-after|--signal)$/,
  stdbuf: /^(-[ioe]|--(input|output|error))$/,
  time: /^(-[fo]|--(format|output))$/,
  chpst: /^-[uUbenlLmdopfcrt/]$/,
  setpriv:
    /^--(reuid|regid|ruid|rgid|groups|[a-z]+-caps|bounding-set|securebits|pdeathsig|selinux-label|apparmor-profile)$/,
  tini: /^-[pe]$/,
  'dumb-init': /^(-r|--rewrite)$/,
  // Every option of its own but these sets a variable (opentelemetry.io, "Agent Configuration" of Python).
  'opentelemetry-instrument': /^--(?!version$|help$)[a-z_]+$/,
  exec: /^-a$/,
  'xvfb-run': /^(-[sfenpw]|--(server-args|auth-file|error-file|server-num|xauth-protocol|wait))$/,
  numactl: /^(-[NmCip]|--(cpunodebind|membind|physcpubind|interleave|preferred))$/,
  dockerize:
    /^--?(wait|timeout|template|stdout|stderr|env|env-section|env-header|delims|wait-http-header|wait-retry-interval)$/,
  doppler: /^(-[pct]|--(project|config|token|command))$/,
};

/** Operands that stand before the command. */
const OPERANDS: Readonly<Record<string, number>> = { gosu: 1, 'su-exec': 1, timeout: 1 };

/** These have operands of their own, and the command stands after `--`. */
const AFTER_DASHES = new Set(['wait-for-it', 'wait-for-it.sh', 'doppler', 'chamber']);

/** Index in the arguments of a wrapper of the command that it runs; -1: there is none. */
export function firstOperand(rest: readonly string[], wrapper: string): number {
  const dashes = rest.indexOf('--');
  if (AFTER_DASHES.has(wrapper) && dashes >= 0) return dashes + 1;
  let skip = OPERANDS[wrapper] ?? 0;
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    if (word === '--') return at + 1;
    if (word.startsWith('-') || /^[A-Za-z_]\w*=/.test(word)) {
      if (VALUED[wrapper]?.test(word) === true) at++;
      continue;
    }
    if (wrapper === 'newrelic-admin' && word === 'run-program') continue;
    if (AFTER_DASHES.has(wrapper)) return -1;
    if (skip-- > 0) continue;
    return at;
  }
  return -1;
}
