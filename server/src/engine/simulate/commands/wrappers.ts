/** Commands that run other commands: `env`, `sudo`, `sh -c`, `xargs`; and the shell's own builtins. */
import { baseName } from '../../model/path.ts';
import { known } from '../../model/value.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import { knownInstaller } from '../installers.ts';
import { type Machine, SOURCED } from '../machine.ts';
import { findHandler, findInstaller } from '../registry.ts';
import { isShellScript } from '../../parse/shell.ts';
import { runScript, unknownCommand } from '../shell.ts';
import type { Arg } from '../words.ts';

/** Runs the command that `args` spell. */
export function rerun(call: Call, args: readonly Arg[], machine: Machine): void {
  const command = args[0];
  if (command === undefined) return;
  const name = command.text.includes('/') ? command.text.slice(command.text.lastIndexOf('/') + 1) : command.text;
  const next: Call = {
    ...call,
    name,
    command,
    path: command.text.includes('/') ? command.text : undefined,
    args: args.slice(1),
  };
  machine.effect.commands.push(name);
  const handler = command.known ? findHandler(name) : undefined;
  if (handler !== undefined) handler(next, machine);
  else unknownCommand(next, machine);
}

const VALUED: Readonly<Record<string, readonly string[]>> = {
  sudo: ['-u', '-g', '-h', '-p', '-C', '-r', '-t', '-T', '-D', '--user', '--group', '--chdir'],
  env: ['-u', '--unset', '-C', '--chdir'],
  nice: ['-n'],
  timeout: ['-k', '-s'],
  stdbuf: ['-i', '-o', '-e'],
  ionice: ['-c', '-n'],
};

/** Skips the wrapper's own options (and `skip` operands), then runs the rest. */
function wrapper(skip: number): Handler {
  return (call, machine) => {
    const valued = VALUED[call.name] ?? [];
    let at = 0;
    const saved = machine.vars;
    machine.vars = new Map(saved);
    for (; at < call.args.length; at++) {
      const arg = call.args[at] as Arg;
      if (arg.text === '--') {
        at++;
        break;
      }
      const assignment = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg.text);
      if (assignment !== null) machine.vars.set(assignment[1] as string, { ...arg, text: assignment[2] as string });
      else if (arg.text.startsWith('-')) at += valued.includes(arg.text) ? 1 : 0;
      else break;
    }
    machine.role('query');
    const user = userFor(call, call.args.slice(0, at + skip));
    const command = call.args.slice(at + skip);
    if (user === undefined) rerun(call, command, machine);
    else {
      // A tilde is the home of whoever asks.
      const words = command.map((arg) => (/^~(\/|$)/.test(arg.text) ? { ...arg, text: machine.path(arg) } : arg));
      asUser(user, machine, () => rerun(call, words, machine));
    }
    machine.vars = saved;
  };
}

interface OtherUser {
  readonly name: string;
  /** HOME stays that of whoever asked. */
  readonly keepsHome?: boolean;
  /** The command begins in the home directory. */
  readonly login?: boolean;
}

