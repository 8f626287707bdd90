/** conda, mamba, micromamba (conda documentation, "Managing environments"). */
import { joinPath } from '../../model/path.ts';
import { type Call, type Handler, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { addEnvironment, isCondaBase } from './environment.ts';
import { normaliseName } from './requirements.ts';

const VALUED = new Set([
  '-n',
  '--name',
  '-p',
  '--prefix',
  '-f',
  '--file',
  '-c',
  '--channel',
  '--override-channels-for',
  '-r',
  '--root-prefix',
  '--platform',
]);

const conda: Handler = (call, machine) => {
  const options = parseOptions(call.args, VALUED);
  const [verb, second, ...rest] = options.rest;
  const root = rootPrefix(machine);
  const name = options.values.get('-n') ?? options.values.get('--name');
  const stated = options.values.get('-p') ?? options.values.get('--prefix');
  const prefix = stated
    ? machine.path(stated)
    : name && name.text !== 'base'
      ? joinPath(root, `envs/${name.text}`)
      : root;
  switch (verb?.text) {
    case 'env':
      if (second?.text === 'create' || second?.text === 'update')
        fromFile(
          call,
          options.values.get('-f')?.text ?? options.values.get('--file')?.text ?? 'environment.yml',
          stated ? prefix : name ? prefix : joinPath(root, 'envs'),
          machine,
        );
      else machine.role('query');
      return;
    case 'create':
    case 'install':
    case 'update':
    case 'upgrade':
    case 'remove':
      environment(call, prefix, machine);
      for (const arg of [second, ...rest]) {
        if (arg !== undefined)
          machine.depend({
            ecosystem: 'python',
            name: normaliseName(arg.text.replace(/^.*::/, '').replace(/[=<>!~[ ].*$/, '')),
            version: undefined,
            span: arg.span,
          });
      }
      return;
    case 'clean':
      machine.role('cleanup');
      machine.write(joinPath(root, 'pkgs'), { kind: 'gone' });
      return;
    case 'config':
    case 'init':
    case 'activate':
    case 'deactivate':
      machine.role('setup');
      machine.write(verb.text === 'config' ? `${root}/.condarc` : `${machine.home().text}/.bashrc`, {
        kind: 'edit',
        class: 'config',
      });
      return;
    case 'run':
      machine.role('program');
      return;
    default:
      machine.role('query');
  }
};

function rootPrefix(machine: Machine): string {
  const stated = machine.lookup('MAMBA_ROOT_PREFIX')?.text ?? machine.lookup('CONDA_DIR')?.text;
  if (stated !== undefined) return stated;
  for (const [key, kind] of machine.state.projects)
    if (key.startsWith('python:') && kind === 'conda') return key.slice('python:'.length);
  return isCondaBase(machine) ? '/opt/conda' : '/opt/conda';
}

function environment(call: Call, prefix: string, machine: Machine): void {
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.need('exe', 'conda', 'it runs conda', true, call.span);
  addEnvironment(machine, prefix, 'conda');
  machine.write(prefix, { kind: 'tree', class: 'dependencies' });
  machine.write(joinPath(rootPrefix(machine), 'pkgs'), { kind: 'tree', class: 'cache' });
}

function fromFile(call: Call, file: string, prefix: string, machine: Machine): void {
  environment(call, prefix, machine);
  const found = machine.context.fileAt(machine.read(file), machine.state.writes);
  if (found === 'unknown' || found === 'unread') {
    machine.unread(file, 'dependencies', call.span, 'python');
    return;
  }
  for (const line of found.text.matchAll(/^\s*-\s+"?([A-Za-z][\w.-]*)/gm)) {
    machine.depend({
      ecosystem: 'python',
      name: normaliseName(line[1] as string),
      version: undefined,
      span: call.span,
    });
  }
}

export const condaCommands: Readonly<Record<string, Handler>> = { conda, mamba: conda, micromamba: conda };
