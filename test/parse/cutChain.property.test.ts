import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { RunInstruction } from '../../server/src/engine/model/dockerfile.ts';
import { cutChain, topLevelChain } from '../../server/src/engine/parse/chain.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { parseShell } from '../../server/src/engine/parse/shell.ts';
import { type GeneratedRun, generatedRun, generatedScript } from './chainText.ts';

function fileOf({ escape, eol }: GeneratedRun, run: string): string {
  return `${escape === '`' ? `# escape=\`${eol}` : ''}FROM a${eol}${run}${eol}# next${eol}USER x${eol}`;
}

function runOf(text: string): { run: RunInstruction; file: ReturnType<typeof parseDockerfile> } {
  const file = parseDockerfile(text);
  expect(file.problems).toEqual([]);
  expect(file.instructions.map((one) => one.keyword)).toEqual(['FROM', 'RUN', 'USER']);
  return { file, run: file.instructions[1] as RunInstruction };
}

function chainOf(run: RunInstruction): { texts: string[]; sequential: boolean[] } {
  if (run.command.form !== 'shell') throw new Error('shell form expected');
  const { text } = run.command.text;
  const script = parseShell(text);
  expect(script.errors).toEqual([]);
  const chain = topLevelChain(script, { heredocScript: run.command.heredocScript });
  return {
    texts: chain.map((item) => text.slice(item.span.start, item.span.end)),
    sequential: chain.map((item) => item.operator === ';' || item.operator === '\n'),
  };
}

function checkCut(made: GeneratedRun, keep: readonly boolean[]): void {
  const before = runOf(fileOf(made, made.text));
  expect(chainOf(before.run).texts).toEqual(made.commands);
  const spans = cutChain(before.file, before.run, keep);
  const kept = made.commands.flatMap((_, index) => (keep[index] === true ? [index] : []));
  expect(spans, 'a cut of any non-empty subset succeeds').toBeDefined();
  // Pieces of the source in order: nothing is generated, nothing is moved.
  spans?.forEach((span, at) => expect(span.start).toBeGreaterThanOrEqual(spans[at - 1]?.end ?? before.run.span.start));
  const text = spans?.map((span) => before.file.text.slice(span.start, span.end)).join('') ?? '';
  const after = runOf(fileOf(made, text));
  const chain = chainOf(after.run);
  expect(chain.texts).toEqual(kept.map((index) => made.commands[index]));
  // A command whose predecessor's failure was ignored is still not tied to it.
  kept.forEach((index, at) => {
    if (at === 0) return;
    const between = made.operators.slice((kept[at - 1] as number) + 1, index + 1);
    expect(chain.sequential[at]).toBe(between.some((operator) => operator !== '&&'));
  });
  expect(after.run.flags.map((flag) => [flag.name, flag.value])).toEqual(
    before.run.flags.map((flag) => [flag.name, flag.value]),
  );
  made.comments.forEach((comment, index) => {
    if (comment === undefined) return;
    const line = made.below[index] ?? [];
    if (keep[index] === true) expect(text, 'a comment stays with its command').toContain(comment);
    else if (!line.some((one) => keep[one] === true)) expect(text, 'and goes with its line').not.toContain(comment);
  });
}

const subset = fc.array(fc.boolean(), { minLength: 7, maxLength: 7 });

function withKeep(run: fc.Arbitrary<GeneratedRun>): fc.Arbitrary<{ made: GeneratedRun; keep: boolean[] }> {
  return fc
    .tuple(run, subset)
    .map(([made, flags]) => ({ made, keep: made.commands.map((_, index) => flags[index] === true) }))
    .filter(({ keep }) => keep.includes(true));
}

describe('cutting any subset of a chain leaves exactly the rest', () => {
  it('in RUN instructions of every layout', () => {
    fc.assert(
      fc.property(withKeep(generatedRun), ({ made, keep }) => checkCut(made, keep)),
      { numRuns: 1000 },
    );
  });

  it('in heredoc scripts', () => {
    fc.assert(
      fc.property(withKeep(generatedScript), ({ made, keep }) => checkCut(made, keep)),
      { numRuns: 1000 },
    );
  });
});
