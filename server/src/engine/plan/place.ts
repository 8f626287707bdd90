/**
 * Places every command: the builder is the original's prefix and holds all up
 * to the last build step; this decides what the runtime stage repeats of that
 * prefix, and what it takes from the builder.
 */
import { isShared, mayBring } from '../facts/packageFiles.ts';
import { baseHolds } from '../simulate/base.ts';
import { baseName, isBelow } from '../model/path.ts';
import type { Atom, ImageState, Need, Write } from '../model/state.ts';
import { type FindsUndoing, undoingIn } from '../demand/rerun.ts';
import { directoryOf } from '../simulate/keys.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import { History, sameSource } from './history.ts';
import type { PackagePlan } from './packages.ts';
import { isEmptied } from './packages.ts';
import { copyRoots, isCovered, type Root } from './roots.ts';

export interface PlaceInput {
  /** What `buildAtoms` says. */
  readonly building: ReadonlySet<number>;
  readonly atoms: readonly Atom[];
  readonly state: ImageState;
  readonly packages: PackagePlan;
  /** Commands that the container runs. */
  readonly demanded: ReadonlySet<string>;
  /** A script of an unread package.json runs. */
  readonly unreadScript: boolean;
  /** An entry script runs that nobody has read. */
  readonly unreadEntry: boolean;
  /** True for a file that the container names, wherever it lies. */
  readonly named: (write: Write) => boolean;
  /** True for a command that the runtime stage does not have. */
  readonly lost: (executable: string) => boolean;
  /** True for a command that the runtime stage certainly has. */
  readonly provided: (executable: string) => boolean;
  /** Same image in both stages, so that a shared stage can run what nobody understands. */
  readonly sameBase: boolean;
}

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

/** Atoms that build: they need what leaves, or install what the program depends on. */
export function buildAtoms(input: Pick<PlaceInput, 'atoms' | 'lost'>): Set<number> {
  const out = new Set<number>();
  for (const atom of input.atoms) {
    const { roles, needs } = atom.effect;
    if (roles.has('dependencies') || roles.has('build') || roles.has('toolchain')) out.add(atom.id);
    else if (!atom.effect.repository && !roles.has('install') && needsLost(needs, input.lost)) out.add(atom.id);
  }
  return out;
}

function needsLost(needs: readonly Need[], lost: PlaceInput['lost']): boolean {
  for (const need of needs) if (need.kind === 'exe' && need.sure && lost(need.name)) return true;
  return false;
}

function installsOneOf(atom: Atom, names: ReadonlyMap<string, unknown>): boolean {
  for (const install of atom.effect.installs) for (const word of install.words) if (names.has(word.name)) return true;
  return false;
}

/** Places all atoms, or says why it cannot be done. */
export function place(input: PlaceInput): Placement | Refusal {
  return new Placer(input).run();
}

class Placer {
  private readonly builder: Set<number>;
  private readonly both = new Set<number>();
  private readonly after = new Set<number>();
  private roots: readonly Root[] = [];
  private readonly history: History;
  private readonly undoing: FindsUndoing;
  private start = 0;
  private end = 0;

  // Made once: these are asked of every write of every command.
  private readonly isWanted = (write: Write): boolean => !this.history.staysBehind(write);
  private readonly isCopied = (write: Write): boolean => isCovered(write.path, this.roots);
  private readonly isEffective = (write: Write): boolean => !this.isMoot(write);
  private readonly isOutside = (write: Write): boolean => !this.isCopied(write) || this.isRootAttribute(write);

  constructor(private readonly input: PlaceInput) {
    this.builder = new Set(input.building);
    const { atoms, state, demanded, unreadScript, unreadEntry, named } = input;
    this.history = new History(atoms, state, demanded, unreadScript, unreadEntry, named);
    this.undoing = undoingIn(input.atoms);
  }

  run(): Placement | Refusal {
    for (let round = 0; round < 12; round++) {
      this.both.clear();
      this.after.clear();
      this.bounds();
      const problem = this.opaqueBuilder() ?? this.computeRoots();
      if (problem !== undefined) return problem;
      const grown = this.placeAll();
      if (grown === 'done')
        return {
          builder: this.builder,
          both: this.both,
          afterCopies: this.after,
          start: this.start,
          end: this.end,
          roots: this.roots,
        };
      if (grown !== 'again') return grown;
    }
    return refuse('entangled', undefined);
  }

