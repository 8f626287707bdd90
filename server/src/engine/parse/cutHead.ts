/**
 * Cutting commands out of `RUN a && b; c`, whatever its layout. Every gap between two
 * commands holds one operator and the way to the next line, so that the gap before a kept
 * command may follow any other kept command.
 */
import type { Span } from '../model/span.ts';
import { isSequential, lineStart, nextLine, type RunLayout, subtract } from './runLayout.ts';

/** The spans that stay, in order; `kept` are indices of items, at least one. */
export function cutHead(layout: RunLayout, kept: readonly number[]): Span[] {
  const spans = [...lead(layout, kept[0] as number)];
  kept.forEach((item, at) => {
    spans.push(layout.items[item] as Span);
    const following = kept[at + 1];
    if (following !== undefined) spans.push(...between(layout, item, following));
    else spans.push(...tail(layout, item));
  });
  return [...spans, ...heredocs(layout, new Set(kept))];
}

/** Between item `index - 1` and item `index`. */
function gap(layout: RunLayout, index: number): Span {
  return {
    start: layout.items[index - 1]?.end ?? layout.run.span.start,
    end: layout.items[index]?.start ?? layout.headEnd,
  };
}

function commentsIn(layout: RunLayout, span: Span): Span[] {
  return layout.run.comments
    .map((comment) => comment.span)
    .filter((one) => one.start >= span.start && one.end <= span.end);
}

function wholeLines(layout: RunLayout, comments: readonly Span[]): Span[] {
  return comments.map(({ start, end }) => ({
    start: lineStart(layout.source, start),
    end: nextLine(layout.source, end),
  }));
}

/** A gap, or the rest of it from `start` on, without its operator and the blanks after that. */
function withoutOperator(layout: RunLayout, index: number, start: number): Span[] {
  const rest = { start, end: gap(layout, index).end };
  const operator = layout.operators[index];
  if (operator === undefined || operator.start < start) return [rest];
  let end = operator.end;
  while (end < rest.end && ' \t'.includes(layout.source.charAt(end))) end++;
  return subtract([rest], [{ start: operator.start, end }]);
}

/** Keyword, flags and what leads to the first kept command, its comment lines included. */
function lead(layout: RunLayout, first: number): Span[] {
  const { source } = layout;
  const opening = gap(layout, 0);
  if (first === 0) return [opening];
  // Comments above the first command spoke of a command that went.
  const keyword = subtract([opening], wholeLines(layout, commentsIn(layout, opening)));
  const own = gap(layout, first);
  const comment = commentsIn(layout, own)[0];
  if (comment === undefined) return keyword;
  const commentLine = lineStart(source, comment.start);
  const newline = source.lastIndexOf('\n', opening.end - 1);
  if (newline >= opening.start) {
    return [
      ...subtract(keyword, [{ start: newline + 1, end: opening.end }]),
      ...withoutOperator(layout, first, commentLine),
    ];
  }
  // `RUN a && \` … : the continuation that led to the comment now follows the keyword.
  let escape = commentLine - 1;
  while (escape > own.start && source.charAt(escape) !== layout.escape) escape--;
  return source.charAt(escape) === layout.escape ? [...keyword, ...withoutOperator(layout, first, escape)] : keyword;
}

function between(layout: RunLayout, from: number, to: number): Span[] {
  const own = gap(layout, to);
  if (to === from + 1) return [own];
  let source = to;
  // `a & b; c`: the `&` belongs to `a`.
  if (layout.chain[from]?.background === true) source = from + 1;
  // `a; b && c` without `b`: the failure of `a` must stay ignored.
  else while (source > from && !isSequential(layout.chain[source])) source--;
  if (source === to || source === from) return [own];
  const donor = gap(layout, source);
  const operator = layout.operators[source];
  // Comments in that gap spoke of a command that went.
  const stale = wholeLines(layout, commentsIn(layout, donor));
  if (operator === undefined || commentsIn(layout, own).length === 0) return subtract([donor], stale);
  return [...subtract([{ start: donor.start, end: operator.end }], stale), ...withoutOperator(layout, to, own.start)];
}

function tail(layout: RunLayout, last: number): Span[] {
  const end = layout.items[last]?.end ?? layout.headEnd;
  if (last === layout.items.length - 1) return [{ start: end, end: layout.headEnd }];
  const operator = layout.chain[last]?.background === true ? layout.operators[last + 1] : undefined;
  return operator === undefined ? [] : [{ start: end, end: operator.end }];
}

/** The bodies of heredocs that kept commands open, each with the line end before it. */
function heredocs(layout: RunLayout, kept: ReadonlySet<number>): Span[] {
  let start = layout.headEnd;
  return layout.run.heredocs.flatMap(({ operator, terminator }) => {
    const span = { start, end: terminator.end };
    start = terminator.end;
    const owner = layout.items.findIndex((item) => operator.start >= item.start && operator.end <= item.end);
    return owner < 0 || kept.has(owner) ? [span] : [];
  });
}
