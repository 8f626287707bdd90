import { describe, expect, it } from 'vitest';
import type { RunInstruction } from '../../server/src/engine/model/dockerfile.ts';
import {
  cutChain,
  cutWords,
  editRun,
  renderPieces,
  simpleCommands,
  topLevelChain,
} from '../../server/src/engine/parse/chain.ts';
import { cutRun, isCutSafe } from '../../server/src/engine/parse/cut.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { parseShell } from '../../server/src/engine/parse/shell.ts';

function load(run: string): {
  file: ReturnType<typeof parseDockerfile>;
  run: RunInstruction;
  chain: ReturnType<typeof topLevelChain>;
} {
  const file = parseDockerfile(`FROM a\n${run}\nUSER x\n`);
  const instruction = file.instructions[1];
  if (instruction?.kind !== 'run' || instruction.command.form !== 'shell')
    throw new Error('RUN in shell form expected');
  const { text, heredocScript } = instruction.command;
  return { file, run: instruction, chain: topLevelChain(parseShell(text.text), { heredocScript }) };
}

/** The RUN with only the items at `keep`. */
function cut(run: string, ...keep: number[]): string | undefined {
  const { file, run: instruction, chain } = load(run);
  const spans = cutChain(
    file,
    instruction,
    chain.map((_, index) => keep.includes(index)),
  );
  return spans?.map((span) => file.text.slice(span.start, span.end)).join('');
}

/** The RUN without the named words of the first command that has them. */
function without(run: string, ...names: string[]): string | undefined {
  const { file, run: instruction, chain } = load(run);
  const command = chain
    .flatMap((item) => item.nodes.flatMap(simpleCommands))
    .find((one) => one.words.some((word) => names.includes(word.raw)));
  if (command === undefined) throw new Error('no such word');
  const drop = new Set(command.words.flatMap((word, index) => (names.includes(word.raw) ? [index] : [])));
  return cutWords(file, instruction, command, drop)
    ?.map((span) => file.text.slice(span.start, span.end))
    .join('');
}

function told(text: string, errexit = false): unknown {
  return topLevelChain(parseShell(text), { errexit }).map((item) => [
    text.slice(item.span.start, item.span.end),
    item.operator,
    item.ignoredFailure,
  ]);
}

describe('topLevelChain', () => {
  it('lists commands with operators and whether their failure is ignored', () => {
    expect(told('a && b; c')).toEqual([
      ['a', '', true],
      ['b', '&&', true],
      ['c', ';', false],
    ]);
    expect(told('a && b && c')).toEqual([
      ['a', '', false],
      ['b', '&&', false],
      ['c', '&&', false],
    ]);
  });

  it('knows that set -e sees only the last of an && list', () => {
    expect(told('set -eux; a && b; c')).toEqual([
      ['set -eux', '', true],
      ['a', ';', true],
      ['b', '&&', false],
      ['c', ';', false],
    ]);
    expect(told('a; set +e; b; c', true)).toEqual([
      ['a', '', false],
      ['set +e', ';', false],
      ['b', ';', true],
      ['c', ';', false],
    ]);
    expect(told('set -o errexit\na\nb')).toEqual([
      ['set -o errexit', '', true],
      ['a', '\n', false],
      ['b', '\n', false],
    ]);
  });

  it('keeps together what an || guards', () => {
    expect(told('test -f x && a || b && c')).toEqual([
      ['test -f x && a || b', '', false],
      ['c', '&&', false],
    ]);
  });

  it('does not let jobs, broken scripts and shared heredocs be cut', () => {
    const cuttable = (text: string, heredocScript = false): boolean[] =>
      topLevelChain(parseShell(text), { heredocScript }).map((item) => item.cuttable);
    expect(cuttable('a & b')).toEqual([false, true]);
    expect(cuttable('a && (b')).not.toContain(true);
    expect(cuttable('cat <<X && b\nx\nX\nc', true)).toEqual([false, false, true]);
  });
});

