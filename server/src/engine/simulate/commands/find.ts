/** Commands that are run on files which others find: `find -exec`, `xargs` (POSIX.1-2017 find, xargs; find(1), xargs(1)). */
import type { Call, Handler } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { rerun } from './wrappers.ts';

/** Commands that change what they are given where it stands. */
const IN_PLACE = /^(rm|rmdir|unlink|chmod|chown|chgrp|touch|truncate|sed|dos2unix|unix2dos|patchelf|chrpath|setfacl)$/;

/** Of these a slim base may have none. */
const OF_PACKAGES = /^(dos2unix|unix2dos|patchelf|chrpath|setfacl)$/;

/** What image authors delete below a language's tree: caches, tests, byte code (docker-library's own python images). */
const TRASH = /__pycache__|\.py[co]|-name tests?\b|\*\.a\b|\.cache/;

const find: Handler = (call, machine) => {
  const commands = executed(call.args);
  const deletes = call.args.some(({ text }) => text === '-delete');
  machine.role(deletes ? 'cleanup' : commands.length > 0 ? 'setup' : 'query');
  if (deletes) changes(call, machine, true);
  for (const command of commands) onFound(command, call, call, machine);
};

/** Something below the places where `finding` looks is changed, or deleted. */
function changes(finding: Call, machine: Machine, deletes: boolean): void {
  const isTrash = deletes && TRASH.test(finding.args.map(({ text }) => text).join(' '));
  machine.role(deletes ? 'cleanup' : 'setup');
  for (const root of rootsOf(finding))
    machine.write(machine.read(root ?? machine.cwd), { kind: 'edit', sure: false, class: isTrash ? 'cache' : 'data' });
}

/** Where `find` looks; `undefined`: in the working directory. */
function rootsOf(call: Call): readonly (Arg | undefined)[] {
  const rest = call.args.slice(call.args.findIndex(({ text }) => !/^-([HLP]+|O\d)$/.test(text)));
  const end = rest.findIndex(({ text }) => /^[-(!]/.test(text));
  const roots = end < 0 ? rest : rest.slice(0, end);
  return roots.length === 0 ? [undefined] : roots;
}

/** The commands behind `-exec` and its kin, without what ends them. */
function executed(args: readonly Arg[]): readonly (readonly Arg[])[] {
  const commands: Arg[][] = [];
  let open: Arg[] | undefined;
  for (const arg of args) {
    if (open === undefined && /^-(exec|execdir|ok|okdir)$/.test(arg.text)) commands.push((open = []));
    else if (arg.text === ';' || (arg.text === '+' && open?.at(-1)?.text === '{}')) open = undefined;
    else open?.push(arg);
  }
  return commands;
}

/** `call` runs a command on what `finding` finds, if that is anything. */
function onFound(command: readonly Arg[], call: Call, finding: Call, machine: Machine): void {
  const name = command[0]?.text ?? '';
  if (IN_PLACE.test(name)) {
    machine.effect.commands.push(name);
    if (OF_PACKAGES.test(name)) machine.need('exe', name, `it runs ${name}`, true, call.span);
    changes(finding, machine, /^(rm|rmdir|unlink)$/.test(name));
    return;
  }
  machine.maybe++;
  for (const root of rootsOf(finding)) {
    const found = foundBelow(machine.path(root ?? machine.cwd), call.command);
    rerun(
      call,
      command.map((arg) => (arg.text.includes('{}') ? found : arg)),
      machine,
    );
  }
  machine.maybe--;
}

/** Nobody knows what it is, but that it lies below `root`. */
function foundBelow(root: string, like: Arg): Arg {
  return { ...like, text: `${root === '/' ? '' : root}/*`, known: false, glob: true, open: ['FOUND'], variable: true };
}

const XARGS_VALUED = new Set(
  '-n -I -P -L -d -a -s -E --max-args --replace --max-procs --max-lines --delimiter --arg-file --max-chars --eof'.split(
    ' ',
  ),
);

const xargs: Handler = (call, machine) => {
  const at = call.args.findIndex((arg, index) => {
    const previous = call.args[index - 1]?.text;
    return !arg.text.startsWith('-') && (previous === undefined || !XARGS_VALUED.has(previous));
  });
  machine.role('query');
  if (at < 0) return;
  const command = call.args.slice(at);
  const mark = replaced(call.args.slice(0, at));
  // What comes in through the pipe is an operand nobody can see.
  const unseen: Arg = { ...(command[0] as Arg), text: UNSEEN, known: false, open: ['XARGS'], variable: true };
  const words = command.map((arg) => (mark !== undefined && arg.text.includes(mark) ? unseen : arg));
  if (mark === undefined) words.push(unseen);
  if (call.stdin?.name !== 'find') rerun(call, words, machine);
  else {
    const found = words.map((arg) => (arg === unseen ? { ...arg, text: '{}' } : arg));
    onFound(found, call, call.stdin, machine);
  }
};

const UNSEEN = '${XARGS}';

/** The words that `-I` and `-i` put the operand in place of. */
function replaced(options: readonly Arg[]): string | undefined {
  for (const [at, { text }] of options.entries()) {
    if (text === '-I') return options[at + 1]?.text;
    const [, glued] = /^-[0rtpx]*[Ii](.*)$/.exec(text) ?? [];
    if (glued !== undefined) return glued === '' ? '{}' : glued;
  }
  return undefined;
}

export const finders: Readonly<Record<string, Handler>> = { find, xargs };
