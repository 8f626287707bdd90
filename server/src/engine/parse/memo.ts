/**
 * The typed parse of one instruction, remembered by its raw text: an editor parses the
 * whole file at every keystroke, and all instructions but one are as they were.
 */
import type { Instruction, Problem } from '../model/dockerfile.ts';
import { detach, Generations } from './generations.ts';
import { type ParsedInstruction, parseInstruction } from './instruction.ts';
import { shiftInstruction, shiftProblems } from './shift.ts';
import type { RawInstruction } from './splitter.ts';

interface Placed {
  readonly start: number;
  readonly instruction: Instruction;
  readonly problems: readonly Problem[];
}

interface Entry {
  readonly parsed: ParsedInstruction;
  /**
   * The last copies that were handed out: the same object again when nothing before it
   * moved. A few, because a file and its split are read in turns, each with its own places.
   */
  readonly last: Placed[];
  /** Which of them goes next. */
  oldest: number;
}

/** Copies of one text kept at different places. */
const COPIES = 4;

/** Entries kept between two files; one file may hold more. */
const LIMIT = 4096;

const memo = new Generations<Entry>(LIMIT);

/** Call once per parsed file. */
export function ageMemo(): void {
  memo.age();
}

/** The typed instruction at `raw`, with its problems, at their places in `text`. */
export function parseMemoised(
  text: string,
  raw: RawInstruction,
  escape: '\\' | '`',
  index: number,
): { readonly instruction: Instruction; readonly problems: readonly Problem[] } {
  const slice = text.slice(raw.start, raw.end);
  // No instruction begins with `#`, so that the two kinds of key never meet.
  const key = escape === '`' ? `#${slice}` : slice;
  let entry = memo.get(key);
  if (entry === undefined) {
    entry = { parsed: parseInstruction(detach(slice), relative(raw), escape), last: [], oldest: 0 };
    memo.set(key, entry);
  }
  for (const copy of entry.last) if (copy.start === raw.start && copy.instruction.index === index) return copy;
  const made: Placed = {
    start: raw.start,
    instruction: shiftInstruction(entry.parsed.instruction, raw.start, index),
    problems: shiftProblems(entry.parsed.problems, raw.start),
  };
  entry.last[entry.oldest] = made;
  entry.oldest = (entry.oldest + 1) % COPIES;
  return made;
}

function relative(raw: RawInstruction): RawInstruction {
  const { start } = raw;
  const move = (span: { start: number; end: number }) => ({ start: span.start - start, end: span.end - start });
  return {
    ...raw,
    start: 0,
    headEnd: raw.headEnd - start,
    end: raw.end - start,
    heredocs: raw.heredocs.map((heredoc) => ({
      operator: heredoc.operator,
      body: move(heredoc.body),
      terminator: move(heredoc.terminator),
    })),
  };
}
