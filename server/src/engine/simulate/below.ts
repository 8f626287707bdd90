/**
 * What stands below an edited instruction is executed again only when it can see the edit: when the
 * instruction left more than files, or something below looked where it wrote.
 */
import { AskedPaths } from '../model/pathIndex.ts';
import type { Atom, ImageState, Write } from '../model/state.ts';
import type { ContextReader } from './context.ts';
import { movedAtom, movedState } from './moved.ts';
import type { StageResume } from './resume.ts';

/** What was executed below an instruction, and what it looked at. */
export interface Below {
  /** The instruction left nothing but what it wrote. */
  readonly onlyWrote: boolean;
  /** Atoms and writes up to there. */
  readonly atoms: number;
  readonly writes: number;
  /** What the commands below asked of the files that were written before. */
  readonly asked: AskedPaths;
  /** What they wanted of the build context. */
  readonly wanted: ReadonlySet<string>;
  /** Stages that they use. */
  readonly uses: Set<number>;
}

/** Begins to note what stands below. `state`, `atoms`: up to there. */
export function startBelow(state: ImageState, onlyWrote: boolean, atoms: number, context: ContextReader): Below {
  const asked = new AskedPaths();
  const wanted = new Set<string>();
  state.writes.index.asked = asked;
  context.noted.push(wanted);
  return { onlyWrote, atoms, writes: state.writes.all.length, asked, wanted, uses: new Set() };
}

/**
 * The rest of a stage, taken over from an earlier simulation in which only the instruction above it was another: the
 * final state, the atoms below, and how many writes there were above. `undefined`: it has to be executed. `now`: what
 * there is up to there, with `start` writes before the instruction; the writes below are added to its state's.
 */
export function takenOver(
  { trace: { below, end }, old, atoms, move }: StageResume,
  now: { readonly atoms: number; readonly state: ImageState; readonly onlyWrote: boolean; readonly start: number },
): { readonly atoms: readonly Atom[]; readonly state: ImageState; readonly below: Below } | undefined {
  if (below?.onlyWrote !== true || !now.onlyWrote || below.atoms !== now.atoms) return undefined;
  const { writes } = now.state;
  const { all } = old.state.writes;
  const above = writes.all.length;
  const paths = changedPaths(all.slice(now.start, below.writes), writes.all.slice(now.start));
  if (paths.some((path) => below.asked.sees(path))) return undefined;
  for (let at = below.writes; at < all.length; at++) writes.add(all[at] as Write);
  return {
    atoms: atoms.slice(below.atoms, end).map((atom) => movedAtom(atom, move)),
    state: movedState(old.state, move, writes),
    below: { ...below, writes: above },
  };
}

/** Paths of the writes that only one of two lists has. */
export function changedPaths(was: readonly Write[], is: readonly Write[]): readonly string[] {
  const paths: string[] = [];
  for (let at = 0; at < Math.max(was.length, is.length); at++) {
    const [a, b] = [was[at], is[at]];
    if (a !== undefined && b !== undefined && isSameWrite(a, b)) continue;
    for (const one of [a, b]) if (one !== undefined) paths.push(one.path);
  }
  return paths;
}

/** The key counts as well: what a file of settings says is read from the words that wrote it. */
function isSameWrite(a: Write, b: Write): boolean {
  const names = Object.keys(a) as (keyof Write)[];
  return names.length === Object.keys(b).length && names.every((name) => isSameValue(a[name], b[name]));
}

/** What an instruction found and what it left differ in nothing but what was written, and the atoms that are counted. */
export function leftOnlyWrites(before: ImageState, state: ImageState): boolean {
  return (Object.keys(before) as (keyof ImageState)[]).every(
    (name) => name === 'writes' || name === 'atoms' || isSameValue(before[name], state[name]),
  );
}

/** The same value, or collections and records of the same ones. What they hold is never changed in place. */
function isSameValue(a: unknown, b: unknown): boolean {
  if (a === b) return true;
  if (Array.isArray(a) && Array.isArray(b)) return a.length === b.length && a.every((one, at) => one === b[at]);
  if (a instanceof Map && b instanceof Map) {
    if (a.size !== b.size) return false;
    for (const [key, value] of a) if (b.get(key) !== value) return false;
    return true;
  }
  if (a instanceof Set && b instanceof Set) {
    if (a.size !== b.size) return false;
    for (const value of a) if (!b.has(value)) return false;
    return true;
  }
  if (!isRecord(a) || !isRecord(b)) return false;
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => isSameValue(a[name], b[name]));
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
