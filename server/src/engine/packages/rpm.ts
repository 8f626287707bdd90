/**
 * Package managers of releases whose packages no table here lists: those of rpm (dnf(8), yum(8),
 * microdnf, tdnf, zypper(8), rpm(8)) and pacman(8). What is installed is known by its name alone: not what comes
 * with it, nor what stands for it at run time.
 */
import type { InstallWord, PackageManager } from '../model/state.ts';
import { type Call, type Handler, has, parseOptions } from '../simulate/call.ts';
import type { Machine } from '../simulate/machine.ts';
import type { Arg } from '../simulate/words.ts';

const VALUED = new Set(
  `-c --config -d --debuglevel -e --errorlevel -x --exclude --excludepkgs --installroot --releasever --repo --repoid --enablerepo
--disablerepo --setopt --forcearch --comment -R --randomwait --downloaddir --destdir --disableplugin --enableplugin --advisory
--cachedir`.split(/\s+/),
);

const dnf: Handler = (call, machine) => {
  const options = parseOptions(call.args, VALUED);
  const [verb, ...rest] = options.rest;
  const root = options.values.get('--installroot');
  if (root !== undefined) elsewhere(root, machine);
  else dnfVerb(verb?.text ?? '', rest, machine, call);
};

function dnfVerb(
  verb: string,
  rest: readonly Arg[],
  machine: Machine,
  { name, span }: Pick<Call, 'name' | 'span'>,
): void {
  switch (verb) {
    case 'group':
    case 'groups':
    case 'module':
    case 'environment':
      // A module or group is installed, removed or shown under its own name.
      dnfVerb(rest[0]?.text === 'enable' ? 'config-manager' : (rest[0]?.text ?? ''), rest.slice(1), machine, {
        name,
        span,
      });
      return;
    case 'install':
    case 'localinstall':
    case 'groupinstall':
    case 'reinstall':
    case 'downgrade':
      install(rest, 'rpm', machine);
      return;
    case 'swap':
      if (rest[0] !== undefined) remove([rest[0]], machine);
      install(rest.slice(1), 'rpm', machine);
      return;
    case 'update':
    case 'upgrade':
    case 'distro-sync':
    case 'update-minimal':
    case 'upgrade-minimal':
      install([], 'rpm', machine);
      return;
    case 'remove':
    case 'erase':
    case 'groupremove':
    case 'autoremove':
      remove(rest, machine);
      return;
    case 'history':
      if (rest[0]?.text === 'undo' || rest[0]?.text === 'rollback') undo(machine);
      else machine.role('query');
      return;
    case 'clean':
    case 'makecache':
      machine.role('scaffold');
      machine.write(`/var/cache/${name === 'microdnf' ? 'yum' : name}`, { kind: 'tree', class: 'cache' });
      return;
    case 'config-manager':
    case 'copr':
    case 'versionlock':
    case 'reset':
    case 'disable':
    case 'mark':
      repositories(machine);
      return;
    case 'builddep':
    case 'shell':
      machine.opaque(`${name} ${verb}`, span);
      return;
    case 'download':
      machine.role('fetch');
      machine.write(machine.cwd, { kind: 'tree', class: 'source' });
      return;
    default:
      machine.role('query');
  }
}

/** Another system is filled: a directory of this image, not its own packages. */
function elsewhere(root: Arg, machine: Machine): void {
  machine.role('install', 'fetch');
  machine.effect.replayable = false;
  machine.write(root, { kind: 'tree', class: 'app' });
}

function install(operands: readonly Arg[], manager: PackageManager, machine: Machine): void {
  machine.role('install');
  const { packages } = machine.state;
  const words: InstallWord[] = [];
  const added: string[] = [];
  for (const arg of operands) {
    if (/\.rpm$|\.pkg\.tar\.\w+$|:\/\//.test(arg.text)) {
      if (!arg.text.includes('://')) machine.effect.reads.push(machine.path(arg));
      continue;
    }
    if (arg.open.length > 0 || arg.text.includes('$(')) {
      machine.opaque('a package list that is not known', arg.span);
      continue;
    }
    const name = bareName(arg.text);
    words.push({ name, raw: arg.text, word: arg.word, span: arg.span, variable: arg.variable });
    if (!packages.has(name)) added.push(name);
    packages.set(name, { name, by: 'asked', atom: machine.atom, span: arg.span, unlisted: true });
  }
  machine.effect.installs.push({ manager, words, recommends: false, added, pinned: false });
}

/** Name without version and architecture, as far as they can be told (dnf(8), "Specifying packages"): `gcc-11.2.1-9.el8`, `glibc.i686`. */
function bareName(word: string): string {
  return word.replace(/\.(x86_64|aarch64|i[36]86|noarch)$/, '').replace(/(-\d[\w.+~*]*){1,2}$|[<>=].*$/, '');
}

