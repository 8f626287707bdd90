/**
 * Comments that silence diagnostics: `# dockerfile-stages ignore=CODE,CODE` above an
 * instruction, `# dockerfile-stages global ignore=CODE` for the whole file. `all`
 * stands for every code.
 */
import type { Finding, TextEdit } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { pragmaAbove } from '../parse/steering.ts';

const PRAGMA = /^#\s*dockerfile-stages\s+(global\s+)?ignore\s*=\s*([\w-]+(?:\s*,\s*[\w-]+)*)/;

/** The findings that no comment of the file silences. */
export function unsuppressed(file: Dockerfile, findings: readonly Finding[]): readonly Finding[] {
  if (findings.length === 0 || !file.text.includes('dockerfile-stages')) return findings;
  const silent: { readonly codes: readonly string[]; readonly span: Span }[] = [];
  for (const comment of file.comments) {
    const [, global, list] = PRAGMA.exec(comment.text.trim()) ?? [];
    if (list === undefined) continue;
    const next = file.instructions.find((instruction) => instruction.span.start >= comment.span.end);
    const span = global === undefined ? next?.span : { start: 0, end: file.text.length };
    if (span !== undefined) silent.push({ codes: list.split(/\s*,\s*/), span });
  }
  return findings.filter(
    ({ code, span }) =>
      !silent.some(
        ({ codes, span: area }) =>
          (codes.includes(code) || codes.includes('all')) && area.start <= span.start && span.start <= area.end,
      ),
  );
}

/** The comment that silences one finding: a line of its own above the instruction. `undefined` when it stands in none. */
export function silencing(file: Dockerfile, { code, span }: Finding): TextEdit | undefined {
  return pragmaAbove(file, span, `ignore=${code}`);
}
