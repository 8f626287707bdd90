/** What the project tools have in common: a manifest in the working directory, installed into an environment. */
import { joinPath, parentOf } from '../../model/path.ts';
import type { Span } from '../../model/span.ts';
import type { Call } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { addEnvironment, type Environment } from './environment.ts';
import { applyInstallation } from './install.ts';
import { manifestRequirements } from './manifest.ts';
import type { Requirement } from './requirements.ts';

interface Project {
  readonly environment: Environment;
  readonly manifests: readonly string[];
  readonly cache: string;
  readonly noCache: boolean;
}

/** Installs what a project's manifest in the working directory names. */
export function installProject(call: Call, machine: Machine, project: Project): void {
  const requirements: Requirement[] = [];
  const unread: { what: string; span: Span }[] = [];
  const found = manifestRequirements(machine, project.manifests);
  if (found === undefined) unread.push({ what: project.manifests[0] as string, span: call.span });
  else requirements.push(...found);
  applyInstallation(
    {
      environment: project.environment,
      requirements,
      unread,
      span: call.span,
      wheels: 'either',
      noCache: project.noCache,
      cache: project.cache,
    },
    machine,
  );
}

/** A virtual environment at `place`, which the machine remembers. */
export function venvAt(machine: Machine, place: string): Environment {
  addEnvironment(machine, place, 'venv');
  return { kind: 'venv', prefix: place, site: place, sure: true, floating: false };
}

/** A path below the home of the user in force. */
export function homePath(machine: Machine, rest: string): string {
  return `${(machine.lookup('HOME') ?? machine.home()).text}/${rest}`;
}

/**
 * Where there is no lock file `name` in `directory` (or above it, for a member of a workspace) the tool makes one, and
 * its other commands read it again; `fixed`: it was told not to. What nobody has read may hold one already.
 */
export function makesLock(machine: Machine, directory: string, name: string, fixed: boolean): void {
  const { context, state } = machine;
  let sure = true;
  for (let at = directory; !fixed; at = parentOf(at)) {
    const lock = joinPath(at, name);
    if (state.writes.index.exactly(lock).some(({ kind }) => kind !== 'gone' && kind !== 'meta')) return;
    const source = context.sourceOf(lock, state.writes);
    const text = source === undefined ? 'absent' : context.read(source);
    if (text !== 'absent' && text !== 'unread') return;
    if (text === 'unread') sure = false;
    if (at !== '/') continue;
    machine.write(joinPath(directory, name), { kind: 'file', class: 'app', sure });
    return;
  }
}

/** `poetry add X` and its like write what they were asked for into the manifest. */
export function addsTo(machine: Machine, directory: string, name: string): void {
  machine.write(joinPath(directory, name), { kind: 'edit', class: 'app' });
}
