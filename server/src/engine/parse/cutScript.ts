/**
 * Cutting commands out of a heredoc script (`RUN <<EOF`), where a command ends with its
 * line, a comment may follow it there, and bodies of inner heredocs follow that line.
 */
import type { Span } from '../model/span.ts';
import { isSequential, lineStart, type RunLayout, subtract } from './runLayout.ts';

/** The rest of a line after a command: `;`, a comment, the line end. */
const LINE_REST = /[ \t]*;?[ \t]*(#[^\n]*)?\r?\n/y;

interface Rest extends Span {
  readonly comment: Span | undefined;
}

/** The spans that stay, in order; `kept` are indices of items, at least one. */
export function cutScript(layout: RunLayout, kept: readonly number[]): Span[] | undefined {
  const script = new Script(layout);
  const spans = [...script.lead(kept[0] as number)];
  for (const [at, item] of kept.entries()) {
    spans.push(script.extent(item));
    const following = kept[at + 1];
    const after = following === undefined ? script.tail(item) : script.between(item, following);
    if (after === undefined) return undefined;
    spans.push(...after);
  }
  return spans;
}

class Script {
  private readonly ends: readonly number[];
  private readonly body: Span;

  constructor(private readonly layout: RunLayout) {
    const { items, run, chain, text } = layout;
    this.body = run.heredocs[0]?.body ?? { start: run.span.end, end: run.span.end };
    const ends = items.map((item) => item.end);
    for (const { heredocs } of chain) {
      for (const heredoc of heredocs) {
        // The body of an inner heredoc belongs to the last command of the line that opens it.
        const start = text.toSource(heredoc.start);
        const owner = items.filter((item) => item.start < start).length - 1;
        ends[owner] = Math.max(ends[owner] ?? 0, text.toSource(heredoc.end - 1) + 1);
      }
    }
    this.ends = ends;
  }

  /** A command with the bodies of its heredocs. */
  extent(index: number): Span {
    return { start: this.layout.items[index]?.start ?? 0, end: this.ends[index] ?? 0 };
  }

  private gap(index: number): Span {
    return { start: this.ends[index - 1] ?? this.body.start, end: this.layout.items[index]?.start ?? this.body.end };
  }

  /** The rest of the line that begins the gap before `index`, when the line ends there. */
  private rest(index: number): Rest | undefined {
    const { start, end } = this.gap(index);
    return index < this.layout.items.length && !isSequential(this.layout.chain[index])
      ? undefined
      : this.restAt(start, end);
  }

  private restAt(start: number, limit: number): Rest | undefined {
    LINE_REST.lastIndex = start;
    const match = LINE_REST.exec(this.layout.source);
    if (match === null || LINE_REST.lastIndex > limit) return undefined;
    const end = LINE_REST.lastIndex;
    const from = match[1] === undefined ? -1 : start + match[0].indexOf('#');
    const comment = from < 0 ? undefined : { start: from, end: from + (match[1] ?? '').replace(/\r$/, '').length };
    return { start, end, comment };
  }

  lead(first: number): Span[] {
    const { source, run } = this.layout;
    const opening = { start: run.span.start, end: this.gap(0).end };
    if (first === 0) return [opening];
    const shebang = source.startsWith('#!', this.body.start)
      ? source.indexOf('\n', this.body.start) + 1
      : this.body.start;
    const head = { start: run.span.start, end: shebang };
    const below = this.lineOf(first, 0);
    if (below === undefined)
      return [head, { start: Math.max(shebang, lineStart(source, opening.end)), end: opening.end }];
    let { start } = below;
    const { end } = below;
    for (let next = this.blankLine(start, end); next !== undefined; next = this.blankLine(start, end)) start = next;
    return [head, { start, end }];
  }

  private blankLine(start: number, limit: number): number | undefined {
    const rest = this.restAt(start, limit);
    const blank = rest !== undefined && this.layout.source.slice(rest.start, rest.end).trim() === '';
    return blank ? rest.end : undefined;
  }

  between(from: number, to: number): Span[] {
    const own = this.gap(to);
    if (to === from + 1) return [own];
    if (this.layout.chain[from]?.background === true) return [this.gap(from + 1)];
    const donor = this.donor(from, to);
    if (donor === undefined) return [own];
    const rest = this.rest(donor);
    if (rest === undefined) return this.inline(donor, to);
    const line = this.rest(from + 1);
    const after = this.lineOf(to, from) ?? { start: rest.end, end: this.gap(donor).end };
    return [...(line === undefined ? this.withoutComment(rest) : [{ start: line.start, end: line.end }]), after];
  }

  /** After a `;` within a line; when `to` begins a line of its own, that line end follows. */
  private inline(donor: number, to: number): Span[] {
    const gap = this.gap(donor);
    const line = this.lineOf(to, donor);
    const operator = this.layout.operators[donor];
    if (line === undefined || operator === undefined) return [gap];
    const newline = this.layout.source.charAt(line.start - 2) === '\r' ? line.start - 2 : line.start - 1;
    return [
      { start: gap.start, end: operator.end },
      { start: newline, end: line.end },
    ];
  }

  /** The comment lines and the indentation of the line that `index` stands on, which begins after command `from`. */
  private lineOf(index: number, from: number): Span | undefined {
    for (let at = index; at > from; at--) {
      const below = this.below(at);
      if (below !== undefined) return below;
    }
    return undefined;
  }

  /** The whole lines and the indentation before a command, where the gap before it ends a line. */
  private below(index: number): Span | undefined {
    const { start, end } = this.gap(index);
    // After `a &&` and the line end, too, what follows belongs to the command there.
    const newline = this.layout.source.indexOf('\n', this.layout.operators[index]?.end ?? start);
    return newline >= 0 && newline < end ? { start: newline + 1, end } : undefined;
  }

  /** The last gap up to `to` that ends a line, else the last with a `;`; `undefined` when all are `&&`. */
  private donor(from: number, to: number): number | undefined {
    let found: number | undefined;
    for (let at = to; at > from; at--) {
      if (!isSequential(this.layout.chain[at])) continue;
      if (this.rest(at) !== undefined) return at;
      found ??= at;
    }
    return found;
  }

  /** A line rest for another command than its own: the comment there is not about it. */
  private withoutComment(rest: Rest): Span[] {
    return subtract([{ start: rest.start, end: rest.end }], rest.comment === undefined ? [] : [rest.comment]);
  }

  tail(last: number): Span[] | undefined {
    const { items, chain, operators } = this.layout;
    const end = this.ends[last] ?? this.body.end;
    const closing = { start: this.body.end, end: this.layout.run.span.end };
    if (last === items.length - 1) return [{ start: end, end: this.body.end }, closing];
    const operator = chain[last]?.background === true ? operators[last + 1] : undefined;
    const job = operator === undefined ? [] : [{ start: end, end: operator.end }];
    const line = operator === undefined ? this.rest(last + 1) : undefined;
    if (line !== undefined) return [line, closing].map(({ start, end: stop }) => ({ start, end: stop }));
    const rest = this.rest(items.length);
    return rest === undefined ? undefined : [...job, ...this.withoutComment(rest), closing];
  }
}
