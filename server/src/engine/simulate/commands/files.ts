/** File operations of coreutils and their kin (GNU coreutils manual 9.x, POSIX.1-2017). */
import { baseName, joinPath, parentOf } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import { type Call, type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';

const mkdir: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-m', '--mode', '-Z']));
  const mode = options.values.get('-m') ?? options.values.get('--mode');
  const fresh = has(options, '-p', '--parents') ? {} : { fresh: true as const };
  machine.role('setup');
  for (const arg of options.rest)
    machine.write(arg, { kind: 'dir', ...fresh, ...(mode ? { mode: mode.text } : {}), ...unsure(arg) });
};

const touch: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '-d', '-r', '--date', '--reference']));
  machine.role('setup');
  for (const arg of options.rest) machine.write(arg, { kind: 'edit', ...unsure(arg) });
};

const remove: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('cleanup');
  for (const arg of options.rest) {
    const path = machine.path(arg);
    if (arg.glob) deleteGlob(path, machine);
    else machine.write(arg, { kind: 'gone', ...unsure(arg) });
    if (!has(options, '-f', '--force')) machine.effect.reads.push(path);
  }
};

/** `rm dir/*` empties a directory; any other pattern deletes what is known to match, and what nobody can list. */
function deleteGlob(path: string, machine: Machine): void {
  const whole = /^(.*)\/\*$/.exec(path)?.[1];
  if (whole !== undefined && !/[*?[]/.test(whole)) {
    machine.write(whole === '' ? '/' : whole, { kind: 'gone', below: true });
    return;
  }
  const matches = matching(path, machine);
  for (const match of matches) machine.write(match, { kind: 'gone' });
  // Where everything in the directory is known by name, nothing else can match; bases have no such names.
  const inTree = machine.state.writes.index.upwards(parentOf(path), (writes) =>
    writes.some((write) => write.kind === 'tree' && write.path !== '/'),
  );
  const literal = /^[^*?]{3,}/.test(baseName(path));
  if (matches.size === 0 || inTree || !literal) machine.write(globRoot(path), { kind: 'edit', sure: false });
}

/** Paths of one directory that were written and match a pattern of `*` and `?` in their last name. */
function matching(path: string, machine: Machine): Set<string> {
  const directory = parentOf(path);
  const found = new Set<string>();
  if (/[*?[{$]/.test(directory) || /[[{$\\]/.test(path)) return found;
  const pattern = baseName(path)
    .replace(/[.+^()|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const name = new RegExp(`^(?!\\.)${pattern}$`);
  for (const write of machine.state.writes.index.below(directory)) {
    const [child = ''] = write.path.slice(directory === '/' ? 1 : directory.length + 1).split('/');
    if (name.test(child)) found.add(joinPath(directory, child));
  }
  return found;
}

/** The deepest directory of a pattern that holds no pattern itself. */
export function globRoot(path: string): string {
  const at = path.search(/[*?[{$]/);
  if (at < 0) return path;
  const root = path.slice(0, path.lastIndexOf('/', at));
  return root === '' ? '/' : root;
}

const copy: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '--target-directory', '-S', '--suffix']));
  transfer(call, machine, options.rest, options.values.get('-t') ?? options.values.get('--target-directory'));
};

const move: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '--target-directory', '-S', '--suffix']));
  const sources = transfer(
    call,
    machine,
    options.rest,
    options.values.get('-t') ?? options.values.get('--target-directory'),
  );
  for (const source of sources) {
    if (source.glob) machine.write(globRoot(machine.path(source)), { kind: 'edit', sure: false });
    else machine.write(source, { kind: 'gone' });
  }
};

function transfer(_call: Call, machine: Machine, operands: readonly Arg[], into: Arg | undefined): readonly Arg[] {
  const target = into ?? operands[operands.length - 1];
  const sources = into === undefined ? operands.slice(0, -1) : operands;
  machine.role('setup');
  if (target === undefined) return sources;
  const many =
    into !== undefined || sources.length > 1 || /(^|\/)\.{0,2}$/.test(target.text) || sources.some((arg) => arg.glob);
  for (const source of sources) {
    const from = machine.read(source);
    const to = machine.path(target);
    const directory = many || isDirectory(to, machine);
    const path = directory && !source.glob ? joinPath(to, baseName(from)) : to;
    const context = machine.context.sourceOf(from, machine.state.writes);
    const args = [...source.args, ...target.args];
    machine.write(path, {
      kind: 'tree',
      class: classFrom(from, machine),
      ...(context === undefined || source.glob ? {} : { context }),
      ...(args.length > 0 ? { args } : {}),
      ...unsure(target),
    });
  }
  return sources;
}

/** What was copied stays what it was. */
function classFrom(path: string, machine: Machine): Write['class'] {
  let found: Write['class'] = 'data';
  machine.state.writes.index.upwards(path, (writes) => {
    const write = writes[writes.length - 1] as Write;
    found = write.class === 'source' || write.class === 'cache' ? 'artifact' : write.class;
    return true;
  });
  return found;
}

/** True when an earlier command made a directory of this name. */
export function isDirectory(path: string, machine: Machine): boolean {
  if (/^\/(usr|etc|bin|sbin|lib|opt|srv|var|tmp|root|home)(\/(local|bin|sbin|lib|share)){0,2}$/.test(path)) return true;
  return machine.state.writes.isDirectory(path);
}

const link: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '--target-directory', '-S']));
  const into = options.values.get('-t') ?? options.values.get('--target-directory');
  const [target, name] = options.rest;
  machine.role('setup');
  if (target === undefined) return;
  const symbolic = has(options, '-s', '--symbolic');
  const place = into ?? name ?? { ...target, text: '.' };
  const path = machine.path(place);
  const inside =
    into !== undefined || name === undefined || /(^|\/)\.{0,2}$/.test(place.text) || isDirectory(path, machine);
  const at = inside && !has(options, '-n', '-T', '--no-dereference') ? joinPath(path, baseName(target.text)) : path;
  const fresh = has(options, '-f', '--force', '-b', '-i') ? {} : { fresh: true as const };
  if (!symbolic) machine.read(target);
  machine.write(at, { kind: symbolic ? 'link' : 'file', link: target.text, ...fresh, ...unsure(place) });
};

