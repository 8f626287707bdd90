/**
 * Debian's package manager (apt-get(8), apt(8), apt-mark(8), dpkg(1)).
 * Dependencies come from the facts of the release; a name that the release does
 * not have is unknown, never absent.
 */
import type { PackageFacts } from '../facts/types.ts';
import type { Install, InstallWord } from '../model/state.ts';
import { type Handler, has, type Options, parseOptions } from '../simulate/call.ts';
import type { Machine } from '../simulate/machine.ts';
import type { Arg } from '../simulate/words.ts';
import { groupOfClient } from '../simulate/base.ts';
import { nextId } from '../simulate/commands/users.ts';
import { RECOMMENDS_OFF } from '../simulate/settings.ts';
import { addPackages, dropOrphans } from './records.ts';

const VALUED = new Set([
  '-o',
  '--option',
  '-t',
  '--target-release',
  '--default-release',
  '-c',
  '--config-file',
  '-a',
  '--host-architecture',
]);

const apt: Handler = (call, machine) => {
  const options = parseOptions(call.args, VALUED);
  const [verb, ...operands] = options.rest;
  switch (verb?.text) {
    case 'install':
    case 'reinstall':
    case 'satisfy':
      install(options, operands, call.stdin?.name === 'yes', machine);
      if (has(options, '--auto-remove', '--autoremove')) dropOrphans(machine);
      return;
    case 'build-dep':
      // Which packages it brings is in the source index, which no table here has.
      addPackages(machine, ['build-essential'], true, undefined);
      machine.opaque(`${call.name} build-dep`, call.span);
      return;
    case 'remove':
    case 'purge':
      machine.role('scaffold');
      for (const name of operands) removePackage(bareName(name.text), machine);
      if (has(options, '--auto-remove', '--autoremove')) dropOrphans(machine);
      return;
    case 'autoremove':
    case 'autopurge':
      machine.role('scaffold');
      for (const name of operands) removePackage(bareName(name.text), machine);
      dropOrphans(machine);
      return;
    case 'update':
    case 'clean':
    case 'autoclean':
    case 'distclean':
      machine.role('scaffold');
      machine.write(verb.text === 'update' ? '/var/lib/apt/lists' : '/var/cache/apt', { kind: 'tree', class: 'cache' });
      return;
    case 'upgrade':
    case 'dist-upgrade':
    case 'full-upgrade':
      // Replaces packages of the base: it runs wherever the base is used.
      machine.role('install');
      machine.effect.installs.push({ manager: 'apt', words: [], recommends: false, added: [], pinned: false });
      return;
    case 'source':
    case 'download':
      machine.role('fetch');
      machine.write(machine.cwd, { kind: 'tree', class: 'source' });
      return;
    default:
      machine.role('query');
  }
};

function install(options: Options, operands: readonly Arg[], answered: boolean, machine: Machine): void {
  machine.role('install');
  const recommends = !skipsRecommends(options, machine);
  const words: InstallWord[] = [];
  for (const arg of operands) {
    if (/\.deb$|^\.{0,2}\//.test(arg.text)) {
      machine.effect.reads.push(machine.path(arg));
      continue;
    }
    if (arg.open.length > 0 || arg.text.includes('$(')) {
      machine.opaque('a package list that is not known', arg.span);
      continue;
    }
    if (/-$/.test(arg.text)) {
      removePackage(arg.text.slice(0, -1), machine);
      continue;
    }
    words.push({ name: bareName(arg.text), raw: arg.text, word: arg.word, span: arg.span, variable: arg.variable });
  }
  const pinned =
    options.values.has('-t') || options.values.has('--target-release') || options.values.has('--default-release');
  const added = addPackages(
    machine,
    words.map((word) => word.name),
    recommends,
    words,
  );
  if (added.includes('openssh-client')) clientGroup(machine);
  const asks = !answered && !saysYes(options);
  const record: Install = {
    manager: 'apt',
    words,
    recommends,
    added,
    pinned,
    ...(asks ? { asks } : {}),
    ...(has(options, '-f', '--fix-broken') ? { repairs: true } : {}),
  };
  machine.effect.installs.push(record);
}

/** A group that counts from 100 as those of `addgroup --system` do. */
function clientGroup(machine: Machine): void {
  const { principals, root } = machine.state;
  const name = groupOfClient(root.facts?.os.id === 'debian' ? root.facts.os.versionId : '12');
  if (!principals.has(`group:${name}`))
    principals.set(`group:${name}`, { name, kind: 'group', id: nextId(machine, 'group', 'hundred'), from: 'package' });
}

