/**
 * Places every command: the builder is the original's prefix and holds all up
 * to the last build step; this decides what the runtime stage repeats of that
 * prefix, and what it takes from the builder.
 */
import { type FindsUndoing, undoingIn } from '../demand/rerun.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import type { Atom } from '../model/state.ts';
import { directoryOf } from '../simulate/keys.ts';
import { Draft, type PlaceInput } from './draft.ts';
import { isEmptied } from './packages.ts';
import { foreignFile, hasInputs, hasTools, isDone, withDirectories } from './repetition.ts';
import { copyRoots, isCovered, type Root } from './roots.ts';

export interface Placement {
  /** Atoms that run in the builder only. */
  readonly builder: ReadonlySet<number>;
  /** Atoms of the prefix that run in the runtime stage too. */
  readonly both: ReadonlySet<number>;
  /** Atoms that must stand after the copies. */
  readonly afterCopies: ReadonlySet<number>;
  /** First and last instruction of the builder. */
  readonly start: number;
  readonly end: number;
  readonly roots: readonly Root[];
}

/** Places all atoms, or says why it cannot be done. */
export function place(input: PlaceInput): Placement | Refusal {
  return new Placer(input).run();
}

class Placer {
  private readonly draft: Draft;
  private readonly undoing: FindsUndoing;

  constructor(private readonly input: PlaceInput) {
    this.draft = new Draft(input);
    this.undoing = undoingIn(input.atoms);
  }

  run(): Placement | Refusal {
    const { draft } = this;
    for (let round = 0; round < 12; round++) {
      draft.restart();
      const problem = this.opaqueBuilder() ?? this.computeRoots();
      if (problem !== undefined) return problem;
      const grown = this.placeAll();
      if (grown === 'done') {
        const { builder, both, after: afterCopies, start, end, roots } = draft;
        return { builder, both, afterCopies, start, end, roots };
      }
      if (grown !== 'again') return grown;
    }
    return refuse('entangled', undefined);
  }

  /** A build step that nobody can follow: what it writes cannot be copied. */
  private opaqueBuilder(): Refusal | undefined {
    for (const atom of this.input.atoms) {
      const { opaque } = atom.effect;
      if (opaque !== undefined && this.draft.builder.has(atom.id))
        return refuse('opaque-command', opaque.span, { command: opaque.name });
    }
    return undefined;
  }

  private computeRoots(): Refusal | undefined {
    const { builder, history } = this.draft;
    const writes = history.alive.filter((write) => builder.has(write.atom));
    const result = copyRoots(writes, history);
    if ('roots' in result) {
      this.draft.roots = result.roots;
      return undefined;
    }
    const atom = this.input.atoms[result.write.atom];
    return refuse(`copy-${result.problem}`, atom?.span, { path: result.write.path });
  }

  private placeAll(): 'done' | 'again' | Refusal {
    const { draft } = this;
    for (const atom of this.input.atoms) {
      if (draft.builder.has(atom.id) || draft.inShared(atom)) continue;
      const answer = atom.instruction <= draft.end ? this.prefix(atom) : this.suffix(atom);
      if (answer === 'builder') {
        draft.builder.add(atom.id);
        return 'again';
      }
      if (typeof answer !== 'string') return answer;
      if (answer === 'both') draft.both.add(atom.id);
    }
    return 'done';
  }

