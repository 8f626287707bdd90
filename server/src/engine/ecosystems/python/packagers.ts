/** pdm, hatch, flit, rye, pixi, pipx and the builders of distributions (their documentation, 2024–2026). */
import { joinPath } from '../../model/path.ts';
import { type Call, type Handler, has, type Options, parseOptions } from '../../simulate/call.ts';
import type { Machine, PathLike } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { type Environment, environmentOf } from './environment.ts';
import { isSet } from './caches.ts';
import { runPip } from './pip.ts';
import { addsTo, homePath, installProject, makesLock, venvAt } from './project.ts';

const PDM = new Set([
  '-p',
  '--project',
  '-G',
  '--group',
  '-L',
  '--lockfile',
  '-c',
  '--config',
  '--override',
  '-k',
  '--skip',
  '-o',
  '--output',
  '-f',
  '--format',
]);

const pdm: Handler = (call, machine) => {
  const options = parseOptions(call.args, PDM);
  const [verb, key, value] = options.rest;
  const here = machine.path(options.values.get('-p') ?? options.values.get('--project') ?? machine.cwd);
  machine.need('exe', 'pdm', 'it runs pdm', true, call.span);
  switch (verb?.text) {
    case 'install':
    case 'sync':
    case 'add':
    case 'update':
      pdmInstall(call, verb.text, options, here, machine);
      return;
    case 'run':
      machine.role('program');
      return;
    case 'config':
    case 'use':
      machine.role('setup');
      if (key !== undefined && value !== undefined) machine.state.told.set(`pdm:${key.text}`, value.text);
      machine.write(homePath(machine, '.config/pdm'), { kind: 'tree', class: 'config' });
      if (verb.text === 'use') machine.write(joinPath(here, '.pdm-python'), { class: 'app' });
      return;
    case 'venv':
      venvAt(machine, joinPath(here, '.venv'));
      machine.role('dependencies');
      machine.effect.replayable = false;
      machine.write(joinPath(here, '.venv'), { kind: 'tree', class: 'dependencies' });
      return;
    case 'export': {
      machine.role('setup');
      const output = options.values.get('-o') ?? options.values.get('--output');
      if (output !== undefined) machine.write(output, { class: 'intermediate', context: 'pdm.lock' });
      return;
    }
    case 'build':
      distribution(machine, joinPath(here, 'dist'));
      return;
    case 'lock':
      machine.role('setup');
      machine.write(joinPath(here, 'pdm.lock'), { class: 'app' });
      return;
    default:
      machine.role('query');
  }
};

function pdmInstall(call: Call, verb: string, options: Options, here: string, machine: Machine): void {
  const everywhere = has(options, '-g', '--global');
  installProject(call, machine, {
    environment: everywhere ? environmentOf(machine, undefined) : pdmEnvironment(machine, here),
    manifests: ['pdm.lock', 'pyproject.toml'],
    cache: homePath(machine, '.cache/pdm'),
    noCache: false,
  });
  if (everywhere) return;
  const lock = options.values.get('-L') ?? options.values.get('--lockfile');
  const fixed = has(options, '--frozen-lockfile', '--no-lock') || isSet(machine, 'PDM_FROZEN_LOCKFILE');
  makesLock(machine, here, lock?.text ?? 'pdm.lock', fixed || isSet(machine, 'PDM_NO_LOCK') || verb === 'sync');
  if (verb === 'add') addsTo(machine, here, 'pyproject.toml');
  // Which interpreter it chose; `pdm run` would choose, and write, anew (tried with 2.29; pdm/project/core.py).
  if (!isActive(machine)) machine.write(joinPath(here, '.pdm-python'), { class: 'app' });
}

/** It works in the environment that is active. */
function isActive(machine: Machine): boolean {
  return machine.lookup('VIRTUAL_ENV') !== undefined && machine.lookup('PDM_IGNORE_ACTIVE_VENV') === undefined;
}

