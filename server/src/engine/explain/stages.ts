/** What each stage of a file with several stages is for, from the FROM and COPY lines alone. */
import type { Dockerfile, Stage } from '../model/dockerfile.ts';

/** `runtime`: the last stage. `continued`: it is FROM this one. `left-behind`: only copied from. */
export type StageRole = 'runtime' | 'continued' | 'left-behind' | 'unreached';

/** The role of every stage, in order. A reference that holds a variable may mean any stage: nothing is then unreached. */
export function stageRoles(file: Dockerfile): readonly StageRole[] {
  const { stages } = file;
  const last = stages.length - 1;
  const continued = new Set<number>();
  for (let at: number | undefined = last; at !== undefined && at >= 0; ) {
    continued.add(at);
    const from: Stage | undefined = stages[at];
    at = from?.from.image === undefined ? undefined : stageNamed(stages, from.from.image.raw, at);
  }
  const reached = new Set<number>();
  let open = false;
  const visit = (index: number): void => {
    if (reached.has(index)) return;
    reached.add(index);
    for (const reference of references(stages[index])) {
      if (reference.includes('$')) open = true;
      const used = stageNamed(stages, reference, index);
      if (used !== undefined) visit(used);
    }
  };
  if (last >= 0) visit(last);
  return stages.map((_, index) => {
    if (index === last) return 'runtime';
    if (continued.has(index)) return 'continued';
    return reached.has(index) || open ? 'left-behind' : 'unreached';
  });
}

/** Every image or stage that a stage names: its FROM, COPY --from and RUN --mount=from. */
function references(stage: Stage | undefined): string[] {
  if (stage === undefined) return [];
  const out = stage.from.image === undefined ? [] : [stage.from.image.raw];
  for (const instruction of stage.instructions) {
    if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from !== undefined)
      out.push(instruction.from);
    if (instruction.kind === 'run')
      for (const mount of instruction.mounts) if (mount.from !== undefined) out.push(mount.from);
  }
  return out;
}

/** Index of the stage before `before` that a reference names, by name or by number. */
function stageNamed(stages: readonly Stage[], reference: string, before: number): number | undefined {
  const name = reference.toLowerCase();
  const named = stages.findLast((stage) => stage.index < before && stage.name === name);
  if (named !== undefined) return named.index;
  const number = /^\d+$/.test(name) ? Number(name) : -1;
  return number >= 0 && number < before ? number : undefined;
}