  private bounds(): void {
    const { atoms, packages } = this.input;
    this.start = Number.POSITIVE_INFINITY;
    this.end = 0;
    for (const atom of atoms) {
      const builds = this.builder.has(atom.id);
      if (builds) this.end = Math.max(this.end, atom.instruction);
      if (builds || installsOneOf(atom, packages.leave)) this.start = Math.min(this.start, atom.instruction);
    }
  }

  /** A build step that nobody can follow: what it writes cannot be copied. */
  private opaqueBuilder(): Refusal | undefined {
    for (const atom of this.input.atoms) {
      const { opaque } = atom.effect;
      if (opaque !== undefined && this.builder.has(atom.id))
        return refuse('opaque-command', opaque.span, { command: opaque.name });
    }
    return undefined;
  }

  private inShared(atom: Atom): boolean {
    return this.input.sameBase && atom.instruction < this.start;
  }

  private computeRoots(): Refusal | undefined {
    const writes = this.history.alive.filter((write) => this.builder.has(write.atom));
    const result = copyRoots(writes, this.history);
    if ('roots' in result) {
      this.roots = result.roots;
      return undefined;
    }
    const atom = this.input.atoms[result.write.atom];
    return refuse(`copy-${result.problem}`, atom?.span, { path: result.write.path });
  }

  private placeAll(): 'done' | 'again' | Refusal {
    for (const atom of this.input.atoms) {
      if (this.builder.has(atom.id) || this.inShared(atom)) continue;
      const answer = atom.instruction <= this.end ? this.prefix(atom) : this.suffix(atom);
      if (answer === 'builder') {
        this.builder.add(atom.id);
        return 'again';
      }
      if (typeof answer !== 'string') return answer;
      if (answer === 'both') this.both.add(atom.id);
    }
    return 'done';
  }

  /** An atom of the builder's part of the file. */
  private prefix(atom: Atom): 'both' | 'left' | 'builder' | Refusal {
    const { effect } = atom;
    const { roles } = effect;
    if (effect.opaque !== undefined) return this.opaque(atom);
    if (roles.has('config')) return 'both';
    if (roles.has('install') || roles.has('principal')) {
      if (roles.has('install') && isEmptied(atom, this.input.packages)) return 'left';
      // A shell of its own (conda's) may come from the builder.
      this.inputs(atom);
      return 'both';
    }
    if (roles.has('program')) return this.program(atom);
    if (this.ownerOfTree(atom)) {
      this.withDirectories(atom);
      return 'both';
    }
    if (roles.has('check')) return 'left';
    const own = this.history.aliveOf(atom, this.isWanted);
    if (roles.has('copy')) return own.every(this.isCopied) || this.repeatedLater(atom, own) ? 'left' : 'both';
    if (effect.repository || effect.held.some((name) => this.input.packages.has.has(name))) return 'both';
    const effects = own.filter(this.isEffective);
    if (effects.length === 0) return 'left';
    const outside = effects.filter(this.isOutside);
    if (outside.length === 0) return 'left';
    if (roles.has('fetch') && this.bounded(outside)) return 'builder';
    const foreign = this.foreignFile(atom);
    if (foreign !== undefined) return refuse('base-file', atom.span, { path: foreign });
    const later = this.isOverwritten(atom, effects) && this.bounded(outside);
    if (!later && effect.replayable && !this.isDone(effects) && this.tools(atom) && this.inputs(atom)) return 'both';
    if (this.bounded(outside)) return 'builder';
    if (roles.has('fetch'))
      return effect.needs.some((need) => need.kind === 'exe' && this.input.lost(need.name))
        ? refuse('unbounded-download', atom.span)
        : 'both';
    return refuse('order', atom.span);
  }