/** The active environment, else one of the project, else `__pypackages__` where it is there or chosen, else a new .venv. */
function pdmEnvironment(machine: Machine, here: string): Environment {
  const stated = machine.lookup('PDM_USE_VENV')?.text ?? machine.state.told.get('pdm:python.use_venv') ?? 'true';
  const active = machine.lookup('VIRTUAL_ENV')?.text;
  const usesVenv = !/^(false|0|no|off)$/i.test(stated);
  if (usesVenv && active !== undefined && isActive(machine)) return venvAt(machine, active);
  const own = joinPath(here, '.venv');
  if (usesVenv && machine.state.told.get(`python:${own}`) === 'venv') return venvAt(machine, own);
  const local = joinPath(here, '__pypackages__');
  if (!usesVenv || machine.state.writes.index.exactly(local).some((write) => write.kind !== 'gone'))
    return { kind: 'venv', prefix: local, site: local, sure: true, floating: false };
  const inside = machine.state.told.get('pdm:venv.in_project');
  return venvAt(machine, inside === 'false' || inside === 'False' ? homePath(machine, '.local/share/pdm/venvs') : own);
}

/** A distribution is built from what lies in the directory. */
function distribution(machine: Machine, place: string | Arg): void {
  machine.role('build');
  machine.effect.replayable = false;
  machine.effect.reads.push(machine.path(machine.cwd));
  machine.write(place, { kind: 'tree', class: 'app' });
}

const hatch: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['-e', '--env', '-p', '--project', '-t', '--target', '--data-dir', '--cache-dir']),
  );
  const [verb, second] = options.rest;
  machine.need('exe', 'hatch', 'it runs hatch', true, call.span);
  if (verb?.text === 'build') {
    machine.need('compiler', 'cc', 'a build hook may compile', false, call.span);
    distribution(machine, second ?? 'dist');
  } else if (verb?.text === 'run' || verb?.text === 'shell') machine.role('program');
  else if (verb?.text === 'env' && second?.text === 'create') {
    machine.role('dependencies');
    machine.effect.replayable = false;
    machine.unread('pyproject.toml', 'dependencies', call.span, 'python');
    machine.need('compiler', 'cc', 'a package without a wheel is compiled', false, call.span);
    machine.write(machine.lookup('HATCH_DATA_DIR') ?? homePath(machine, '.local/share/hatch'), {
      kind: 'tree',
      class: 'dependencies',
    });
  } else if (verb?.text === 'test' || verb?.text === 'fmt') machine.role('check');
  else machine.role('query');
};

/** `flit install` is pip for the project of the directory; `-s` links to its sources. */
const flit: Handler = (call, machine) => {
  const verb = call.args.find((arg) => !arg.text.startsWith('-'));
  machine.need('exe', 'flit', 'it runs flit', true, call.span);
  if (verb?.text === 'build') distribution(machine, 'dist');
  else if (verb?.text === 'install') {
    const linked = call.args.some((arg) => /^(-s|--symlink|--pth-file)$/.test(arg.text));
    const here = { ...verb, text: '.', raw: '.' };
    runPip(call, [verb, ...(linked ? [{ ...verb, text: '-e', raw: '-e' }] : []), here], machine, undefined);
  } else machine.role('query');
};

/** Each command line tool in an environment of its own, linked from one directory of commands. */
const pipx: Handler = (call, machine) => {
  const verb = call.args.find((arg) => !arg.text.startsWith('-'))?.text;
  machine.need('exe', 'pipx', 'it runs pipx', true, call.span);
  if (verb === 'run') machine.role('program');
  else if (verb === 'install' || verb === 'inject' || verb === 'upgrade' || verb === 'install-all') {
    machine.role('dependencies');
    machine.effect.replayable = false;
    // For everybody it has other places (pipx documentation, "pipx install --global").
    const global = call.args.some((arg) => arg.text === '--global');
    const place = (variable: string, usual: string): PathLike | undefined =>
      global ? (machine.lookup(variable.replace('_', '_GLOBAL_')) ?? usual) : machine.lookup(variable);
    const home = place('PIPX_HOME', '/opt/pipx');
    const bin = place('PIPX_BIN_DIR', '/usr/local/bin');
    if (home === undefined || bin === undefined)
      machine.write(homePath(machine, '.local'), { kind: 'tree', class: 'dependencies' });
    if (home !== undefined) machine.write(home, { kind: 'tree', class: 'dependencies' });
    if (bin !== undefined) machine.write(bin, { kind: 'tree', class: 'dependencies' });
  } else if (verb === 'ensurepath') {
    machine.role('setup');
    for (const file of ['.bashrc', '.profile'])
      machine.write(homePath(machine, file), { kind: 'edit', class: 'config' });
  } else machine.role('query');
};

