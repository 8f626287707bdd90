/** Rules 10, 12 and 13: the text that stays, stays byte for byte; comments stand; every stage is reached. */
import type { Instruction, Stage } from '../model/dockerfile.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Compares the two texts. */
export function checkText({ before, after }: Pair, report: Report): void {
  const text = after.file.text;
  let line = 0;
  for (const instruction of before.file.instructions)
    for (const comment of instruction.comments)
      if (!text.includes(comment.text))
        report.original('lost-comment', comment.span, { text: comment.text.slice(0, 60) });
  for (const comment of before.file.comments) {
    const ahead = text.indexOf(comment.text, line);
    if (ahead >= 0) line = ahead + comment.text.length;
    else if (!text.includes(comment.text))
      report.original('lost-comment', comment.span, { text: comment.text.slice(0, 60) });
  }
  let cursor = 0;
  for (const instruction of before.file.instructions) {
    if (instruction.kind === 'from') continue;
    const slice = before.file.text.slice(instruction.span.start, instruction.span.end);
    // The builder keeps the order, so the next one is nearly always just ahead.
    const ahead = text.indexOf(slice, cursor);
    if (ahead >= 0) cursor = ahead + slice.length;
    else if (!text.includes(slice) && !isCut(instruction, before, text))
      report.original('changed-text', instruction.span, { text: headOf(instruction, slice) });
  }
  for (const directive of before.file.directives) {
    if (!after.file.directives.some((other) => other.name === directive.name && other.value === directive.value))
      report.original('changed-text', directive.span, { text: `# ${directive.name}=${directive.value}` });
  }
  const { name, from } = before.file.stages.at(-1) as Stage;
  if (name !== undefined && (after.file.stages.at(-1) as Stage).name !== name)
    report.original('lost-alias', (from.alias ?? from).span, { name });
  for (const stage of after.file.stages) {
    if (!after.reachable.has(stage.index))
      report.result('unreachable-stage', stage.from.span, { name: stage.name ?? String(stage.index) });
  }
}

/** A RUN that is cut keeps the text of each command that stays; install lines may lose words, scaffolding may go with them. */
function isCut(instruction: Instruction, before: Side, text: string): boolean {
  if (instruction.kind !== 'run') return false;
  return before.simulation.atoms.every((atom) => {
    if (atom.instruction !== instruction.index) return true;
    const { roles } = atom.effect;
    if (roles.has('install') || roles.has('scaffold') || roles.has('cleanup')) return true;
    return text.includes(before.file.text.slice(atom.span.start, atom.span.end));
  });
}

function headOf(instruction: Instruction, slice: string): string {
  const line = slice.split(/\r?\n/, 1)[0] ?? instruction.keyword;
  return line.length > 60 ? `${line.slice(0, 59)}…` : line;
}
