/** The commands that a shell text or an argument list runs, without executing anything. */
import type { ListNode, ShellNode, ShellWord } from '../model/shell.ts';
import type { Value } from '../model/value.ts';
import { parseShell } from '../parse/shell.ts';
import { evaluateWord } from '../simulate/words.ts';

/** One command that will run: its words as far as they are known. */
export interface Command {
  readonly argv: readonly string[];
  /** The name itself is known. */
  readonly known: boolean;
  /** It runs only in some case (a branch, the right side of `||`). */
  readonly maybe: boolean;
  /** Variables that stand before the command, for it alone. */
  readonly assignments?: ReadonlyMap<string, string>;
}

export type Variables = (name: string) => Value | undefined;

/** Commands of a shell text, in order, through all branches and substitutions. `undefined`: the text cannot be parsed. */
export function commandsOfText(text: string, variables: Variables): Command[] | undefined {
  const script = parseShell(text);
  if (script.errors.length > 0) return undefined;
  const out: Command[] = [];
  const functions = new Set<string>();
  collect(script.body, { out, functions, variables, own: new Map() }, false);
  return out.filter((command) => !functions.has(command.argv[0] ?? ''));
}

interface Scope {
  readonly out: Command[];
  readonly functions: Set<string>;
  readonly variables: Variables;
  readonly own: Map<string, Value>;
}

function list(node: ListNode, scope: Scope, maybe: boolean): void {
  for (const item of node.items) collect(item, scope, maybe);
}

function words(all: readonly ShellWord[], scope: Scope, maybe: boolean): void {
  for (const word of all) {
    for (const piece of word.pieces)
      if (piece.k === 'subst' && piece.script !== undefined) list(piece.script.body, scope, maybe);
  }
}

function collect(node: ShellNode, scope: Scope, maybe: boolean): void {
  switch (node.k) {
    case 'simple': {
      const lookup: Variables = (name) => scope.own.get(name) ?? scope.variables(name);
      const assignments = new Map<string, string>();
      for (const one of node.assignments) {
        if (one.value === undefined) continue;
        words([one.value], scope, maybe);
        const value = evaluateWord(one.value, 0, one.span, lookup)[0];
        if (value === undefined) continue;
        if (node.words.length > 0) assignments.set(one.name, value.text);
        else scope.own.set(one.name, { text: value.text, open: value.open, args: value.args });
      }
      words(node.words, scope, maybe);
      const argv = node.words.flatMap((word, at) => evaluateWord(word, at, word.span, lookup));
      const first = argv[0];
      if (first === undefined) return;
      const own = assignments.size > 0 ? { assignments } : {};
      scope.out.push({ argv: argv.map((arg) => arg.text), known: first.known, maybe, ...own });
      return;
    }
    case 'pipeline':
      for (const item of node.commands) collect(item, scope, maybe);
      return;
    case 'andor':
      node.items.forEach((item, at) => collect(item, scope, maybe || (at > 0 && node.operators[at - 1] === '||')));
      return;
    case 'list':
      list(node, scope, maybe);
      return;
    case 'group':
    case 'subshell':
      list(node.body, scope, maybe);
      return;
    case 'if':
      for (const branch of node.branches) {
        if (branch.test !== undefined) list(branch.test, scope, maybe);
        list(branch.body, scope, true);
      }
      return;
    case 'for':
    case 'while':
    case 'until':
      if (node.words !== undefined) words(node.words, scope, maybe);
      if (node.test !== undefined) list(node.test, scope, maybe);
      list(node.body, scope, true);
      return;
    case 'case':
      for (const body of node.bodies) list(body, scope, true);
      return;
    case 'function':
      scope.functions.add(node.name);
      collect(node.body, scope, true);
      return;
    case 'other':
      return;
  }
}
