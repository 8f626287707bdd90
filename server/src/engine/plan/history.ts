/** Who wrote what, for the placing of commands: questions answered by path, not by going through everything. */
import { isUnserved, type Served } from '../demand/served.ts';
import { baseName } from '../model/path.ts';
import { countWhile } from '../model/sorted.ts';
import type { Atom, ImageState, Write } from '../model/state.ts';
import { sourceAt } from '../model/writes.ts';

export class History {
  /** What the last image still shows. */
  readonly alive: readonly Write[];
  /** What it does not show any more: little or nothing. */
  private readonly dead: ReadonlySet<Write>;
  private readonly makers = new Map<string, readonly Atom[]>();
  private brought: Brought | undefined;

  constructor(
    readonly atoms: readonly Atom[],
    readonly state: ImageState,
    /** Commands that the container runs. */
    private readonly demanded: ReadonlySet<string>,
    /** A script of an unread package.json runs: it may call any command that npm installed. */
    private readonly anyOfNode = false,
    /** What runs is not known whole: it may call any command. */
    private readonly anything = false,
    /** What the container names, wherever it lies. */
    private readonly isNamed: (write: Write) => boolean = () => false,
    /** Of this project nothing else is read. */
    readonly served?: Served,
  ) {
    const { writes } = state;
    this.alive = writes.aliveNow();
    this.dead = deadOf(writes.all, this.alive);
  }

  /** Not wanted in the runtime stage: caches, results nobody reads, tools of the build that the container does not run. */
  staysBehind(write: Write): boolean {
    if (this.served !== undefined && isUnserved(write, this.served)) return true;
    if (write.class === 'cache') return !this.isNamed(write);
    if (write.class === 'intermediate') return true;
    if (write.class !== 'toolchain') return false;
    if (write.serves !== undefined)
      return !this.anyOfNode && !this.anything && !write.serves.some((name) => this.demanded.has(name));
    const commands = this.atoms[write.atom]?.effect.writes.filter((one) => one.kind === 'file') ?? [];
    if (this.anyOfNode && write.path.includes('/node_modules/')) return false;
    return !commands.some((one) => this.demanded.has(baseName(one.path)));
  }

  /** The writes of an atom that are still there and satisfy the test. */
  aliveOf(atom: Atom, test: (write: Write) => boolean): readonly Write[] {
    let found: Write[] | undefined;
    for (let at = lastBefore(this.alive, atom.id) + 1; this.alive[at]?.atom === atom.id; at++) {
      const write = this.alive[at] as Write;
      if (!test(write)) continue;
      if (found === undefined) found = [write];
      else found.push(write);
    }
    return found ?? NONE;
  }

  /** True when some write at the path or below it that is still there satisfies the test. */
  insideAlive(path: string, test: (write: Write) => boolean): boolean {
    return this.inside(path, this.living(test));
  }

  /** Trees that are still there and hold the path. */
  aliveTrees(path: string, visit: (write: Write) => boolean): boolean {
    const tree = this.living((write) => write.kind === 'tree' && visit(write));
    return this.state.writes.index.upwards(path, (writes) => writes.some(tree));
  }

  /** True when some write at, above or below the path satisfies the test. */
  touches(path: string, test: (write: Write) => boolean): boolean {
    return this.state.writes.index.overlaps(path, test);
  }

  /** Like `touches`, of what is still there. */
  touchesAlive(path: string, test: (write: Write) => boolean): boolean {
    return this.touches(path, this.living(test));
  }

  private living(test: (write: Write) => boolean): (write: Write) => boolean {
    return this.dead.size === 0 ? test : (write): boolean => !this.dead.has(write) && test(write);
  }

  /** Commands that do nothing but make directories, at the path or below it, in order. */
  makersBelow(path: string): readonly Atom[] {
    let found = this.makers.get(path);
    if (found === undefined) {
      const { index } = this.state.writes;
      const made: Atom[] = [];
      for (const writes of [index.exactly(path), index.below(path)])
        for (const write of writes) {
          const atom = write.kind === 'dir' ? this.atoms[write.atom] : undefined;
          if (atom !== undefined && onlyMakes(atom)) made.push(atom);
        }
      found = made.length < 2 ? made : made.sort((a, b) => a.id - b.id).filter((atom, at) => atom !== made[at - 1]);
      this.makers.set(path, found);
    }
    return found;
  }

