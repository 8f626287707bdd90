/** Commands that configure the system: loader cache, locales, alternatives, capabilities, services' files. */
import type { Write } from '../../model/state.ts';
import { type Handler, parseOptions } from '../call.ts';

/** A command that is known to write these paths and nothing else. */
function writes(
  needs: string | undefined,
  ...paths: { path: string; kind: Write['kind']; class?: Write['class'] }[]
): Handler {
  return (call, machine) => {
    machine.role('setup');
    if (needs !== undefined) machine.need('exe', needs, `it runs ${needs}`, true, call.span);
    for (const { path, kind, ...rest } of paths) machine.write(path, { kind, class: 'config', ...rest });
  };
}

/** A command that reads these paths where they are there (update-ca-certificates(8)). */
function reading(paths: readonly string[], handler: Handler): Handler {
  return (call, machine) => {
    handler(call, machine);
    for (const path of paths) machine.read(path);
  };
}

/** update-alternatives(1): a link to a path for each name, those of `--slave` with it; `--set` needs its path to be there. */
const alternatives: Handler = (call, machine) => {
  machine.role('setup');
  let links = 0;
  call.args.forEach(({ text }, at) => {
    const [link, , path] = call.args.slice(at + 1);
    if ((text !== '--install' && text !== '--slave') || link === undefined || path === undefined) return;
    if (text === '--install') machine.read(path);
    machine.write(link, {
      kind: 'link',
      link: path.text,
      class: 'config',
      ...(text === '--slave' ? { sure: false } : {}),
    });
    links++;
  });
  if (links > 0) return;
  const set = call.args.findIndex(({ text }) => text === '--set');
  const path = call.args[set + 2];
  if (set >= 0 && path !== undefined) machine.read(path);
  machine.write('/etc/alternatives', { kind: 'edit', class: 'config' });
};

const setcap: Handler = (call, machine) => {
  machine.role('setup');
  machine.need('exe', 'setcap', 'it sets file capabilities', true, call.span);
  for (const arg of call.args.slice(1)) {
    machine.effect.reads.push(machine.path(arg));
    machine.write(arg, { kind: 'meta', mode: `cap:${call.args[0]?.text ?? ''}` });
  }
};

/** `dpkg-reconfigure tzdata` writes /etc/localtime; other packages their own files below /etc. */
const reconfigure: Handler = (call, machine) => {
  machine.role('setup');
  for (const arg of parseOptions(call.args, new Set(['-f', '--frontend', '-p', '--priority'])).rest) {
    if (arg.text === 'tzdata') machine.write('/etc/localtime', { kind: 'file', class: 'config' });
    else if (arg.text === 'locales') machine.write('/usr/lib/locale', { kind: 'tree', class: 'config' });
    else machine.write('/etc', { kind: 'edit', sure: false, class: 'config' });
  }
};

/** Enabling and disabling of Apache modules and sites: links below /etc/apache2 (Debian's a2enmod(8)). */
const apache: Handler = (call, machine) => {
  machine.role('setup');
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  const kind = call.name.slice(-3) === 'ite' ? 'sites' : call.name.endsWith('conf') ? 'conf' : 'mods';
  machine.write(`/etc/apache2/${kind}-enabled`, { kind: 'edit', class: 'config' });
};

/** Options of openssl's commands that name a file to read (openssl(1) and its commands, 3.x). */
const INPUTS = /^-(in|inkey|key|certfile|CA|CAkey|CAfile|config|extfile|signkey|signer|cert|certs)$/;

/** Options with a value: openssl's have one minus and are never grouped, those of ssh-keygen are letters. */
const OPENSSL = new Set([
  ...['-out', '-keyout', '-days', '-subj', '-newkey', '-in', '-inform', '-outform'],
  ...['-config', '-signkey', '-CA', '-CAkey'],
]);
const GETOPT = new Set(['-f', '-t', '-b', '-N', '-C']);

/** Results that are different each time: never run twice in two stages and called equal. */
const keys: Handler = (call, machine) => {
  machine.role('setup');
  const openssl = call.name === 'openssl';
  const options = parseOptions(call.args, openssl ? OPENSSL : GETOPT, !openssl);
  let wrote = false;
  for (const { name, value } of options.all) {
    if (name !== '-f' && name !== '-out' && name !== '-keyout') continue;
    machine.write(value, { class: 'config' });
    wrote = true;
  }
  // `openssl` takes its long options with one minus.
  call.args.forEach((arg, at) => {
    const next = call.args[at + 1];
    if (!openssl || next === undefined) return;
    if (INPUTS.test(arg.text)) machine.read(next);
    else if (/^-(out|keyout)$/.test(arg.text) && !wrote) machine.write(next, { class: 'config' });
  });
  if (call.name === 'ssh-keygen' && call.args.some((arg) => arg.text === '-A'))
    machine.write('/etc/ssh', { kind: 'edit', class: 'config' });
};

/** `crontab FILE` makes FILE the table of the user (crontab(1)); from its input, nobody knows what is in it. */
const crontab: Handler = (call, machine) => {
  machine.role('setup');
  const path = `/var/spool/cron/crontabs/${machine.user() ?? 'root'}`;
  const file = call.args.find(({ text }) => !text.startsWith('-'));
  const source = file === undefined ? undefined : machine.context.sourceOf(machine.path(file), machine.state.writes);
  if (file !== undefined) machine.read(file);
  if (source === undefined) machine.write(path, { kind: 'edit', class: 'config' });
  else machine.write(path, { kind: 'file', class: 'config', context: source });
};

const LOADER = { path: '/etc/ld.so.cache', kind: 'edit', class: 'config' } as const;
const LOCALES = { path: '/usr/lib/locale', kind: 'tree' } as const;

export const system: Readonly<Record<string, Handler>> = {
  ldconfig: (call, machine) => {
    machine.role('setup');
    // It looks at the libraries that are there: in /usr/local/lib (Debian's /etc/ld.so.conf.d/libc.conf) and where it is told.
    machine.read('/usr/local/lib');
    for (const arg of call.args) if (arg.text.startsWith('/')) machine.read(arg);
    machine.write(LOADER.path, LOADER);
  },
  'locale-gen': writes('locale-gen', LOCALES, { path: '/etc/locale.gen', kind: 'edit' }),
  localedef: writes('localedef', LOCALES),
  'update-locale': writes('update-locale', { path: '/etc/default/locale', kind: 'edit' }),
  'update-ca-certificates': reading(
    ['/usr/local/share/ca-certificates', '/etc/ca-certificates.conf'],
    writes('update-ca-certificates', { path: '/etc/ssl/certs', kind: 'tree' }),
  ),
  'fc-cache': writes('fc-cache', { path: '/var/cache/fontconfig', kind: 'tree', class: 'cache' }),
  'update-rc.d': writes(undefined, { path: '/etc/rc0.d', kind: 'edit' }),
  'dpkg-divert': writes(undefined, { path: '/var/lib/dpkg/diversions', kind: 'edit' }),
  'update-alternatives': alternatives,
  alternatives,
  setcap,
  'dpkg-reconfigure': reconfigure,
  a2enmod: apache,
  a2dismod: apache,
  a2ensite: apache,
  a2dissite: apache,
  a2enconf: apache,
  a2disconf: apache,
  'ssh-keygen': keys,
  openssl: keys,
  crontab,
  htpasswd: keys,
};
