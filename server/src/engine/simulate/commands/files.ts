/** File operations of coreutils and their kin (GNU coreutils manual 9.x, POSIX.1-2017). */
import { baseName, joinPath } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import { type Handler, has, type Options, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import { deleteGlob, deleteOne, editFound, globRoot, unsure } from './patterns.ts';
import { isDirectory, isSaidDirectory, type Manner, transfer } from './transfer.ts';

const mkdir: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-m', '--mode']));
  const mode = options.values.get('-m') ?? options.values.get('--mode');
  const fresh = has(options, '-p', '--parents') ? {} : { fresh: true as const };
  machine.role('setup');
  for (const arg of options.rest)
    machine.write(arg, {
      kind: 'dir',
      class: machine.classOfMade(arg),
      ...fresh,
      ...(mode ? { mode: mode.text } : {}),
      ...unsure(arg),
    });
};

/** A command that makes its operands, or changes what is there; `valued`: its options that take a value. */
function touching(...valued: string[]): Handler {
  return (call, machine) => {
    const options = parseOptions(call.args, new Set(valued));
    machine.role('setup');
    // A log that somebody makes is there for who writes to it (cron's jobs).
    for (const arg of options.rest) editFound(arg, machine, { class: machine.classOfMade(arg) });
  };
}

/** A command of a package of its own (dos2unix(1)). */
const endings: Handler = (call, machine) => {
  machine.need('exe', call.name, 'it changes the ends of lines', true, call.span);
  touching('-c', '--convmode')(call, machine);
};

const remove: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('cleanup');
  for (const arg of options.rest) {
    if (arg.glob) deleteGlob(arg, machine);
    else deleteOne(arg, machine);
    if (!has(options, '-f', '--force')) machine.effect.reads.push(machine.path(arg));
  }
};

/** `rmdir` deletes what is empty. Where something is known to be there it fails, and the RUN goes on only if that is allowed. */
const removeEmpty: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('cleanup');
  for (const arg of options.rest) {
    const path = machine.read(arg);
    if (arg.glob) machine.write(globRoot(path), { kind: 'edit', sure: false });
    else if (has(options, '--ignore-fail-on-non-empty') || hasContent(path, machine))
      machine.write(arg, { kind: 'gone', sure: false });
    else deleteOne(arg, machine);
  }
};

function hasContent(path: string, { state }: Machine): boolean {
  const { index } = state.writes;
  const isThere = (write: Write): boolean => write.kind !== 'gone' && write.kind !== 'meta';
  return (
    index.below(path).some(isThere) || index.upwards(path, (writes) => writes.some((write) => write.kind === 'tree'))
  );
}

/** `shred` overwrites; only with -u it deletes (shred(1)). */
const shred: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-n', '--iterations', '-s', '--size', '--random-source']));
  machine.role('cleanup');
  for (const arg of options.rest) {
    machine.read(arg);
    if (arg.glob || !has(options, '-u', '--remove')) editFound(arg, machine);
    else deleteOne(arg, machine);
  }
};

/** Options of `cp`, `mv`, `ln` and `install` with a value. */
const TRANSFER_VALUED = ['-t', '--target-directory', '-S', '--suffix'];

function mannerOf(options: Options): Manner {
  return {
    into: options.values.get('-t') ?? options.values.get('--target-directory'),
    exact: has(options, '-T', '--no-target-directory'),
    parents: has(options, '--parents'),
  };
}

const copy: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(TRANSFER_VALUED));
  const files = !has(options, '-r', '-R', '-a', '--recursive', '--archive');
  transfer(machine, options.rest, { ...mannerOf(options), files });
};

const move: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(TRANSFER_VALUED));
  const sources = transfer(machine, options.rest, mannerOf(options));
  const always = !has(options, '-n', '--no-clobber', '-u', '--update');
  for (const source of sources) {
    if (always && source.glob) deleteGlob(source, machine);
    else if (source.glob) machine.write(globRoot(machine.path(source)), { kind: 'edit', sure: false });
    else if (always) deleteOne(source, machine);
    else machine.write(source, { kind: 'gone', sure: false });
  }
};