describe('cutChain', () => {
  it('keeps operators at line starts', () => {
    const run = 'RUN a \\\n && b \\\n && c';
    expect(cut(run, 0, 1)).toBe('RUN a \\\n && b');
    expect(cut(run, 0, 2)).toBe('RUN a \\\n && c');
    expect(cut(run, 1, 2)).toBe('RUN b \\\n && c');
    expect(cut(run, 1)).toBe('RUN b');
  });

  it('keeps operators at line ends', () => {
    const run = 'RUN --network=none \\\n    a && \\\n    b && \\\n    c';
    expect(cut(run, 0, 2)).toBe('RUN --network=none \\\n    a && \\\n    c');
    expect(cut(run, 1, 2)).toBe('RUN --network=none \\\n    b && \\\n    c');
    expect(cut(run, 0)).toBe('RUN --network=none \\\n    a');
  });

  it('keeps the comment of what stays and drops that of what goes', () => {
    const run = 'RUN a && \\\n    # of b\n    b && \\\n    # of c\n    c';
    expect(cut(run, 0, 2)).toBe('RUN a && \\\n    # of c\n    c');
    expect(cut(run, 1)).toBe('RUN \\\n    # of b\n    b');
    expect(cut('RUN a \\\n  # of b\n  && b \\\n  && c', 1, 2)).toBe('RUN \\\n  # of b\n  b \\\n  && c');
    expect(cut('RUN \\\n  # of a\n  a && \\\n  b', 1)).toBe('RUN \\\n  b');
  });

  it('keeps a command independent of one whose failure was ignored', () => {
    expect(cut('RUN a; b && c', 0, 2)).toBe('RUN a; c');
    expect(cut('RUN a && b; c', 0, 2)).toBe('RUN a; c');
    expect(cut('RUN a; \\\n  b && \\\n  # of c\n  c', 0, 2)).toBe('RUN a; \\\n  # of c\n  c');
  });

  it('leaves no operator and no continuation at the end', () => {
    expect(cut('RUN set -eux; \\\n  a; \\\n  b;', 0, 1)).toBe('RUN set -eux; \\\n  a');
    expect(cut('RUN a && b # both', 0)).toBe('RUN a');
  });

  it('keeps jobs with their &', () => {
    expect(cut('RUN a & b && c', 0)).toBe('RUN a &');
    expect(cut('RUN a & b && c', 0, 2)).toBe('RUN a & c');
    expect(cut('RUN a & b', 1)).toBeUndefined();
  });

  it('does not end a line in an escaped blank', () => {
    expect(cut('RUN echo a\\  && b', 0)).toBeUndefined();
    expect(cut('RUN echo a\\  && b', 1)).toBe('RUN b');
  });

  it('takes heredocs along with the commands that read them', () => {
    const run = 'RUN cat <<A > /a && \\\n  cat <<B > /b && ls\nin a\nA\nin b\nB';
    expect(cut(run, 1, 2)).toBe('RUN cat <<B > /b && ls\nin b\nB');
    expect(cut(run, 2)).toBe('RUN ls');
    expect(cut(run, 0, 2)).toBe('RUN cat <<A > /a && ls\nin a\nA');
  });

  it('cuts lines of a heredoc script', () => {
    const run = 'RUN <<EOF\n#!/bin/bash\n# of a\na # after a\n\n# of b\nb; c\ncat <<IN\nx\nIN\nd\nEOF';
    expect(cut(run, 0, 4)).toBe('RUN <<EOF\n#!/bin/bash\n# of a\na # after a\nd\nEOF');
    expect(cut(run, 1, 3)).toBe('RUN <<EOF\n#!/bin/bash\n# of b\nb\ncat <<IN\nx\nIN\nEOF');
    expect(cut(run, 2)).toBe('RUN <<EOF\n#!/bin/bash\n# of b\nc\nEOF');
  });

  it('keeps something, and refuses what it cannot read', () => {
    expect(cut('RUN <<EOF\n#!/usr/bin/env python3\nimport os\nx\nEOF', 1)).toBeUndefined();
    expect(cut('RUN a && b')).toBeUndefined();
    expect(cut('RUN a && (b', 0)).toBeUndefined();
  });
});

