/**
 * Sources of a COPY --from that the stage does not have. They are read from `/`,
 * not from the stage's working directory (pitfall 4, moby#36643). Said only where
 * nobody can have written there: no command that nobody understands, no base that
 * may hold it.
 */
import type { Finding, Fix } from '../../model/analysis.ts';
import { resolvePath } from '../../model/path.ts';
import type { SimulatedStage } from '../../model/state.ts';
import { baseHolds } from '../../simulate/base.ts';
import { type CopySource, finding, isOff, mayMake, type StagesView } from './view.ts';

/** A warning at each source that cannot exist; with a fix where the file lies in the working directory. */
export function missingSources(view: StagesView): Finding[] {
  if (isOff(view, 'missing-copy-source')) return [];
  const out: Finding[] = [];
  for (const { from, sources } of view.copies) {
    for (const source of sources) {
      if (!source.plain || source.path === '/' || isThere(from, source.path)) continue;
      const meant = meantPath(from, source);
      if (meant === undefined && !isSure(view, from)) continue;
      const values = {
        path: source.path,
        stage: from.name ?? String(from.index),
        hint: meant === undefined ? '' : `; ${meant} is there`,
      };
      const fix = (): Fix | undefined =>
        meant === undefined ? undefined : { title: `Copy ${meant}`, edits: [edit(source, meant)] };
      const one = finding(view, 'missing-copy-source', source.word.span, values, { fix });
      if (one !== undefined) out.push(one);
    }
  }
  return out;
}

function edit({ word }: CopySource, path: string): { span: CopySource['word']['span']; newText: string } {
  return { span: word.span, newText: /\/$/.test(word.raw) ? `${path}/` : path };
}

/** The base, or anything that was written at, above or below the path. */
function isThere({ state }: SimulatedStage, path: string): boolean {
  if (state.root.ref !== 'scratch' && (state.root.facts === undefined || baseHolds(state, path))) return true;
  return state.writes.index.overlaps(path, (write) => mayMake(write, path));
}

/** A relative source that certainly was written below the working directory of its stage. */
function meantPath({ state }: SimulatedStage, { word, relative }: CopySource): string | undefined {
  const { workdir } = state.config;
  if (!relative || workdir.value.open.length > 0 || workdir.value.text === '/' || /["'\\]/.test(word.raw))
    return undefined;
  const path = resolvePath(workdir.value.text, word.raw);
  const certain = state.writes.index
    .exactly(path)
    .some((write) => write.sure && write.kind !== 'gone' && write.kind !== 'meta');
  return certain ? path : undefined;
}

/** Everything that ran in the stage is understood, and every path it wrote is known. */
function isSure({ simulation }: StagesView, { state }: SimulatedStage): boolean {
  if (state.holes.length > 0) return false;
  return state.atoms.every((id) => {
    const effect = simulation.atoms[id]?.effect;
    return effect !== undefined && effect.writes.every((write) => write.sure && !write.path.includes('$'));
  });
}
