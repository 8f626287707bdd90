import type { Dockerfile, JoinedText, RunInstruction } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { type ChainItem, topLevelChain } from './chainItems.ts';
import { sourceSpan } from './joined.ts';
import { isShellScript, parseShell } from './shell.ts';

/** What a cut needs of the file. */
export type FileText = Pick<Dockerfile, 'text' | 'escape'>;

/** Where the commands of a shell-form RUN stand in the source. All spans are source offsets. */
export interface RunLayout {
  readonly source: string;
  readonly escape: '\\' | '`';
  readonly run: RunInstruction;
  /** The shell text, as the items' own offsets mean it. */
  readonly text: JoinedText;
  readonly chain: readonly ChainItem[];
  /** The items. */
  readonly items: readonly Span[];
  /** `operators[i]` is the operator before item i; `undefined` for the first, and for a plain newline. */
  readonly operators: readonly (Span | undefined)[];
  /** End of the instruction's joined lines, without the line end. */
  readonly headEnd: number;
  readonly heredocScript: boolean;
}

/** Lays a RUN out; `undefined` for the exec form, for other interpreters and for text with syntax errors. */
export function layoutRun(file: FileText, run: RunInstruction): RunLayout | undefined {
  if (run.command.form !== 'shell') return undefined;
  const { text, heredocScript } = run.command;
  if (heredocScript && !isShellScript(text.text)) return undefined;
  const script = parseShell(text.text);
  if (script.errors.length > 0) return undefined;
  const chain = topLevelChain(script, { heredocScript });
  const items = chain.map((item) => sourceSpan(text, item.span.start, item.span.end));
  const operators = chain.map((item, index) => {
    const before = chain[index - 1];
    if (before === undefined || item.operator === '\n' || item.operator === '') return undefined;
    const at = text.text.indexOf(item.operator, before.span.end);
    return at < 0 || at >= item.span.start ? undefined : sourceSpan(text, at, at + item.operator.length);
  });
  const body = run.heredocs[0]?.body.start;
  return {
    source: file.text,
    escape: file.escape,
    run,
    text,
    chain,
    items,
    operators,
    headEnd: body === undefined ? run.span.end : lineContentEnd(file.text, body),
    heredocScript,
  };
}

/** The end of the content of the line that precedes the line start `next`. */
function lineContentEnd(source: string, next: number): number {
  let end = next;
  while (end > 0 && (source.charCodeAt(end - 1) === 10 || source.charCodeAt(end - 1) === 13)) end--;
  return end;
}

/** Start of the line that holds `at`. */
export function lineStart(source: string, at: number): number {
  return source.lastIndexOf('\n', at - 1) + 1;
}

/** Start of the line after the one that holds `at`, or the end of the source. */
export function nextLine(source: string, at: number): number {
  const newline = source.indexOf('\n', at);
  return newline < 0 ? source.length : newline + 1;
}

/** Whether the operator lets the next command run whatever became of the one before. */
export function isSequential(item: ChainItem | undefined): boolean {
  return item !== undefined && (item.operator === ';' || item.operator === '\n' || item.operator === '&');
}

/** `spans` without what `removed` covers; both in order, the result too, without empty spans. */
export function subtract(spans: readonly Span[], removed: readonly Span[]): Span[] {
  let left = [...spans];
  for (const { start, end } of removed) {
    left = left.flatMap((span) => {
      if (end <= span.start || start >= span.end) return [span];
      return [
        { start: span.start, end: start },
        { start: end, end: span.end },
      ].filter((part) => part.start < part.end);
    });
  }
  return left;
}

/** Adjacent spans as one, empty ones dropped. */
export function merge(spans: readonly Span[]): Span[] {
  const merged: Span[] = [];
  for (const span of spans) {
    if (span.start >= span.end) continue;
    const last = merged.at(-1);
    if (last !== undefined && last.end === span.start) merged[merged.length - 1] = { start: last.start, end: span.end };
    else merged.push(span);
  }
  return merged;
}
