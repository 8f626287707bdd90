/** What a round of placing has decided so far, and what that says of a path or a write. */
import type { Served } from '../demand/served.ts';
import type { Atom, ImageState, Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import { History, sameSource } from './history.ts';
import type { PackagePlan } from './packages.ts';
import { copyRoots, isCovered, type Root } from './roots.ts';

export interface PlaceInput {
  /** What `buildAtoms` says. */
  readonly building: ReadonlySet<number>;
  /** Atoms that set up repositories. */
  readonly repositories: ReadonlySet<number>;
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
  /** The container reads nothing of a project but one directory. */
  readonly served: Served | undefined;
  /** Same image in both stages, so that a shared stage can run what nobody understands. */
  readonly sameBase: boolean;
}

/** Where each command has been placed so far. A round begins with `restart`; the builder only grows from one to the next. */
export class Draft {
  /** Atoms that run in the builder only. */
  readonly builder: Set<number>;
  /** Atoms of the prefix that run in the runtime stage too. */
  readonly both = new Set<number>();
  /** Atoms that must stand after the copies. */
  readonly after = new Set<number>();
  readonly history: History;
  roots: readonly Root[] = [];
  /** First and last instruction of the builder. */
  start = 0;
  end = 0;

  // Made once: these are asked of every write of every command.
  readonly isWanted = (write: Write): boolean => !this.history.staysBehind(write);
  readonly isCopied = (write: Write): boolean => isCovered(write.path, this.roots);
  readonly isEffective = (write: Write): boolean => !this.isMoot(write);
  readonly isOutside = (write: Write): boolean => !this.isCopied(write) || this.isRootAttribute(write);

  constructor(readonly input: PlaceInput) {
    this.builder = new Set(input.building);
    const { atoms, state, demanded, unreadScript, unreadEntry, named, served } = input;
    this.history = new History(atoms, state, demanded, unreadScript, unreadEntry, named, served);
  }

  /** Begins a round: the builder is what earlier rounds have made of it. */
  restart(): void {
    const { atoms, packages } = this.input;
    this.both.clear();
    this.after.clear();
    this.start = Number.POSITIVE_INFINITY;
    this.end = 0;
    for (const atom of atoms) {
      const builds = this.builder.has(atom.id);
      if (builds) this.end = Math.max(this.end, atom.instruction);
      if (builds || installsOneOf(atom, packages.leave)) this.start = Math.min(this.start, atom.instruction);
    }
  }

  /** Both stages share it: it stands before the first build step, on one base. */
  inShared(atom: Atom): boolean {
    return this.input.sameBase && atom.instruction < this.start;
  }

  /** Something at or around the path is the builder's alone, and more than a cache that nobody misses. */
  needsBuilder(path: string): boolean {
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
  writtenByBuilderOnly(path: string): boolean {
    if (isCovered(path, this.roots)) return false;
    return this.history.touches(path, (write) => write.kind !== 'gone' && this.builder.has(write.atom));
  }

  /**
   * Owner or mode of a directory of which only parts are copied: what is copied
   * brings its own, the directory itself gets it by the same command.
   */
  ownerOfTree(atom: Atom): boolean {
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

  /** A deletion of something that the runtime stage never gets. */
  isMoot(write: Write): boolean {
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

  /** A build step works in a directory that the atom fills (`tar`, then `make`): replayed after the copies it would win. */
  isOverwritten(atom: Atom, effects: readonly Write[]): boolean {
    const isCopiedLater = (write: Write): boolean =>
      write.atom > atom.id && this.builder.has(write.atom) && write.kind === 'tree' && this.isCopied(write);
    return effects.some(({ kind, path }) => kind === 'tree' && this.history.insideAlive(path, isCopiedLater));
  }

  /** Owner and mode of a copied directory itself do not come with its contents (measured with BuildKit). */
  isRootAttribute(write: Write): boolean {
    // What a pattern finds lies below.
    if (write.below === true) return false;
    if (write.kind !== 'meta' && !(write.kind === 'dir' && (write.owner !== undefined || write.mode !== undefined)))
      return false;
    return this.roots.some((root) => root.path === write.path && !root.file);
  }

  /** Where the builder ran it too, a copy would bring all that it does, and nothing but that. */
  bounded(writes: readonly Write[]): boolean {
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
  repeatedLater(atom: Atom, own: readonly Write[]): boolean {
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

function installsOneOf(atom: Atom, names: ReadonlyMap<string, unknown>): boolean {
  for (const install of atom.effect.installs) for (const word of install.words) if (names.has(word.name)) return true;
  return false;
}
