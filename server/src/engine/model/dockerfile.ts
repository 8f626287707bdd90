/**
 * What the parser yields. Every span is an offset range into the original text
 * (UTF-16, end exclusive); nothing in here is normalised except where said.
 */
import type { Span } from './span.ts';

/** A `name=value` parser directive (`# syntax=…`, `# escape=…`, `# check=…`) at the top of the file. */
export interface Directive {
  readonly name: string;
  readonly value: string;
  readonly span: Span;
}

/** One whole comment line outside or inside (continuation) an instruction; the span excludes indentation and line end. */
export interface Comment {
  readonly text: string;
  readonly span: Span;
}

/** `--name=value` or `--name` before the arguments. `value` has its quotes removed as BuildKit does. */
export interface Flag {
  readonly name: string;
  readonly value: string | undefined;
  readonly span: Span;
}

/** A heredoc of RUN, COPY or ADD. */
export interface Heredoc {
  readonly name: string;
  /** `<<-`: leading tabs are stripped. */
  readonly chomp: boolean;
  /** The delimiter was unquoted, so variables in the body are expanded. */
  readonly expand: boolean;
  readonly fd: number | undefined;
  /** The operator and delimiter, `<<-EOF`. */
  readonly operator: Span;
  /** The body without the terminator line; includes the last line end of the body. */
  readonly body: Span;
  /** The line of the terminator without its line end. Empty when missing at end of file. */
  readonly terminator: Span;
  /** The body as BuildKit sees it (tabs stripped when `chomp`). */
  readonly content: string;
}

/**
 * Text as BuildKit joins it (continuations, comment lines and blank lines inside
 * the instruction removed), with a map back to the source.
 */
export interface JoinedText {
  readonly text: string;
  /** Source offset of the joined offset `at` (0 ≤ at ≤ text.length). Monotonic. */
  toSource(at: number): number;
}

/** A word of an instruction's arguments (split on blanks outside quotes), raw, with its source span. */
export interface Word {
  /** The raw joined text, quotes and variables as written. */
  readonly raw: string;
  readonly span: Span;
}

export interface KeyValue {
  readonly key: string;
  /** Raw value text as written (quotes kept), `undefined` for `ARG NAME`. */
  readonly raw: string | undefined;
  readonly span: Span;
}

/** Shell form or exec form of RUN, CMD, ENTRYPOINT, HEALTHCHECK CMD and SHELL. */
export type CommandForm =
  | { readonly form: 'exec'; readonly argv: readonly string[]; readonly argSpans: readonly Span[] }
  | {
      readonly form: 'shell';
      /** The text the shell is given (joined; for `RUN <<EOF` the heredoc body). */
      readonly text: JoinedText;
      /** True when `text` is the body of a heredoc that is run as a script (`RUN <<EOF`). */
      readonly heredocScript: boolean;
    };

interface InstructionBase {
  /** Index among all instructions of the file. */
  readonly index: number;
  /** Upper-cased keyword; for ONBUILD the keyword is `ONBUILD` and `trigger` is the parsed rest. */
  readonly keyword: string;
  readonly keywordSpan: Span;
  /** From the keyword to the end of the instruction, heredoc terminators included, without the final line end. */
  readonly span: Span;
  /** Flags before the arguments. */
  readonly flags: readonly Flag[];
  /** The arguments (after keyword and flags), joined. */
  readonly args: JoinedText;
  readonly heredocs: readonly Heredoc[];
  /** Comment lines inside the instruction's continuation. */
  readonly comments: readonly Comment[];
}

export interface FromInstruction extends InstructionBase {
  readonly kind: 'from';
  /** The image word as written, variables unexpanded. */
  readonly image: Word | undefined;
  readonly alias: Word | undefined;
}
export interface RunInstruction extends InstructionBase {
  readonly kind: 'run';
  readonly command: CommandForm;
  readonly mounts: readonly Mount[];
}
export interface CommandInstruction extends InstructionBase {
  readonly kind: 'cmd' | 'entrypoint';
  readonly command: CommandForm;
}
export interface HealthcheckInstruction extends InstructionBase {
  readonly kind: 'healthcheck';
  /** `undefined` for `HEALTHCHECK NONE`. */
  readonly command: CommandForm | undefined;
}
export interface ShellInstruction extends InstructionBase {
  readonly kind: 'shell';
  readonly argv: readonly string[];
}
export interface CopyInstruction extends InstructionBase {
  readonly kind: 'copy' | 'add';
  readonly sources: readonly Word[];
  readonly target: Word | undefined;
  /** Value of `--from`, as written. */
  readonly from: string | undefined;
}
export interface KeyValueInstruction extends InstructionBase {
  readonly kind: 'env' | 'arg' | 'label';
  readonly pairs: readonly KeyValue[];
}
export interface WordsInstruction extends InstructionBase {
  readonly kind: 'workdir' | 'user' | 'expose' | 'volume' | 'stopsignal' | 'maintainer';
  readonly words: readonly Word[];
}
export interface OnbuildInstruction extends InstructionBase {
  readonly kind: 'onbuild';
  readonly trigger: Instruction | undefined;
}
/** A keyword BuildKit does not know. The file would not build. */
export interface UnknownInstruction extends InstructionBase {
  readonly kind: 'unknown';
}

export type Instruction =
  | FromInstruction
  | RunInstruction
  | CommandInstruction
  | HealthcheckInstruction
  | ShellInstruction
  | CopyInstruction
  | KeyValueInstruction
  | WordsInstruction
  | OnbuildInstruction
  | UnknownInstruction;

/** One `--mount=…` of a RUN. `type` defaults to `bind`. */
export interface Mount {
  readonly type: string;
  readonly target: string | undefined;
  readonly source: string | undefined;
  readonly from: string | undefined;
  readonly id: string | undefined;
  readonly span: Span;
}

export type ProblemCode =
  | 'no-from'
  | 'empty-file'
  | 'unknown-instruction'
  | 'missing-argument'
  | 'bad-flag'
  | 'bad-form'
  | 'unterminated-heredoc'
  | 'dangling-continuation'
  | 'instruction-before-from'
  | 'conflict-marker'
  | 'template'
  | 'binary'
  | 'too-large'
  | 'bad-directive';

/**
 * A reason why the file cannot be rewritten. `fatal`: BuildKit would refuse the
 * file; otherwise it builds but we do not trust our own reading of it.
 */
export interface Problem {
  readonly code: ProblemCode;
  readonly span: Span;
  readonly fatal: boolean;
  readonly detail?: string;
}

/** From one FROM to the next. */
export interface Stage {
  readonly index: number;
  /** Lower-cased alias, if any. */
  readonly name: string | undefined;
  readonly from: FromInstruction;
  /** The instructions after FROM, in order. */
  readonly instructions: readonly Instruction[];
}

export interface Dockerfile {
  readonly text: string;
  /** True when the text starts with a byte order mark (offset 0). */
  readonly bom: boolean;
  /** The line end used most: `\n` or `\r\n`. */
  readonly eol: '\n' | '\r\n';
  readonly escape: '\\' | '`';
  readonly directives: readonly Directive[];
  /** Comment lines between instructions (not directives, not inside instructions). */
  readonly comments: readonly Comment[];
  readonly instructions: readonly Instruction[];
  /** Global ARGs before the first FROM. */
  readonly globalArgs: readonly KeyValueInstruction[];
  readonly stages: readonly Stage[];
  readonly problems: readonly Problem[];
  /** Offsets of line starts, for positions. */
  readonly lineStarts: readonly number[];
}
