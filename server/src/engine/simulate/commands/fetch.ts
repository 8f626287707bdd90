/** Downloads and version control (manuals of curl 8, wget 1.21, git 2.39, GnuPG 2.2). */
import { baseName, joinPath, resolvePath } from '../../model/path.ts';
import { union } from '../../model/value.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import { isRepositoryFile, type Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { unsure } from './patterns.ts';

const CURL_VALUED = new Set(
  `-o --output -H --header -d --data --data-raw --data-binary --data-urlencode -u --user -A --user-agent -e --referer -x --proxy -X
--request --retry --retry-delay --retry-max-time --connect-timeout -m --max-time --max-redirs --max-filesize --cacert --capath --cert -E
--key -w --write-out -b --cookie -c --cookie-jar -D --dump-header -F --form -T --upload-file --output-dir --resolve --tls-max --proto
--proto-redir --proto-default --ciphers --interface -C --continue-at --limit-rate -K --config -z --time-cond -r --range
--create-file-mode --netrc-file -Y -y -U --proxy-user --noproxy --url --pinnedpubkey --unix-socket --dns-servers --rate`.split(
    /\s+/,
  ),
);

const curl: Handler = (call, machine) => {
  const options = parseOptions(call.args, CURL_VALUED);
  fetched(call, machine);
  const directory = options.values.get('--output-dir');
  const inside = (arg: Arg): Arg =>
    directory === undefined || arg.text.startsWith('/')
      ? arg
      : { ...arg, text: joinPath(machine.path(directory), arg.text), open: union(arg.open, directory.open) };
  const outputs = options.all.filter(({ name }) => name === '-o' || name === '--output');
  for (const { value } of outputs) if (value.text !== '-') target(inside(value), machine);
  if (!has(options, '-O', '--remote-name', '--remote-name-all')) return;
  // The server may name the file.
  if (has(options, '-J', '--remote-header-name')) {
    machine.write(directory ?? machine.cwd, { kind: 'tree' });
    return;
  }
  const urls = [...options.rest, ...options.all.filter(({ name }) => name === '--url').map(({ value }) => value)];
  // Which of several options belongs to which address is a matter of their order (curl(1), "--remote-name").
  if (urls.length > outputs.length)
    for (const url of urls) target(inside({ ...url, text: urlName(url.text) }), machine, outputs.length === 0);
};

const WGET_VALUED = new Set(
  `-O --output-document -P --directory-prefix -o --output-file -a --append-output -t --tries -T --timeout -U --user-agent --header
--post-data --post-file --user --password --ca-certificate -e --execute -i --input-file --waitretry --wait -w --limit-rate -Q -A -R -D -l
--accept --reject --level --domains --progress --read-timeout --connect-timeout --dns-timeout --cut-dirs --load-cookies --secure-protocol
-I -X -B --base`.split(/\s+/),
);

const wget: Handler = (call, machine) => {
  const options = parseOptions(call.args, WGET_VALUED);
  fetched(call, machine);
  const document = options.values.get('-O') ?? options.values.get('--output-document');
  if (document !== undefined) {
    if (document.text !== '-' && !/^\/dev\/std/.test(document.text)) target(document, machine);
    return;
  }
  const prefix = options.values.get('-P') ?? options.values.get('--directory-prefix');
  const list = options.values.get('-i') ?? options.values.get('--input-file');
  if (list !== undefined && list.text !== '-') machine.read(list);
  const unnamed = ['--content-disposition', '--trust-server-names', '-x', '--force-directories', '-i', '--input-file'];
  if (has(options, ...unnamed) || list !== undefined) {
    machine.write(prefix ?? machine.cwd, { kind: 'tree' });
    return;
  }
  if (has(options, '-r', '--recursive', '-m', '--mirror')) {
    machine.write(prefix ?? machine.cwd, { kind: 'tree', sure: false });
    return;
  }
  for (const url of options.rest) {
    const name = urlName(url.text);
    target({ ...url, text: prefix ? joinPath(machine.path(prefix), name) : name }, machine);
  }
};

/** aria2c(1), "Basic Options", "HTTP/FTP/SFTP Options". */
const ARIA_VALUED = new Set(
  `-d --dir -o --out -i --input-file -j --max-concurrent-downloads -x --max-connection-per-server -k --min-split-size -s --split -m
--max-tries -t --timeout -l --log --header -U --user-agent --checksum -M --metalink-file -T --torrent-file -P --connect-timeout
--retry-wait --max-overall-download-limit --max-download-limit --file-allocation --console-log-level --summary-interval --referer
--load-cookies --http-user --http-passwd --all-proxy --seed-time --piece-length --lowest-speed-limit --log-level`.split(
    /\s+/,
  ),
);

