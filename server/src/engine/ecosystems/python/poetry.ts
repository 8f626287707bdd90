/** poetry (its documentation, 1.8 to 2.2). */
import { joinPath } from '../../model/path.ts';
import { type Handler, has, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { cachePath, keepSeeds } from './caches.ts';
import { type Environment, environmentOf } from './environment.ts';
import { addsTo, homePath, installProject, makesLock, venvAt } from './project.ts';

/** Settings that say where it writes (python-poetry.org, "Configuration"). */
const SETTINGS = new Set(['cache-dir', 'virtualenvs.create', 'virtualenvs.in-project', 'virtualenvs.path']);

export const poetry: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set([
      '-C',
      '--directory',
      '-E',
      '--extras',
      '--with',
      '--without',
      '--only',
      '-f',
      '--format',
      '-o',
      '--output',
      '-G',
      '--group',
      '-P',
      '--project',
    ]),
  );
  const [verb, ...rest] = options.rest;
  const here = machine.path(options.values.get('-C') ?? options.values.get('--directory') ?? machine.cwd);
  machine.need('exe', 'poetry', 'it runs poetry', true, call.span);
  switch (verb?.text) {
    case 'config':
      machine.role('setup');
      if (SETTINGS.has(rest[0]?.text ?? '')) machine.state.told.set(`poetry:${rest[0]?.text}`, rest[1]?.text ?? '');
      machine.write(homePath(machine, '.config/pypoetry'), { kind: 'tree', class: 'config' });
      return;
    case 'install':
    case 'sync':
    case 'add':
    case 'update': {
      const { environment, made } = environmentFor(machine, here);
      installProject(call, machine, {
        environment,
        manifests: ['poetry.lock', 'pyproject.toml'],
        cache: `${cacheOf(machine)}/cache`,
        noCache: has(options, '--no-cache'),
      });
      // What it downloaded stays there whatever `--no-cache` says, which is of the indexes.
      machine.write(`${cacheOf(machine)}/artifacts`, { kind: 'tree', class: 'cache' });
      if (made) keepSeeds(machine);
      makesLock(machine, here, 'poetry.lock', false);
      if (verb.text === 'add') addsTo(machine, here, 'pyproject.toml');
      if (!has(options, '--no-root', '--no-directory', '--only-root'))
        machine.write(here, { kind: 'tree', class: 'app', sure: false });
      return;
    }
    case 'lock':
      machine.role('setup');
      machine.effect.replayable = false;
      machine.write(joinPath(here, 'poetry.lock'), { class: 'app' });
      return;
    case 'export': {
      machine.role('setup');
      const output = options.values.get('-o') ?? options.values.get('--output');
      if (output !== undefined) machine.write(output, { context: 'poetry.lock', class: 'intermediate' });
      return;
    }
    case 'build':
      machine.role('build');
      machine.effect.replayable = false;
      machine.write(joinPath(here, 'dist'), { kind: 'tree', class: 'app' });
      return;
    case 'run':
      machine.role('program');
      return;
    default:
      machine.role('query');
  }
};

/** A setting by its variable, else as `poetry config` was told. */
function setting(machine: Machine, name: string): string | undefined {
  const variable = `POETRY_${name.replace(/[.-]/g, '_').toUpperCase()}`;
  return machine.lookup(variable)?.text ?? machine.state.told.get(`poetry:${name}`);
}

const cacheOf = (machine: Machine): string => setting(machine, 'cache-dir') ?? cachePath(machine, 'pypoetry');

/** Where it installs, and whether it makes that environment first. */
function environmentFor(machine: Machine, here: string): { readonly environment: Environment; readonly made: boolean } {
  const active = environmentOf(machine, undefined);
  if (/^(false|0)$/i.test(setting(machine, 'virtualenvs.create') ?? '') || active.kind === 'venv')
    return { environment: active, made: false };
  const inside = /^(true|1)$/i.test(setting(machine, 'virtualenvs.in-project') ?? '');
  const all = (setting(machine, 'virtualenvs.path') ?? '{cache-dir}/virtualenvs').replace(
    '{cache-dir}',
    cacheOf(machine),
  );
  return { environment: venvAt(machine, inside ? joinPath(here, '.venv') : all), made: true };
}
