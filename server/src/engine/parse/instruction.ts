/**
 * One raw instruction into a typed one. Rules: moby/buildkit
 * `frontend/dockerfile/parser/line_parsers.go` and `instructions/parse.go` (v0.34).
 */
import type {
  Comment,
  Heredoc,
  Instruction,
  KeyValueInstruction,
  Problem,
  WordsInstruction,
} from '../model/dockerfile.ts';
import { isSpace } from './chars.ts';
import { splitCommand } from './command.ts';
import { checkFlags, toFlags } from './flags.ts';
import { readCommand, readList, readStrings } from './forms.ts';
import { chompTabs, parseHeredocWord } from './heredoc.ts';
import { readArgs, readKeyValues } from './keyValues.ts';
import { readMounts } from './mount.ts';
import { Reading } from './reading.ts';
import { joinHead, type RawHeredoc, type RawInstruction } from './splitter.ts';
import { reportTemplates, startsWithTemplate } from './template.ts';
import { splitBlanks } from './words.ts';

export interface ParsedInstruction {
  readonly instruction: Instruction;
  readonly problems: readonly Problem[];
}

type Base = Pick<
  Instruction,
  'index' | 'keyword' | 'keywordSpan' | 'span' | 'flags' | 'args' | 'heredocs' | 'comments'
>;

/** A raw instruction whose offsets are relative to its own start, and its text. */
export function parseInstruction(source: string, raw: RawInstruction, escape: '\\' | '`'): ParsedInstruction {
  const { joined, comments } = joinHead(source, raw.start, raw.headEnd, escape);
  const reading = new Reading(source, joined, escape, raw.headEnd, raw.heredocs);
  const heredocs = raw.heredocs.map((heredoc) => toHeredoc(reading, heredoc));
  const span = { start: raw.start, end: raw.end };
  const instruction = read(reading, 0, { span, heredocs, comments });
  const last = raw.heredocs.at(-1);
  if (raw.unterminated && last !== undefined) {
    const { start, end } = last.operator;
    reading.syntax('unterminated-heredoc', reading.span(start, end), last.operator.name);
  }
  if (raw.dangling) {
    reading.doubt(
      'dangling-continuation',
      { start: Math.max(raw.start, raw.headEnd - 1), end: raw.headEnd },
      'nothing follows the continuation',
    );
  }
  return { instruction, problems: reading.problems };
}

function toHeredoc(reading: Reading, { operator, body, terminator }: RawHeredoc): Heredoc {
  const text = reading.source.slice(body.start, body.end);
  const { name, chomp, expand, fd, start, end } = operator;
  return {
    name,
    chomp,
    expand,
    fd,
    operator: reading.span(start, end),
    body,
    terminator,
    content: chomp ? chompTabs(text) : text,
  };
}

interface Whole {
  readonly span: Instruction['span'];
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Comment[];
}

/** The instruction that begins at `from` of the joined text: the whole, or the trigger of ONBUILD. */
function read(reading: Reading, from: number, whole: Whole): Instruction {
  const split = splitCommand(reading.joined.text, from, reading.escape);
  const { argsStart: start, argsEnd: end } = split;
  const keyword = split.keyword.toUpperCase();
  const flags = toFlags(split.flags, reading.joined);
  const base: Base = {
    index: 0,
    keyword,
    keywordSpan: reading.span(split.keywordStart, split.keywordEnd),
    flags,
    args: reading.joined.slice(start, end),
    ...whole,
  };
  const instruction = readKind(reading, base, start, end);
  if (instruction.kind === 'unknown') {
    const template = startsWithTemplate(split.keyword);
    reading.refuse(template ? 'template' : 'unknown-instruction', base.keywordSpan, split.keyword);
    return instruction;
  }
  const checked =
    keyword !== 'HEALTHCHECK' || (instruction.kind === 'healthcheck' && instruction.command !== undefined);
  if (checked) checkFlags(keyword, flags, (code, flag, detail) => reading.refuse(code, flag.span, detail));
  if (instruction.kind !== 'onbuild') reportTemplates(reading, keyword, start, end);
  return instruction;
}

function readKind(reading: Reading, base: Base, start: number, end: number): Instruction {
  const { keyword } = base;
  const missing = (detail: string): void => reading.refuse('missing-argument', base.keywordSpan, detail);
  switch (keyword) {
    case 'FROM':
      return readFrom(reading, base, start, end);
    case 'RUN':
      if (start === end) reading.doubt('missing-argument', base.keywordSpan, 'RUN has no command');
      return { ...base, kind: 'run', command: readCommand(reading, start, end, true), mounts: readMounts(base.flags) };
    case 'CMD':
    case 'ENTRYPOINT':
      return {
        ...base,
        kind: keyword === 'CMD' ? 'cmd' : 'entrypoint',
        command: readCommand(reading, start, end, false),
      };
    case 'HEALTHCHECK':
      return readHealthcheck(reading, base, start, end);
    case 'SHELL': {
      const argv = readStrings(reading, start, end)?.values ?? [];
      if (start === end) missing('SHELL needs a JSON array');
      else if (argv.length === 0)
        reading.refuse('bad-form', reading.span(start, end), 'SHELL needs a JSON array of strings');
      return { ...base, kind: 'shell', argv };
    }
    case 'COPY':
    case 'ADD':
      return readCopy(reading, base, start, end);
    case 'ENV':
    case 'LABEL':
      return {
        ...base,
        kind: keyword.toLowerCase() as KeyValueInstruction['kind'],
        pairs: readKeyValues(reading, start, end),
      };
    case 'ARG':
      return { ...base, kind: 'arg', pairs: readArgs(reading, start, end) };
    case 'EXPOSE':
    case 'VOLUME':
    case 'WORKDIR':
    case 'USER':
    case 'STOPSIGNAL':
    case 'MAINTAINER': {
      const words = readWords(reading, keyword, start, end);
      if (words.length === 0) missing(`${keyword} needs an argument`);
      return { ...base, kind: keyword.toLowerCase() as WordsInstruction['kind'], words };
    }
    case 'ONBUILD':
      return readOnbuild(reading, base, start, end);
    default:
      return { ...base, kind: 'unknown' };
  }
}

