/**
 * Installer scripts that come from a known address (`curl … | sh`): where they
 * write by their own documentation. An address that is not here is opaque.
 */
import { joinPath } from '../model/path.ts';
import type { Role, WriteClass } from '../model/state.ts';
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';

interface Installer {
  readonly address: RegExp;
  readonly roles: readonly Role[];
  /** Path, with variables as `$NAME` of the environment and a default after `|`. */
  readonly writes: readonly { readonly path: string; readonly class: WriteClass }[];
  /** Commands that it puts into a directory. */
  readonly commands?: { readonly in: string; readonly names: readonly string[] };
  readonly repository?: true;
  /** An option of the script that names where it writes, and what it makes there. */
  readonly directory?: { readonly option: string; readonly then: string };
  readonly source: string;
}

const INSTALLERS: readonly Installer[] = [
  {
    address: /sh\.rustup\.rs|static\.rust-lang\.org\/rustup/,
    roles: ['toolchain'],
    writes: [
      { path: '$CARGO_HOME|~/.cargo', class: 'toolchain' },
      { path: '$RUSTUP_HOME|~/.rustup', class: 'toolchain' },
    ],
    commands: { in: '$CARGO_HOME/bin|~/.cargo/bin', names: ['cargo', 'rustc', 'rustup'] },
    source: 'rust-lang.github.io/rustup, "Environment variables"',
  },
  {
    address: /(deb|rpm)\.nodesource\.com\/setup/,
    roles: ['scaffold'],
    writes: [{ path: '/etc/apt', class: 'config' }],
    repository: true,
    source: 'github.com/nodesource/distributions',
  },
  {
    address: /install\.python-poetry\.org|get-poetry\.py|install-poetry\.py/,
    roles: ['toolchain'],
    writes: [{ path: '$POETRY_HOME|~/.local', class: 'toolchain' }],
    commands: { in: '$POETRY_HOME/bin|~/.local/bin', names: ['poetry'] },
    source: 'python-poetry.org/docs, "With the official installer"',
  },
  {
    address: /astral\.sh\/uv/,
    roles: ['toolchain'],
    writes: [],
    commands: { in: '$UV_INSTALL_DIR|~/.local/bin', names: ['uv', 'uvx'] },
    source: 'docs.astral.sh/uv, "Installation"',
  },
  {
    address: /sdk\.cloud\.google\.com/,
    roles: ['fetch'],
    writes: [{ path: '$CLOUDSDK_INSTALL_DIR/google-cloud-sdk|~/google-cloud-sdk', class: 'app' }],
    directory: { option: '--install-dir', then: 'google-cloud-sdk' },
    source: 'cloud.google.com/sdk/docs, "Using the interactive installer"',
  },
  {
    address: /nvm-sh\/nvm|creationix\/nvm/,
    roles: ['toolchain'],
    writes: [{ path: '$NVM_DIR|~/.nvm', class: 'app' }],
    source: 'github.com/nvm-sh/nvm, README',
  },
  {
    address: /pyenv\.run|pyenv\/pyenv-installer/,
    roles: ['fetch'],
    writes: [{ path: '$PYENV_ROOT|~/.pyenv', class: 'dependencies' }],
    source: 'github.com/pyenv/pyenv-installer, README',
  },
  {
    address: /bun\.sh\/install/,
    roles: ['fetch'],
    writes: [{ path: '$BUN_INSTALL|~/.bun', class: 'app' }],
    source: 'bun.sh/docs/installation',
  },
  {
    address: /deno\.land\/(x\/install\/)?install\.sh/,
    roles: ['fetch'],
    writes: [{ path: '$DENO_INSTALL|~/.deno', class: 'app' }],
    source: 'github.com/denoland/deno_install',
  },
  {
    address: /get\.pnpm\.io/,
    roles: ['fetch'],
    writes: [{ path: '$PNPM_HOME|~/.local/share/pnpm', class: 'app' }],
    source: 'pnpm.io/installation',
  },
  {
    address: /yarnpkg\.com\/install\.sh/,
    roles: ['fetch'],
    writes: [{ path: '~/.yarn', class: 'app' }],
    source: 'classic.yarnpkg.com/docs/install',
  },
  {
    address: /helm\/(helm|main)\/.*get-helm|get_helm\.sh/,
    roles: ['fetch'],
    writes: [{ path: '/usr/local/bin/helm', class: 'app' }],
    source: 'helm.sh/docs/intro/install',
  },
];

/** Applies a known installer that comes through the pipe; false when the address is not known. */
export function knownInstaller(call: Call, machine: Machine): boolean {
  const words = call.stdin?.args ?? [];
  const installer = INSTALLERS.find((one) => words.some((word) => one.address.test(word.text)));
  if (installer === undefined) return false;
  machine.role(...installer.roles);
  machine.effect.replayable = installer.repository === true;
  machine.effect.repository ||= installer.repository === true;
  const stated = directoryOf(installer, call, machine);
  for (const { path, class: kind } of installer.writes) {
    machine.write(stated ?? placeOf(path, machine), {
      kind: installer.repository === true ? 'edit' : 'tree',
      class: kind,
    });
  }
  const { commands } = installer;
  for (const name of commands?.names ?? [])
    machine.write(joinPath(placeOf(commands?.in ?? '', machine), name), { kind: 'file', class: 'toolchain' });
  return true;
}

function directoryOf({ directory }: Installer, call: Call, machine: Machine): string | undefined {
  if (directory === undefined) return undefined;
  const at = call.args.findIndex((arg) => arg.text === directory.option || arg.text.startsWith(`${directory.option}=`));
  const word = call.args[at]?.text.split('=')[1] ?? call.args[at + 1]?.text;
  return at < 0 || word === undefined ? undefined : joinPath(machine.path(word), directory.then);
}

function placeOf(path: string, machine: Machine): string {
  const [first, fallback] = path.split('|') as [string, string?];
  const [, name, rest] = /^\$(\w+)(.*)$/.exec(first) ?? [];
  if (name === undefined) return machine.path(first);
  const value = machine.lookup(name);
  return value === undefined ? machine.path(fallback ?? first) : machine.path(value) + (rest ?? '');
}