/** Whom a command is run as: sudo(8), sudoers(5) "env_reset"; gosu and su-exec set HOME (their READMEs). */
function userFor({ name }: Call, own: readonly Arg[]): OtherUser | undefined {
  if (name === 'gosu' || name === 'su-exec') return own[0] === undefined ? undefined : { name: own[0].text };
  if (name !== 'sudo') return undefined;
  const options = parseOptions(own, new Set(VALUED['sudo']));
  const user = options.values.get('-u') ?? options.values.get('--user');
  const keepsHome = has(options, '-E', '--preserve-env') && !has(options, '-H', '--set-home', '-i', '--login');
  return { name: user?.text.replace(/^#/, '') ?? 'root', keepsHome, login: has(options, '-i', '--login') };
}

/** Does something as another user: what is made is theirs, and HOME too. */
function asUser(user: OtherUser, machine: Machine, body: () => void): void {
  const { as, vars, cwd } = machine;
  machine.as = user.name;
  const home = machine.home();
  machine.vars = new Map(vars);
  if (user.keepsHome !== true) machine.vars.set('HOME', home);
  if (user.login === true) machine.cwd = home;
  body();
  machine.as = as;
  machine.vars = vars;
  machine.cwd = cwd;
}

const shell: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-c', '-o', '-O', '+o']));
  const inline = options.values.get('-c');
  machine.role('query');
  if (inline !== undefined) {
    if (inline.open.length === 0) runScript(inline.text, machine, inline.span, call.name);
    else machine.opaque(call.name, call.span);
    return;
  }
  // `sh -s -- ARGS` and `bash -` read the script from the pipe.
  const piped = call.args.some((arg) => /^-([a-z]*s[a-z]*)?$/.test(arg.text)) && call.stdin !== undefined;
  const script = piped ? undefined : options.rest[0];
  if (call.stdin !== undefined && script === undefined && knownInstaller(call, machine)) return;
  if (script !== undefined) scriptFile(script, call, machine);
  else if (call.stdin !== undefined) machine.opaque(`${call.stdin.name} | ${call.name}`, call.span);
  else if (call.node.redirects.some((redirect) => redirect.heredoc !== undefined)) {
    const body = call.node.redirects.find((redirect) => redirect.heredoc !== undefined)?.heredoc ?? '';
    runScript(body, machine, call.span, call.name);
  }
};

/** Follows a script that is a file of the build context; anything else is opaque. */
function scriptFile(script: Arg, call: Call, machine: Machine): void {
  const path = machine.path(script);
  machine.effect.reads.push(path);
  const installer = findInstaller(baseName(path));
  if (installer !== undefined) {
    installer({ ...call, name: baseName(path), args: call.args.slice(call.args.indexOf(script) + 1) }, machine);
    return;
  }
  const file = machine.context.fileAt(path, machine.state.writes);
  if (file === 'unread') machine.unread(path, 'program', script.span);
  if (file === 'unknown' || file === 'unread' || !isShellScript(file.text)) machine.opaque(script.text, call.span);
  else runScript(file.text, machine, call.span, /^(sh|ash|bash|dash)$/.test(call.name) ? call.name : undefined);
}

/** `su [-] USER -c TEXT`, `runuser -u USER COMMAND` (su(1), runuser(1)). */
const su: Handler = (call, machine) => {
  const valued = new Set(['-c', '--command', '-s', '--shell', '-g', '--group', '-G', '-u', '--user', '-w']);
  const options = parseOptions(call.args, valued);
  const inline = options.values.get('-c') ?? options.values.get('--command');
  const given = options.values.get('-u') ?? options.values.get('--user');
  const [first, ...others] = options.rest.filter(({ text }) => text !== '-');
  const login = has(options, '-l', '--login') || options.rest.some(({ text }) => text === '-');
  const keepsHome = has(options, '-m', '-p', '--preserve-environment');
  machine.role('query');
  asUser({ name: (given ?? first)?.text ?? 'root', login, keepsHome }, machine, () => {
    if (inline !== undefined) runScript(inline.text, machine, inline.span);
    else if (given !== undefined) rerun(call, behind(given, call.args), machine);
    else if (others[0] !== undefined) scriptFile(others[0], call, machine);
  });
};

/** The words behind an option's value. */
function behind({ span, text }: Arg, args: readonly Arg[]): readonly Arg[] {
  const at = args.findIndex((arg) => arg.span.start === span.start && arg.text.endsWith(text));
  return args.slice(args[at + 1]?.text === '--' ? at + 2 : at + 1);
}

const set: Handler = (call, machine) => {
  machine.role('shell');
  machine.effect.shell.add('options');
  call.args.forEach((arg, at) => {
    const next = call.args[at + 1]?.text;
    if (/^-[a-z]*e/.test(arg.text) || (arg.text === '-o' && next === 'errexit')) machine.errexit = true;
    if (/^\+[a-z]*e/.test(arg.text)) machine.errexit = false;
  });
};

const exportVariables: Handler = (call, machine) => {
  machine.role('shell');
  machine.effect.shell.add('variables');
  for (const arg of call.args) {
    const pair = /^([A-Za-z_]\w*)=(.*)$/s.exec(arg.text);
    if (pair !== null) {
      machine.vars.set(pair[1] as string, { text: pair[2] as string, open: arg.open, args: arg.args });
    }
  }
};

const unset: Handler = (call, machine) => {
  machine.role('shell');
  machine.effect.shell.add('variables');
  for (const arg of call.args) machine.vars.delete(arg.text);
};

const cd: Handler = (call, machine) => {
  machine.role('shell');
  const target = call.args.find((arg) => !arg.text.startsWith('-') || arg.text === '-');
  if (target === undefined) machine.cd(machine.lookup('HOME') ?? machine.home());
  else if (target.text === '-') machine.cd(machine.vars.get('OLDPWD') ?? known('${OLDPWD}'));
  else {
    machine.vars.set('OLDPWD', machine.cwd);
    machine.cd(target);
  }
};

const pushd: Handler = (call, machine) => {
  machine.vars.set(`dir:${machine.vars.size}`, machine.cwd);
  cd(call, machine);
};

const popd: Handler = (_call, machine) => {
  machine.role('shell');
  const last = [...machine.vars.keys()].filter((name) => name.startsWith('dir:')).pop();
  if (last === undefined) return;
  machine.cd(machine.vars.get(last) ?? known('/'));
  machine.vars.delete(last);
};

/** `. file`: an activated virtual environment puts its bin first on PATH (python.org, venv, "bin/activate"). */
const source: Handler = (call, machine) => {
  machine.role('shell');
  machine.effect.shell.add('variables');
  const file = call.args[0];
  if (file === undefined) return;
  // conda's own script of this name is found by PATH (conda documentation, "source activate").
  if (file.text === 'activate') {
    findHandler('conda')?.({ ...call, name: 'conda', args: call.args }, machine);
    return;
  }
  const path = machine.path(file);
  machine.effect.reads.push(path);
  const environment = /^(.*)\/bin\/activate$/.exec(path)?.[1];
  if (environment !== undefined) {
    const search = machine.lookup('PATH')?.text ?? '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';
    machine.vars.set('VIRTUAL_ENV', known(environment));
    machine.vars.set('PATH', known(`${environment}/bin:${search}`));
    return;
  }
  // What it sets, nobody knows; a command that reads a variable nobody has set is another one without it.
  machine.vars.set(`${SOURCED}${path}`, known(path));
  const found = machine.context.fileAt(path, machine.state.writes);
  if (found !== 'unknown' && found !== 'unread') runScript(found.text, machine, call.span);
  else if (!/^\/(etc|root|home|opt|usr)\//.test(path)) machine.opaque(file.text, call.span);
};

const evaluate: Handler = (call, machine) => machine.opaque(call.name, call.span);
const option: Handler = (_call, machine) => {
  machine.role('shell');
  machine.effect.shell.add('options');
};

const umask: Handler = (call, machine) => {
  option(call, machine);
  const mask = call.args.find(({ text }) => !/^-[Sp]$/.test(text))?.text;
  if (mask !== undefined) machine.umask = /^0*22$|^u=rwx,go=rx$|^u=rwx,g=rx,o=rx$/.test(mask) ? undefined : mask;
};

const plain = wrapper(0);

export const wrappers: Readonly<Record<string, Handler>> = {
  sudo: plain,
  env: plain,
  nice: plain,
  ionice: plain,
  nohup: plain,
  time: plain,
  exec: plain,
  command: (call, machine) => {
    if (call.args[0]?.text === '-v' || call.args[0]?.text === '-V') machine.role('query');
    else plain(call, machine);
  },
  builtin: plain,
  eatmydata: plain,
  stdbuf: plain,
  setarch: wrapper(1),
  timeout: wrapper(1),
  gosu: wrapper(1),
  'su-exec': wrapper(1),
  tini: plain,
  sh: shell,
  bash: shell,
  ash: shell,
  dash: shell,
  su,
  runuser: su,
  set,
  shopt: set,
  export: exportVariables,
  declare: exportVariables,
  local: exportVariables,
  readonly: exportVariables,
  unset,
  cd,
  pushd,
  popd,
  source,
  '.': source,
  eval: evaluate,
  umask,
  ulimit: option,
  alias: option,
  shift: option,
  read: option,
};
