/** Downloads, version control and archives (manuals of curl 8, wget 1.21, git 2.39, GNU tar 1.34, Info-ZIP 6). */
import { baseName, joinPath } from '../../model/path.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import { baseHolds } from '../base.ts';
import { type Arg, evaluateWord } from '../words.ts';

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
    machine.write(
      directory ? { ...directory, text: joinPath(machine.path(directory), name) } : { ...arg, text: name },
      downloaded(),
    );
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
    const place = prefix ? joinPath(machine.path(prefix), name) : name;
    machine.write({ ...url, text: place }, downloaded());
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
  machine.write(arg, { ...downloaded(), ...(arg.open.length > 0 ? { sure: false } : {}) });
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

const TAR_VALUED = new Set([
  '-f',
  '--file',
  '-C',
  '--directory',
  '--strip-components',
  '--strip',
  '--exclude',
  '-X',
  '--transform',
  '--wildcards-match',
  '--owner',
  '--group',
]);

const tar: Handler = (call, machine) => {
  const first = call.args[0]?.text ?? '';
  // `tar xzf file`: the old style without a minus.
  const args = /^[a-zA-Z]+$/.test(first)
    ? [{ ...(call.args[0] as Arg), text: `-${first}` }, ...call.args.slice(1)]
    : call.args;
  const options = parseOptions(args, TAR_VALUED);
  const archive = options.values.get('-f') ?? options.values.get('--file');
  if (has(options, '-c', '--create')) {
    machine.role('setup');
    if (archive !== undefined && archive.text !== '-') machine.write(archive);
    return;
  }
  if (has(options, '-t', '--list')) {
    machine.role('query');
    return;
  }
  machine.role('setup');
  machine.need('exe', 'tar', 'it unpacks an archive', true, call.span);
  if (archive !== undefined && archive.text !== '-') machine.read(archive);
  const directory = options.values.get('-C') ?? options.values.get('--directory');
  unpack(directory, archive?.text === '-' ? undefined : archive, options.rest, machine);
};

/** Everything below the target may have been written; named members are written for certain. */
function unpack(directory: Arg | undefined, archive: Arg | undefined, members: readonly Arg[], machine: Machine): void {
  const stripped = members.filter((member) => member.known);
  const root = directory ?? machine.cwd;
  if (stripped.length > 0 && stripped.length === members.length) {
    for (const member of stripped)
      machine.write({ ...member, text: joinPath(machine.path(root), member.text) }, { kind: 'tree' });
    return;
  }
  const single = archive === undefined ? undefined : archiveStem(archive.text);
  const own = machine.path(root) === '/' ? ownDirectory(single, machine) : undefined;
  if (own !== undefined) {
    machine.write(own, { kind: 'tree', class: 'app', ...(single === undefined ? {} : { unpacked: single }) });
    return;
  }
  machine.write(root, { kind: 'tree', class: 'app', ...(single === undefined ? {} : { unpacked: single }) });
}

/**
 * Where an archive of sources lands that is unpacked into `/`: in a directory of its own, as they all are made (GNU Coding
 * Standards, 7.3; GitHub's archives of a ref), when the RUN goes there next and nothing else has made that directory.
 */
function ownDirectory(stem: string | undefined, machine: Machine): string | undefined {
  const next = nextDirectory(machine);
  if (next === undefined || !/^\/[\w.+-]+$/.test(next) || baseHolds(machine.state, next)) return undefined;
  if (machine.state.writes.index.exactly(next).length > 0) return undefined;
  const name = next.slice(1);
  const ref = stem?.replace(/^v(?=\d)/, '');
  const fits =
    stem === undefined || stem === name || /^[-_.]/.test(stem.slice(name.length)) || name.endsWith(`-${ref ?? ''}`);
  return fits && (stem === undefined || stem.startsWith(name) || name.endsWith(`-${ref ?? ''}`)) ? next : undefined;
}

/** The directory that the next `cd` of the RUN goes to, as far as its word is known. */
function nextDirectory(machine: Machine): string | undefined {
  for (const node of machine.upcoming) {
    const [command, target] = node.k === 'simple' ? node.words : [];
    if (command?.raw !== 'cd' || target === undefined) continue;
    const [word] = evaluateWord(target, 1, target.span, machine.lookup);
    return word?.known === true && !word.glob ? machine.path(word) : undefined;
  }
  return undefined;
}

function archiveStem(name: string): string | undefined {
  return /^(.*?)\.(tar\.\w+|tgz|tbz2?|txz|tar|zip)$/.exec(baseName(name))?.[1];
}

const unzip: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-d', '-x']));
  machine.role('setup');
  machine.need('exe', 'unzip', 'it unpacks an archive', true, call.span);
  const [archive, ...members] = options.rest;
  if (archive !== undefined) machine.read(archive);
  unpack(options.values.get('-d'), archive, members, machine);
};

const decompress: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-S', '--suffix', '-o']));
  machine.role('setup');
  if (has(options, '-c', '--stdout', '--to-stdout')) return;
  for (const file of options.rest) {
    const bare = file.text.replace(/\.(gz|bz2|xz|zst|lzma|Z)$/, '');
    machine.read(file);
    machine.write({ ...file, text: bare });
    if (!has(options, '-k', '--keep')) machine.write(file, { kind: 'gone' });
  }
};

const sevenZip: Handler = (call, machine) => {
  const out = call.args.find((arg) => arg.text.startsWith('-o'));
  machine.role('setup');
  machine.write(out ? { ...out, text: out.text.slice(2) } : machine.cwd, { kind: 'tree', class: 'app' });
};

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

/** `zip out.zip files`: one archive is written. */
const zip: Handler = (call, machine) => {
  const [archive, ...files] = call.args.filter((arg) => !arg.text.startsWith('-'));
  machine.role('setup');
  machine.need('exe', 'zip', 'it packs an archive', true, call.span);
  for (const file of files) if (!file.glob) machine.read(file);
  if (archive !== undefined)
    machine.write({ ...archive, text: /\.\w+$/.test(archive.text) ? archive.text : `${archive.text}.zip` });
};

export const fetchers: Readonly<Record<string, Handler>> = {
  curl,
  wget,
  aria2c: wget,
  git,
  hg: svn,
  svn,
  tar,
  bsdtar: tar,
  unzip,
  zip,
  gunzip: decompress,
  gzip: decompress,
  bunzip2: decompress,
  bzip2: decompress,
  xz: decompress,
  unxz: decompress,
  zstd: decompress,
  '7z': sevenZip,
  '7za': sevenZip,
  gpg,
  gpg2: gpg,
  gpgconf: gpg,
  'ssh-keyscan': gpg,
};