  /** An atom of the builder's part of the file. */
  private prefix(atom: Atom): 'both' | 'left' | 'builder' | Refusal {
    const { draft } = this;
    const { effect } = atom;
    const { roles } = effect;
    if (effect.opaque !== undefined) return this.opaque(atom);
    if (roles.has('config')) return 'both';
    if (roles.has('install') || roles.has('principal')) {
      if (roles.has('install') && isEmptied(atom, this.input.packages)) return 'left';
      // A shell of its own (conda's) may come from the builder.
      hasInputs(atom, draft);
      return 'both';
    }
    if (roles.has('program')) return this.program(atom);
    const own = draft.history.aliveOf(atom, draft.isWanted);
    // What is copied brings its owner and mode, unless it is the directory of a copy itself; what is gone has none.
    if (own.some(draft.isOutside) && draft.ownerOfTree(atom)) {
      withDirectories(atom, draft);
      return 'both';
    }
    if (roles.has('check')) return 'left';
    if (roles.has('copy')) return own.every(draft.isCopied) || draft.repeatedLater(atom, own) ? 'left' : 'both';
    const { packages, repositories } = this.input;
    if (repositories.has(atom.id) || effect.held.some((name) => packages.has.has(name))) return 'both';
    const effects = own.filter(draft.isEffective);
    if (effects.length === 0) return 'left';
    const outside = effects.filter(draft.isOutside);
    if (outside.length === 0) return 'left';
    if (roles.has('fetch') && draft.bounded(outside)) return 'builder';
    const foreign = foreignFile(atom, draft);
    if (foreign !== undefined) return refuse('base-file', atom.span, { path: foreign });
    const later = draft.isOverwritten(atom, effects) && draft.bounded(outside);
    if (!later && effect.replayable && !isDone(effects, draft) && hasTools(atom, draft) && hasInputs(atom, draft))
      return 'both';
    if (draft.bounded(outside)) return 'builder';
    if (roles.has('fetch'))
      return effect.needs.some((need) => need.kind === 'exe' && this.input.lost(need.name))
        ? refuse('unbounded-download', atom.span)
        : 'both';
    return refuse('order', atom.span);
  }

  /** It runs again over what is copied, unless that lacks by now what it works with: then its results come along. */
  private program(atom: Atom): 'both' | 'left' | Refusal {
    const { draft } = this;
    const undone = this.undoing(atom);
    if (undone === undefined || undone.instruction > draft.end) {
      draft.after.add(atom.id);
      return 'both';
    }
    const place = directoryOf(atom.key);
    const outside = [...atom.key.matchAll(/\s(\/[^\s;&|]+)/g)].some(
      ([, path]) => !isCovered(path as string, draft.roots) && !atom.effect.reads.includes(path as string),
    );
    return place !== undefined && isCovered(place, draft.roots) && !outside ? 'left' : refuse('order', atom.span);
  }

  /** Commands nobody understands: a program of a package that stays is run like the application; else they refuse. */
  private opaque(atom: Atom): 'both' | Refusal {
    const name = atom.effect.opaque?.name ?? '';
    if (this.input.provided(name)) {
      this.draft.after.add(atom.id);
      return 'both';
    }
    return refuse('opaque-command', atom.effect.opaque?.span ?? atom.span, { command: name });
  }

  /** An atom after the last build step: it runs in the runtime stage, or the builder grows. */
  private suffix(atom: Atom): 'runtime' | 'builder' | Refusal {
    const { draft } = this;
    const { effect } = atom;
    if (effect.opaque !== undefined && !this.input.provided(effect.opaque.name)) {
      return refuse('opaque-command', effect.opaque.span, { command: effect.opaque.name });
    }
    if (this.removesTools(atom)) return 'builder';
    if (effect.roles.has('cleanup')) {
      const deletions = effect.writes.filter((write) => write.kind === 'gone');
      const ours = deletions.filter(
        (write) => isCovered(write.path, draft.roots) || draft.writtenByBuilderOnly(write.path),
      );
      if (deletions.length > 0 && ours.length === deletions.length) return 'builder';
    }
    if (effect.roles.has('setup') && effect.reads.some((path) => draft.needsBuilder(path))) return 'builder';
    const foreign = foreignFile(atom, draft);
    return foreign === undefined ? 'runtime' : refuse('base-file', atom.span, { path: foreign });
  }

  /** It removes the build tools of an earlier instruction, and nothing of the base. */
  private removesTools({ effect }: Atom): boolean {
    const { packages, state } = this.input;
    return (
      effect.removed.some((name) => packages.layers.has(name)) &&
      !effect.removed.some((name) => state.removedFromBase.has(name))
    );
  }
}