describe('cutWords', () => {
  it('drops a line with its continuation, and a word with its blank', () => {
    const run = 'RUN apt install -y \\\n    gcc \\\n    git make \\\n    curl && \\\n    x';
    expect(without(run, 'gcc')).toBe('RUN apt install -y \\\n    git make \\\n    curl && \\\n    x');
    expect(without(run, 'make')).toBe('RUN apt install -y \\\n    gcc \\\n    git \\\n    curl && \\\n    x');
    expect(without(run, 'git')).toBe('RUN apt install -y \\\n    gcc \\\n    make \\\n    curl && \\\n    x');
    expect(without(run, 'git', 'make')).toBe('RUN apt install -y \\\n    gcc \\\n    curl && \\\n    x');
  });

  it('drops the last line with the continuation before it', () => {
    expect(without('RUN apt install \\\n  curl \\\n  gcc', 'gcc')).toBe('RUN apt install \\\n  curl');
    expect(without('RUN apt install \\\n  curl \\\n  # tools\n  gcc \\\n  make', 'gcc', 'make')).toBe(
      'RUN apt install \\\n  curl',
    );
    expect(without('RUN apt install curl gcc', 'gcc')).toBe('RUN apt install curl');
    expect(without('RUN pip install a \\\n   gcc # why', 'gcc')).toBe('RUN pip install a');
  });

  it('drops a comment only with all that stands below it', () => {
    const run = 'RUN apt install \\\n  # compilers\n  gcc \\\n  g++ \\\n  # libraries\n  libx \\\n && y';
    expect(without(run, 'gcc', 'g++')).toBe('RUN apt install \\\n  # libraries\n  libx \\\n && y');
    expect(without(run, 'gcc')).toBe('RUN apt install \\\n  # compilers\n  g++ \\\n  # libraries\n  libx \\\n && y');
  });

  it('works inside other commands and in scripts', () => {
    expect(without('RUN if x; then apk add gcc curl; fi', 'gcc')).toBe('RUN if x; then apk add curl; fi');
    expect(without('RUN <<EOF\napk add \\\n  gcc \\\n  curl\nEOF', 'gcc')).toBe('RUN <<EOF\napk add \\\n  curl\nEOF');
    expect(without('RUN apk add gcc>log curl', 'gcc')).toBe('RUN apk add>log curl');
  });

  it('never drops the name', () => {
    expect(without('RUN gcc x', 'gcc')).toBeUndefined();
  });
});

describe('editRun', () => {
  it('cuts, drops and replaces in one go', () => {
    const { file, run, chain } = load('RUN a && \\\n  apt install gcc libx-dev curl && \\\n  make');
    const command = simpleCommands(chain[1]?.nodes[0] ?? { k: 'other', span: { start: 0, end: 0 }, opaque: true })[0];
    const word = command?.words[3];
    if (command === undefined || word === undefined) throw new Error('no command');
    const pieces = editRun(file, run, {
      keep: [false, true, false],
      drop: new Map([[command, new Set([2])]]),
      replace: new Map([[word, 'libx1 libx-data']]),
    });
    expect(renderPieces(file.text, pieces ?? [])).toBe('RUN apt install libx1 libx-data curl');
    expect(pieces?.filter((piece) => piece.text !== undefined)).toEqual([
      { span: { start: file.text.indexOf('libx-dev'), end: file.text.indexOf(' curl') }, text: 'libx1 libx-data' },
    ]);
  });
});

describe('isCutSafe and cutRun', () => {
  it('a cut is safe when each command that stays fails as before', () => {
    const safe = (text: string, ...keep: number[]): boolean => isCutSafe(load(text).run, keep, false);
    expect(safe('RUN a && b && c', 0, 2)).toBe(true);
    expect(safe('RUN a; b; c', 0, 2)).toBe(true);
    expect(safe('RUN a; b; c', 0, 1), 'the failure of b would now count').toBe(false);
    expect(safe('RUN set -e; a; b', 0, 1)).toBe(true);
    expect(safe('RUN set -e; a; b', 1, 2), 'without set -e the failure of a would be ignored').toBe(false);
    expect(safe('RUN a & b', 1)).toBe(false);
    expect(isCutSafe(load('RUN a; b; c').run, [0, 1], true)).toBe(true);
  });

  it('gives slices and generated text, and the whole RUN when it cannot', () => {
    const { file, run } = load('RUN a && apt install gcc libx-dev');
    const at = (word: string): { start: number; end: number } => ({
      start: file.text.indexOf(word),
      end: file.text.indexOf(word) + word.length,
    });
    const pieces = cutRun(
      file,
      run,
      [1],
      [
        { command: 1, word: 2, span: at('gcc'), text: '' },
        { command: 1, word: 3, span: at('libx-dev'), text: 'libx1' },
      ],
    );
    expect(
      (pieces ?? [])
        .map((piece) => (typeof piece === 'string' ? piece : file.text.slice(piece.start, piece.end)))
        .join(''),
    ).toBe('RUN apt install libx1');
    expect(cutRun(file, run, [], [])).toBeUndefined();
  });
});
