import type { AndOrNode, ShellNode, ShellRedirect, ShellScript, SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';

/** What stands between a command and the one before it; '' for the first. */
export type ChainOperator = '' | '&&' | ';' | '\n' | '&';

/** One top-level command of a RUN: what is placed, kept or cut as a whole. */
export interface ChainItem {
  /** Offsets into the script's text. A shell heredoc's body lies outside. */
  readonly span: Span;
  /** What it executes. `a || b` (with all that precedes the `||` in its list) is one node. */
  readonly nodes: readonly ShellNode[];
  readonly operator: ChainOperator;
  /**
   * False: it stays whatever is decided, because its text cannot be taken out (a job in
   * the background, a script with syntax errors, a heredoc shared by several commands).
   */
  readonly cuttable: boolean;
  /** It runs in the background. */
  readonly background: boolean;
  /** A failure of it does not fail the RUN: something follows by `;`, newline or `&`, and `set -e` is not in force for it. */
  readonly ignoredFailure: boolean;
  /** Shell heredocs that its commands read, in order: body and delimiter line, as offsets into the text. */
  readonly heredocs: readonly Span[];
}

/** What the caller knows of the shell that runs the script. */
export interface ChainOptions {
  /** `set -e` is in force from the beginning (`SHELL ["bash", "-ec"]`). */
  readonly errexit?: boolean;
  /** The script is a heredoc (`RUN <<EOF`): its lines are the file's lines. */
  readonly heredocScript?: boolean;
}

interface Draft {
  readonly nodes: readonly ShellNode[];
  readonly span: Span;
  readonly operator: ChainOperator;
  readonly background: boolean;
  /** The last of its `&&` list: the one whose failure `set -e` sees. */
  readonly lastOfList: boolean;
}

/**
 * The top-level commands of a script, in order. `a && b; c` is three; `a && b || c && d`
 * is `a && b || c` and `d`; a pipeline, a group, a loop, an `if` is one.
 */
export function topLevelChain(script: ShellScript, options: ChainOptions = {}): readonly ChainItem[] {
  if (options.errexit === true || options.heredocScript === true) return chainOf(script, options);
  let chain = chains.get(script);
  if (chain === undefined) chains.set(script, (chain = chainOf(script, options)));
  return chain;
}

/** Scripts are parsed once per text (`parseShell`), so that a chain is found by its script. */
const chains = new WeakMap<ShellScript, readonly ChainItem[]>();

function chainOf(script: ShellScript, options: ChainOptions): readonly ChainItem[] {
  const drafts: Draft[] = [];
  let operator: ChainOperator = '';
  script.body.items.forEach((node, index) => {
    const separator = script.body.separators[index] ?? '';
    const background = separator === '&';
    const parts = node.k === 'andor' && !background ? splitList(node) : [node];
    parts.forEach((part, at) => {
      drafts.push({
        nodes: [part],
        span: part.span,
        operator: at === 0 ? operator : '&&',
        background,
        lastOfList: at === parts.length - 1,
      });
    });
    operator = separator;
  });
  return finish(drafts, script, options);
}

/** `a && b || c && d` into `a && b || c` and `d`: what stands left of a `||` may be its condition. */
function splitList(node: AndOrNode): ShellNode[] {
  const or = node.operators.lastIndexOf('||');
  if (or < 0) return [...node.items];
  if (or === node.operators.length - 1) return [node];
  const head = node.items.slice(0, or + 2);
  const last = head.at(-1) as ShellNode;
  const guarded: AndOrNode = {
    k: 'andor',
    span: { start: node.span.start, end: last.span.end },
    items: head,
    operators: node.operators.slice(0, or + 1),
  };
  return [guarded, ...node.items.slice(or + 2)];
}

/**
 * For the commands that stay (indices in order): whether a failure of each would then be
 * ignored. Compare with `ignoredFailure` of the whole chain to see whether a cut changes
 * how the RUN fails.
 */
export function ignoredAfterCut(
  chain: readonly ChainItem[],
  kept: readonly number[],
  errexit = false,
): readonly boolean[] {
  let force = errexit;
  return kept.map((index, at) => {
    const item = chain[index];
    const sequentialAfter = kept.slice(at).map((one, next) => {
      const following = kept[at + next + 1];
      return (
        following !== undefined && chain.slice(one + 1, following + 1).some((between) => between.operator !== '&&')
      );
    });
    // The last of its `&&` list is the one whose failure `set -e` sees.
    const seen = force && (sequentialAfter[0] === true || at === kept.length - 1) && item?.background !== true;
    force = errexitAfter(item?.nodes ?? [], force);
    return item?.background === true || (sequentialAfter.includes(true) && !seen);
  });
}

function finish(drafts: readonly Draft[], script: ShellScript, options: ChainOptions): readonly ChainItem[] {
  const heredocs = drafts.map((draft) => draft.nodes.flatMap(heredocsOf));
  const glued = options.heredocScript === true ? gluedItems(drafts, heredocs) : new Set<number>();
  const whole = script.errors.length === 0;
  let errexit = options.errexit === true;
  return drafts.map((draft, index) => {
    const seen = errexit && draft.lastOfList && !draft.background;
    errexit = errexitAfter(draft.nodes, errexit);
    return {
      span: draft.span,
      nodes: draft.nodes,
      operator: draft.operator,
      cuttable: whole && !draft.background && !glued.has(index),
      background: draft.background,
      ignoredFailure: draft.background || (hasLaterList(drafts, index) && !seen),
      heredocs: heredocs[index] ?? [],
    };
  });
}

/** Whether a command after the item's own `&&` list exists. */
function hasLaterList(drafts: readonly Draft[], index: number): boolean {
  return drafts.slice(index + 1).some((draft) => draft.operator !== '&&');
}

/** A heredoc whose body begins after the next command's start ties the commands of that line together. */
function gluedItems(drafts: readonly Draft[], heredocs: readonly (readonly Span[])[]): Set<number> {
  const glued = new Set<number>();
  heredocs.forEach((spans, owner) => {
    const body = spans[0];
    if (body === undefined) return;
    for (let at = owner + 1; (drafts[at]?.span.start ?? Number.POSITIVE_INFINITY) < body.start; at++)
      glued.add(owner).add(at);
  });
  return glued;
}

/** `set -e`, `set -eux`, `set -o errexit` and their opposites, as a command of its own. */
function errexitAfter(nodes: readonly ShellNode[], before: boolean): boolean {
  let state = before;
  for (const node of nodes) {
    if (node.k !== 'simple' || node.words[0]?.raw !== 'set') continue;
    const words = node.words.map((word) => word.raw);
    words.forEach((word, at) => {
      if (/^[-+][a-z]*e/.test(word)) state = word.startsWith('-');
      if (/^[-+][a-z]*o$/.test(word) && words[at + 1] === 'errexit') state = word.startsWith('-');
    });
  }
  return state;
}

/** Every heredoc in a node, nested ones included, in the order of the text. */
function heredocsOf(node: ShellNode): Span[] {
  const spans: Span[] = [];
  const redirects = (list: readonly ShellRedirect[]): void => {
    for (const { heredocSpan } of list) if (heredocSpan !== undefined) spans.push(heredocSpan);
  };
  visitNodes(node, (inner) => {
    if ('redirects' in inner) redirects(inner.redirects);
  });
  return spans.sort((a, b) => a.start - b.start);
}

/** Visits a node and all nodes below it but those in substitutions, in the order of the text. */
export function visitNodes(node: ShellNode, visit: (node: ShellNode) => void): void {
  visit(node);
  for (const child of childrenOf(node)) visitNodes(child, visit);
}

function childrenOf(node: ShellNode): readonly ShellNode[] {
  switch (node.k) {
    case 'pipeline':
      return node.commands;
    case 'andor':
    case 'list':
      return node.items;
    case 'group':
    case 'subshell':
      return [node.body];
    case 'if':
      return node.branches.flatMap(({ test, body }) => (test === undefined ? [body] : [test, body]));
    case 'for':
    case 'while':
    case 'until':
      return node.test === undefined ? [node.body] : [node.test, node.body];
    case 'case':
      return node.bodies;
    case 'function':
      return [node.body];
    default:
      return [];
  }
}

/** The simple commands of a node, in the order of the text; not those in substitutions. */
export function simpleCommands(node: ShellNode): SimpleCommand[] {
  const found: SimpleCommand[] = [];
  visitNodes(node, (inner) => {
    if (inner.k === 'simple') found.push(inner);
  });
  return found;
}