function remove(operands: readonly Arg[], machine: Machine): void {
  machine.role('scaffold');
  const { state } = machine;
  for (const arg of operands) {
    const name = bareName(arg.text);
    machine.effect.removed.push(name);
    if (!state.packages.delete(name)) state.removedFromBase.add(name);
  }
}

/** `yum history undo last`: what the last installation brought goes again. */
function undo(machine: Machine): void {
  machine.role('scaffold');
  const { packages } = machine.state;
  const last = Math.max(-1, ...[...packages.values()].map((record) => record.atom ?? -1));
  for (const [name, record] of packages) {
    if (record.atom !== last) continue;
    packages.delete(name);
    machine.effect.removed.push(name);
  }
}

function repositories(machine: Machine): void {
  machine.role('scaffold');
  machine.effect.repository = true;
  machine.write('/etc/yum.repos.d', { kind: 'edit', class: 'config' });
}

const repository: Handler = (_call, machine) => repositories(machine);

/** `amazon-linux-extras install TOPIC` installs the packages of a topic; `enable` only makes them known. */
const extras: Handler = (call, machine) => {
  const [verb, ...names] = call.args.filter((arg) => !arg.text.startsWith('-'));
  if (verb?.text === 'install') install(names, 'rpm', machine);
  else repositories(machine);
};

const rpm: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['--root', '--dbpath', '-D', '--define', '--prefix', '--relocate']));
  const letters = [...options.flags].find((flag) => /^-[a-zA-Z]+$/.test(flag)) ?? '';
  if (has(options, '--import')) repositories(machine);
  else if (/^-[qVK]/.test(letters) || has(options, '--query', '--verify', '--checksig', '--eval'))
    machine.role('query');
  else if (/^-[iUF]/.test(letters) || has(options, '--install', '--upgrade', '--freshen'))
    install(options.rest, 'rpm', machine);
  else if (/^-e/.test(letters) || has(options, '--erase')) remove(options.rest, machine);
  else if (has(options, '--rebuilddb', '--initdb')) machine.role('scaffold');
  else machine.role('query');
};

const ZYPPER = new Set(
  '-R --root -r --repo --from -t --type -c --config --reposd-dir --cache-dir -C -p --plus-repo -g --gpg-check-for'.split(
    ' ',
  ),
);

const zypper: Handler = (call, machine) => {
  const options = parseOptions(call.args, ZYPPER);
  const [verb, ...rest] = options.rest;
  switch (verb?.text) {
    case 'install':
    case 'in':
      install(rest, 'rpm', machine);
      return;
    case 'update':
    case 'up':
    case 'patch':
    case 'dist-upgrade':
    case 'dup':
      install([], 'rpm', machine);
      return;
    case 'remove':
    case 'rm':
      remove(rest, machine);
      return;
    case 'addrepo':
    case 'ar':
    case 'removerepo':
    case 'rr':
    case 'modifyrepo':
    case 'mr':
      machine.role('scaffold');
      machine.effect.repository = true;
      machine.write('/etc/zypp/repos.d', { kind: 'edit', class: 'config' });
      return;
    case 'refresh':
    case 'ref':
    case 'clean':
    case 'cc':
      machine.role('scaffold');
      machine.write('/var/cache/zypp', { kind: 'tree', class: 'cache' });
      return;
    case 'source-install':
    case 'si':
      machine.opaque('zypper source-install', call.span);
      return;
    default:
      machine.role('query');
  }
};

/** The operation is a capital letter, what it does with it small ones (`-Syu`, `-Scc`). */
const pacman: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['-b', '--dbpath', '-r', '--root', '--cachedir', '--ignore', '--config']),
  );
  const operation = [...options.flags].find((flag) => /^-[A-Z]/.test(flag)) ?? '';
  if (/^-S\w*c/.test(operation)) {
    machine.role('scaffold');
    machine.write('/var/cache/pacman', { kind: 'tree', class: 'cache' });
  } else if (/^-S\w*[gsil]/.test(operation)) machine.role('query');
  else if (/^-[SU]/.test(operation) || has(options, '--sync', '--upgrade')) install(options.rest, 'pacman', machine);
  else if (operation.startsWith('-R') || has(options, '--remove')) remove(options.rest, machine);
  else machine.role('query');
};

export const rpmCommands: Readonly<Record<string, Handler>> = {
  dnf,
  dnf5: dnf,
  yum: dnf,
  microdnf: dnf,
  tdnf: dnf,
  rpm,
  zypper,
  pacman,
  'yum-config-manager': repository,
  'subscription-manager': repository,
  rpmkeys: repository,
  'pacman-key': repository,
  'amazon-linux-extras': extras,
};