const aria: Handler = (call, machine) => {
  const options = parseOptions(call.args, ARIA_VALUED);
  fetched(call, machine);
  const directory = options.values.get('-d') ?? options.values.get('--dir') ?? machine.cwd;
  const out = options.values.get('-o') ?? options.values.get('--out');
  const [url, ...others] = options.rest;
  if (out !== undefined && url !== undefined)
    target({ ...out, text: joinPath(machine.path(directory), out.text) }, machine);
  // Without a name it goes by the server's; with a list, by the list.
  else if (url !== undefined && others.length === 0 && /\.\w+$/.test(urlName(url.text)))
    target({ ...url, text: joinPath(machine.path(directory), urlName(url.text)) }, machine);
  else machine.write(directory, { kind: 'tree' });
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

function target(arg: Arg, machine: Machine, sure = true): void {
  // A `?` in an address is no pattern that anything matches.
  const isKnown = sure && arg.open.length === 0;
  machine.write(arg, { kind: 'file', class: machine.classOfNamed(arg), ...(isKnown ? {} : { sure: false }) });
}

/** The file name a downloader derives from a URL. */
function urlName(url: string): string {
  const path = url.replace(/[?#].*$/, '').replace(/^[a-z]+:\/\/[^/]*/, '');
  return baseName(path) === '' ? 'index.html' : baseName(path);
}

/** Options of `git clone` with a value (git-clone(1)). */
const GIT_VALUED = new Set(
  `-b --branch --depth -c --config -o --origin -j --jobs --reference --reference-if-able --filter -u --upload-pack --template
--shallow-since --shallow-exclude --separate-git-dir --server-option --bundle-uri --ref-format --revision`.split(/\s+/),
);
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
  const place = directory ?? machine.cwd;
  const options = parseOptions(call.args.slice(at + 1), GIT_VALUED);
  if (sub.text !== 'clone') {
    machine.write(place, { kind: 'tree', class: 'app' });
    return;
  }
  const [url, into] = options.rest;
  if (url === undefined) return;
  const name = into ?? { ...url, text: baseName(url.text.replace(/\/+$/, '')).replace(/\.git$/, '') };
  const text = directory === undefined ? name.text : resolvePath(machine.path(directory), name.text);
  machine.write({ ...name, text }, { kind: 'tree', class: 'app', fresh: true, ...unsure(name) });
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
  const signed = options.values.get('--verify');
  const operands = signed !== undefined || has(options, '--import', '--dearmor', '--decrypt', '-d') ? options.rest : [];
  for (const file of signed === undefined ? operands : [signed, ...operands])
    if (file.known && !/^(-|\/dev\/.*)$/.test(file.text)) machine.read(file);
  const output = options.values.get('-o') ?? options.values.get('--output');
  const keyring = options.values.get('--keyring');
  const home = options.values.get('--homedir') ?? machine.lookup('GNUPGHOME') ?? `${machine.home().text}/.gnupg`;
  if (output !== undefined) machine.write(output, { class: 'config', ...unsure(output) });
  else machine.write(home, { kind: 'tree', class: 'cache' });
  // A name without a slash is one below the home directory (gpg(1), "--keyring").
  const ring = keyring?.text.replace(/^gnupg-ring:/, '');
  if (keyring === undefined || ring === undefined || !ring.includes('/')) return;
  machine.write({ ...keyring, text: ring }, { kind: 'edit', class: 'config', ...unsure(keyring) });
  if (isRepositoryFile(machine.path(ring))) machine.effect.repository = true;
};

/** Options of Subversion's and Mercurial's commands with a value (svn(1), hg(1)). */
const SVN_VALUED = new Set(
  '-r --revision --depth --username --password --config-dir --config-option -b --branch -u --updaterev --config -R --repository'.split(
    ' ',
  ),
);

const svn: Handler = (call, machine) => {
  const [verb, url, into] = parseOptions(call.args, SVN_VALUED).rest;
  fetched(call, machine);
  if (verb === undefined || url === undefined) return;
  const name = into ?? { ...url, text: baseName(url.text.replace(/@[^/@]*$|\/+$/g, '')) };
  machine.write(name, { kind: 'tree', class: 'app', ...unsure(name) });
};

export const fetchers: Readonly<Record<string, Handler>> = {
  curl,
  wget,
  aria2c: aria,
  git,
  hg: svn,
  svn,
  gpg,
  gpg2: gpg,
  gpgconf: gpg,
  'ssh-keyscan': gpg,
};
