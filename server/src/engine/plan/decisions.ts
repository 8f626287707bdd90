/** What leaves, what stays and what is copied, in words. */
import { isCompiler } from '../assess/tools.ts';
import { isUnserved, type Served } from '../demand/served.ts';
import { baseName, isBelow } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type { Atom, Write } from '../model/state.ts';
import type { PackagePlan } from './packages.ts';
import type { Decision, PlanInput, RuntimeBase } from './types.ts';

/** A compiler that stays in the runtime stage though nothing that runs there is known to call it. */
export function stayingCompiler(input: PlanInput, packages: PackagePlan): Decision | undefined {
  for (const [name, kept] of packages.keptDev)
    if (isCompiler(input.facts, input.state.root.facts?.os, name))
      return { what: name, why: kept.why, span: kept.span };
  for (const verdict of input.packages.verdicts) {
    if (
      verdict.verdict === 'kept' &&
      isCompiler(input.facts, input.state.root.facts?.os, verdict.name) &&
      input.packages.runtimeCompiler === undefined
    )
      return { what: verdict.name, why: verdict.why, span: verdict.span };
  }
  return undefined;
}

/** The packages, and the full base, that the final image no longer has; `deleted`, `served`: what `deletedLater` and `servedOf` say. */
export function leftOf(
  input: PlanInput,
  base: RuntimeBase,
  packages: PackagePlan,
  deleted: readonly Decision[],
  served: Served | undefined,
): Decision[] {
  const out: Decision[] = [];
  if (base.counterpart !== undefined)
    out.push({
      what: input.state.root.ref,
      why: `the full image is only needed to build; the container runs on ${base.ref}`,
      span: input.state.root.span,
    });
  for (const [what, { span, why }] of packages.leave) {
    if (!input.state.packages.has(what) && !packages.layers.has(what)) continue;
    const instead = packages.instead.get(what) ?? [];
    out.push({ what, why: instead.length === 0 ? why : `${why}; ${instead.join(', ')} stays`, span });
  }
  out.push(...deleted, ...(served === undefined ? [] : unserved(input, served)));
  return out;
}

/** A project of which one directory is served, and what was installed for it. */
function unserved({ state, simulation: { atoms } }: PlanInput, served: Served): Decision[] {
  const why = `the container serves ${served.directory} and reads nothing else of the project`;
  const writes = state.writes.aliveNow();
  const at = ({ atom }: Write): Span => (atoms[atom] as Atom).span;
  const out = writes
    .filter((write) => write.class === 'dependencies' && write.kind === 'tree' && isUnserved(write, served))
    .map((write) => ({ what: baseName(write.path), why, span: at(write) }));
  const first = writes.find(({ kind, path }) => kind !== 'dir' && isBelow(path, served.project));
  return first === undefined ? out : [...out, { what: served.project, why, span: at(first) }];
}

/**
 * The packages that stay in doubt or on demand, and those that are installed in the runtime stage for what left, but for
 * `carried`: their files are copied.
 */
export function keptOf(input: PlanInput, packages: PackagePlan, carried: readonly string[]): Decision[] {
  const out: Decision[] = [];
  for (const verdict of input.packages.verdicts)
    if (verdict.verdict === 'kept') out.push({ what: verdict.name, why: verdict.why, span: verdict.span });
  for (const [what, { span, why }] of packages.keptDev) out.push({ what, why, span });
  for (const { name, why } of packages.add)
    if (!carried.includes(name)) out.push({ what: name, why, span: input.state.root.span });
  return out;
}

/** Why a copy is made, by the class of what was written there. */
export function whyCopied(kind: Write['class']): string {
  switch (kind) {
    case 'dependencies':
      return 'the installed packages';
    case 'artifact':
      return 'what the build made';
    default:
      return 'written by a build step';
  }
}
