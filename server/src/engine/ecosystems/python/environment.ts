/**
 * Where an installer of Python packages writes: the interpreter that PATH finds
 * decides (sysconfig's install schemes; Debian's dist-packages: Debian Python
 * Policy 2.5; docker-library/python puts Python into /usr/local).
 */
import { isPythonImage } from '../../facts/bases.ts';
import type { Machine } from '../../simulate/machine.ts';
import { isOfPyenv, pyenvRoot } from './pyenv.ts';

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
  /** A configuration that nobody has read may say another place. */
  readonly guessed?: boolean;
}

/** Remembers a virtual environment or conda prefix. */
export function addEnvironment(machine: Machine, prefix: string, kind: 'venv' | 'conda'): void {
  machine.state.told.set(`python:${prefix}`, kind);
}

function known(machine: Machine, prefix: string): 'venv' | 'conda' | undefined {
  const { told } = machine.state;
  // An environment whose name only its file says is remembered by the directory of all.
  const kind =
    told.get(`python:${prefix}`) ??
    (prefix.includes('/envs/') ? told.get(`python:${/^(.*\/envs)\/[^/]+$/.exec(prefix)?.[1] ?? ''}`) : undefined);
  return kind === 'venv' || kind === 'conda' ? kind : undefined;
}

/** `SHELL ["conda", "run", "-n", "app", …]`: every RUN is in that environment (conda documentation, "conda run"). */
export function environmentOfShell(words: readonly string[], machine: Machine): string | undefined {
  if (!/(^|\/)(conda|mamba|micromamba)$/.test(words[0] ?? '') || words[1] !== 'run') return undefined;
  const after = (...options: string[]): string | undefined =>
    words[words.findIndex((word) => options.includes(word)) + 1];
  const name = words.some((word) => word === '-n' || word === '--name') ? after('-n', '--name') : undefined;
  const prefix = words.some((word) => word === '-p' || word === '--prefix') ? after('-p', '--prefix') : undefined;
  if (name === undefined) return prefix;
  return name === 'base' ? condaRoot(machine) : `${condaRoot(machine)}/envs/${name}`;
}

/** Where conda itself is installed: as its variables say, as an installer was told, else where its images have it. */
export function condaRoot(machine: Machine): string {
  const stated = machine.lookup('MAMBA_ROOT_PREFIX')?.text ?? machine.lookup('CONDA_DIR')?.text;
  if (stated !== undefined) return stated;
  for (const [key, kind] of machine.state.told)
    if (key.startsWith('python:') && kind === 'conda' && !/\/envs(\/|$)/.test(key)) return key.slice('python:'.length);
  return '/opt/conda';
}

/** The environment that `pip` or `python`, given as a bare name or as a path, works in. */
export function environmentOf(machine: Machine, path: string | undefined): Environment {
  const stated =
    path?.startsWith('/') === true || path?.includes('/') === true
      ? machine.path(path).replace(/\/bin\/[^/]+$/, '')
      : undefined;
  if (stated !== undefined) {
    const kind = known(machine, stated);
    if (kind !== undefined || !/^\/usr(\/local)?$/.test(stated)) return prefixed(stated, kind ?? 'venv');
  }
  const shell = environmentOfShell(machine.state.config.shell?.value ?? [], machine);
  if (shell !== undefined) return prefixed(shell, 'conda');
  const ofConda = isCondaBase(machine);
  let pyenv: string | undefined;
  for (const directory of machine.searchPath()) {
    const prefix = directory.replace(/\/s?bin$/, '');
    const kind = known(machine, prefix);
    if (kind !== undefined) return prefixed(prefix, kind);
    pyenv ??= pyenvRoot(machine);
    if (isOfPyenv(directory, pyenv, machine)) return prefixed(pyenv, 'venv');
    if (ofConda && prefix === '/opt/conda') return prefixed(prefix, 'conda');
  }
  // Their own PATH begins with it.
  if (ofConda && machine.state.root.facts === undefined) return prefixed(condaRoot(machine), 'conda');
  return system(machine);
}

function prefixed(prefix: string, kind: 'venv' | 'conda'): Environment {
  return { kind, prefix, site: prefix, sure: true, floating: false };
}

/** miniconda, miniforge and micromamba images keep conda in /opt/conda (their Dockerfiles). */
export function isCondaBase(machine: Machine): boolean {
  return /(^|\/)(mini|ana)conda|(^|\/)miniforge|(^|\/)mambaforge|(^|\/)micromamba/.test(machine.state.root.ref);
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
    // Of a base that nobody knows PATH may find a Python of its own first (conda's, in images of PyTorch).
    facts !== undefined &&
    ((packages.has('python3') && ['python', 'python2.7', 'python-minimal'].some((name) => packages.has(name))) ||
      [...packages.values()].some(
        ({ name, by }) => by === 'asked' && /^python\d\.\d+$/.test(name) && name !== `python${own}`,
      ));
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
  const base = machine.lookup('PYTHONUSERBASE')?.text ?? `${(machine.lookup('HOME') ?? machine.home()).text}/.local`;
  return { kind: 'user', prefix: base, site: base, sure: true, floating: false };
}
