/** Executes a Dockerfile in the abstract: all stages, in order, base images included. */
import type { Context } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Simulation } from '../model/state.ts';
import type { Facts } from '../facts/index.ts';
import { ContextReader } from './context.ts';
import { resumeFrom, type Trace } from './resume.ts';
import { openRooms } from './rooms.ts';
import { Stages } from './stages.ts';

/**
 * Simulates a parsed file. Never throws for a file without fatal problems.
 * `context` is a snapshot of the build context; what was wanted and not read
 * comes back in `wants`.
 */
export function simulate(file: Dockerfile, facts: Facts, context: Context | undefined): Simulation {
  openRooms();
  return new Stages(file, facts, new ContextReader(context), undefined).all();
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
  const stages = new Stages(file, facts, new ContextReader(context), resumeFrom(file, context, before));
  const simulation = stages.all();
  return { file, context, revision: context?.revision, simulation, stages: stages.traces };
}
