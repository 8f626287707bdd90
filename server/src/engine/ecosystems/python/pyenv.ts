/**
 * pyenv (github.com/pyenv/pyenv, README and COMMANDS.md; plugins/python-build/README.md): Pythons compiled from
 * sources, what pip installs into them and the links that choose one, all below one directory.
 */
import { isBelow, joinPath } from '../../model/path.ts';
import type { Handler } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';

/** Where pyenv keeps everything. */
export function pyenvRoot(machine: Machine): string {
  return machine.lookup('PYENV_ROOT')?.text ?? machine.path('~/.pyenv');
}

/** A directory of PATH is one of pyenv's, which is there, below `root`. */
export function isOfPyenv(directory: string, root: string, machine: Machine): boolean {
  const own = directory === joinPath(root, 'shims') || isBelow(directory, joinPath(root, 'versions'));
  return own && machine.state.writes.index.exactly(root).length > 0;
}

const pyenv: Handler = (call, machine) => {
  const verb = call.args.find((arg) => !arg.text.startsWith('-'))?.text ?? '';
  machine.need('exe', 'pyenv', 'it runs pyenv', true, call.span);
  switch (verb) {
    case 'install':
    case 'virtualenv':
    case 'uninstall':
      machine.role('dependencies', 'build');
      machine.effect.replayable = false;
      if (verb === 'install') {
        machine.need('compiler', 'cc', 'pyenv compiles Python', true, call.span);
        machine.depend({ ecosystem: 'python', name: 'cpython', version: undefined, span: call.span });
      }
      machine.need('certificates', 'https', 'it downloads sources', true, call.span);
      machine.write(pyenvRoot(machine), { kind: 'tree', class: 'dependencies' });
      return;
    case 'local':
      machine.role('setup');
      machine.write('.python-version', { class: 'app' });
      return;
    case 'global':
    case 'rehash':
    case 'update':
      machine.role('setup');
      machine.effect.replayable = false;
      machine.write(pyenvRoot(machine), { kind: 'tree', class: 'dependencies' });
      return;
    case 'exec':
      machine.role('program');
      return;
    default:
      machine.role('query');
  }
};

export const pyenvCommands: Readonly<Record<string, Handler>> = { pyenv };
