/** Archives and compressed files (manuals of GNU tar 1.34, Info-ZIP 6, gzip 1.12, xz 5.4, zstd 1.5, p7zip 16). */
import { baseName, resolvePath } from '../../model/path.ts';
import { baseHolds } from '../base.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import { type Arg, evaluateWord } from '../words.ts';
import { deleteOne, globRoot, matching, unsure } from './patterns.ts';

const TAR_VALUED = new Set(
  `-f --file -C --directory --strip-components --strip --exclude -X --exclude-from --transform --xform --owner --group --mode --mtime
-T --files-from -I --use-compress-program -b --blocking-factor -K --starting-file -N --newer -L --tape-length -g --listed-incremental
-F --info-script -H --format -V --label --to-command --checkpoint-action --sort`.split(/\s+/),
);

const tar: Handler = (call, machine) => {
  const options = parseOptions(spread(call.args), TAR_VALUED);
  const archive = options.values.get('-f') ?? options.values.get('--file');
  const file = archive?.text === '-' ? undefined : archive;
  if (has(options, '-c', '--create')) {
    machine.role('setup');
    if (file !== undefined) machine.write(file);
    return;
  }
  if (has(options, '-t', '--list')) {
    machine.role('query');
    return;
  }
  machine.role('setup');
  machine.need('exe', 'tar', 'it unpacks an archive', true, call.span);
  const program = options.values.get('-I') ?? options.values.get('--use-compress-program');
  const compressor =
    call.name === 'bsdtar' ? undefined : (program?.text.split(' ')[0] ?? compressorOf(options.flags, file));
  if (compressor !== undefined) needCompressor(compressor, call, machine);
  if (file !== undefined) machine.read(file);
  if (has(options, '-O', '--to-stdout')) return;
  const stripped = options.values.get('--strip-components') ?? options.values.get('--strip');
  const isMoved = ['--transform', '--xform', '-T', '--files-from'].some((name) => options.values.has(name));
  unpack(options.values.get('-C') ?? options.values.get('--directory'), file, options.rest, machine, (member) => {
    if (isMoved) return undefined;
    return stripped === undefined ? member : withoutFirst(member, stripped.text);
  });
};

/** `tar xzf file`: the letters of the old style have no minus, and take their values from the words behind, in order (tar(1)). */
function spread(args: readonly Arg[]): readonly Arg[] {
  const [letters, ...rest] = args;
  if (letters === undefined || !/^[a-zA-Z]+$/.test(letters.text)) return args;
  const out: Arg[] = [];
  for (const letter of letters.text) {
    const option = `-${letter}`;
    out.push({ ...letters, text: option });
    const value = TAR_VALUED.has(option) ? rest.shift() : undefined;
    if (value !== undefined) out.push(value);
  }
  return [...out, ...rest];
}

/** The program that tar runs to decompress, by its letter or the name of the archive; gzip is in every image. */
function compressorOf(flags: ReadonlySet<string>, archive: Arg | undefined): string | undefined {
  const name = archive?.text ?? '';
  if (flags.has('-J') || flags.has('--xz') || /\.(t?xz|tlz|lzma)$/.test(name)) return 'xz';
  if (flags.has('-j') || flags.has('--bzip2') || /\.(t?bz2?|tbz2)$/.test(name)) return 'bzip2';
  if (flags.has('--zstd') || /\.t?zst$/.test(name)) return 'zstd';
  return undefined;
}

/** Alpine's busybox decompresses bzip2 and xz itself (busybox, "tar", "unxz", "bunzip2"). */
function needCompressor(name: string, call: Call, machine: Machine): void {
  if (machine.state.root.facts?.os.id === 'alpine' && /^(xz|bzip2)$/.test(name)) return;
  if (name !== 'gzip') machine.need('exe', name, 'it decompresses', true, call.span);
}

function withoutFirst(member: string, count: string): string | undefined {
  const rest = member.split('/').slice(Number(count));
  return /^\d+$/.test(count) && rest.length > 0 ? rest.join('/') : undefined;
}

/** Where a member lands below the target; `undefined`: nobody knows. */
type Place = (member: string) => string | undefined;

