/** Signs that a text is no Dockerfile as it stands, seen before any instruction is read. */
import type { Instruction, Problem } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';

/** Control characters that no text editor writes: all but tab, line feed, VT, FF, CR and ESC. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const CONTROL = /[\u0000-\u0008\u000e-\u001a\u001c-\u001f\u007f]/;

/** The first control character, if any. NUL is fatal: the file is not text. */
export function binaryProblems(text: string): Problem[] {
  const match = CONTROL.exec(text);
  if (match === null) return [];
  const nul = text.indexOf('\0');
  const at = nul >= 0 ? nul : match.index;
  return [{ code: 'binary', span: { start: at, end: at + 1 }, fatal: nul >= 0 }];
}

const MARKER = /^(?:<{7}|>{7}|\|{7}|={7})(?=[ \t\r\n]|$)[^\n\r]*/gm;

/** Git's conflict markers at line starts, outside heredoc bodies. `=======` counts only beside another one. */
export function conflictProblems(text: string, instructions: readonly Instruction[]): Problem[] {
  if (!text.includes('<<<<<<<') && !text.includes('>>>>>>>')) return [];
  const bodies: Span[] = instructions.flatMap((instruction) => instruction.heredocs.map((heredoc) => heredoc.body));
  const problems: Problem[] = [];
  let sure = false;
  for (const match of text.matchAll(MARKER)) {
    const start = match.index;
    if (bodies.some((body) => start >= body.start && start < body.end)) continue;
    if (!match[0].startsWith('=')) sure = true;
    problems.push({ code: 'conflict-marker', span: { start, end: start + match[0].length }, fatal: true });
  }
  return sure ? problems : [];
}
