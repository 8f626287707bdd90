/** Short ways to look at a parsed file in tests. */
import type { Dockerfile, Instruction, RunInstruction } from '../../server/src/engine/model/dockerfile.ts';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';

/** Parses `FROM a` and the given instructions, and returns these. */
export function instructionsOf(text: string): readonly Instruction[] {
  return parseDockerfile(`FROM a\n${text}`).instructions.slice(1);
}

/** The only instruction after `FROM a`, of the kind that the test expects. */
export function only<K extends Instruction['kind']>(text: string, kind: K): Instruction & { readonly kind: K } {
  const [instruction, ...more] = instructionsOf(text);
  if (more.length > 0 || instruction?.kind !== kind)
    throw new Error(`expected one ${kind}: ${JSON.stringify(instruction)}`);
  return instruction as Instruction & { readonly kind: K };
}

export function keywords(text: string): string[] {
  return parseDockerfile(text).instructions.map((instruction) => instruction.keyword);
}

/** `code` for what is not fatal, `code!` for what is. */
export function problemCodes(text: string): string[] {
  return parseDockerfile(text).problems.map(({ code, fatal }) => (fatal ? `${code}!` : code));
}

export function slice(file: Dockerfile, { start, end }: { start: number; end: number }): string {
  return file.text.slice(start, end);
}

/** The shell text of a RUN; throws for the exec form. */
export function shellText(run: RunInstruction): string {
  if (run.command.form !== 'shell') throw new Error('exec form');
  return run.command.text.text;
}
