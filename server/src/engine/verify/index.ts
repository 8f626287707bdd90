/**
 * Judges a split by the contract (design, section 2), on two simulated files and
 * their texts. It never sees a plan; hand-made splits are judged the same way.
 */
import { entryOf } from '../demand/entry.ts';
import { programOf } from '../demand/program.ts';
import type { Facts } from '../facts/index.ts';
import type { Context, EngineSettings, Violation } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Atom, ImageState, SimulatedStage, Simulation } from '../model/state.ts';
import { ContextReader } from '../simulate/context.ts';
import { checkBases, checkPrincipals } from './bases.ts';
import { checkBuilder } from './builder.ts';
import { checkCommands } from './commands.ts';
import { checkConfig } from './config.ts';
import { checkCopies } from './copies.ts';
import { checkDemand } from './demand.ts';
import { checkFiles } from './files.ts';
import type { Pair, Side } from './images.ts';
import { checkInstalls } from './installs.ts';
import { checkPackages, packagesOf } from './packages.ts';
import { checkLoader } from './loader.ts';
import { checkNames } from './names.ts';
import { checkRepositories } from './repositories.ts';
import { Report } from './report.ts';
import { checkResets } from './resets.ts';
import { checkSequence } from './sequence.ts';
import { checkSurroundings } from './surroundings.ts';
import { checkText } from './text.ts';

export interface Simulated {
  readonly file: Dockerfile;
  readonly simulation: Simulation;
}

/** All violations of a split; empty when it is proved. Both files must have at least one stage. */
export function verify(
  before: Simulated,
  after: Simulated,
  facts: Facts,
  context: Context | undefined,
  settings: Pick<EngineSettings, 'copiesKeepOwners'> = { copiesKeepOwners: true },
): readonly Violation[] {
  const report = new Report();
  const fatal = after.file.problems.find((problem) => problem.fatal);
  if (fatal !== undefined && !before.file.problems.some((problem) => problem.fatal)) {
    report.result('syntax', fatal.span, { detail: fatal.code });
    return report.violations;
  }
  const a = sideOf(before, facts, context);
  const b = sideOf(after, facts, context);
  if (a === undefined || b === undefined) {
    report.result('syntax', undefined, { detail: 'no stage' });
    return report.violations;
  }
  const pair: Pair = { before: a, after: b, facts };
  checkConfig(pair, report);
  checkBases(pair, report);
  checkPrincipals(pair, report);
  checkNames(pair, report);
  checkCommands(pair, report);
  checkBuilder(pair, report);
  checkSurroundings(pair, report);
  checkFiles(pair, report);
  checkCopies(pair, report);
  if (!settings.copiesKeepOwners) checkResets(pair, report);
  checkPackages(pair, report);
  checkRepositories(pair, report);
  checkInstalls(pair, report);
  checkSequence(pair, report);
  checkDemand(pair, report);
  checkLoader(pair, report);
  checkText(pair, report);
  return report.violations;
}

function sideOf({ file, simulation }: Simulated, facts: Facts, context: Context | undefined): Side | undefined {
  const last = simulation.stages[simulation.stages.length - 1];
  if (last === undefined) return undefined;
  const reachable = new Set<number>();
  const visit = (index: number): void => {
    if (reachable.has(index)) return;
    reachable.add(index);
    for (const used of (simulation.stages[index] as SimulatedStage).uses) visit(used);
  };
  visit(last.index);
  const { state } = last;
  const reader = new ContextReader(context);
  const atoms = simulation.atoms.filter((atom) => reachable.has(atom.stage));
  return {
    file,
    simulation,
    state,
    alive: state.writes.aliveNow(),
    reachable,
    atoms,
    byKey: byKeyOf(atoms),
    final: new Set(state.atoms),
    finalKeys: new Set(state.atoms.map((id) => (simulation.atoms[id] as Atom).key)),
    packages: packagesOf({ state }, basePackages(state, facts)),
    entry: entryOf(state, reader),
    program: programOf(state, reader),
  };
}

function byKeyOf(atoms: readonly Atom[]): ReadonlyMap<string, readonly Atom[]> {
  const out = new Map<string, Atom[]>();
  for (const atom of atoms) {
    const list = out.get(atom.key);
    if (list === undefined) out.set(atom.key, [atom]);
    else list.push(atom);
  }
  return out;
}

function basePackages(state: ImageState, facts: Facts): ReadonlySet<string> | undefined {
  return state.root.facts === undefined ? undefined : facts.packagesOfBase(state.root.facts);
}