function saysYes(options: Options): boolean {
  if (has(options, '-y', '--yes', '--assume-yes', '-qq', '--force-yes', '--trivial-only')) return true;
  const quiet = options.values.get('-q') ?? options.values.get('--quiet');
  if (quiet !== undefined && /^[2-9]/.test(quiet.text)) return true;
  return options.all.some(
    ({ name, value }) =>
      (name === '-o' || name === '--option') && /Assume-Yes["']?[= ]["']?(1|true|yes)/i.test(value.text),
  );
}

function skipsRecommends(options: Options, machine: Machine): boolean {
  if (has(options, '--no-install-recommends')) return true;
  for (const { name, value } of options.all) {
    if ((name === '-o' || name === '--option') && /Install-Recommends["']?[= ]["']?(0|false|no)/i.test(value.text))
      return true;
  }
  return configured(machine);
}

/** The file of apt's settings that turns Recommends off is there. */
function configured({ state }: Machine): boolean {
  const path = state.told.get(RECOMMENDS_OFF);
  // Whatever was deleted there may have been it.
  return (
    path !== undefined && !state.writes.index.upwards(path, (writes) => writes.some(({ kind }) => kind === 'gone'))
  );
}

/** Name without version, release or architecture: `libpq-dev=15.*`, `foo/stable`, `foo:amd64`. */
export function bareName(word: string): string {
  return word.replace(/[=/].*$/, '').replace(/:(any|native|all|amd64|arm64|i386|armhf|armel)$/, '');
}

function removePackage(name: string, machine: Machine): void {
  const { state } = machine;
  const os = state.root.facts?.os;
  const found = os === undefined ? undefined : machine.facts.packageIndex(os);
  const index = found?.index;
  // Gone already with what it depends on: `purge gcc g++`.
  const again = machine.effect.removed.includes(name);
  machine.effect.removed.push(name);
  const { facts } = state.root;
  const ofBase = facts === undefined ? undefined : machine.facts.packagesOfBase(facts);
  const installed = state.packages.delete(name);
  // What the base has goes, asked for once more or not.
  if (ofBase === undefined ? !installed && !again : ofBase.has(name)) state.removedFromBase.add(name);
  if (index === undefined) return;
  const there = (one: string): boolean =>
    state.packages.has(one) || (ofBase?.has(one) === true && !state.removedFromBase.has(one));
  // What depends on it goes too (apt-get(8), remove).
  for (const other of [...state.packages.keys()]) {
    if (!state.packages.has(other) || !loses(index.get(other), name, there)) continue;
    // The dependencies of another release: what was asked for by name is not said to be gone.
    if (found?.approximate === true && state.packages.get(other)?.by === 'asked') continue;
    removePackage(other, machine);
  }
}

/** True for a package that depends on what is gone, and on nothing that is `there` instead of it. */
function loses(found: PackageFacts | undefined, gone: string, there: (name: string) => boolean): boolean {
  return (
    found?.depends.some((first) => {
      const all = [first, ...(found.others?.get(first) ?? [])];
      return all.includes(gone) && !all.some(there);
    }) === true
  );
}

/** `apt-mark auto '.*'` with `apt-mark manual $saved`: the clean-up of docker-library images. */
const mark: Handler = (call, machine) => {
  const [verb, ...names] = call.args;
  const { packages } = machine.state;
  machine.role(verb?.text.startsWith('show') === true ? 'query' : 'scaffold');
  if (verb?.text === 'auto') {
    const all = names.some((name) => name.text === '.*' || name.open.length > 0);
    for (const [name, record] of packages) {
      if (all || names.some((arg) => arg.text === name)) packages.set(name, { ...record, by: 'depends' });
    }
  } else if (verb?.text === 'manual') {
    for (const [name, record] of packages) {
      const saved = names.some((arg) => arg.open.length > 0) && (record.atom ?? 0) < machine.firstAtom;
      if (saved || names.some((arg) => arg.text === name)) packages.set(name, { ...record, by: 'asked' });
    }
  } else if (verb?.text === 'hold') machine.effect.held.push(...names.map(({ text }) => text));
};

/** Files of packages that depend on nothing but the C library (their releases on GitHub: Yelp/dumb-init, krallin/tini). */
const SELF_CONTAINED = /(^|\/)(dumb-init|tini)[\w.~+*-]*\.deb$/;

const dpkg: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['--root', '--admindir']));
  if (has(options, '-i', '--install', '--unpack')) {
    machine.role('install');
    for (const arg of options.rest) machine.effect.reads.push(machine.path(arg));
    const alone = options.rest.find((arg) => !SELF_CONTAINED.test(arg.text))?.text;
    machine.effect.installs.push({
      manager: 'apt',
      words: [],
      recommends: false,
      added: [],
      pinned: true,
      ...(alone === undefined ? {} : { alone }),
    });
  } else if (has(options, '-r', '--remove', '-P', '--purge')) {
    machine.role('scaffold');
    for (const arg of options.rest) removePackage(arg.text, machine);
  } else if (has(options, '--add-architecture', '--force-all', '--configure')) machine.role('scaffold');
  else machine.role('query');
};

/** Keys and repositories: the package manager's own configuration. */
const repository: Handler = (call, machine) => {
  machine.role('scaffold');
  machine.effect.repository = true;
  machine.effect.replayable = true;
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  machine.write('/etc/apt', { kind: 'edit', class: 'config' });
};

const preseed: Handler = (_call, machine) => {
  machine.role('scaffold');
  machine.write('/var/cache/debconf', { kind: 'edit', class: 'config' });
};

export const aptCommands: Readonly<Record<string, Handler>> = {
  'apt-get': apt,
  apt,
  aptitude: apt,
  'apt-mark': mark,
  dpkg,
  'apt-key': repository,
  'add-apt-repository': repository,
  'apt-add-repository': repository,
  'debconf-set-selections': preseed,
};
