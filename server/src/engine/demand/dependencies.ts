/** What known dependencies of the program need when it runs. */
import { knowledgeOf } from '../ecosystems/python/knowledge.ts';
import type { Facts } from '../facts/index.ts';
import type { ImageState } from '../model/state.ts';

export interface LibraryNeed {
  readonly packages: readonly string[];
  readonly why: string;
  /** Needed even though the original did not have it by package. */
  readonly always: boolean;
}

/** Run-time libraries that the known dependencies load or link, as packages of the base's release. */
export function knownNeeds(state: ImageState, facts: Facts): LibraryNeed[] {
  const os = state.root.facts?.os;
  const out: LibraryNeed[] = [];
  if (os === undefined) return out;
  for (const dependency of state.dependencies) {
    const knowledge = dependency.ecosystem === 'python' ? knowledgeOf(dependency.name) : undefined;
    for (const name of [...(knowledge?.links ?? []), ...(knowledge?.loads ?? [])]) {
      const packages = name.endsWith('-dev') ? facts.runtimeFor(os, name) : [name];
      if (packages !== undefined && packages.length > 0) out.push({ packages, why: `${dependency.name} loads it`, always: false });
    }
  }
  return out;
}

/** The dependency that compiles at run time, if there is one. */
export function compilesAtRun(state: ImageState): string | undefined {
  return state.dependencies.find((one) => one.ecosystem === 'python' && knowledgeOf(one.name)?.compiles === true)?.name;
}

/** True when every dependency is known: nothing that is installed can surprise. */
export function allKnown(state: ImageState): boolean {
  return state.dependencies.every((one) => one.ecosystem === 'python' && knowledgeOf(one.name) !== undefined);
}
