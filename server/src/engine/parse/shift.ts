/**
 * Moves a typed instruction in the source: the memo holds one copy, at offset 0. This runs
 * for every instruction below an edit at every keystroke, hence the plain stores: copying
 * by spread costs five times as much.
 */
import type {
  CommandForm,
  Comment,
  Flag,
  Heredoc,
  Instruction,
  JoinedText,
  KeyValue,
  Mount,
  Problem,
  Word,
} from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { MappedText } from './joined.ts';

type Kind<K extends Instruction['kind']> = {
  -readonly [P in keyof Extract<Instruction, { kind: K }>]: Extract<Instruction, { kind: K }>[P];
};

function span(value: Span, by: number): Span {
  return { start: value.start + by, end: value.end + by };
}

function each<T>(values: readonly T[], by: number, move: (value: T, by: number) => T): readonly T[] {
  const { length } = values;
  if (length === 0) return values;
  const moved: T[] = [];
  for (let at = 0; at < length; at++) moved.push(move(values[at] as T, by));
  return moved;
}

const word = (value: Word, by: number): Word => ({ raw: value.raw, span: span(value.span, by) });
const pair = (value: KeyValue, by: number): KeyValue => ({
  key: value.key,
  raw: value.raw,
  span: span(value.span, by),
});
const flag = (value: Flag, by: number): Flag => ({ name: value.name, value: value.value, span: span(value.span, by) });
const comment = (value: Comment, by: number): Comment => ({ text: value.text, span: span(value.span, by) });
const mount = (value: Mount, by: number): Mount => ({ ...value, span: span(value.span, by) });
const heredoc = (value: Heredoc, by: number): Heredoc => ({
  ...value,
  operator: span(value.operator, by),
  body: span(value.body, by),
  terminator: span(value.terminator, by),
});

function joined(text: JoinedText, by: number): JoinedText {
  return text instanceof MappedText ? text.shifted(by) : text;
}

function command(form: CommandForm, by: number): CommandForm {
  if (form.form === 'shell') return { form: 'shell', text: joined(form.text, by), heredocScript: form.heredocScript };
  return { form: 'exec', argv: form.argv, argSpans: each(form.argSpans, by, span) };
}

/** The fields that every instruction has; `kind` and the rest are stored by the caller. */
class Moved {
  readonly index: number;
  readonly keyword: string;
  readonly keywordSpan: Span;
  readonly span: Span;
  readonly flags: readonly Flag[];
  readonly args: JoinedText;
  readonly heredocs: readonly Heredoc[];
  readonly comments: readonly Comment[];

  constructor(from: Instruction, by: number, index: number) {
    this.index = index;
    this.keyword = from.keyword;
    this.keywordSpan = span(from.keywordSpan, by);
    this.span = span(from.span, by);
    this.flags = each(from.flags, by, flag);
    this.args = joined(from.args, by);
    this.heredocs = each(from.heredocs, by, heredoc);
    this.comments = each(from.comments, by, comment);
  }
}

/** The instruction `by` further on, as number `index` of its file. Texts are shared with the original. */
export function shiftInstruction(from: Instruction, by: number, index: number): Instruction {
  const moved: unknown = new Moved(from, by, index);
  switch (from.kind) {
    case 'from': {
      const made = moved as Kind<'from'>;
      made.kind = from.kind;
      made.image = from.image && word(from.image, by);
      made.alias = from.alias && word(from.alias, by);
      return made;
    }
    case 'run': {
      const made = moved as Kind<'run'>;
      made.kind = from.kind;
      made.command = command(from.command, by);
      made.mounts = each(from.mounts, by, mount);
      return made;
    }
    case 'cmd':
    case 'entrypoint': {
      const made = moved as Kind<'cmd' | 'entrypoint'>;
      made.kind = from.kind;
      made.command = command(from.command, by);
      return made;
    }
    case 'healthcheck': {
      const made = moved as Kind<'healthcheck'>;
      made.kind = from.kind;
      made.command = from.command && command(from.command, by);
      return made;
    }
    case 'shell': {
      const made = moved as Kind<'shell'>;
      made.kind = from.kind;
      made.argv = from.argv;
      return made;
    }
    case 'copy':
    case 'add': {
      const made = moved as Kind<'copy' | 'add'>;
      made.kind = from.kind;
      made.sources = each(from.sources, by, word);
      made.target = from.target && word(from.target, by);
      made.from = from.from;
      return made;
    }
    case 'env':
    case 'arg':
    case 'label': {
      const made = moved as Kind<'env' | 'arg' | 'label'>;
      made.kind = from.kind;
      made.pairs = each(from.pairs, by, pair);
      return made;
    }
    case 'onbuild': {
      const made = moved as Kind<'onbuild'>;
      made.kind = from.kind;
      made.trigger = from.trigger && shiftInstruction(from.trigger, by, index);
      return made;
    }
    case 'unknown': {
      const made = moved as Kind<'unknown'>;
      made.kind = from.kind;
      return made;
    }
    default: {
      const made = moved as Kind<'workdir' | 'user' | 'expose' | 'volume' | 'stopsignal' | 'maintainer'>;
      made.kind = from.kind;
      made.words = each(from.words, by, word);
      return made;
    }
  }
}

/** Problems `by` further on. */
export function shiftProblems(problems: readonly Problem[], by: number): readonly Problem[] {
  return each(problems, by, (problem) => ({ ...problem, span: span(problem.span, by) }));
}
