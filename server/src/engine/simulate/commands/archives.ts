/** Archives and compressed files (manuals of GNU tar 1.34, Info-ZIP 6, gzip 1.12, p7zip 16). */
import { baseName, joinPath } from '../../model/path.ts';
import { baseHolds } from '../base.ts';
import { type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import { type Arg, evaluateWord } from '../words.ts';

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
    machine.write(own, {
      kind: 'tree',
      class: machine.classOfSources(own),
      ...(single === undefined ? {} : { unpacked: single }),
    });
    return;
  }
  machine.write(root, {
    kind: 'tree',
    class: machine.classOfSources(root),
    ...(single === undefined ? {} : { unpacked: single }),
  });
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
  for (const node of machine.upcoming()) {
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

/** `zip out.zip files`: one archive is written. */
const zip: Handler = (call, machine) => {
  const [archive, ...files] = call.args.filter((arg) => !arg.text.startsWith('-'));
  machine.role('setup');
  machine.need('exe', 'zip', 'it packs an archive', true, call.span);
  for (const file of files) if (!file.glob) machine.read(file);
  if (archive !== undefined)
    machine.write({ ...archive, text: /\.\w+$/.test(archive.text) ? archive.text : `${archive.text}.zip` });
};

export const archivers: Readonly<Record<string, Handler>> = {
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
};
