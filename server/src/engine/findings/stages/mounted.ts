/**
 * Files that a RUN wrote below one of its mounts and that a COPY --from wants:
 * what is mounted is not part of the image (pitfall 23), not even the directory on
 * which it was mounted: the build ends with "not found" (measured with BuildKit).
 */
import type { Finding } from '../../model/analysis.ts';
import { isBelow } from '../../model/path.ts';
import type { Atom, MountRoot, SimulatedStage, Write } from '../../model/state.ts';
import { finding, isOff, mayMake, type StagesView } from './view.ts';

/** A warning at each source that lies below a mount and that nothing else makes. */
export function copiedMounts(view: StagesView): Finding[] {
  if (isOff(view, 'copy-from-mount')) return [];
  const out: Finding[] = [];
  for (const { from, sources } of view.copies) {
    for (const { path, plain, word } of sources) {
      if (!plain) continue;
      const mount = mountAbove(view, from, path);
      if (mount === undefined || mayExist(view, from, path)) continue;
      const related = [{ span: mount.atom.span, message: 'This command wrote it below the mount' }];
      const values = { path, kind: mount.root.type, mount: mount.root.path, stage: from.name ?? String(from.index) };
      const one = finding(view, 'copy-from-mount', word.span, values, { related });
      if (one !== undefined) out.push(one);
    }
  }
  return out;
}

interface Mounted {
  readonly atom: Atom;
  readonly root: MountRoot;
}

/** The last mount of the stage's own commands at or above the path. */
function mountAbove({ simulation }: StagesView, from: SimulatedStage, path: string): Mounted | undefined {
  for (let at = from.state.atoms.length - 1; at >= 0; at--) {
    const atom = simulation.atoms[from.state.atoms[at] ?? -1];
    const root = atom?.mounts?.find((one) => one.path !== '/' && isBelow(path, one.path));
    if (atom !== undefined && root !== undefined) return { atom, root };
  }
  return undefined;
}

/** Something that is not below the mount may have written there: the base, a copy, a command without the mount. */
function mayExist({ simulation, context }: StagesView, from: SimulatedStage, path: string): boolean {
  const { state } = from;
  const covered = (id: number): boolean =>
    simulation.atoms[id]?.mounts?.some((mount) => mount.path !== '/' && isBelow(path, mount.path)) === true;
  const makes = (write: Write): boolean => {
    if (!mayMake(write, path) || covered(write.atom)) return false;
    // A whole directory of the build context: what a mount below it hides was not meant to come from there.
    if (write.context === undefined || write.kind !== 'tree' || write.path === path) return true;
    const source = context.sourceOf(path, state.writes);
    return context.present && source !== undefined && typeof context.read(source) !== 'string';
  };
  if (state.writes.index.overlaps(path, makes)) return true;
  if (state.root.ref !== 'scratch' && SYSTEM.test(path)) return true;
  return state.atoms.some((id) => simulation.atoms[id]?.effect.opaque !== undefined && !covered(id));
}

/** Directories in which a base image has files of its own. */
const SYSTEM = /^\/(usr|etc|bin|sbin|lib|lib64|var|boot|dev|proc|sys|run|go|opt|home)(\/|$)/;
