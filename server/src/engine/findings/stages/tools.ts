/**
 * Compilers and headers that the last stage installs though nothing in it builds:
 * the stage before it has them already. Headers are replaced by the libraries they
 * belong to; a compiler is only spoken of when everything that runs is understood.
 */
import { isCompiler, type PackageVerdict } from '../../assess/tools.ts';
import { editsOf } from '../../emit/index.ts';
import type { Finding, Fix } from '../../model/analysis.ts';
import type { PlanInput } from '../../plan/types.ts';
import { isProved, isUnderstood, withoutPackage } from '../hints.ts';
import { sizeText } from '../size.ts';
import { finishedStage, isOwn } from './lastStage.ts';
import { finding, isOff, type StagesView } from './view.ts';

/** A finding on each name. */
export function toolsInLastStage(view: StagesView): Finding[] {
  if (isOff(view, 'last-stage-build-package')) return [];
  const input = finishedStage(view);
  if (input === undefined) return [];
  const os = input.state.root.facts?.os;
  // Somebody who installs a compiler in the stage that runs means to compile there, unless nothing can call it.
  const compiles = input.packages.verdicts.some((one) => isCompiler(view.facts, os, one.name));
  if (compiles && !isUnderstood(input)) return [];
  const index = os === undefined ? undefined : view.facts.packageIndex(os)?.index;
  return input.packages.verdicts.flatMap((verdict) => {
    const instead = replacementOf(view, input, verdict);
    if (instead === undefined) return [];
    const kilobytes = index?.get(verdict.name)?.installedKB;
    const values = {
      name: verdict.name,
      size: sizeText(kilobytes === undefined ? undefined : kilobytes / 1024),
      instead:
        instead.length === 0 ? '' : `; ${instead.join(' and ')} ${instead.length === 1 ? 'is' : 'are'} enough to run`,
    };
    const one = finding(view, 'last-stage-build-package', verdict.span, values, {
      fix: () => fixOf(view, input, verdict, instead),
    });
    return one === undefined ? [] : [one];
  });
}

/** The libraries that stand for a package of headers, [] for a compiler; `undefined` when nothing is to be said of it. */
function replacementOf(view: StagesView, input: PlanInput, verdict: PackageVerdict): readonly string[] | undefined {
  const os = input.state.root.facts?.os;
  const { name } = verdict;
  if (verdict.verdict !== 'leaves' || os === undefined) return undefined;
  if (isCompiler(view.facts, os, name)) return isUnderstood(input) ? [] : undefined;
  if (verdict.group !== 'headers') return undefined;
  const libraries = view.facts.runtimeFor(os, name);
  // Headers alone are used by nothing that runs; what is not known may be more than headers.
  return libraries === undefined || (libraries.length === 0 && !isUnderstood(input)) ? undefined : libraries;
}

function fixOf(
  view: StagesView,
  input: PlanInput,
  { name, atom }: PackageVerdict,
  instead: readonly string[],
): Fix | undefined {
  const stage = view.simulation.atoms[atom]?.stage;
  if (stage === undefined || !isOwn(view, stage)) return undefined;
  const missing = instead.filter((library) => input.state.packages.get(library)?.by !== 'asked');
  const text = withoutPackage(input, atom, name, missing);
  if (text === undefined || !isProved(input, text)) return undefined;
  const title = missing.length === 0 ? `Remove ${name}` : `Install ${missing.join(' ')} instead of ${name}`;
  return { title, edits: editsOf(input.file, text) };
}
