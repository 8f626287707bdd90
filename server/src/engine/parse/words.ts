/** How BuildKit cuts the arguments of an instruction into words. Offsets are into the joined text. */
import { isSeparator, isSpace } from './chars.ts';

export type Range = readonly [start: number, end: number];

/** Words between blanks, quotes or not: FROM, COPY, ADD, EXPOSE, VOLUME (`parseStringsWhitespaceDelimited`). */
export function splitBlanks(text: string, start: number, end: number): Range[] {
  const words: Range[] = [];
  let at = start;
  while (at < end) {
    while (at < end && isSeparator(text.charCodeAt(at))) at++;
    const from = at;
    while (at < end && !isSeparator(text.charCodeAt(at))) at++;
    if (at > from) words.push([from, at]);
  }
  return words;
}

/** Words between blanks outside quotes and not escaped: ENV, ARG, LABEL (`parseWords`). */
export function splitQuoted(text: string, start: number, end: number, escape: string): Range[] {
  const words: Range[] = [];
  let from = -1;
  let quote = '';
  for (let at = start; at < end; at++) {
    const ch = text.charAt(at);
    if (quote === '' && isSpace(ch.charCodeAt(0))) {
      if (from >= 0) words.push([from, at]);
      from = -1;
      continue;
    }
    if (from < 0) from = at;
    if (ch === escape && quote !== "'") at++;
    else if (quote !== '') {
      if (ch === quote) quote = '';
    } else if (ch === '"' || ch === "'") quote = ch;
  }
  if (from >= 0) words.push([from, end]);
  return words;
}
