/**
 * Users and groups: shadow's useradd and groupadd, Debian's adduser, busybox.
 * Numbers: first free id from 1000 up for users, from 999 down for `useradd -r`,
 * from 100 up for Debian's `adduser --system` (login.defs and adduser.conf of Debian 12).
 */
import type { Principal } from '../../model/state.ts';
import { type Call, type Handler, has, type Options, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';

const USERADD = new Set(
  `-u --uid -g --gid -G --groups -d --home-dir --home -s --shell -c --comment -p --password -b --base-dir -k --skel -e --expiredate
-f --inactive -K --key -R --root --prefix --gecos --ingroup -h -S-never --firstuid --lastuid -Z`.split(/\s+/),
);

const useradd: Handler = (call, machine) => {
  const options = parseOptions(call.args, without(USERADD, ['-h']));
  const name = options.rest[0];
  machine.role('principal');
  if (name === undefined) return;
  const system = has(options, '-r', '--system');
  const id = number(options, '-u', '--uid') ?? nextId(machine, 'user', system ? 'down' : 'up');
  const home = options.values.get('-d') ?? options.values.get('--home-dir') ?? options.values.get('--home');
  const group = options.values.get('-g') ?? options.values.get('--gid');
  const directory = home?.text ?? `/home/${name.text}`;
  if (group === undefined && !has(options, '-N', '--no-user-group')) addGroup(machine, name.text, id);
  addUser(machine, name.text, id, directory, group?.text);
  // The RPM distributions make a home without being asked (CREATE_HOME of their login.defs).
  const usual = machine.state.root.facts?.os.id === 'rpm' && !system && !has(options, '-M', '--no-create-home');
  if (usual || has(options, '-m', '--create-home')) homeDirectory(machine, directory, name.text);
};

/** Debian's adduser and busybox share a name; the long options tell them apart, `-D` and `-S` are busybox. */
const adduser: Handler = (call, machine) => {
  const busybox = machine.state.root.facts?.os.id === 'alpine';
  const valued = busybox
    ? new Set(['-h', '-g', '-s', '-G', '-u', '-k'])
    : new Set([
        '--uid',
        '-u',
        '--gid',
        '--home',
        '--shell',
        '--gecos',
        '--comment',
        '--ingroup',
        '--conf',
        '--firstuid',
        '--lastuid',
        '-s',
        '-G',
        '-g',
        '-h',
      ]);
  const options = parseOptions(call.args, valued);
  const [name, second] = options.rest;
  machine.role('principal');
  if (name === undefined) return;
  // `adduser user group` only adds a member.
  if (second !== undefined) return;
  const system = has(options, '-S', '--system', '-r');
  const id = number(options, '-u', '--uid') ?? nextId(machine, 'user', system ? 'hundred' : 'up');
  const home = options.values.get('--home') ?? options.values.get('-h');
  const group = options.values.get('--ingroup') ?? options.values.get('--gid') ?? options.values.get('-G');
  const directory = home?.text ?? (system && !busybox ? '/nonexistent' : `/home/${name.text}`);
  if (group === undefined && (!system || has(options, '--group')))
    addGroup(machine, name.text, system && !busybox ? nextId(machine, 'group', 'hundred') : id, system && !busybox);
  addUser(machine, name.text, id, directory, group?.text);
  if (!has(options, '-H', '--no-create-home') && directory !== '/nonexistent')
    homeDirectory(machine, directory, name.text, !system);
};

const groupadd: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-g', '--gid', '-K', '--key', '-p', '-R']));
  const name = options.rest[0];
  machine.role('principal');
  if (name === undefined || options.rest.length > 1) return;
  const system = has(options, '-r', '--system', '-S');
  const stated = number(options, '-g', '--gid');
  const hundred = system && call.name !== 'groupadd';
  const id = stated ?? nextId(machine, 'group', hundred ? 'hundred' : system ? 'down' : 'up');
  addGroup(machine, name.text, id, hundred && stated === undefined);
};