const own: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['--reference', '--from']));
  const [owner, ...paths] = options.rest;
  machine.role('setup');
  if (owner === undefined) return;
  const name = call.name === 'chgrp' ? `:${owner.text}` : owner.text;
  meta(paths, { owner: name }, has(options, '-R', '--recursive'), machine);
};

const mode: Handler = (call, machine) => {
  // `chmod -x file`: a mode may begin with a minus.
  const rest = call.args.filter((arg) => !/^--?(R|v|f|c|Rf|recursive|verbose|silent|quiet|changes)$/.test(arg.text));
  const recursive = call.args.some((arg) => /^(-[vfc]*R[vfc]*|--recursive)$/.test(arg.text));
  const [bits, ...paths] = rest;
  machine.role('setup');
  if (bits !== undefined) meta(paths, { mode: bits.text }, recursive, machine);
};

function meta(
  paths: readonly Arg[],
  what: { owner?: string; mode?: string },
  recursive: boolean,
  machine: Machine,
): void {
  for (const arg of paths) {
    const path = machine.path(arg);
    machine.effect.reads.push(arg.glob ? globRoot(path) : path);
    const options = { kind: 'meta' as const, ...what, ...(recursive ? { recursive: true } : {}) };
    if (arg.glob) machine.write(globRoot(path), { ...options, pattern: path });
    else machine.write(arg, options);
  }
}

