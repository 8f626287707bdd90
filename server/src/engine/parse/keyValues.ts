import type { KeyValue } from '../model/dockerfile.ts';
import { isSeparator } from './chars.ts';
import { unquoteValue } from './expand.ts';
import type { Reading } from './reading.ts';
import { type Range, splitQuoted } from './words.ts';

function pair(reading: Reading, [start, end]: Range): KeyValue {
  const { text } = reading.joined;
  const equals = text.indexOf('=', start);
  const split = equals >= 0 && equals < end ? equals : undefined;
  return {
    key: unquoteValue(text.slice(start, split ?? end), reading.escape),
    raw: split === undefined ? undefined : text.slice(split + 1, end),
    span: reading.span(start, end),
  };
}

function checkKeys(reading: Reading, pairs: readonly KeyValue[]): readonly KeyValue[] {
  for (const { raw, span } of pairs) {
    const blank = reading.source.charAt(span.start) === '=';
    if (blank && raw !== undefined) reading.refuse('bad-form', span, 'a name is missing before "="');
  }
  return pairs;
}

/** `NAME` and `NAME=value` words of ARG. */
export function readArgs(reading: Reading, start: number, end: number): readonly KeyValue[] {
  const words = splitQuoted(reading.joined.text, start, end, reading.escape);
  if (words.length === 0) reading.refuse('missing-argument', reading.span(0, end), 'ARG needs a name');
  return checkKeys(
    reading,
    words.map((word) => pair(reading, word)),
  );
}

/** `key=value …`, or the old form `key value with blanks`, of ENV and LABEL. */
export function readKeyValues(reading: Reading, start: number, end: number): readonly KeyValue[] {
  const { text } = reading.joined;
  const words = splitQuoted(text, start, end, reading.escape);
  const first = words[0];
  if (first === undefined) {
    reading.refuse('missing-argument', reading.span(0, end), 'a name and a value are missing');
    return [];
  }
  if (!text.slice(first[0], first[1]).includes('=')) return readOldForm(reading, start, end);
  const pairs: KeyValue[] = [];
  for (const word of words) {
    if (text.slice(word[0], word[1]).includes('=')) pairs.push(pair(reading, word));
    else reading.syntax('bad-form', reading.span(word[0], word[1]), '"=" is missing: name=value');
  }
  return checkKeys(reading, pairs);
}

function readOldForm(reading: Reading, start: number, end: number): readonly KeyValue[] {
  const { text } = reading.joined;
  let keyEnd = start;
  while (keyEnd < end && !isSeparator(text.charCodeAt(keyEnd))) keyEnd++;
  let valueStart = keyEnd;
  while (valueStart < end && isSeparator(text.charCodeAt(valueStart))) valueStart++;
  const span = reading.span(start, end);
  if (valueStart === end) {
    reading.syntax('missing-argument', span, 'a value is missing');
    return [];
  }
  return [{ key: unquoteValue(text.slice(start, keyEnd), reading.escape), raw: text.slice(valueStart, end), span }];
}
