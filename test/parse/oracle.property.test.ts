import { DockerfileParser } from 'dockerfile-ast';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { LineIndex } from '../../server/src/engine/parse/lineIndex.ts';

// Files within what dockerfile-ast reads as BuildKit does: heredocs closed and unquoted, no
// comment on the first line, no continuation before the end.
const instruction = fc.constantFrom(
  'RUN a && \\\n  b',
  'RUN a \\\n# c\n\n  && b',
  'run\ta',
  'COPY --from=x --chown=1:1 a b /c/',
  'COPY ["a", "/b"]',
  'ENV A=1 \\\n    B="x y"',
  'CMD ["a", "b"]',
  'RUN <<EOF\nUSER x\n# c\n\nEOF',
  'COPY <<A <<B /d/\nx\nA\ny\nB',
  'HEALTHCHECK --interval=5s CMD curl x',
  'ONBUILD RUN a \\\n b',
  'LABEL a=b',
  'WORKDIR /x',
  'FROM b AS c',
  'STOPSIGNAL 9',
);
const between = fc.constantFrom('', '\n', '# comment\n', '  # comment\n\n', '\t\n');

it('agrees with dockerfile-ast on the extent of instructions and on comments', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(between, instruction), { maxLength: 15 }), fc.boolean(), (parts, crlf) => {
      const lf = `FROM a\n${parts.map(([gap, text]) => `${gap}${text}\n`).join('')}`;
      const text = crlf ? lf.replaceAll('\n', '\r\n') : lf;
      const file = parseDockerfile(text);
      const index = new LineIndex(file.lineStarts, text.length);
      const oracle = DockerfileParser.parse(text);
      expect(file.instructions.map((one) => [one.keyword, index.range(one.span)])).toEqual(
        oracle.getInstructions().map((one) => [one.getKeyword(), one.getRange()]),
      );
      const inner = file.instructions.flatMap((one) => one.comments);
      const comments = [...file.comments, ...inner].map((comment) => comment.span.start).sort((a, b) => a - b);
      expect(comments.map((start) => index.position(start))).toEqual(
        oracle.getComments().map((comment) => comment.getRange().start),
      );
    }),
    { numRuns: 300 },
  );
});
