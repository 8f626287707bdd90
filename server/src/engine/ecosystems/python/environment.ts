/**
 * Where an installer of Python packages writes: the interpreter that PATH finds
 * decides (sysconfig's install schemes; Debian's dist-packages: Debian Python
 * Policy 2.5; docker-library/python puts Python into /usr/local).
 */
import { isPythonImage } from '../../facts/bases.ts';
import type { Machine } from '../../simulate/machine.ts';

export interface Environment {
  readonly kind: 'system' | 'venv' | 'user' | 'conda';
  /** Installation prefix (`/usr/local`, `/opt/venv`). */
  readonly prefix: string;
  /** Where modules go. */
  readonly site: string;
  /** False when the place is not known for certain. */
  readonly sure: boolean;
  /** The path holds a version that a floating tag hides, so a parent directory stands for it. */
  readonly floating: boolean;
}

/** Remembers a virtual environment or conda prefix. */
export function addEnvironment(machine: Machine, prefix: string, kind: 'venv' | 'conda'): void {
  machine.state.projects.set(`python:${prefix}`, kind);
}

function known(machine: Machine, prefix: string): 'venv' | 'conda' | undefined {
  const kind = machine.state.projects.get(`python:${prefix}`);
  return kind === 'venv' || kind === 'conda' ? kind : undefined;
}

/** The environment that `pip` or `python`, given as a bare name or as a path, works in. */
export function environmentOf(machine: Machine, path: string | undefined): Environment {
  const own =
    path?.startsWith('/') === true || path?.includes('/') === true
      ? machine.path(path).replace(/\/bin\/[^/]+$/, '')
      : undefined;
  if (own !== undefined) {
    const kind = known(machine, own);
    if (kind !== undefined || !/^\/usr(\/local)?$/.test(own)) return prefixed(own, kind ?? 'venv');
  }
  for (const directory of machine.searchPath()) {
    const prefix = directory.replace(/\/s?bin$/, '');
    const kind = known(machine, prefix);
    if (kind !== undefined) return prefixed(prefix, kind);
    if (isCondaBase(machine) && prefix === '/opt/conda') return prefixed(prefix, 'conda');
  }
  return system(machine);
}

function prefixed(prefix: string, kind: 'venv' | 'conda'): Environment {
  return { kind, prefix, site: prefix, sure: true, floating: false };
}

/** miniconda and miniforge images keep conda in /opt/conda (their Dockerfiles). */
export function isCondaBase(machine: Machine): boolean {
  return /(^|\/)(mini|ana)conda|(^|\/)miniforge|(^|\/)mambaforge/.test(machine.state.root.ref);
}

function system(machine: Machine): Environment {
  const { root, packages } = machine.state;
  const facts = root.facts;
  const official = facts !== undefined && isPythonImage(facts.image, facts.from);
  const distribution =
    packages.has('python3') || packages.has('python') || packages.has('python2.7') || packages.has('python-minimal');
  if (!machine.isRoot()) return userSite(machine);
  if (official) {
    const minor = /^\d+\.\d+/.exec(facts.tagVersion)?.[0];
    const hidden = minor === undefined || root.args.length > 0 || root.open.length > 0;
    const site = hidden ? '/usr/local/lib' : `/usr/local/lib/python${minor}/site-packages`;
    return { kind: 'system', prefix: '/usr/local', site, sure: true, floating: hidden };
  }
  // Alpine's own Python installs below /usr, whatever its version is called.
  if (facts?.os.id === 'alpine') {
    return { kind: 'system', prefix: '/usr', site: '/usr/lib', sure: true, floating: true };
  }
  // Two versions side by side: whoever runs pip decides, and both install below here.
  const own = facts === undefined ? undefined : distributionMinor(machine);
  const two =
    (packages.has('python3') && ['python', 'python2.7', 'python-minimal'].some((name) => packages.has(name))) ||
    [...packages.values()].some(
      ({ name, by }) => by === 'asked' && /^python\d\.\d+$/.test(name) && name !== `python${own}`,
    );
  if (two) return { kind: 'system', prefix: '/usr/local', site: '/usr/local/lib', sure: true, floating: true };
  const minor = distribution ? own : undefined;
  if (minor !== undefined) {
    return {
      kind: 'system',
      prefix: '/usr/local',
      site: `/usr/local/lib/python${minor}/dist-packages`,
      sure: true,
      floating: false,
    };
  }
  return { kind: 'system', prefix: '/usr/local', site: '/usr/local/lib', sure: false, floating: true };
}

function distributionMinor(machine: Machine): string | undefined {
  const { root, packages } = machine.state;
  const os = root.facts?.os;
  if (os === undefined) return undefined;
  if (!packages.has('python3') && (packages.has('python') || packages.has('python2.7'))) return '2.7';
  return machine.facts.python3Of(os)?.minor;
}

/** pip falls back to the user's site when the system's is not writable (pip 20.0, "Default to a user install"). */
function userSite(machine: Machine): Environment {
  const base = machine.lookup('PYTHONUSERBASE')?.text ?? `${machine.home().text}/.local`;
  return { kind: 'user', prefix: base, site: base, sure: true, floating: false };
}
