/** Project tools of Python: venv, virtualenv, pipenv, uv (their documentation, 2024–2026). */
import { joinPath } from '../../model/path.ts';
import { type Call, type Handler, has, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { isPythonImage } from '../../facts/bases.ts';
import { cachePath, isSet, keepSeeds } from './caches.ts';
import { addEnvironment, environmentOf, isCondaBase } from './environment.ts';
import { runPip } from './pip.ts';
import { poetry } from './poetry.ts';
import { addsTo, homePath, installProject, makesLock, venvAt } from './project.ts';

const VENV = new Set(['-p', '--python', '--prompt', '--upgrade-deps-for', '--seeder']);

/** `python -m venv DIR`, `uv venv [DIR]`, and what `virtualenv DIR` makes. */
export function createEnvironment(args: readonly Arg[], machine: Machine, fallback: string | undefined): void {
  const options = parseOptions(args, VENV);
  machine.role('dependencies');
  machine.effect.replayable = false;
  const first = options.rest[0];
  const targets = options.rest.length > 0 ? options.rest : [];
  const places = targets.map((arg) => machine.path(arg));
  if (first === undefined && fallback !== undefined) places.push(machine.path(fallback));
  for (const place of places) {
    addEnvironment(machine, place, 'venv');
    machine.write(first !== undefined && machine.path(first) === place ? first : place, {
      kind: 'tree',
      class: 'dependencies',
    });
  }
}

/** `virtualenv DIR`, `python -m virtualenv DIR`. */
export function runVirtualenv(args: readonly Arg[], machine: Machine): void {
  createEnvironment(args, machine, undefined);
  keepSeeds(machine);
}

const virtualenv: Handler = (call, machine) => runVirtualenv(call.args, machine);

const pipenv: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['--python', '-r', '--requirements', '-e', '--editable', '--categories', '-i', '--index']),
  );
  const verb = options.rest[0]?.text;
  machine.need('exe', 'pipenv', 'it runs pipenv', true, call.span);
  if (verb === 'run') machine.role('program');
  else if (verb === 'lock' || verb === 'requirements') {
    machine.role('setup');
    if (verb === 'lock') machine.write('Pipfile.lock', { class: 'app' });
  } else if (verb === 'install' || verb === 'sync' || verb === 'update') {
    const system = has(options, '--system') || isSet(machine, 'PIPENV_SYSTEM');
    const inside = isSet(machine, 'PIPENV_VENV_IN_PROJECT');
    const home = machine.lookup('WORKON_HOME')?.text ?? homePath(machine, '.local/share/virtualenvs');
    const environment = system
      ? environmentOf(machine, undefined)
      : venvAt(machine, inside ? machine.path('.venv') : home);
    installProject(call, machine, {
      environment,
      manifests: ['Pipfile.lock', 'Pipfile'],
      cache: machine.lookup('PIPENV_CACHE_DIR')?.text ?? cachePath(machine, 'pipenv'),
      noCache: false,
    });
    if (!system) keepSeeds(machine);
    // Tried with 2026.2: `install --deploy` makes one as well, `--skip-lock` does not.
    const here = machine.path(machine.cwd);
    makesLock(machine, here, 'Pipfile.lock', verb === 'sync' || has(options, '--skip-lock'));
    if (verb === 'install' && options.rest.length > 1) addsTo(machine, here, 'Pipfile');
  } else machine.role('query');
};

const UV = new Set([
  '-p',
  '--python',
  '--directory',
  '--project',
  '--group',
  '--extra',
  '--no-group',
  '--index-url',
  '--link-mode',
  '-o',
  '--output-file',
  '--package',
  '--only-group',
  '--from',
  '--with',
  '--cache-dir',
  '-i',
]);

const uv: Handler = (call, machine) => {
  const at = call.args.findIndex((arg) => !arg.text.startsWith('-'));
  const verb = call.args[at]?.text;
  const rest = call.args.slice(at + 1);
  machine.need('exe', 'uv', 'it runs uv', true, call.span);
  switch (verb) {
    case 'pip':
      uvPip(call, rest, machine);
      return;
    case 'venv':
      createEnvironment(rest, machine, machine.lookup('UV_PROJECT_ENVIRONMENT')?.text ?? '.venv');
      return;
    case 'sync':
    case 'add':
      uvSync(call, verb, rest, machine);
      return;
    case 'python':
      if (rest[0]?.text !== 'install') return machine.role('query');
      machine.role('toolchain');
      machine.effect.replayable = false;
      machine.write(machine.lookup('UV_PYTHON_INSTALL_DIR') ?? homePath(machine, '.local/share/uv/python'), {
        kind: 'tree',
        class: 'dependencies',
      });
      return;
    case 'tool':
      machine.role('dependencies');
      machine.effect.replayable = false;
      machine.write(machine.lookup('UV_TOOL_DIR') ?? homePath(machine, '.local/share/uv/tools'), {
        kind: 'tree',
        class: 'dependencies',
      });
      machine.write(machine.lookup('UV_TOOL_BIN_DIR') ?? homePath(machine, '.local/bin'), {
        kind: 'tree',
        class: 'dependencies',
      });
      return;
    case 'run':
      return uvRun(call, rest, machine);
    case 'export':
    case 'lock': {
      machine.role('setup');
      const output = parseOptions(rest, UV).values.get('-o') ?? parseOptions(rest, UV).values.get('--output-file');
      if (output !== undefined) machine.write(output, { class: 'intermediate', context: 'uv.lock' });
      else if (verb === 'lock') machine.write('uv.lock', { class: 'app' });
      return;
    }
    case 'build':
      machine.role('build');
      machine.effect.replayable = false;
      machine.write('dist', { kind: 'tree', class: 'app' });
      return;
    case 'cache':
      if (!/^(clean|prune)$/.test(rest[0]?.text ?? '')) return machine.role('query');
      machine.role('cleanup');
      machine.write(uvCache(machine), { kind: 'gone' });
      return;
    default:
      machine.role('query');
  }
};

