/** Which commands the runtime stage has. */
import { isCompiler } from '../assess/tools.ts';
import { hasOwnPython } from '../facts/bases.ts';
import { baseName } from '../model/path.ts';
import type { PackagePlan } from './packages.ts';
import type { PlanInput, RuntimeBase } from './types.ts';

/** Commands that the runtime stage will not have: of packages that leave, and of the full base. */
export function lostExecutables(input: PlanInput, base: RuntimeBase, packages: PackagePlan): (name: string) => boolean {
  const os = input.state.root.facts?.os;
  const index = os === undefined ? undefined : input.facts.packageIndex(os)?.index;
  const tools = new Set(base.counterpart?.toolsLost ?? []);
  return (name) => {
    if (packages.add.some((one) => one.name === name)) return false;
    // `python3` is also a package of the full image: what a command finds on PATH is docker-library's own, in both images.
    if (base.counterpart !== undefined && base.facts !== undefined && hasOwnPython(base.facts, name)) return false;
    if (tools.has(name) && !input.packages.staying.has(name)) return true;
    if (packages.leave.has(name)) return true;
    const providers = index?.providers(name) ?? [];
    const had = providers.filter((one) => packages.lost.has(one));
    return had.length > 0 && !providers.some((one) => !packages.lost.has(one) && input.state.packages.has(one));
  };
}

/** A command of a package that stays, or of the base that both stages share. */
export function isProvided(input: PlanInput, base: RuntimeBase, packages: PackagePlan, name: string): boolean {
  const os = input.state.root.facts?.os;
  const index = os === undefined ? undefined : input.facts.packageIndex(os)?.index;
  const providers = index?.providers(name) ?? [];
  if (providers.some((one) => input.state.packages.has(one) && !packages.lost.has(one))) return true;
  return base.counterpart === undefined && (input.state.root.facts?.tools.includes(name) ?? false);
}

/** The compiler that the container runs and would miss. */
export function runsLost(input: PlanInput, lost: (name: string) => boolean): string | undefined {
  for (const command of input.entry.commands) {
    const name = baseName(command.argv[0] ?? '');
    if (command.known && lost(name) && isCompiler(input.facts, input.state.root.facts?.os, name)) return name;
  }
  return undefined;
}