/** rye's environment is linked to an interpreter that rye itself brought. */
const rye: Handler = (call, machine) => {
  const verb = call.args.find((arg) => !arg.text.startsWith('-'))?.text;
  machine.need('exe', 'rye', 'it runs rye', true, call.span);
  if (verb === 'run') machine.role('program');
  else if (verb === 'build') distribution(machine, 'dist');
  else if (verb === 'sync') {
    installProject(call, machine, {
      environment: venvAt(machine, machine.path('.venv')),
      manifests: ['requirements.lock', 'pyproject.toml'],
      cache: homePath(machine, '.cache/uv'),
      noCache: false,
    });
    machine.write(machine.lookup('RYE_HOME') ?? homePath(machine, '.rye'), { kind: 'tree', class: 'dependencies' });
  } else machine.role('query');
};

const pixi: Handler = (call, machine) => {
  const verb = call.args.find((arg) => !arg.text.startsWith('-'))?.text;
  machine.need('exe', 'pixi', 'it runs pixi', true, call.span);
  if (verb === 'run') machine.role('program');
  else if (verb === 'install') {
    machine.role('dependencies');
    machine.effect.replayable = false;
    machine.unread('pixi.toml', 'dependencies', call.span, 'python');
    machine.need('compiler', 'cc', 'a package without a wheel is compiled', false, call.span);
    machine.write('.pixi', { kind: 'tree', class: 'dependencies' });
    machine.write(homePath(machine, '.cache/rattler'), { kind: 'tree', class: 'cache' });
  } else machine.role('query');
};

const build: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-o', '--outdir', '-C', '--config-setting', '--installer']));
  machine.need('compiler', 'cc', 'a build backend may compile', false, call.span);
  distribution(machine, options.values.get('-o') ?? options.values.get('--outdir') ?? 'dist');
};

/** `pip-compile requirements.in` writes requirements.txt beside it. */
const compileRequirements: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set([
      '-o',
      '--output-file',
      '-i',
      '--index-url',
      '--extra-index-url',
      '-c',
      '--constraint',
      '--extra',
      '--resolver',
    ]),
  );
  machine.role('setup');
  machine.effect.replayable = false;
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  for (const arg of options.rest) machine.read(arg);
  machine.write(options.values.get('-o') ?? options.values.get('--output-file') ?? 'requirements.txt', {
    class: 'app',
  });
};

/** `pip-sync [FILE…]` installs what the files say, requirements.txt where none is named (and takes away the rest). */
const syncRequirements: Handler = (call, machine) => {
  const word = (text: string): Arg => ({ ...call.command, text, raw: text, known: true });
  const named = parseOptions(
    call.args,
    new Set(['-i', '--index-url', '--extra-index-url', '--pip-args', '--python-executable']),
  );
  const files = named.rest.length > 0 ? named.rest : [word('requirements.txt')];
  runPip(call, [word('install'), ...files.flatMap((file) => [word('-r'), file])], machine, undefined);
};

/** Tools that are started as `python -m NAME` as well, by the name of their module. */
export const MODULES: Readonly<Record<string, string>> = {
  build: 'pyproject-build',
  cython: 'cython',
  flit: 'flit',
  hatch: 'hatch',
  nuitka: 'nuitka',
  pdm: 'pdm',
  pipenv: 'pipenv',
  piptools: 'pip-compile',
  pipx: 'pipx',
  poetry: 'poetry',
  PyInstaller: 'pyinstaller',
  uv: 'uv',
};

export const packagers: Readonly<Record<string, Handler>> = {
  pdm,
  hatch,
  flit,
  pipx,
  rye,
  pixi,
  'pyproject-build': build,
  'pip-compile': compileRequirements,
  'pip-sync': syncRequirements,
};
