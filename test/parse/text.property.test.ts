import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dockerfile, Instruction, JoinedText } from '../../server/src/engine/model/dockerfile.ts';
import type { Span } from '../../server/src/engine/model/span.ts';
import { topLevelChain } from '../../server/src/engine/parse/chain.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { LineIndex } from '../../server/src/engine/parse/lineIndex.ts';
import { parseShell } from '../../server/src/engine/parse/shell.ts';

const fragment = fc.constantFrom(
  ...[
    'FROM a',
    'RUN ',
    'run ',
    'COPY ',
    'ADD ',
    'ENV ',
    'ARG ',
    'LABEL ',
    'ONBUILD ',
    'CMD ',
    'HEALTHCHECK ',
    'SHELL ',
    'USER ',
    'VOLUME ',
  ],
  ...[
    '\n',
    '\n',
    '\r\n',
    '\r',
    '\\\n',
    '\\ \n',
    '`\n',
    '# c\n',
    '# escape=`\n',
    '# syntax=x\n',
    ' ',
    '\t',
    '\ufeff',
    '\u00a0',
    '\u0000',
  ],
  ...[
    '<<EOF',
    '<<-"E"',
    '3<<X',
    'EOF\n',
    'E\n',
    '"',
    "'",
    '$A',
    '${A:-b}',
    '${',
    '$(',
    '`',
    ')',
    '[',
    ']',
    '["a", "b"]',
    '{{x}}',
    '<<<<<<< a\n',
    '=======\n',
  ],
  ...[
    '--from=x ',
    '--mount=type=cache,target=/x ',
    '-- ',
    'a',
    'b=c ',
    '&&',
    '||',
    ';',
    '&',
    '|',
    'if ',
    'then ',
    'fi',
    'é',
    '😀',
    ' AS x',
  ],
);
const anyText = fc.oneof(
  fc.array(fragment, { maxLength: 40 }).map((parts) => parts.join('')),
  fc.array(fragment, { maxLength: 30 }).map((parts) => `FROM a\n${parts.join('')}`),
  fc.string({ maxLength: 60, unit: 'binary' }),
);

/** Every object with a start and an end below a value. */
function spansIn(value: unknown, found: Span[] = []): Span[] {
  if (typeof value !== 'object' || value === null) return found;
  if ('start' in value && 'end' in value) found.push(value as Span);
  for (const inner of Object.values(value)) spansIn(inner, found);
  return found;
}

function texts(instruction: Instruction): JoinedText[] {
  const all = [instruction.args];
  if ('command' in instruction && instruction.command?.form === 'shell') all.push(instruction.command.text);
  return instruction.kind === 'onbuild' && instruction.trigger !== undefined
    ? [...all, ...texts(instruction.trigger)]
    : all;
}

function isBlank(text: string): boolean {
  return /^[\s\u0085]*$/.test(text.replaceAll('\ufeff', 'x'));
}

function checkCoverage(file: Dockerfile): void {
  const owners = [...file.directives, ...file.comments, ...file.instructions].map((one) => one.span);
  const index = new LineIndex(file.lineStarts, file.text.length);
  const lines = owners.map((span) => [index.position(span.start).line, index.position(span.end).line] as const);
  file.lineStarts.forEach((start, line) => {
    const text = file.text.slice(start === 0 && file.bom ? 1 : start, file.lineStarts[line + 1]);
    const count = lines.filter(([first, last]) => first <= line && line <= last).length;
    if (!isBlank(text)) expect(count, `owners of line ${line}`).toBe(1);
  });
}