const link: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(TRANSFER_VALUED));
  const { into, exact = false } = mannerOf(options);
  const [first, ...others] = options.rest;
  machine.role('setup');
  if (first === undefined) return;
  const place = into ?? others.at(-1) ?? { ...first, text: '.' };
  const targets = into === undefined && others.length > 0 ? options.rest.slice(0, -1) : options.rest;
  const path = machine.path(place);
  // `-n` minds a name that is a link to a directory; a directory is one for it too (ln(1)).
  const inside =
    into !== undefined || targets.length > 1 || first.glob || isSaidDirectory(place) || isDirectory(path, machine);
  const symbolic = has(options, '-s', '--symbolic');
  const fresh = has(options, '-f', '--force', '-b', '-i') ? {} : { fresh: true as const };
  for (const target of targets) {
    if (!symbolic) machine.read(target);
    if (inside && (target.glob || target.open.length > 0)) machine.write(path, { kind: 'edit', sure: false });
    else
      machine.write(inside && !exact ? joinPath(path, baseName(target.text)) : path, {
        kind: symbolic ? 'link' : 'file',
        class: machine.classOfMade(inside && !exact ? joinPath(path, baseName(target.text)) : path),
        link: target.text,
        ...fresh,
        ...unsure(place),
      });
  }
};

const install: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['-m', '--mode', '-o', '--owner', '-g', '--group', ...TRANSFER_VALUED]),
  );
  const ownerArg = options.values.get('-o') ?? options.values.get('--owner');
  const groupArg = options.values.get('-g') ?? options.values.get('--group');
  const modeArg = options.values.get('-m') ?? options.values.get('--mode');
  const owner = ownerArg || groupArg ? { owner: `${ownerArg?.text ?? ''}${groupArg ? `:${groupArg.text}` : ''}` } : {};
  const bits = modeArg ? { mode: modeArg.text } : {};
  machine.role('setup');
  if (has(options, '-d', '--directory')) {
    for (const arg of options.rest) machine.write(arg, { kind: 'dir', ...owner, ...bits, ...unsure(arg) });
    return;
  }
  const before = machine.state.writes.all.length;
  transfer(machine, options.rest, { ...mannerOf(options), files: true });
  for (let i = before; i < machine.state.writes.all.length; i++)
    Object.assign(machine.state.writes.all[i] as Write, owner, bits);
};

const rsync: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set([
      '-e',
      '--rsh',
      '--exclude',
      '--exclude-from',
      '--include',
      '--include-from',
      '--filter',
      '-f',
      '--files-from',
    ]),
  );
  machine.need('exe', 'rsync', 'it copies files', true, call.span);
  transfer(machine, options.rest, { slash: true });
};

const patch: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-d', '--directory', '-i', '--input', '-p', '-o']));
  machine.role('setup');
  machine.need('exe', 'patch', 'it applies a patch', true, call.span);
  const target = options.values.get('-d') ?? options.values.get('--directory') ?? options.rest[0];
  machine.write(target ?? machine.cwd, { kind: 'tree', sure: false });
};

const dd: Handler = (call, machine) => {
  machine.role('setup');
  for (const arg of call.args) {
    if (arg.text.startsWith('of=')) machine.write({ ...arg, text: arg.text.slice(3) });
  }
};

const mktemp: Handler = (_call, machine) => {
  machine.role('query');
};

export const files: Readonly<Record<string, Handler>> = {
  mkdir,
  touch: touching('-t', '-d', '-r', '--date', '--reference', '--time'),
  rm: remove,
  rmdir: removeEmpty,
  unlink: remove,
  shred,
  cp: copy,
  mv: move,
  ln: link,
  link,
  install,
  rsync,
  patch,
  dd,
  mktemp,
  truncate: touching('-s', '--size', '-r', '--reference'),
  dos2unix: endings,
  unix2dos: endings,
  mkfifo: touching('-m', '--mode'),
};
