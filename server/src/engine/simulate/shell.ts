/** Walks a shell script: branches, loops, pipelines, functions; hands simple commands to their handlers. */
import type { AndOrNode, ListNode, LoopNode, ShellNode, ShellWord, SimpleCommand } from '../model/shell.ts';
import type { JoinedText } from '../model/dockerfile.ts';
import { baseName } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import { known, openValue, type Value } from '../model/value.ts';
import { isShellScript, parseShell } from '../parse/shell.ts';
import type { Call, Handler } from './call.ts';
import { isConsoleScript } from './consoleScripts.ts';
import type { Machine } from './machine.ts';
import { spreadsBraces } from './braces.ts';
import { alternately, perhaps } from './branches.ts';
import { isQuestion } from './conditions.ts';
import { redirects } from './redirects.ts';
import { findHandler, findInstaller } from './registry.ts';
import { type Arg, evaluateText, evaluateWord, plainWord } from './words.ts';

/** Maps an offset of the shell text to the source. */
export type ToSource = (at: number) => number;

interface Frame {
  readonly machine: Machine;
  readonly toSource: ToSource;
  readonly functions: Map<string, ShellNode>;
}

const MAX_DEPTH = 12;
const MAX_LOOP = 40;

/** A shell body that is executed node by node; the caller changes the machine's atom between top-level nodes. */
export class ShellRun {
  private readonly frame: Frame;

  constructor(machine: Machine, toSource: ToSource) {
    this.frame = { machine, toSource, functions: new Map() };
  }

  /** Executes one node in the present shell. `maybe`: nobody knows whether it runs. */
  node(node: ShellNode, maybe = false): void {
    if (maybe) perhaps(this.frame.machine, () => walk(node, this.frame, undefined, false));
    else walk(node, this.frame, undefined, false);
  }
}

/** Runs a nested script text (`sh -c '…'`, a script of the build context) in a copy of the shell state. */
export function runScript(text: string, machine: Machine, span: Span, shell = shellOf(text)): void {
  if (machine.depth >= MAX_DEPTH) {
    machine.opaque('nested scripts', span);
    return;
  }
  const script = parseShell(text);
  if (script.errors.length > 0) {
    machine.opaque('a script that cannot be parsed', span);
    return;
  }
  scoped(machine, () => {
    if (shell !== undefined) machine.braces = spreadsBraces(shell, machine.state.root);
    walk(script.body, { machine, toSource: () => span.start, functions: new Map() }, undefined, false);
  });
}

/** The shell that a script names in its first line. */
function shellOf(text: string): string | undefined {
  return /^#!\s*\S*?(?:env\s+)?(\w+)(?:\s|$)/.exec(text)?.[1];
}

/** Offsets of a joined text as a mapping for the shell. */
export function sourceOf(text: JoinedText): ToSource {
  return (at) => text.toSource(at);
}

function scoped(machine: Machine, body: () => void): void {
  const { cwd, vars, errexit, umask, braces } = machine;
  machine.vars = new Map(vars);
  machine.depth++;
  body();
  machine.depth--;
  machine.cwd = cwd;
  machine.vars = vars;
  machine.errexit = errexit;
  machine.umask = umask;
  machine.braces = braces;
}

function walk(node: ShellNode, frame: Frame, stdin: Call | undefined, piped: boolean): Call | undefined {
  const { machine } = frame;
  switch (node.k) {
    case 'simple':
      return simple(node, frame, stdin, piped);
    case 'pipeline':
      pipeline(node.commands, frame);
      return undefined;
    case 'andor':
      andOr(node, frame, false);
      return undefined;
    case 'list':
      list(node, frame);
      return undefined;
    case 'group':
      list(node.body, frame);
      redirects(node.redirects, machine);
      return undefined;
    case 'subshell':
      scoped(machine, () => list(node.body, frame));
      redirects(node.redirects, machine);
      return undefined;
    case 'if':
      for (const { test } of node.branches) if (test !== undefined) list(test, frame, true);
      alternately(
        machine,
        node.branches.map(
          ({ body }) =>
            (): void =>
              list(body, frame),
        ),
      );
      redirects(node.redirects, machine);
      return undefined;
    case 'for':
    case 'while':
    case 'until':
      loop(node, frame);
      redirects(node.redirects, machine);
      return undefined;
    case 'case':
      alternately(
        machine,
        node.bodies.map((body) => (): void => list(body, frame)),
      );
      redirects(node.redirects, machine);
      return undefined;
    case 'function':
      frame.functions.set(node.name, node.body);
      machine.effect.shell.add('options');
      return undefined;
    case 'other':
      if (node.opaque) machine.opaque('a shell construct', toSpan(node.span, frame));
      else machine.role('query');
      return undefined;
  }
}

/** `asked`: the status of the last command is looked at, so that it may fail. */
function list({ items }: ListNode, frame: Frame, asked = false): void {
  items.forEach((item, at) => {
    if (item.k === 'andor') andOr(item, frame, asked || at < items.length - 1);
    else walk(item, frame, undefined, false);
  });
}

/** `mayFail`: the script goes on when the list fails. */
function andOr({ items, operators }: AndOrNode, frame: Frame, mayFail: boolean): void {
  const lastOr = operators.lastIndexOf('||');
  let asked = false;
  items.forEach((item, at) => {
    const before = at === 0 ? undefined : operators[at - 1];
    asked = before === '&&' && (asked || isQuestion(items[at - 1] as ShellNode));
    if (before === '||' || (asked && (mayFail || at <= lastOr)))
      perhaps(frame.machine, () => walk(item, frame, undefined, false));
    else walk(item, frame, undefined, false);
    if (operators[at] === '||') frame.machine.effect.mayFail = true;
  });
}