describe('whatever the text', () => {
  it('parses without an exception, and every line belongs to exactly one thing', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parseDockerfile(text);
        checkCoverage(file);
        const { instructions, comments, directives, problems } = file;
        for (const span of spansIn({ instructions, comments, directives, problems })) {
          expect(span.start).toBeGreaterThanOrEqual(0);
          expect(span.end).toBeGreaterThanOrEqual(span.start);
          expect(span.end).toBeLessThanOrEqual(text.length);
        }
      }),
      { numRuns: 1500 },
    );
  });

  it('maps joined text to the same characters of the source, in order', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const file = parseDockerfile(text);
        // Without its last line end a heredoc has no place for the one that the shell is given.
        if (file.problems.some((problem) => problem.code === 'unterminated-heredoc')) return;
        for (const joined of file.instructions.flatMap(texts)) {
          let before = -1;
          for (let at = 0; at < joined.text.length; at++) {
            const source = joined.toSource(at);
            expect(source).toBeGreaterThan(before);
            // The line end between a command line and the body of its heredoc may be CRLF in the source.
            const ch = text.charAt(source);
            expect(ch === '\r' ? '\n' : ch).toBe(joined.text.charAt(at) === '\r' ? '\n' : joined.text.charAt(at));
            before = source;
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('keeps the parts of an instruction inside it, and instructions apart', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        let end = 0;
        for (const instruction of parseDockerfile(text).instructions) {
          expect(instruction.span.start).toBeGreaterThanOrEqual(end);
          end = instruction.span.end;
          const { span, ...parts } = instruction;
          for (const part of spansIn({ ...parts, args: undefined, command: undefined })) {
            expect(part.start).toBeGreaterThanOrEqual(span.start);
            expect(part.end).toBeLessThanOrEqual(span.end);
          }
        }
      }),
      { numRuns: 1000 },
    );
  });

  it('reads shell text without an exception, with positions inside it', () => {
    fc.assert(
      fc.property(anyText, (text) => {
        const script = parseShell(text);
        for (const span of spansIn(script.body)) expect(span.start >= 0 && span.end <= text.length).toBe(true);
        for (const item of topLevelChain(script)) expect(item.span.end).toBeLessThanOrEqual(text.length);
      }),
      { numRuns: 1000 },
    );
  });
});

describe('parsing again after an edit', () => {
  it('gives what parsing afresh gives, wherever instructions moved', () => {
    const line = fc.constantFrom(
      'RUN a && b',
      'COPY --from=x a /b',
      'ENV A=1 B="x y"',
      'CMD ["a", "b"]',
      'RUN <<EOF\nx\nEOF',
      'HEALTHCHECK CMD x',
      'ONBUILD RUN a',
      '# c',
      '',
    );
    const lines = fc.array(line, { maxLength: 12 });
    fc.assert(
      fc.property(lines, lines, (above, below) => {
        parseDockerfile(['FROM a', ...below].join('\n'));
        const moved = parseDockerfile(['FROM a', ...above, 'USER x', ...below].join('\n'));
        for (const instruction of moved.instructions) {
          const raw = moved.text.slice(instruction.span.start, instruction.span.end);
          expect(raw.toUpperCase().startsWith(instruction.keyword)).toBe(true);
          for (const flag of instruction.flags)
            expect(moved.text.slice(flag.span.start, flag.span.end)).toMatch(/^--from=x$/);
          if (instruction.kind === 'env') {
            expect(instruction.pairs.map((pair) => moved.text.slice(pair.span.start, pair.span.end))).toEqual([
              'A=1',
              'B="x y"',
            ]);
          }
          for (const joined of texts(instruction))
            if (joined.text !== '') expect(moved.text.charAt(joined.toSource(0))).toBe(joined.text.charAt(0));
        }
        expect(moved.instructions.map((one) => one.index)).toEqual(moved.instructions.map((_, index) => index));
      }),
      { numRuns: 300 },
    );
  });

  it('hands out the same objects above the edit', () => {
    const before = parseDockerfile('FROM a\nRUN one\nRUN two\nRUN three\n');
    const after = parseDockerfile('FROM a\nRUN one\nRUN two!\nRUN three\n');
    expect(after.instructions[1]).toBe(before.instructions[1]);
    expect(after.instructions[3]).not.toBe(before.instructions[3]);
  });

  it('does not confuse an instruction with the same text under another escape', () => {
    expect(parseDockerfile('FROM a\nRUN x `\n').instructions[1]?.args.text).toBe('x `');
    expect(parseDockerfile('# escape=`\nFROM a\nRUN x `\n').instructions[1]?.args.text).toBe('x');
  });
});