  /** It runs again over what is copied, unless that lacks by now what it works with: then its results come along. */
  private program(atom: Atom): 'both' | 'left' | Refusal {
    const undone = this.undoing(atom);
    if (undone === undefined || undone.instruction > this.end) {
      this.after.add(atom.id);
      return 'both';
    }
    const place = directoryOf(atom.key);
    const outside = [...atom.key.matchAll(/\s(\/[^\s;&|]+)/g)].some(
      ([, path]) => !isCovered(path as string, this.roots) && !atom.effect.reads.includes(path as string),
    );
    return place !== undefined && isCovered(place, this.roots) && !outside ? 'left' : refuse('order', atom.span);
  }

  /** Commands nobody understands: a program of a package that stays is run like the application; else they refuse. */
  private opaque(atom: Atom): 'both' | Refusal {
    const name = atom.effect.opaque?.name ?? '';
    if (this.input.provided(name)) {
      this.after.add(atom.id);
      return 'both';
    }
    return refuse('opaque-command', atom.effect.opaque?.span ?? atom.span, { command: name });
  }

  /** An atom after the last build step: it runs in the runtime stage, or the builder grows. */
  private suffix(atom: Atom): 'runtime' | 'builder' | Refusal {
    const { effect } = atom;
    if (effect.opaque !== undefined && !this.input.provided(effect.opaque.name)) {
      return refuse('opaque-command', effect.opaque.span, { command: effect.opaque.name });
    }
    if (this.removesTools(atom)) return 'builder';
    if (effect.roles.has('cleanup')) {
      const deletions = effect.writes.filter((write) => write.kind === 'gone');
      const ours = deletions.filter(
        (write) => this.roots.some((root) => isBelow(write.path, root.path)) || this.writtenByBuilderOnly(write.path),
      );
      if (deletions.length > 0 && ours.length === deletions.length) return 'builder';
    }
    if (effect.roles.has('setup') && effect.reads.some((path) => this.needsBuilder(path))) return 'builder';
    const foreign = this.foreignFile(atom);
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

  /** Something at or around the path is the builder's alone, and more than a cache that nobody misses. */
  private needsBuilder(path: string): boolean {
    if (isCovered(path, this.roots)) return false;
    return this.history.touchesAlive(
      path,
      (write) =>
        write.kind !== 'gone' &&
        this.builder.has(write.atom) &&
        !isCovered(write.path, this.roots) &&
        !this.history.staysBehind(write),
    );
  }

  /** A path that only the builder has: written there and not copied. */
  private writtenByBuilderOnly(path: string): boolean {
    if (isCovered(path, this.roots)) return false;
    return this.history.touches(path, (write) => write.kind !== 'gone' && this.builder.has(write.atom));
  }

  /**
   * Owner or mode of a directory of which only parts are copied: what is copied
   * brings its own, the directory itself gets it by the same command.
   */
  private ownerOfTree(atom: Atom): boolean {
    const { writes, replayable } = atom.effect;
    if (!replayable || writes.length === 0 || !writes.every((write) => write.kind === 'meta')) return false;
    return writes.every((write) => {
      const made = this.history.inside(
        write.path,
        (one) => one.atom < atom.id && one.kind !== 'meta' && one.kind !== 'gone' && !this.builder.has(one.atom),
      );
      const missing = (one: Write): boolean =>
        one.kind !== 'meta' &&
        this.builder.has(one.atom) &&
        !isCovered(one.path, this.roots) &&
        !this.history.staysBehind(one);
      return made && !this.history.insideAlive(write.path, missing);
    });
  }

  /** The directories that a command names and an earlier one made (`mkdir -p x && chown app x`) are made in both stages. */
  private withDirectories(atom: Atom): void {
    for (const write of atom.effect.writes)
      for (const maker of this.history.makersBelow(write.path)) {
        if (maker.id >= atom.id) break;
        if (!this.builder.has(maker.id)) this.both.add(maker.id);
      }
  }

  /** A file of the original base that another base may lack: it cannot be edited or deleted there without looking. */
  private foreignFile(atom: Atom): string | undefined {
    if (this.input.sameBase) return undefined;
    for (const path of atom.effect.reads) {
      if (isShared(path) || !baseHolds(this.input.state, path)) continue;
      if (this.history.lastWriter(path, atom.id) === undefined && !this.isBrought(path)) return path;
    }
    return undefined;
  }

  /** A package or command of the runtime stage is what the file belongs to. */
  private isBrought(path: string): boolean {
    const { packages, lost } = this.input;
    if (/^(\/usr)?\/s?bin\/[^/]+$/.test(path)) return !lost(baseName(path));
    for (const name of packages.has) if (mayBring(name, path)) return true;
    return false;
  }

  /** The commands it calls are there; those that come from the builder come first. */
  private tools(atom: Atom): boolean {
    for (const need of atom.effect.needs) {
      if (need.kind !== 'exe' || !need.sure) continue;
      const writer = this.providerOf(need.name, atom.id);
      if (writer === undefined) {
        if (this.input.lost(need.name)) return false;
        continue;
      }
      if (!this.builder.has(writer.id)) continue;
      if (!writer.effect.writes.some((write) => !this.history.staysBehind(write) && isCovered(write.path, this.roots)))
        return false;
      this.after.add(atom.id);
    }
    return true;
  }

  /** The command of the file that put this executable on PATH, when no package or base has it. */
  private providerOf(name: string, before: number): Atom | undefined {
    if (this.input.provided(name)) return undefined;
    return this.history
      .bringers(name)
      .filter((atom) => atom.id < before)
      .pop();
  }

  /** A build step works in a directory that the atom fills (`tar`, then `make`): replayed after the copies it would win. */
  private isOverwritten(atom: Atom, effects: readonly Write[]): boolean {
    return effects.some(
      ({ kind, path }) =>
        kind === 'tree' &&
        this.history.insideAlive(
          path,
          (write) =>
            write.atom > atom.id &&
            this.builder.has(write.atom) &&
            write.kind === 'tree' &&
            isCovered(write.path, this.roots),
        ),
    );
  }

  /** What is copied shows the change already; made once more it fails or is made twice (`mv`, `>>`). */
  private isDone(effects: readonly Write[]): boolean {
    return effects.some(({ kind, path }) => (kind === 'gone' || kind === 'edit') && isCovered(path, this.roots));
  }

  /** Everything the atom reads is there when the runtime stage repeats it. */
  private inputs(atom: Atom): boolean {
    for (const path of atom.effect.reads) {
      const writer = this.history.lastWriter(path, atom.id);
      if (writer === undefined || this.both.has(writer.id) || this.inShared(writer)) continue;
      // Copied is what the builder has at its end: not what a later command of it has moved away.
      if (!isCovered(path, this.roots) || this.history.goneLater(path, atom.id, this.end)) return false;
      this.after.add(atom.id);
    }
    return true;
  }

  /** A deletion of something that the runtime stage never gets; a change of a cache. */
  private isMoot(write: Write): boolean {
    if (write.kind !== 'gone') return false;
    if (baseHolds(this.input.state, write.path)) return false;
    return !this.history.inside(write.path, (one) => {
      const writer = this.input.atoms[one.atom];
      return (
        one.kind !== 'gone' &&
        writer !== undefined &&
        writer.id < write.atom &&
        (this.both.has(writer.id) || this.inShared(writer))
      );
    });
  }

  /** Owner and mode of a copied directory itself do not come with its contents (measured with BuildKit). */
  private isRootAttribute(write: Write): boolean {
    if (write.kind !== 'meta' && !(write.kind === 'dir' && (write.owner !== undefined || write.mode !== undefined)))
      return false;
    return this.roots.some((root) => root.path === write.path && !root.file);
  }

  private bounded(writes: readonly Write[]): boolean {
    return (
      'roots' in
        copyRoots(
          writes.filter((write) => write.kind !== 'gone'),
          this.history,
        ) &&
      writes.every((write) => write.kind !== 'edit' || isCovered(write.path, this.roots)) &&
      !writes.some((write) => write.kind === 'gone' || write.kind === 'meta')
    );
  }

  /** A later COPY of the runtime stage brings the same file to the same place (`COPY x ./`, then `COPY . .`). */
  private repeatedLater(atom: Atom, own: readonly Write[]): boolean {
    return own.every((write) =>
      this.history.aliveTrees(write.path, (later) => {
        const other = this.input.atoms[later.atom];
        if (
          other === undefined ||
          other.id <= atom.id ||
          other.instruction <= this.end ||
          !other.effect.roles.has('copy')
        )
          return false;
        return sameSource(write, later);
      }),
    );
  }
}
