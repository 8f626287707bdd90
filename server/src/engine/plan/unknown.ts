/** Where nobody knows what the file does, so that a split would guess. */
import { isCompiler } from '../assess/tools.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import { isBelow } from '../model/path.ts';
import type { Root } from './roots.ts';
import type { PlanInput } from './types.ts';

/** Python's packages on a base that nobody knows: its Python may be conda's, pyenv's or its own. */
export function unknownPlace({ state, simulation }: PlanInput): Refusal | undefined {
  if (state.root.facts !== undefined) return undefined;
  const atom = simulation.atoms.find(({ effect }) =>
    effect.writes.some((write) => write.path === '/usr/local/lib' && write.class === 'dependencies' && !write.sure),
  );
  return atom === undefined
    ? undefined
    : refuse('unknown-base', atom.span, { base: state.root.ref, what: 'pip installs packages' });
}

/** A place that is only what most build systems use, where no command of the container names something that nothing else brought. */
export function unknownInstall(input: PlanInput, roots: readonly Root[]): Refusal | undefined {
  const guess = roots.find((root) => root.write.guessed === true);
  if (guess === undefined) return undefined;
  const brought = (path: string): boolean =>
    input.state.writes.index
      .exactly(path)
      .some((write) => write.sure && write.kind !== 'meta' && write.kind !== 'gone');
  const named = input.entry.commands.some(({ argv }) =>
    argv.some((word) => isBelow(word, guess.path) && !brought(word)),
  );
  const atom = input.simulation.atoms[guess.write.atom];
  const { commands = [] } = atom?.effect ?? {};
  const command = commands.findLast((name) => /make|ninja|meson/.test(name)) ?? commands.at(-1) ?? 'make';
  // What starts a program says nothing of where an installer has put its packages.
  return named && guess.write.class !== 'dependencies' ? undefined : refuse('unknown-place', atom?.span, { command });
}

/** A command of the file that cannot be followed, and comes after a build tool was installed. */
export function opaqueUser(input: PlanInput): Refusal | undefined {
  const { atoms } = input.simulation;
  const os = input.state.root.facts?.os;
  const first = input.packages.verdicts.find(
    (verdict) => verdict.verdict === 'leaves' && isCompiler(input.facts, os, verdict.name),
  )?.atom;
  const hole = atoms.find((atom) => first !== undefined && atom.id > first && atom.effect.opaque !== undefined);
  const opaque = hole?.effect.opaque;
  return opaque === undefined ? undefined : refuse('opaque-command', opaque.span, { command: opaque.name });
}