/** WORKDIR, USER, STOPSIGNAL and MAINTAINER take the whole line as one word. */
function readWords(reading: Reading, keyword: string, start: number, end: number): WordsInstruction['words'] {
  if (keyword === 'EXPOSE') return splitBlanks(reading.joined.text, start, end).map((range) => reading.word(range));
  if (keyword !== 'VOLUME') return start === end ? [] : [reading.word([start, end])];
  const words = readList(reading, start, end);
  for (const { raw, span } of words) if (raw.trim() === '') reading.refuse('bad-form', span, 'a volume is empty');
  return words;
}

const STAGE_NAME = /^[a-z][a-z0-9-_.]*$/;

function readFrom(reading: Reading, base: Base, start: number, end: number): Instruction {
  const words = splitBlanks(reading.joined.text, start, end).map((range) => reading.word(range));
  const [image, as, alias] = words;
  const named = words.length === 3 && as?.raw.toLowerCase() === 'as';
  if (image === undefined) reading.refuse('missing-argument', base.keywordSpan, 'FROM needs an image');
  else if (!named && words.length !== 1)
    reading.refuse('bad-form', reading.span(start, end), 'FROM takes an image, or an image AS a name');
  else if (named && alias !== undefined && !STAGE_NAME.test(alias.raw.toLowerCase()))
    reading.refuse('bad-form', alias.span, 'no valid stage name');
  return { ...base, kind: 'from', image, alias: named ? alias : undefined };
}

function readCopy(reading: Reading, base: Base, start: number, end: number): Instruction {
  const words = readList(reading, start, end);
  const target = words.at(-1);
  if (words.length < 2)
    reading.refuse('missing-argument', base.keywordSpan, `${base.keyword} needs a source and a destination`);
  else if (target !== undefined && parseHeredocWord(target.raw) !== undefined) {
    reading.refuse('bad-form', target.span, 'a heredoc cannot be the destination');
  }
  const from = base.flags.find((flag) => flag.name === 'from')?.value;
  const sources = words.slice(0, -1).filter((word) => parseHeredocWord(word.raw) === undefined);
  return {
    ...base,
    kind: base.keyword === 'COPY' ? 'copy' : 'add',
    sources,
    target: words.length < 2 ? undefined : target,
    from,
  };
}

function readHealthcheck(reading: Reading, base: Base, start: number, end: number): Instruction {
  const { text } = reading.joined;
  let typeEnd = start;
  while (typeEnd < end && !isSpace(text.charCodeAt(typeEnd))) typeEnd++;
  let rest = typeEnd;
  while (rest < end && isSpace(text.charCodeAt(rest))) rest++;
  const type = text.slice(start, typeEnd).toUpperCase();
  const command = rest < end ? readCommand(reading, rest, end, false) : undefined;
  if (type === '') reading.refuse('missing-argument', base.keywordSpan, 'HEALTHCHECK needs CMD or NONE');
  else if (type === 'NONE') {
    if (rest < end) reading.refuse('bad-form', reading.span(rest, end), 'HEALTHCHECK NONE takes no argument');
    return { ...base, kind: 'healthcheck', command: undefined };
  } else if (type !== 'CMD') reading.refuse('bad-form', reading.span(start, typeEnd), 'HEALTHCHECK takes CMD or NONE');
  else if (command === undefined || (command.form === 'exec' && command.argv.length === 0)) {
    reading.refuse('missing-argument', base.keywordSpan, 'HEALTHCHECK CMD needs a command');
  }
  return { ...base, kind: 'healthcheck', command };
}

const NO_TRIGGER = new Set(['ONBUILD', 'MAINTAINER', 'FROM']);

function readOnbuild(reading: Reading, base: Base, start: number, end: number): Instruction {
  if (start === end) {
    reading.refuse('missing-argument', base.keywordSpan, 'ONBUILD needs an instruction');
    return { ...base, kind: 'onbuild', trigger: undefined };
  }
  const { keyword, keywordStart, keywordEnd } = splitCommand(reading.joined.text, start, reading.escape);
  if (NO_TRIGGER.has(keyword.toUpperCase())) {
    reading.refuse('bad-form', reading.span(keywordStart, keywordEnd), `${keyword.toUpperCase()} cannot be triggered`);
    return { ...base, kind: 'onbuild', trigger: undefined };
  }
  const outer = reading.deferred;
  reading.deferred = true;
  const { span, heredocs, comments } = base;
  const trigger = read(reading, start, {
    span: { start: reading.joined.toSource(start), end: span.end },
    heredocs,
    comments,
  });
  reading.deferred = outer;
  return { ...base, kind: 'onbuild', trigger };
}