/** Everything below the target may have been written; named members are written for certain. */
function unpack(
  directory: Arg | undefined,
  archive: Arg | undefined,
  members: readonly Arg[],
  machine: Machine,
  place: Place = (member) => member,
): void {
  const root = directory ?? machine.cwd;
  const named = members.map((member) =>
    member.known && !/[*?[]/.test(member.text) ? place(member.text.replace(/^(\.?\/)+|\/$/g, '')) : undefined,
  );
  if (named.length > 0 && named.every((name) => name !== undefined && name !== '')) {
    named.forEach((name, at) =>
      machine.write(
        { ...(members[at] as Arg), text: resolvePath(machine.path(root), `./${name as string}`) },
        { kind: 'tree' },
      ),
    );
    return;
  }
  const single = archive === undefined ? undefined : archiveStem(archive.text);
  const own = machine.path(root) === '/' ? ownDirectory(single, machine) : undefined;
  const at = own ?? root;
  machine.write(at, {
    kind: 'tree',
    class: machine.classOfSources(at),
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
  // `-x` takes all words up to the next option (unzip(1)).
  const out = call.args.findIndex(({ text }) => text === '-x');
  const end = call.args.findIndex(({ text }, at) => at > out && text.startsWith('-'));
  const args = out < 0 ? call.args : [...call.args.slice(0, out), ...(end < 0 ? [] : call.args.slice(end))];
  const options = parseOptions(args, new Set(['-d', '-P']));
  const [archive, ...members] = options.rest;
  machine.need('exe', 'unzip', 'it unpacks an archive', true, call.span);
  if (archive !== undefined) machine.read(archive);
  if (has(options, '-l', '-t', '-v', '-Z', '-z', '-p', '-c')) {
    machine.role('query');
    return;
  }
  machine.role('setup');
  unpack(options.values.get('-d'), archive, members, machine, has(options, '-j') ? baseName : undefined);
};

interface Compressor {
  readonly program: string;
  /** What it puts behind the name of a file (its manual). */
  readonly suffix: string;
  /** It decompresses without being told. */
  readonly expands: boolean;
}

const COMPRESSORS: Readonly<Record<string, Compressor>> = {
  gzip: { program: 'gzip', suffix: '.gz', expands: false },
  gunzip: { program: 'gzip', suffix: '.gz', expands: true },
  bzip2: { program: 'bzip2', suffix: '.bz2', expands: false },
  bunzip2: { program: 'bzip2', suffix: '.bz2', expands: true },
  xz: { program: 'xz', suffix: '.xz', expands: false },
  unxz: { program: 'xz', suffix: '.xz', expands: true },
  zstd: { program: 'zstd', suffix: '.zst', expands: false },
  unzstd: { program: 'zstd', suffix: '.zst', expands: true },
};

/** `gunzip x.gz`, `gzip -d x.gz` and `gzip x`: one file takes the place of the other. */
const compress: Handler = (call, machine) => {
  const { program, suffix: usual, expands: always } = COMPRESSORS[call.name] as Compressor;
  const options = parseOptions(call.args, new Set(['-S', '--suffix', '-o', '-T', '--threads']));
  machine.role('setup');
  needCompressor(program, call, machine);
  const expands = always || has(options, '-d', '--decompress', '--uncompress');
  const keeps = program === 'zstd' ? !has(options, '--rm') : has(options, '-k', '--keep');
  const output = options.values.get('-o');
  const suffix = options.values.get('-S')?.text ?? options.values.get('--suffix')?.text ?? usual;
  const replace = (file: Arg): void => {
    const name = expands ? expanded(file.text) : file.text + suffix;
    machine.write(output ?? { ...file, text: name }, unsure(file));
    if (!keeps) deleteOne(file, machine);
  };
  for (const file of options.rest) {
    const path = machine.read(file);
    if (has(options, '-c', '--stdout', '--to-stdout', '-t', '--test', '-l', '--list')) continue;
    if (file.glob || has(options, '-r', '--recursive')) machine.write(globRoot(path), { kind: 'edit', sure: false });
    if (!file.glob && !has(options, '-r', '--recursive')) replace(file);
    else if (file.glob) for (const match of matching(path, machine)) replace({ ...file, text: match, glob: false });
  }
};

function expanded(name: string): string {
  return name.replace(/\.t([gx]z|bz2?|zst)$/, '.tar').replace(/\.(gz|bz2|xz|zst|lzma|Z)$/, '');
}

const sevenZip: Handler = (call, machine) => {
  const [verb, archive] = call.args.filter((arg) => !arg.text.startsWith('-'));
  const out = call.args.find((arg) => /^-o./.test(arg.text));
  machine.need('exe', call.name, 'it packs and unpacks archives', true, call.span);
  machine.role(verb?.text === 'l' || verb?.text === 't' ? 'query' : 'setup');
  if (archive !== undefined) machine.read(archive);
  if (verb?.text === 'a' && archive !== undefined) machine.write(archive);
  else if (verb?.text === 'x' || verb?.text === 'e')
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
  ...Object.fromEntries(Object.keys(COMPRESSORS).map((name) => [name, compress])),
  '7z': sevenZip,
  '7za': sevenZip,
};
