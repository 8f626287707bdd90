/** Rules 5 and 8 on COPY --from: it finds something, and what it brings lies where it lay (pitfalls 3, 4, 28). */
import { isBelow } from '../model/path.ts';
import type { Atom, Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Directories in which the packages of two stages would be mixed. */
const SYSTEM =
  /^\/(|bin|sbin|lib|lib32|lib64|etc|var|var\/lib|var\/lib\/(dpkg|apt)|lib\/apk|usr|usr\/(bin|sbin|lib|lib64|libexec|share|include))$|^\/usr\/lib\/\w+-linux-\w+$/;

/** Checks each COPY --from of the last stage. */
export function checkCopies(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const atom of after.atoms) {
    if (!atom.effect.roles.has('copy-stage')) continue;
    const real = atom.effect.writes.filter((write) => write.kind !== 'meta');
    // A path that nobody certainly makes stops the build.
    const missing = atom.effect.needs.find((need) => need.kind === 'path');
    if (missing !== undefined) report.result('missing-source', atom.span, { path: missing.name });
    if (!after.final.has(atom.id)) continue;
    const system = real.find((write) => write.base !== undefined && SYSTEM.test(write.path));
    if (system !== undefined) report.result('system-copy', atom.span, { path: system.path });
    const moved = real.find((write) => isMoved(write, atom, before, after));
    if (moved !== undefined) report.result('other-place', atom.span, { path: moved.path });
  }
}

/** Nothing of the builder wrote it there. */
function isMoved(write: Write, atom: Atom, before: Side, after: Side): boolean {
  if (write.kind === 'gone') return false;
  if (write.base !== undefined) return !baseHolds(before.state, write.path);
  if (write.within !== undefined) return !isBelow(write.path, write.within);
  return !after.simulation.stages.some(
    ({ index, state }) =>
      index !== atom.stage && state.writes.index.exactly(write.path).some((other) => other.key === write.key),
  );
}
