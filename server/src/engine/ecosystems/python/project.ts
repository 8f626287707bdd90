/** What the project tools have in common: a manifest in the working directory, installed into an environment. */
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
