/** Redirections of the shell (POSIX.1-2017, 2.7). */
import type { ShellRedirect } from '../model/shell.ts';
import type { Value } from '../model/value.ts';
import { baseHolds } from './base.ts';
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';
import { noteSetting } from './settings.ts';
import { evaluateText } from './words.ts';

const DEVICES = /^\/dev\/(null|stdout|stderr|stdin|tty|fd\/\d)$/;

/** Records what the redirections of a command read and write; `call`: the command, where it is a simple one. */
export function redirects(all: readonly ShellRedirect[], machine: Machine, call?: Call): void {
  for (const redirect of all) {
    if (redirect.target === undefined) continue;
    if (redirect.op.startsWith('<')) {
      const input = redirect.op === '<' ? evaluateText(redirect.target, machine.lookup) : undefined;
      if (input !== undefined && !DEVICES.test(input.text)) machine.read(input);
      continue;
    }
    if (redirect.op === '>&' && /^[\d-]+$/.test(redirect.target.raw)) continue;
    const value = evaluateText(redirect.target, machine.lookup);
    if (DEVICES.test(value.text)) continue;
    machine.write(value, {
      kind: (redirect.op === '>>' || redirect.op === '&>>') && mayHold(value, machine) ? 'edit' : 'file',
      ...contentClass(value.text),
    });
    noteSetting(call, machine.path(value), machine);
    if (call === undefined || WRITERS.has(call.name)) machine.role('setup');
  }
}

/** Something may be there already that `>>` adds to: start files of shells lie in the home of every base. */
function mayHold(value: Value, machine: Machine): boolean {
  const path = machine.path(value);
  if (value.open.length > 0 || /\/\.\w*(rc|profile|login)$/.test(path)) return true;
  return (
    baseHolds(machine.state, path) ||
    machine.state.writes.index.upwards(
      path,
      (writes, at) => at === path || writes.some((write) => write.kind === 'tree'),
    )
  );
}

const WRITERS = new Set(['echo', 'printf', 'cat', 'true', ':']);

function contentClass(path: string): { class: 'config' } | Record<string, never> {
  return path.startsWith('/etc/') ? { class: 'config' } : {};
}
