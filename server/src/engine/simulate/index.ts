/** Executes a Dockerfile in the abstract: all stages, in order, base images included. */
import type { Context } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Simulation } from '../model/state.ts';
import type { Facts } from '../facts/index.ts';
import { cloneState } from './base.ts';
import { ContextReader } from './context.ts';
import { emptyEffect } from './effect.ts';
import { Machine } from './machine.ts';
import { type Checkpoint, FRESH, resumeFrom, type Trace } from './resume.ts';
import { openRooms } from './rooms.ts';
import { Run } from './run.ts';
import { afterSilentEdit } from './silent.ts';

/**
 * Simulates a parsed file. Never throws for a file without fatal problems.
 * `context` is a snapshot of the build context; what was wanted and not read
 * comes back in `wants`.
 */
export function simulate(file: Dockerfile, facts: Facts, context: Context | undefined): Simulation {
  openRooms();
  return new Run(file, facts, new ContextReader(context), FRESH).all();
}

/**
 * As `simulate`, going on from what an earlier simulation of almost the same
 * text has left; the result is the same as without it.
 */
export function simulateAfter(
  file: Dockerfile,
  facts: Facts,
  context: Context | undefined,
  before: Trace | undefined,
): Trace {
  openRooms();
  const resume = resumeFrom(file, context, before);
  const { from, mark, same } = resume;
  const below = before?.below;
  const revision = context?.revision;
  const machine = (): Machine =>
    new Machine(cloneState((from as Checkpoint).state), facts, new ContextReader(context), emptyEffect());
  const simulation =
    before === undefined || from === undefined ? undefined : afterSilentEdit(file, before, mark, same, machine);
  if (simulation !== undefined) return { file, context, revision, simulation, checkpoint: from, below };
  const run = new Run(file, facts, new ContextReader(context, from?.wants), resume);
  return { file, context, revision, simulation: run.all(), checkpoint: run.checkpoint, below: run.below };
}