const install: Handler = (call, machine) => {
  const options = parseOptions(
    call.args,
    new Set(['-m', '--mode', '-o', '--owner', '-g', '--group', '-t', '--target-directory']),
  );
  const ownerArg = options.values.get('-o') ?? options.values.get('--owner');
  const groupArg = options.values.get('-g') ?? options.values.get('--group');
  const modeArg = options.values.get('-m') ?? options.values.get('--mode');
  const owner = ownerArg || groupArg ? { owner: `${ownerArg?.text ?? ''}${groupArg ? `:${groupArg.text}` : ''}` } : {};
  const bits = modeArg ? { mode: modeArg.text } : {};
  machine.role('setup');
  if (has(options, '-d', '--directory')) {
    for (const arg of options.rest) machine.write(arg, { kind: 'dir', ...owner, ...bits });
    return;
  }
  const before = machine.state.writes.all.length;
  transfer(call, machine, options.rest, options.values.get('-t') ?? options.values.get('--target-directory'));
  for (let i = before; i < machine.state.writes.all.length; i++)
    Object.assign(machine.state.writes.all[i] as Write, owner, bits);
};

const tee: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('setup');
  for (const arg of options.rest)
    machine.write(arg, { kind: has(options, '-a', '--append') ? 'edit' : 'file', ...unsure(arg) });
};

/** `sed` without -i prints; with it the files change in place. */
const sed: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-e', '--expression', '-f', '--file', '-l']));
  const inPlace = call.args.some((arg) => /^-[a-zA-Z]*i|^--in-place/.test(arg.text));
  machine.role(inPlace ? 'setup' : 'query');
  if (!inPlace) return;
  const given = options.values.has('-e') || options.values.has('--expression') || options.values.has('-f');
  for (const arg of options.rest.slice(given ? 0 : 1)) edit(arg, machine);
};

function edit(arg: Arg, machine: Machine): void {
  const path = machine.path(arg);
  machine.effect.reads.push(arg.glob ? globRoot(path) : path);
  machine.write(arg.glob ? globRoot(path) : arg, { kind: 'edit', ...unsure(arg) });
}

const find: Handler = (call, machine) => {
  const texts = call.args.map((arg) => arg.text);
  const roots = call.args.slice(0, Math.max(1, texts.findIndex((text) => /^[-(!]/.test(text)) >>> 0));
  const deletes = texts.includes('-delete') || (texts.includes('-exec') && texts.some((text) => text === 'rm'));
  const execs = texts.some((text) => text === '-exec' || text === '-execdir' || text === '-ok');
  machine.role(deletes ? 'cleanup' : execs ? 'setup' : 'query');
  if (!deletes && !execs) return;
  for (const root of roots) {
    machine.effect.reads.push(machine.path(root));
    machine.write(root, {
      kind: 'edit',
      sure: false,
      class: deletes && TRASH.test(texts.join(' ')) ? 'cache' : 'data',
    });
  }
};

/** What image authors delete below a language's tree: caches, tests, byte code (docker-library's own python images). */
const TRASH = /__pycache__|\.py[co]|-name tests?\b|\*\.a\b|\.cache/;

const rsync: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-e', '--rsh', '--exclude', '--include', '--filter']));
  transfer(call, machine, options.rest, undefined);
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

/** `awk`, `perl -pi`, `ed`: an editor that rewrites files in place. */
const perl: Handler = (call, machine) => {
  const inPlace = call.args.some((arg) => /^-[a-z]*i/.test(arg.text));
  const inline = call.args.some((arg) => /^-[a-z]*e$/.test(arg.text));
  machine.need('exe', 'perl', 'it runs perl', true, call.span);
  if (inPlace && inline) {
    machine.role('setup');
    const script = call.args.findIndex((arg) => /^-[a-z]*e$/.test(arg.text));
    for (const arg of call.args.slice(script + 2)) edit(arg, machine);
  } else if (inline) machine.opaque('perl -e', call.span);
  else machine.opaque('perl', call.span);
};

function unsure(arg: Arg): { sure?: false } {
  return arg.open.length > 0 || arg.glob ? { sure: false } : {};
}

export const files: Readonly<Record<string, Handler>> = {
  mkdir,
  touch,
  rm: remove,
  rmdir: remove,
  unlink: remove,
  shred: remove,
  cp: copy,
  mv: move,
  ln: link,
  link,
  chown: own,
  chgrp: own,
  chmod: mode,
  install,
  tee,
  sed,
  gsed: sed,
  find,
  rsync,
  patch,
  dd,
  mktemp,
  perl,
  truncate: touch,
  mkfifo: touch,
};
