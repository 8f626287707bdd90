/** Which files build a stage of a Dockerfile by its name: who splits the file wants to look at them. */
import type { Split } from '../../engine/model/analysis.ts';
import type { Build } from './build.ts';

/** One sentence for each compose, bake, task or CI entry that names a target, and what the target is after the split. */
export function targetNotes(builds: readonly Build[], split: Split): readonly string[] {
  const last = split.stages.at(-1)?.name;
  const notes = builds.flatMap(({ file, name, target }) => {
    if (target === undefined) return [];
    const who = `${file} (${name}) builds the target ${target}`;
    const same = (stage: string | undefined): boolean => stage?.toLowerCase() === target.toLowerCase();
    if (same(last)) return [`${who}, which is still the last stage.`];
    return split.stages.some((stage) => same(stage.name))
      ? [`${who}, which is no longer the image that runs.`]
      : [`${who}, which no stage has.`];
  });
  return [...new Set(notes)];
}
