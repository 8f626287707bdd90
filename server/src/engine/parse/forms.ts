/** The command of RUN, CMD, ENTRYPOINT and HEALTHCHECK, and lists that may be JSON. */
import type { CommandForm, Word } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { readExecArray } from './command.ts';
import { parseHeredocWord } from './heredoc.ts';
import { Joiner, type MappedText } from './joined.ts';
import type { Reading } from './reading.ts';
import type { RawHeredoc } from './splitter.ts';
import { splitBlanks } from './words.ts';

interface Strings {
  readonly values: readonly string[];
  readonly spans: readonly Span[];
}

/** The exec form in `[start, end)`, or `undefined` for the shell form. */
export function readStrings(reading: Reading, start: number, end: number): Strings | undefined {
  const array = readExecArray(reading.joined.text, start, end);
  if (array.kind === 'not-strings') {
    reading.syntax('bad-form', reading.span(start, end), 'a JSON array holds something else than strings');
  }
  if (array.kind !== 'array') return undefined;
  return { values: array.values, spans: array.spans.map(([from, to]) => reading.span(from, to)) };
}

/** The command in `[start, end)` of the joined text; RUN passes `heredocs` on to the shell. */
export function readCommand(reading: Reading, start: number, end: number, heredocs: boolean): CommandForm {
  const strings = readStrings(reading, start, end);
  if (strings !== undefined) return { form: 'exec', argv: strings.values, argSpans: strings.spans };
  const args = reading.joined.slice(start, end);
  const first = reading.heredocs[0];
  if (!heredocs || first === undefined) return { form: 'shell', text: args, heredocScript: false };
  if (parseHeredocWord(args.text) !== undefined) {
    return { form: 'shell', text: scriptText(reading.source, first), heredocScript: true };
  }
  return { form: 'shell', text: withBodies(reading, args), heredocScript: false };
}

/** The body of a heredoc that is the whole command: leading tabs are gone for `<<-`. */
function scriptText(source: string, heredoc: RawHeredoc): MappedText {
  const joiner = new Joiner();
  const { start, end } = heredoc.body;
  if (!heredoc.operator.chomp) joiner.add(source.slice(start, end), start);
  else {
    for (let at = start; at < end; ) {
      const newline = source.indexOf('\n', at);
      const next = newline < 0 || newline >= end ? end : newline + 1;
      while (source.charCodeAt(at) === 9 && at < next) at++;
      joiner.add(source.slice(at, next), at);
      at = next;
    }
    joiner.add('', start);
  }
  return joiner.finish();
}

/** A command that reads heredocs: BuildKit hands the shell the line, then each body and its delimiter. */
function withBodies(reading: Reading, args: MappedText): MappedText {
  const joiner = new Joiner();
  joiner.addMapped(args);
  let lineEnd = reading.headEnd;
  for (const { operator, body, terminator } of reading.heredocs) {
    joiner.add('\n', lineEnd);
    joiner.add(reading.source.slice(body.start, body.end), body.start);
    joiner.add(operator.name, Math.max(terminator.end - operator.name.length, body.end));
    lineEnd = terminator.end;
  }
  return joiner.finish();
}

/** The words of VOLUME, COPY and ADD: a JSON array of strings, else split on blanks. */
export function readList(reading: Reading, start: number, end: number): Word[] {
  const strings = readStrings(reading, start, end);
  if (strings === undefined) return splitBlanks(reading.joined.text, start, end).map((range) => reading.word(range));
  return strings.values.map((raw, index) => ({ raw, span: strings.spans[index] ?? reading.span(start, end) }));
}