const usermod: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set([...USERADD, '-l', '--login']));
  const name = options.rest[0];
  machine.role('principal');
  if (name === undefined) return;
  const before = machine.state.principals.get(`user:${name.text}`);
  const id = number(options, '-u', '--uid') ?? before?.id;
  const home = options.values.get('-d') ?? options.values.get('--home');
  const group = options.values.get('-g') ?? options.values.get('--gid');
  const renamed = options.values.get('-l') ?? options.values.get('--login');
  if (renamed !== undefined) machine.state.principals.delete(`user:${name.text}`);
  const record: Principal = {
    ...(before ?? { from: 'base' }),
    name: renamed?.text ?? name.text,
    kind: 'user',
    id,
    ...(home ? { home: machine.path(home) } : {}),
    ...(group ? { group: group.text } : {}),
  };
  machine.principal(record);
  if (home === undefined || !has(options, '-m', '--move-home')) return;
  machine.write(home, { kind: 'tree', class: 'config', owner: record.name });
  if (before?.home !== undefined && before.home !== record.home) machine.write(before.home, { kind: 'gone' });
};

const groupmod: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-g', '--gid', '-n', '--new-name', '-p', '-R']));
  const name = options.rest[0];
  machine.role('principal');
  if (name === undefined) return;
  const before = machine.state.principals.get(`group:${name.text}`);
  const renamed = options.values.get('-n') ?? options.values.get('--new-name');
  if (renamed !== undefined) machine.state.principals.delete(`group:${name.text}`);
  machine.principal({
    ...(before ?? { from: 'base' }),
    name: renamed?.text ?? name.text,
    kind: 'group',
    id: number(options, '-g', '--gid') ?? before?.id,
  });
};

const remove: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-R', '--root']));
  machine.role('principal');
  const name = options.rest[0]?.text;
  if (name === undefined) return;
  const key = `${call.name.includes('group') ? 'group' : 'user'}:${name}`;
  const home = machine.state.principals.get(key)?.home;
  machine.state.principals.delete(key);
  // A file of the base knows better whether there is a home (userdel(8), "-r").
  if (home !== undefined && has(options, '-r', '--remove', '--remove-home'))
    machine.write(home, { kind: 'gone', sure: false });
};

const account: Handler = (_call: Call, machine) => {
  machine.role('principal');
  machine.write('/etc/shadow', { kind: 'edit', class: 'config' });
};

function addUser(
  machine: Machine,
  name: string,
  id: number | undefined,
  home: string,
  group: string | undefined,
): void {
  const own = group === undefined ? {} : { group };
  machine.principal({ name, kind: 'user', id, home: machine.path(home), ...own, from: 'command' });
}

function without(all: ReadonlySet<string>, names: readonly string[]): ReadonlySet<string> {
  return new Set([...all].filter((name) => !names.includes(name)));
}

function number(options: Options, ...names: string[]): number | undefined {
  for (const name of names) {
    const text = options.values.get(name)?.text;
    if (text !== undefined && /^\d+$/.test(text)) return Number(text);
  }
  return undefined;
}

/** The first number that is free, as the tool looks for it. */
export function nextId(machine: Machine, kind: 'user' | 'group', way: 'up' | 'down' | 'hundred'): number {
  const taken = new Set<number>();
  for (const record of machine.state.principals.values())
    if (record.id !== undefined && record.kind === kind) taken.add(record.id);
  let id = way === 'up' ? 1000 : way === 'down' ? 999 : 100;
  while (taken.has(id)) id += way === 'down' ? -1 : 1;
  return id;
}

function addGroup(machine: Machine, name: string, id: number, counted = false): void {
  machine.principal({ name, kind: 'group', id, from: 'command', ...(counted ? { counted } : {}) });
}

/** The home directory with what /etc/skel of Debian's family holds (bash: skel.bash_logout, skel.bashrc, skel.profile). */
function homeDirectory(machine: Machine, path: string, owner: string, skeleton = true): void {
  machine.write(path, { kind: 'dir', owner, class: 'config' });
  if (!skeleton || machine.state.root.facts?.os.id === 'alpine') return;
  for (const name of ['.bash_logout', '.bashrc', '.profile'])
    machine.write(`${path}/${name}`, { kind: 'file', owner, class: 'config', sure: false });
}

export const users: Readonly<Record<string, Handler>> = {
  useradd,
  adduser,
  groupadd,
  addgroup: groupadd,
  usermod,
  groupmod,
  userdel: remove,
  deluser: remove,
  groupdel: remove,
  delgroup: remove,
  passwd: account,
  chpasswd: account,
  gpasswd: account,
  chsh: account,
  chage: account,
};
