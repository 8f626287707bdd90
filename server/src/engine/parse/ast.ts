/**
 * The adapter around dockerfile-ast: a single instruction only, and only what that
 * library reads as BuildKit does (the options of a flag's value).
 */
import { DockerfileParser, type Flag, type Instruction } from 'dockerfile-ast';

export interface FlagOptionText {
  readonly name: string;
  readonly value: string | undefined;
}

function hasFlags(instruction: Instruction | undefined): instruction is Instruction & { getFlags(): Flag[] } {
  return instruction !== undefined && 'getFlags' in instruction;
}

/**
 * The comma-separated options of `RUN --mount=<value>`. `value` has its quotes removed.
 * `undefined` when the value holds blanks or quotes, which dockerfile-ast does not read as BuildKit does.
 */
export function mountOptions(value: string): readonly FlagOptionText[] | undefined {
  if (/[\s"'\\`]/.test(value)) return undefined;
  const [, run] = DockerfileParser.parse(`FROM scratch\nRUN --mount=${value} true`).getInstructions();
  if (!hasFlags(run)) return undefined;
  return run
    .getFlags()[0]
    ?.getOptions()
    .map((option) => ({ name: option.getName(), value: option.getValue() ?? undefined }));
}
