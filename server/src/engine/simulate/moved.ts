/**
 * What an earlier simulation said of words that stand elsewhere now, moved with them. Lists without a
 * place in the text are shared: nobody writes to them any more.
 */
import type { Span } from '../model/span.ts';
import type { Atom, Config, ConfigValue, Effect, ImageState } from '../model/state.ts';
import type { WriteLog } from '../model/writeLog.ts';
import { cloneState } from './base.ts';

/** Everything at or behind `from` (an offset into the old text) stands `by` UTF-16 units further, up to the next piece. */
export interface Piece {
  readonly from: number;
  readonly by: number;
}

/** Where the words of an old text stand in a new one: pieces in the order of the text; before the first, nothing moved. */
export type Move = readonly Piece[];

/** Where an offset of the old text is now. */
export function movedOffset(offset: number, move: Move): number {
  let at = move.length - 1;
  while (at >= 0 && (move[at] as Piece).from > offset) at--;
  return at < 0 ? offset : offset + (move[at] as Piece).by;
}

export function movedAtom(atom: Atom, move: Move): Atom {
  const span = movedSpan(atom.span, move);
  if (span === atom.span) return atom;
  const { id, stage, instruction, command, key, mounts } = atom;
  const effect = movedEffect(atom.effect, move);
  const moved = { id, stage, instruction, command, span, key, effect };
  return mounts === undefined ? moved : { ...moved, mounts };
}

/** A copy of a state that can change by itself. `writes`: in place of its own. */
export function movedState(state: ImageState, move: Move, writes?: WriteLog): ImageState {
  const moved = cloneState(state, writes);
  moved.config = movedConfig(moved.config, move);
  moved.packages = movedMap(moved.packages, move);
  moved.dependencies = movedList(moved.dependencies, move);
  moved.unread = movedList(moved.unread, move);
  moved.runNeeds = movedList(moved.runNeeds, move);
  return moved;
}

function movedSpan(span: Span, move: Move): Span {
  const start = movedOffset(span.start, move);
  return start === span.start ? span : { start, end: span.end + start - span.start };
}

function movedEffect(effect: Effect, move: Move): Effect {
  const { needs, installs, dependencies, unread, opaque } = effect;
  if (
    needs.length === 0 &&
    installs.length === 0 &&
    dependencies.length === 0 &&
    unread.length === 0 &&
    opaque === undefined
  )
    return effect;
  return {
    ...effect,
    needs: movedList(needs, move),
    installs: installs.map((install) => ({ ...install, words: movedList(install.words, move) })),
    dependencies: movedList(dependencies, move),
    unread: movedList(unread, move),
    opaque: opaque === undefined ? undefined : movedValue(opaque, move),
  };
}

function movedConfig(config: Config, move: Move): Config {
  const one = <T>(value: ConfigValue<T> | undefined): ConfigValue<T> | undefined =>
    value === undefined ? undefined : movedValue(value, move);
  return {
    env: movedMap(config.env, move),
    workdir: movedValue(config.workdir, move),
    user: one(config.user),
    entrypoint: one(config.entrypoint),
    cmd: one(config.cmd),
    healthcheck: one(config.healthcheck),
    stopsignal: one(config.stopsignal),
    shell: one(config.shell),
    expose: movedMap(config.expose, move),
    volume: movedMap(config.volume, move),
    label: movedMap(config.label, move),
    onbuild: movedList(config.onbuild, move),
    maintainer: one(config.maintainer),
  };
}

function movedValue<T extends { readonly span?: Span | undefined }>(value: T, move: Move): T {
  if (value.span === undefined) return value;
  const span = movedSpan(value.span, move);
  return span === value.span ? value : { ...value, span };
}

function movedList<T extends { readonly span?: Span | undefined }>(list: readonly T[], move: Move): T[] {
  return list.length === 0 ? (list as T[]) : list.map((value) => movedValue(value, move));
}

function movedMap<T extends { readonly span?: Span | undefined }>(
  map: ReadonlyMap<string, T>,
  move: Move,
): Map<string, T> {
  const out = new Map<string, T>();
  for (const [key, value] of map) out.set(key, movedValue(value, move));
  return out;
}
