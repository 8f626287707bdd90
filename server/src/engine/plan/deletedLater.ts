/**
 * npm packages that a later instruction takes away again: gone from the files of the image, not from its weight, for the
 * layer that installed them stays (pitfall 68). A split ships the same files without that layer.
 */
import type { Atom } from '../model/state.ts';
import type { Decision } from './types.ts';

/** What is deleted in a later layer than the one that wrote it, at the command that deletes it. */
export function deletedLater(atoms: readonly Atom[]): readonly Decision[] {
  const installed = new Map<string, number>();
  const out: Decision[] = [];
  for (const { effect, instruction, span } of atoms) {
    const deletes = effect.writes.some(
      ({ kind, path, sure }) =>
        sure && (kind === 'gone' || kind === 'edit') && (installed.get(path) ?? instruction) < instruction,
    );
    if (deletes)
      out.push({ what: 'node_modules', why: 'deleted in a later layer than it was installed in', span, layer: true });
    for (const { kind, path, sure, class: use } of effect.writes)
      if (kind === 'tree' && sure && use === 'dependencies' && path.endsWith('/node_modules') && !installed.has(path))
        installed.set(path, instruction);
  }
  return out;
}
