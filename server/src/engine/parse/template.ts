import type { Reading } from './reading.ts';

/** Jinja, Go and ERB templates, and `%%NAME%%` of sed-made files. */
const MARK = /\{\{|\{%|<%[=\s-]|<%$|%%[A-Za-z_][\w.-]*%%/g;

/** Whether an instruction begins with a template mark, so that its "keyword" is none. */
export function startsWithTemplate(text: string): boolean {
  return /^(\{\{|\{%|<%|%%)/.test(text) || /^[}%]\}/.test(text);
}

/** Offsets in `text` that stand in quotes: half-open ranges, in order. */
function quotedRanges(text: string, escape: string): (readonly [number, number])[] {
  const ranges: (readonly [number, number])[] = [];
  let quote = '';
  let from = 0;
  for (let at = 0; at < text.length; at++) {
    const ch = text.charAt(at);
    if (ch === escape && quote !== "'") at++;
    else if (quote === '' && (ch === '"' || ch === "'")) {
      quote = ch;
      from = at;
    } else if (ch === quote) {
      quote = '';
      ranges.push([from, at + 1]);
    }
  }
  return ranges;
}

/**
 * Reports template text outside quotes in the arguments `[start, end)`. In FROM it is
 * fatal: no image name holds braces. Elsewhere the file builds, but not as was meant.
 * `docker inspect --format {{.Id}}` is an argument, not a template.
 */
export function reportTemplates(reading: Reading, keyword: string, start: number, end: number): void {
  const args = reading.joined.text.slice(start, end);
  if (args.search(MARK) < 0) return;
  const quoted = quotedRanges(args, reading.escape);
  for (const match of args.matchAll(MARK)) {
    const at = match.index;
    if (quoted.some(([from, to]) => at >= from && at < to)) continue;
    if (match[0] === '{{' && /(^|\s)-\S*(\s+\S*)?$/.test(args.slice(0, at))) continue;
    const span = reading.span(start + at, start + at + match[0].length);
    const detail = 'template text';
    if (keyword === 'FROM') reading.refuse('template', span, detail);
    else reading.doubt('template', span, detail);
    return;
  }
}
