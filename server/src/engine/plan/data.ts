/**
 * Packages of the full base that are nothing but data need no package manager: their files are copied from the builder.
 * Measured with test/images/apps/types-of-files: the same answers, and no index of packages is read for them.
 */
import { dataFilesOf } from '../facts/packageFiles.ts';
import type { PlanInput, RuntimeBase } from './types.ts';

/**
 * The files that stand for all of these packages, which found no line of the file to be installed on; `undefined` where
 * one of them has to be installed, and the index is read anyway.
 */
export function carried(input: PlanInput, base: RuntimeBase, names: readonly string[]): readonly string[] | undefined {
  const { state, facts } = input;
  if (base.counterpart === undefined || state.root.facts === undefined) return undefined;
  const held = facts.packagesOfBase(state.root.facts);
  const paths: string[] = [];
  for (const name of names) {
    const files = held?.has(name) === true && !state.packages.has(name) ? dataFilesOf(name) : undefined;
    // What the file itself does there comes after the copies, or before them: it is left to the package manager.
    if (files === undefined || files.some((path) => state.writes.index.overlaps(path, () => true))) return undefined;
    paths.push(...files);
  }
  return paths;
}