function uvCache(machine: Machine): string {
  return machine.lookup('UV_CACHE_DIR')?.text ?? cachePath(machine, 'uv');
}

/** `uv pip` works in the active environment or .venv; the system's only when told (`--system`, UV_SYSTEM_PYTHON). */
function uvPip(call: Call, args: readonly Arg[], machine: Machine): void {
  const system = args.some((arg) => arg.text === '--system') || isSet(machine, 'UV_SYSTEM_PYTHON');
  const local = machine.path('.venv');
  const inVenv =
    !system && machine.state.told.get(`python:${local}`) === 'venv' && machine.lookup('VIRTUAL_ENV') === undefined;
  const stated = machine.lookup('VIRTUAL_ENV')?.text;
  const path = inVenv ? `${local}/bin/pip` : !system && stated !== undefined ? `${stated}/bin/pip` : undefined;
  runPip(call, args, machine, path);
}

/** It makes the environment of the project first, where nothing has (docs.astral.sh/uv, "Running commands in projects"). */
function uvRun(call: Call, args: readonly Arg[], machine: Machine): void {
  machine.role('program');
  const command = args.findIndex((arg, at) => !arg.text.startsWith('-') && !UV.has(args[at - 1]?.text ?? ''));
  const own = command < 0 ? args : args.slice(0, command);
  const options = parseOptions(own, UV);
  const alone = has(options, '--no-sync', '--no-project', '--isolated') || isSet(machine, 'UV_NO_SYNC');
  const stated = machine.lookup('UV_PROJECT_ENVIRONMENT')?.text;
  const here = machine.path(options.values.get('--directory') ?? options.values.get('--project') ?? machine.cwd);
  const place = stated === undefined ? joinPath(here, '.venv') : machine.path(stated);
  if (alone || stated === '/usr/local' || machine.state.told.get(`python:${place}`) === 'venv') return;
  uvSync(call, 'run', own, machine);
  // What it runs may write into the directory, and runs with the installation.
  machine.write(here, { kind: 'tree', class: 'app', sure: false });
}

function uvSync(call: Call, verb: string, args: readonly Arg[], machine: Machine): void {
  const options = parseOptions(args, UV);
  const stated = machine.lookup('UV_PROJECT_ENVIRONMENT')?.text;
  const here = machine.path(options.values.get('--directory') ?? options.values.get('--project') ?? machine.cwd);
  const environment =
    stated === '/usr/local'
      ? environmentOf(machine, undefined)
      : venvAt(machine, stated === undefined ? joinPath(here, '.venv') : machine.path(stated));
  installProject(call, machine, {
    environment,
    manifests: ['uv.lock', 'pyproject.toml'],
    cache: uvCache(machine),
    noCache: has(options, '--no-cache') || isSet(machine, 'UV_NO_CACHE'),
  });
  const fixed = has(options, '--frozen', '--locked') || isSet(machine, 'UV_FROZEN') || isSet(machine, 'UV_LOCKED');
  makesLock(machine, here, 'uv.lock', fixed);
  if (verb === 'add') addsTo(machine, here, 'pyproject.toml');
  if (environment.kind === 'venv') managedPython(machine, has(options, '--no-managed-python', '--no-python-downloads'));
}

/**
 * Without a fitting Python uv brings its own, and the environment links to it
 * (docs.astral.sh/uv, "Python versions"). An image of Python is taken to fit; the
 * distribution's may or may not.
 */
function managedPython(machine: Machine, never: boolean): void {
  const { root, packages } = machine.state;
  const stated = (name: string): string | undefined => machine.lookup(name)?.text;
  if (never || /^(never|0|false)$/.test(stated('UV_PYTHON_DOWNLOADS') ?? '')) return;
  if (stated('UV_PYTHON_PREFERENCE') === 'only-system') return;
  if (root.facts !== undefined && isPythonImage(root.facts.image, root.facts.from)) return;
  machine.write(stated('UV_PYTHON_INSTALL_DIR') ?? homePath(machine, '.local/share/uv/python'), {
    kind: 'tree',
    class: 'dependencies',
    sure: root.facts !== undefined && !packages.has('python3') && !isCondaBase(machine),
  });
}

export const projectTools: Readonly<Record<string, Handler>> = { virtualenv, poetry, pipenv, uv };
