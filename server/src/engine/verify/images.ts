/** What the rules compare: two simulated files and their last images. */
import type { Entry } from '../demand/entry.ts';
import type { Program } from '../demand/program.ts';
import type { Facts } from '../facts/index.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Atom, ImageState, Simulation, Write } from '../model/state.ts';

export interface Side {
  readonly file: Dockerfile;
  readonly simulation: Simulation;
  /** The last stage. */
  readonly state: ImageState;
  /** What the last image shows of the writes. */
  readonly alive: readonly Write[];
  /** Stages that the last one is built from, itself included. */
  readonly reachable: ReadonlySet<number>;
  /** Atoms of reachable stages. */
  readonly atoms: readonly Atom[];
  /** Atoms of reachable stages by their keys; of those with the same key in order. */
  readonly byKey: ReadonlyMap<string, readonly Atom[]>;
  /** Atoms of the FROM chain of the last stage. */
  readonly final: ReadonlySet<number>;
  /** Their keys. */
  readonly finalKeys: ReadonlySet<string>;
  /** Packages of the base together with what was installed; `undefined` for the base when it is not known. */
  readonly packages: ReadonlySet<string>;
  readonly entry: Entry;
  readonly program: Program;
}

export interface Pair {
  readonly before: Side;
  readonly after: Side;
  readonly facts: Facts;
}

/** The command that wrote it. */
export function writerOf({ atom }: Write, { simulation }: Side): Atom {
  return simulation.atoms[atom] as Atom;
}