function pipeline(commands: readonly ShellNode[], frame: Frame): void {
  let previous: Call | undefined;
  commands.forEach((command, at) => {
    const last = at === commands.length - 1;
    previous = walk(command, frame, previous, !last);
  });
}

function loop(node: LoopNode, frame: Frame): void {
  const { machine } = frame;
  if (node.test !== undefined) list(node.test, frame, true);
  const words = node.words?.flatMap((word, at) =>
    evaluateWord(word, at, toSpan(word.span, frame), machine.lookup, machine.braces),
  );
  if (node.k !== 'for' || node.variable === undefined || words === undefined || words.length > MAX_LOOP) {
    if (node.variable !== undefined) machine.vars.set(node.variable, openValue(node.variable));
    perhaps(machine, () => list(node.body, frame));
    return;
  }
  for (const word of words) {
    const sure = word.known;
    machine.vars.set(node.variable, sure ? { text: word.text, open: [], args: word.args } : openValue(node.variable));
    if (sure) list(node.body, frame);
    else perhaps(machine, () => list(node.body, frame));
  }
}

function simple(node: SimpleCommand, frame: Frame, stdin: Call | undefined, piped: boolean): Call | undefined {
  const { machine } = frame;
  const values: [string, Value][] = [];
  for (const assignment of node.assignments) {
    const value = assignment.value === undefined ? known('') : evaluateText(assignment.value, machine.lookup);
    if (assignment.value !== undefined) substitutions(assignment.value.pieces, frame);
    values.push([assignment.name, value]);
  }
  const words: Arg[] = [];
  for (let at = 0; at < node.words.length; at++) {
    const word = node.words[at] as ShellWord;
    const only = word.pieces.length === 1 ? word.pieces[0] : undefined;
    if (only?.k === 'text') words.push(plainWord(word, only.text, at, toSpan(word.span, frame)));
    else {
      substitutions(word.pieces, frame);
      words.push(...evaluateWord(word, at, toSpan(word.span, frame), machine.lookup, machine.braces));
    }
  }
  const command = words[0];
  if (command === undefined) {
    for (const [name, value] of values) machine.vars.set(name, value);
    if (values.length > 0) machine.effect.shell.add('variables');
    machine.role('shell');
    redirects(node.redirects, machine);
    return undefined;
  }
  const saved = machine.vars;
  if (values.length > 0) {
    machine.vars = new Map(saved);
    for (const [name, value] of values) machine.vars.set(name, value);
  }
  const call: Call = {
    name: baseName(command.text),
    command,
    path: command.text.includes('/') ? command.text : undefined,
    args: words.slice(1),
    span: toSpan(node.span, frame),
    node,
    stdin,
    piped,
  };
  dispatch(call, frame);
  if (values.length > 0) {
    const changed = machine.vars;
    machine.vars = saved;
    if (SPECIAL.has(call.name)) for (const [name, value] of changed) saved.set(name, value);
  }
  redirects(node.redirects, machine, call);
  return call;
}

function dispatch(call: Call, frame: Frame): void {
  const { machine } = frame;
  machine.effect.commands.push(call.name);
  // A pattern is looked up where the shell stands; `rm -f` does not mind what it finds.
  if (call.name !== 'rm' && call.args.some((arg) => arg.glob && !arg.text.startsWith('/') && !arg.text.startsWith('-')))
    machine.read(machine.cwd);
  const body = call.path === undefined ? frame.functions.get(call.name) : undefined;
  if (body !== undefined && machine.depth < MAX_DEPTH) {
    machine.depth++;
    walk(body, frame, undefined, false);
    machine.depth--;
    return;
  }
  const handler: Handler | undefined = call.command.known ? findHandler(call.name) : undefined;
  if (handler !== undefined) handler(call, machine);
  else unknownCommand(call, machine);
}

/** A command without a handler: a script of the build context is followed, everything else is opaque. */
export function unknownCommand(call: Call, machine: Machine): void {
  if (isConsoleScript(call, machine)) {
    machine.role('program');
    machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
    return;
  }
  if (call.path !== undefined && call.command.known) {
    const path = machine.path(call.command);
    machine.effect.reads.push(path);
    const installer = findInstaller(baseName(path));
    if (installer !== undefined) {
      installer({ ...call, name: baseName(path) }, machine);
      return;
    }
    const file = machine.context.fileAt(path, machine.state.writes);
    if (file !== 'unknown' && file !== 'unread' && isShellScript(file.text)) {
      runScript(file.text, machine, call.span);
      return;
    }
    if (file === 'unread') machine.unread(path, 'program', call.span);
  }
  machine.opaque(call.name, call.span);
}

function substitutions(pieces: readonly { k: string }[], frame: Frame): void {
  for (const piece of pieces) {
    if (piece.k !== 'subst') continue;
    const script = (piece as { script?: { body: ListNode } }).script;
    // A substitution runs in a shell of its own; what it prints is not known.
    if (script !== undefined) scoped(frame.machine, () => list(script.body, { ...frame, toSource: frame.toSource }));
  }
}

/** Assignments before a special builtin stay (POSIX.1-2017, 2.14; Debian's sh is dash). */
const SPECIAL = new Set(['export', 'eval', 'set', '.', ':', 'unset', 'readonly', 'trap', 'exec']);

function toSpan(span: Span, frame: Frame): Span {
  return { start: frame.toSource(span.start), end: frame.toSource(span.end) };
}
