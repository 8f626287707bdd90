/** The text of a file whose last stage installs more packages. */
import type { RunInstruction } from '../../model/dockerfile.ts';
import { cutRun } from '../../parse/cut.ts';
import type { StagesView } from './view.ts';

/** Names are added to the last install line of the last stage, or to a RUN of their own after its FROM; `undefined` where neither is safe. */
export function withPackages(view: StagesView, names: readonly string[]): string | undefined {
  return added(view, names) ?? ownRun(view, names);
}

function added({ file, simulation, last }: StagesView, names: readonly string[]): string | undefined {
  const atom = simulation.atoms.findLast(
    (one) =>
      one.stage === last.index &&
      one.effect.installs.some((install) => !install.pinned && install.group === undefined && install.words.length > 0),
  );
  const run = atom === undefined ? undefined : file.instructions[atom.instruction];
  const word = atom?.effect.installs.flatMap((install) => install.words).findLast((one) => !one.variable);
  if (atom === undefined || run?.kind !== 'run' || word === undefined) return undefined;
  const all = simulation.atoms.filter((one) => one.instruction === run.index).map((one) => one.command);
  const text = [word.raw, ...names].join(' ');
  const pieces = cutRun(file, run, all, [{ command: atom.command, word: word.word, span: word.span, text }]);
  if (pieces === undefined) return undefined;
  return replaced(
    file.text,
    run,
    pieces.map((piece) => (typeof piece === 'string' ? piece : file.text.slice(piece.start, piece.end))).join(''),
  );
}

function replaced(text: string, { span }: RunInstruction, by: string): string {
  return text.slice(0, span.start) + by + text.slice(span.end);
}

function ownRun({ file, last }: StagesView, names: readonly string[]): string | undefined {
  const { facts, stage } = last.state.base;
  const from = file.stages[last.index]?.from;
  const root = facts?.config.user === undefined || facts.config.user === 'root';
  if (from === undefined || facts === undefined || stage !== undefined || !root) return undefined;
  const list = names.join(' ');
  const command =
    facts.os.id === 'alpine'
      ? `apk add --no-cache ${list}`
      : `apt-get update && apt-get install -y --no-install-recommends ${list} && rm -rf /var/lib/apt/lists/*`;
  const keyword = /^[a-z]/.test(file.text.slice(from.keywordSpan.start)) ? 'run' : 'RUN';
  return `${file.text.slice(0, from.span.end)}${file.eol}${keyword} ${command}${file.text.slice(from.span.end)}`;
}
