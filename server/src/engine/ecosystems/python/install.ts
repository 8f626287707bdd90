/** What an installation of Python packages does to the image, whatever tool asked for it. */
import type { Span } from '../../model/span.ts';
import type { Machine } from '../../simulate/machine.ts';
import { isBinary, knowledgeOf } from './knowledge.ts';
import type { Environment } from './environment.ts';
import { broughtByExtra } from './extras.ts';
import type { Requirement } from './requirements.ts';

export interface Installation {
  readonly environment: Environment;
  readonly requirements: readonly Requirement[];
  /** A manifest that nobody has read: what is installed is not known. */
  readonly unread: readonly { readonly what: string; readonly span: Span }[];
  readonly span: Span;
  /** `only`: nothing is compiled (`--only-binary :all:`); `not-all`: something is, whatever wheels there are (`--no-binary`). */
  readonly wheels: 'only' | 'either' | 'not-all';
  /** `--no-cache-dir` or its variable. */
  readonly noCache: boolean;
  readonly cache: string;
}

const TOOLS = new Set([
  'pip',
  'setuptools',
  'wheel',
  'virtualenv',
  'pipenv',
  'poetry',
  'uv',
  'pdm',
  'hatch',
  'build',
  'pip-tools',
  'poetry-core',
  'setuptools-scm',
  'certifi',
]);

/** Applies an installation to the machine. */
export function applyInstallation(installation: Installation, machine: Machine): void {
  const { environment, requirements, span } = installation;
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.need('certificates', 'https', 'it downloads packages', true, span);
  for (const { what, span: at } of installation.unread) machine.unread(what, 'dependencies', at, 'python');
  let mayCompile = installation.unread.length > 0 || installation.wheels === 'not-all';
  let data = installation.unread.length > 0;
  for (const requirement of requirements) {
    if (requirement.vcs) machine.need('exe', 'git', 'a dependency is fetched with git', true, span);
    if (requirement.name === undefined) {
      mayCompile = true;
      data = true;
      continue;
    }
    machine.depend({ ecosystem: 'python', name: requirement.name, version: requirement.version, span });
    for (const extra of requirement.extras) dependOnExtra(requirement.name, extra, span, machine);
    const knowledge = knowledgeOf(requirement.name);
    // Wheels are for some platforms and versions; whoever installs a compiler first may build for another one.
    if (!TOOLS.has(requirement.name) && (knowledge?.native === true || isBinary(requirement.name))) mayCompile = true;
    if (knowledge === undefined || knowledge.data === true) data = true;
  }
  if (mayCompile && installation.wheels !== 'only') {
    machine.need('compiler', 'cc', 'a package without a wheel is compiled', false, span);
    machine.need('headers', 'python', 'a package without a wheel is compiled', false, span);
  }
  places(environment, data, machine);
  if (!installation.noCache) machine.write(installation.cache, { kind: 'tree', class: 'cache' });
}

/** What an extra brings that needs something; an unknown extra stands for itself, and is a dependency that nobody knows. */
function dependOnExtra(name: string, extra: string, span: Span, machine: Machine): void {
  if (knowledgeOf(name) === undefined) return;
  for (const brought of broughtByExtra(name, extra) ?? [`${name}[${extra}]`])
    machine.depend({ ecosystem: 'python', name: brought, version: undefined, span });
}

/**
 * pip's install schemes: modules, scripts, and data anywhere below the prefix
 * (in practice share and etc: jupyter, man pages). A virtual environment or a
 * user site is one tree.
 */
function places(environment: Environment, data: boolean, machine: Machine): void {
  const { prefix, site } = environment;
  const guessed = environment.guessed === true ? { guessed: true } : {};
  if (environment.kind !== 'system') {
    machine.write(prefix, { kind: 'tree', class: 'dependencies', ...guessed });
    return;
  }
  machine.write(site, { kind: 'tree', class: 'dependencies', sure: environment.sure, ...guessed });
  machine.write(`${prefix}/bin`, { kind: 'tree', class: 'dependencies', sure: environment.sure });
  if (!data) return;
  machine.write(`${prefix}/share`, { kind: 'tree', class: 'dependencies', sure: false });
  machine.write(`${prefix}/etc`, { kind: 'tree', class: 'dependencies', sure: false });
}
