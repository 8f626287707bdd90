import { describe, expect, it } from 'vitest';
import type { ShellNode, SimpleCommand, WordPiece } from '../../server/src/engine/model/shell.ts';
import { simpleCommands } from '../../server/src/engine/parse/chain.ts';
import { interpreterOf, parseShell } from '../../server/src/engine/parse/shell.ts';

function first(text: string): ShellNode {
  const script = parseShell(text);
  expect(script.errors).toEqual([]);
  return script.body.items[0] as ShellNode;
}

function simple(text: string): SimpleCommand {
  const node = first(text);
  if (node.k !== 'simple') throw new Error(node.k);
  return node;
}

function pieces(word: string): readonly WordPiece[] {
  return simple(`x ${word}`).words[1]?.pieces ?? [];
}

describe('parseShell', () => {
  it('tells statement separators apart', () => {
    const text = 'a; b & c # ;\nd \\\n; e <<X\nq\nX\nf';
    const { body } = parseShell(text);
    expect(body.separators).toEqual([';', '&', '\n', ';', '\n', '']);
    expect(body.items.map((item) => text.slice(item.span.start, item.span.end))).toEqual([
      'a',
      'b',
      'c',
      'd',
      'e <<X',
      'f',
    ]);
  });

  it('gives words, assignments and redirects with their text', () => {
    const text = 'A=1 B+=2 >&2 cmd "x y" <in 2>>log';
    const command = simple(text);
    const cut = (one: { span: { start: number; end: number } }): string => text.slice(one.span.start, one.span.end);
    expect(command.words.map(cut)).toEqual(['cmd', '"x y"']);
    expect(command.assignments.map(cut)).toEqual(['A=1', 'B+=2']);
    expect(command.assignments.map((one) => one.append)).toEqual([false, true]);
    expect(command.redirects.map((one) => [one.op, one.fd, one.target?.raw])).toEqual([
      ['>&', undefined, '2'],
      ['<', undefined, 'in'],
      ['>>', 2, 'log'],
    ]);
  });

  it('makes words of assignments that a command is given', () => {
    expect(simple('export A="$B" C').words.map((word) => word.raw)).toEqual(['export', 'A="$B"', 'C']);
    expect(simple('export A="$B"').words[1]?.pieces).toEqual([
      { k: 'text', text: 'A=', quoted: false },
      { k: 'var', name: 'B', quoted: true },
    ]);
  });

  it('takes words apart', () => {
    expect(pieces('a\'b\'"c"')).toEqual([
      { k: 'text', text: 'a', quoted: false },
      { k: 'text', text: 'b', quoted: true },
      { k: 'text', text: 'c', quoted: true },
    ]);
    expect(pieces('""')).toEqual([{ k: 'text', text: '', quoted: true }]);
    expect(pieces("$'x\\n'")).toEqual([{ k: 'text', text: 'x\n', quoted: true }]);
    expect(pieces('a\\ b')).toEqual([{ k: 'text', text: 'a b', quoted: true }]);
    expect(pieces('*.c')).toEqual([
      { k: 'glob', text: '*' },
      { k: 'text', text: '.c', quoted: false },
    ]);
    expect(pieces('${V:-a/b}')).toEqual([{ k: 'var', name: 'V', op: ':-', arg: 'a/b', quoted: false }]);
    expect(pieces('"${V%%.*}"')).toEqual([{ k: 'var', name: 'V', op: '%%', arg: '.*', quoted: true }]);
    expect(pieces('${V//a/b}')).toEqual([{ k: 'var', name: 'V', op: '//', arg: 'a/b', quoted: false }]);
    expect(pieces('${#V}')).toEqual([{ k: 'other', raw: '${#V}' }]);
    expect(pieces('{a,b}')).toEqual([{ k: 'other', raw: '{a,b}' }]);
  });

  it('reads substitutions at their own place, and leaves escaped backticks alone', () => {
    const text = 'x "$(ls -a)" `pwd` `a \\`b\\``';
    const words = simple(text)
      .words.slice(1)
      .map((word) => word.pieces[0]);
    const inner = words.map((piece) => (piece?.k === 'subst' ? piece.script?.body.items[0]?.span : 'none'));
    expect(inner.map((span) => (typeof span === 'object' ? text.slice(span.start, span.end) : span))).toEqual([
      'ls -a',
      'pwd',
      undefined,
    ]);
    expect(words.map((piece) => (piece?.k === 'subst' ? piece.quoted : undefined))).toEqual([true, false, false]);
  });

  it('knows the compound commands', () => {
    expect(first('if a; then b; elif c; then d; else e; fi >x')).toMatchObject({
      k: 'if',
      branches: [{}, {}, { test: undefined }],
      redirects: [{ op: '>' }],
    });
    expect(first('for i in a b; do c; done')).toMatchObject({
      k: 'for',
      variable: 'i',
      words: [{ raw: 'a' }, { raw: 'b' }],
    });
    expect(first('until a; do b; done')).toMatchObject({ k: 'until' });
    expect(first('case $x in a) b;; esac')).toMatchObject({
      k: 'case',
      subject: { raw: '$x' },
      bodies: [{ k: 'list' }],
    });
    expect(first('f() { a; }')).toMatchObject({ k: 'function', name: 'f', body: { k: 'group' } });
    expect(first('( a )')).toMatchObject({ k: 'subshell' });
    expect(first('! a | b')).toMatchObject({ k: 'pipeline', negated: true });
    expect(first('[[ -f x ]]')).toMatchObject({ k: 'other', opaque: false });
    expect(first('[[ $(a) ]]')).toMatchObject({ k: 'other', opaque: true });
    expect(simpleCommands(first('if a; then (b | c); fi')).map((command) => command.words[0]?.raw)).toEqual([
      'a',
      'b',
      'c',
    ]);
  });

  it('gives heredocs with their bodies', () => {
    const text = 'cat <<-"E" > f\n\tx\n\tE\nls';
    const [redirect] = simple(text).redirects;
    expect(redirect).toMatchObject({ op: '<<-', heredoc: '\tx\n' });
    const span = redirect?.heredocSpan ?? { start: 0, end: 0 };
    expect(text.slice(span.start, span.end)).toBe('\tx\n\tE');
  });

  it.each(['if a; then', 'a &&', 'x $(if)', '"a', ')'])('reports %s', (text) => {
    expect(parseShell(text).errors.length).toBeGreaterThan(0);
  });
});

describe('interpreterOf', () => {
  it('reads the first line', () => {
    expect(
      ['#!/bin/sh -e\nx', '#!/usr/bin/env -S python3 -u\n', '#!/usr/bin/env A=1 perl', 'echo x', '#!'].map(
        interpreterOf,
      ),
    ).toEqual(['sh', 'python3', 'perl', undefined, undefined]);
  });
});