  /** True when a command from `from` on, in an instruction up to `end`, deletes the path, or may. */
  goneLater(path: string, from: number, end: number): boolean {
    return this.state.writes.index.upwards(path, (writes) =>
      writes.some(
        (write) =>
          write.kind === 'gone' &&
          write.atom >= from &&
          !(write.below === true && write.path === path) &&
          (this.atoms[write.atom]?.instruction ?? 0) <= end,
      ),
    );
  }

  /** True when some write at the path or below it satisfies the test. */
  inside(path: string, test: (write: Write) => boolean): boolean {
    const { index } = this.state.writes;
    return index.exactly(path).some(test) || index.below(path).some(test);
  }

  /** The last atom before `before` that wrote at, above or below the path. */
  lastWriter(path: string, before: number): Atom | undefined {
    let best = -1;
    const consider = (writes: readonly Write[]): void => {
      for (let at = lastBefore(writes, before); at >= 0; at--) {
        const write = writes[at] as Write;
        if (write.kind === 'meta') continue;
        best = Math.max(best, write.atom);
        return;
      }
    };
    const { index } = this.state.writes;
    index.upwards(path, (writes) => {
      consider(writes);
      return false;
    });
    consider(index.below(path));
    return best < 0 ? undefined : this.atoms[best];
  }

  /** The last atom before `before` that may have put an executable of this name on PATH. */
  bringer(name: string, before: number): Atom | undefined {
    const { named, any, node } = (this.brought ??= broughtBy(this.atoms));
    const last = Math.max(
      lastAtomBefore(named.get(name) ?? [], before),
      lastAtomBefore(OF_NODE.test(name) ? node : any, before),
    );
    return last < 0 ? undefined : this.atoms[last];
  }
}

const NONE: readonly Write[] = [];
const NONE_DEAD: ReadonlySet<Write> = new Set();

/** What `alive`, a part of `all` in the same order, lacks. */
function deadOf(all: readonly Write[], alive: readonly Write[]): ReadonlySet<Write> {
  if (all.length === alive.length) return NONE_DEAD;
  const dead = new Set<Write>();
  let at = 0;
  for (const write of all) {
    if (alive[at] === write) at++;
    else dead.add(write);
  }
  return dead;
}

function onlyMakes({ effect }: Atom): boolean {
  return effect.replayable && effect.writes.every((write) => write.kind === 'dir');
}

/** What Node's image or package has; a project's own packages are no place where its package manager is looked for. */
const OF_NODE = /^(node|npm|npx|yarn|yarnpkg|corepack)$/;
const OF_PROJECT = /(?<!\/lib)\/node_modules$/;

/** Atoms, in order, that put executables on PATH. */
interface Brought {
  /** Those that made a file of the name. */
  readonly named: ReadonlyMap<string, readonly number[]>;
  /** Installers whose files nobody can list. */
  readonly any: readonly number[];
  /** Those of them that may bring Node's own commands. */
  readonly node: readonly number[];
}

function broughtBy(atoms: readonly Atom[]): Brought {
  const named = new Map<string, number[]>();
  const any: number[] = [];
  const node: number[] = [];
  for (const { id, effect } of atoms) {
    const { roles, writes } = effect;
    const installer = roles.has('dependencies') || roles.has('toolchain');
    for (const { path, kind, class: use } of writes) {
      if (installer && kind === 'tree' && (use === 'dependencies' || use === 'toolchain')) {
        put(any, id);
        if (!OF_PROJECT.test(path)) put(node, id);
      }
      const name = baseName(path);
      if (!(installer && kind === 'file') && !path.endsWith(`/bin/${name}`)) continue;
      const list = named.get(name);
      if (list === undefined) named.set(name, [id]);
      else put(list, id);
    }
  }
  return { named, any, node };
}

function put(ids: number[], id: number): void {
  if (ids.at(-1) !== id) ids.push(id);
}

/** The last of `ids` (in order) that is less than `before`; -1: none. */
function lastAtomBefore(ids: readonly number[], before: number): number {
  return ids[countWhile(ids, (id) => id < before) - 1] ?? -1;
}

/** Index of the last write of an atom before `before`; writes are in the order of their atoms. */
function lastBefore(writes: readonly Write[], before: number): number {
  return countWhile(writes, ({ atom }) => atom < before) - 1;
}

/** The later tree of the build context holds the file at the same path, with the same owner and mode. */
export function sameSource(write: Write, later: Write): boolean {
  if (write.context === undefined || later.kind !== 'tree' || later.pattern !== undefined) return false;
  if (write.owner !== later.owner || write.mode !== later.mode) return false;
  return write.context === sourceAt(later, write.path);
}
