/** File operations of coreutils and their kin (GNU coreutils manual 9.x, POSIX.1-2017). */
import { baseName, joinPath } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import { type Handler, has, parseOptions } from '../call.ts';
import { deleteGlob, globRoot, unsure } from './patterns.ts';
import { isDirectory, transfer } from './transfer.ts';

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

const copy: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '--target-directory', '-S', '--suffix']));
  const files = !has(options, '-r', '-R', '-a', '--recursive', '--archive');
  transfer(machine, options.rest, options.values.get('-t') ?? options.values.get('--target-directory'), files);
};

const move: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-t', '--target-directory', '-S', '--suffix']));
  const sources = transfer(machine, options.rest, options.values.get('-t') ?? options.values.get('--target-directory'));
  for (const source of sources) {
    if (source.glob) machine.write(globRoot(machine.path(source)), { kind: 'edit', sure: false });
    else machine.write(source, { kind: 'gone' });
  }
};

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
  transfer(machine, options.rest, options.values.get('-t') ?? options.values.get('--target-directory'), true);
  for (let i = before; i < machine.state.writes.all.length; i++)
    Object.assign(machine.state.writes.all[i] as Write, owner, bits);
};

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
  transfer(machine, options.rest, undefined);
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
  touch,
  rm: remove,
  rmdir: remove,
  unlink: remove,
  shred: remove,
  cp: copy,
  mv: move,
  ln: link,
  link,
  install,
  find,
  rsync,
  patch,
  dd,
  mktemp,
  truncate: touch,
  mkfifo: touch,
};
