/**
 * The shell inside RUN, CMD, ENTRYPOINT and HEALTHCHECK, as few node kinds as
 * the engine needs. Offsets are into the text that was parsed (`ShellScript.text`);
 * a caller maps them to the source with its `JoinedText`.
 */
import type { Span } from './span.ts';

export type WordPiece =
  /** Literal text after quote removal. `quoted`: inside quotes or escaped, so no globbing. */
  | { readonly k: 'text'; readonly text: string; readonly quoted: boolean }
  /** `$NAME`, `${NAME}`, `${NAME:-word}`; `op` is the operator (`:-`, `-`, `#`, `%`, `/` …) and `arg` its raw operand. */
  | { readonly k: 'var'; readonly name: string; readonly op?: string; readonly arg?: string; readonly quoted: boolean }
  /** `$(…)` or backticks. `script` is undefined when it could not be read exactly. */
  | { readonly k: 'subst'; readonly script: ShellScript | undefined; readonly raw: string; readonly quoted: boolean }
  /** Unquoted glob text: `*`, `?`, `[…]`. */
  | { readonly k: 'glob'; readonly text: string }
  /** Arithmetic, process substitution, brace expansion, extended glob: not evaluated. */
  | { readonly k: 'other'; readonly raw: string };

export interface ShellWord {
  readonly raw: string;
  readonly span: Span;
  readonly pieces: readonly WordPiece[];
}

export interface ShellAssignment {
  readonly name: string;
  readonly value: ShellWord | undefined;
  readonly append: boolean;
  readonly span: Span;
}

export interface ShellRedirect {
  /** `>`, `>>`, `<`, `>|`, `&>`, `<<<`, `<<` … */
  readonly op: string;
  readonly fd: number | undefined;
  readonly target: ShellWord | undefined;
  /** Body of a shell heredoc. */
  readonly heredoc?: string;
  /** From the first line of that body to the end of its delimiter line. */
  readonly heredocSpan?: Span;
  readonly span: Span;
}

export interface SimpleCommand {
  readonly k: 'simple';
  readonly span: Span;
  readonly assignments: readonly ShellAssignment[];
  /** Name and arguments; empty for a bare assignment or redirect. */
  readonly words: readonly ShellWord[];
  readonly redirects: readonly ShellRedirect[];
}
export interface PipelineNode {
  readonly k: 'pipeline';
  readonly span: Span;
  readonly negated: boolean;
  readonly commands: readonly ShellNode[];
}
/** `a && b || c`: `operators[i]` stands between `items[i]` and `items[i+1]`. */
export interface AndOrNode {
  readonly k: 'andor';
  readonly span: Span;
  readonly items: readonly ShellNode[];
  readonly operators: readonly ('&&' | '||')[];
}
/** Statements separated by `;`, newline or `&`. */
export interface ListNode {
  readonly k: 'list';
  readonly span: Span;
  readonly items: readonly ShellNode[];
  /** `separators[i]` follows `items[i]`; the last may be ''. */
  readonly separators: readonly (';' | '\n' | '&' | '')[];
}
export interface GroupNode {
  readonly k: 'group' | 'subshell';
  readonly span: Span;
  readonly body: ListNode;
  readonly redirects: readonly ShellRedirect[];
}
export interface IfNode {
  readonly k: 'if';
  readonly span: Span;
  /** Condition and branch, in order; the last has no condition for `else`. */
  readonly branches: readonly { readonly test: ListNode | undefined; readonly body: ListNode }[];
  readonly redirects: readonly ShellRedirect[];
}
export interface LoopNode {
  readonly k: 'for' | 'while' | 'until';
  readonly span: Span;
  readonly variable: string | undefined;
  readonly words: readonly ShellWord[] | undefined;
  readonly test: ListNode | undefined;
  readonly body: ListNode;
  readonly redirects: readonly ShellRedirect[];
}
export interface CaseNode {
  readonly k: 'case';
  readonly span: Span;
  readonly subject: ShellWord;
  readonly bodies: readonly ListNode[];
  readonly redirects: readonly ShellRedirect[];
}
export interface FunctionNode {
  readonly k: 'function';
  readonly span: Span;
  readonly name: string;
  readonly body: ShellNode;
}
/** `[[ … ]]`, `(( … ))`, coproc, select: no effect on the image is read from them. `opaque` when commands may hide inside. */
export interface OtherNode {
  readonly k: 'other';
  readonly span: Span;
  readonly opaque: boolean;
}
export type ShellNode =
  | SimpleCommand
  | PipelineNode
  | AndOrNode
  | ListNode
  | GroupNode
  | IfNode
  | LoopNode
  | CaseNode
  | FunctionNode
  | OtherNode;

export interface ShellScript {
  readonly text: string;
  readonly body: ListNode;
  /** Syntax errors: nothing may be cut and every effect is doubtful. */
  readonly errors: readonly { readonly message: string; readonly at: number }[];
}
