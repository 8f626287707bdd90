/** Downloads and version control (manuals of curl 8, wget 1.21, git 2.39, GnuPG 2.2). */
import { baseName, joinPath } from '../../model/path.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';

const CURL_VALUED = new Set(
  `-o --output -H --header -d --data --data-raw --data-binary -u --user -A --user-agent -e --referer -x --proxy -X --request
--retry --retry-delay --retry-max-time --connect-timeout -m --max-time --max-redirs --cacert --capath --cert --key -w --write-out
-b --cookie -c --cookie-jar -F --form -T --upload-file --output-dir --resolve --tls-max --proto --ciphers --interface -C --continue-at
--limit-rate -K --config -z --time-cond -r --range --create-file-mode --netrc-file -Y -y`.split(/\s+/),
);

const curl: Handler = (call, machine) => {
  const options = parseOptions(call.args, CURL_VALUED);
  fetched(call, machine);
  const directory = options.values.get('--output-dir');
  const inside = (name: string, arg: Arg): void => {
    const place = directory ? { ...directory, text: joinPath(machine.path(directory), name) } : { ...arg, text: name };
    machine.write(place, { ...downloaded(), class: machine.classOfNamed(place) });
  };
  let wrote = false;
  for (const { name, value } of options.all) {
    if ((name !== '-o' && name !== '--output') || value.text === '-') continue;
    wrote = true;
    if (value.text.startsWith('/') || directory === undefined) target(value, machine);
    else inside(value.text, value);
  }
  if (wrote || !has(options, '-O', '--remote-name', '--remote-name-all')) return;
  for (const url of options.rest) inside(urlName(url.text), url);
};

const WGET_VALUED = new Set(
  `-O --output-document -P --directory-prefix -o --output-file -a --append-output -t --tries -T --timeout -U --user-agent --header
--post-data --user --password --ca-certificate -e --execute -i --input-file --waitretry --wait -w --limit-rate -Q -A -R -D -l -c`.split(
    /\s+/,
  ),
);

const wget: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set([...WGET_VALUED].filter((name) => name !== '-c')));
  fetched(call, machine);
  const document = options.values.get('-O') ?? options.values.get('--output-document');
  if (document !== undefined) {
    if (document.text !== '-' && !/^\/dev\/std/.test(document.text)) target(document, machine);
    return;
  }
  const prefix = options.values.get('-P') ?? options.values.get('--directory-prefix');
  if (has(options, '-r', '--recursive', '-m', '--mirror')) {
    machine.write(prefix ?? machine.cwd, { kind: 'tree', sure: false });
    return;
  }
  for (const url of options.rest) {
    const name = urlName(url.text);
    const place = { ...url, text: prefix ? joinPath(machine.path(prefix), name) : name };
    machine.write(place, { ...downloaded(), class: machine.classOfNamed(place) });
  }
};

function fetched(call: Call, machine: Machine): void {
  machine.role('fetch');
  machine.effect.replayable = false;
  machine.need('exe', call.name, 'it downloads', true, call.span);
  machine.need(
    'certificates',
    'https',
    'it speaks TLS',
    call.args.some((arg) => arg.text.startsWith('https:')),
    call.span,
  );
}

function target(arg: Arg, machine: Machine): void {
  machine.write(arg, {
    ...downloaded(),
    class: machine.classOfNamed(arg),
    ...(arg.open.length > 0 ? { sure: false } : {}),
  });
}

function downloaded(): { kind: 'file' } {
  return { kind: 'file' };
}

/** The file name a downloader derives from a URL. */
function urlName(url: string): string {
  const path = url.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\/[^/]*/, '');
  return baseName(path) === '' ? 'index.html' : baseName(path);
}

const GIT_VALUED = new Set([
  '-b',
  '--branch',
  '--depth',
  '-c',
  '-C',
  '--config',
  '-o',
  '--origin',
  '-j',
  '--jobs',
  '--reference',
  '--filter',
  '--recurse-submodules-from',
]);
const GIT_READS = new Set([
  'rev-parse',
  'log',
  'describe',
  'status',
  'diff',
  'show',
  'ls-remote',
  'version',
  '--version',
  'ls-files',
  'tag',
]);

const git: Handler = (call, machine) => {
  const at = subcommandAt(call.args);
  const sub = call.args[at];
  if (sub === undefined || GIT_READS.has(sub.text)) {
    machine.role('query');
    machine.need('exe', 'git', 'it runs git', true, call.span);
    return;
  }
  if (sub.text === 'config') {
    machine.role('setup');
    machine.need('exe', 'git', 'it runs git', true, call.span);
    const system = call.args.some((arg) => arg.text === '--system');
    const global = call.args.some((arg) => arg.text === '--global');
    machine.write(system ? '/etc/gitconfig' : global ? `${machine.home().text}/.gitconfig` : '.git/config', {
      kind: 'edit',
      class: 'config',
    });
    return;
  }
  fetched(call, machine);
  const directory = call.args.slice(0, at).find((_, i) => call.args[i - 1]?.text === '-C');
  const options = parseOptions(call.args.slice(at + 1), GIT_VALUED);
  if (sub.text !== 'clone') {
    machine.write(directory ?? machine.cwd, { kind: 'tree', class: 'app' });
    return;
  }
  const [url, into] = options.rest;
  if (url === undefined) return;
  const name = into ?? { ...url, text: baseName(url.text.replace(/\/+$/, '')).replace(/\.git$/, '') };
  machine.write(name, { kind: 'tree', class: 'app', fresh: true });
};

function subcommandAt(args: readonly Arg[]): number {
  let at = 0;
  while (at < args.length && (args[at] as Arg).text.startsWith('-') && (args[at] as Arg).text !== '--version') {
    at += ['-C', '-c', '--git-dir', '--work-tree'].includes((args[at] as Arg).text) ? 2 : 1;
  }
  return at;
}

const gpg: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['-o', '--output', '--keyserver', '--recv-keys', '--keyring', '--homedir', '--batch-file', '--verify']),
  );
  machine.role('scaffold');
  machine.effect.replayable = false;
  machine.need('exe', call.name, 'it checks a signature or fetches a key', true, call.span);
  const output = options.values.get('-o') ?? options.values.get('--output');
  if (output !== undefined) machine.write(output, { class: 'config' });
  else machine.write(machine.lookup('GNUPGHOME') ?? `${machine.home().text}/.gnupg`, { kind: 'tree', class: 'cache' });
};

const svn: Handler = (call, machine) => {
  fetched(call, machine);
  const [, sub, url, into] = [call.name, ...call.args.filter((arg) => !arg.text.startsWith('-'))] as [
    string,
    Arg?,
    Arg?,
    Arg?,
  ];
  if (sub === undefined || url === undefined) return;
  machine.write(into ?? { ...url, text: baseName(url.text) }, { kind: 'tree', class: 'app' });
};

export const fetchers: Readonly<Record<string, Handler>> = {
  curl,
  wget,
  aria2c: wget,
  git,
  hg: svn,
  svn,
  gpg,
  gpg2: gpg,
  gpgconf: gpg,
  'ssh-keyscan': gpg,
};
