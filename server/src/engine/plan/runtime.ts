/** The runtime stage as a list of items: instructions whole or cut, the copies, generated lines. */
import type { Dockerfile, Instruction } from '../model/dockerfile.ts';
import type { Atom, Role } from '../model/state.ts';
import { refuse, type Refusal } from '../messages/refusals.ts';
import { baseName, isBelow } from '../model/path.ts';
import { baseHolds } from '../simulate/base.ts';
import type { ImageState } from '../model/state.ts';
import type { PackagePlan } from './packages.ts';
import { isEmptied } from './packages.ts';
import type { Placement } from './place.ts';
import type { RuntimeItem, WordChange } from './types.ts';

export interface RuntimeInput {
  readonly file: Dockerfile;
  readonly atoms: readonly Atom[];
  readonly state: ImageState;
  readonly packages: PackagePlan;
  readonly placement: Placement;
  /** Atoms that set up repositories. */
  readonly repositories: ReadonlySet<number>;
  /** Instructions before this one are in a shared base stage and are not repeated. */
  readonly from: number;
  /** Commands of a RUN that are cut out would have their failure ignored or not, differently. */
  readonly cuttable: (instruction: number, keep: readonly number[]) => boolean;
  /** The runtime stage's base certainly has no such package. */
  readonly lacks: (name: string) => boolean;
  /** Names that nobody installs yet. */
  readonly pending: string[];
}

export interface RuntimePlan {
  readonly items: readonly RuntimeItem[];
  readonly suffix: ReadonlyMap<number, RuntimeItem | 'drop'>;
  /** Packages that found no install line to stand on. */
  readonly unplaced: readonly string[];
}

/** Builds the list of items of the runtime stage. */
export function runtimeItems(input: RuntimeInput): RuntimePlan | Refusal {
  return new Builder(input).build();
}

class Builder {
  private readonly groups = new Map<number, Atom[]>();
  private readonly items: RuntimeItem[] = [];
  private readonly suffix = new Map<number, RuntimeItem | 'drop'>();
  private copied = false;
  /** The last instruction of which an install line stays in the runtime stage; -1: none does. */
  private lastInstall = -1;

  private readonly isBoth = (atom: Atom): boolean => this.input.placement.both.has(atom.id);

  constructor(private readonly input: RuntimeInput) {
    const { atoms } = input;
    for (let at = 0; at < atoms.length; ) {
      const instruction = (atoms[at] as Atom).instruction;
      let end = at + 1;
      while (atoms[end]?.instruction === instruction) end++;
      this.groups.set(instruction, atoms.slice(at, end));
      at = end;
    }
    for (const atom of input.atoms) if (this.installStays(atom)) this.lastInstall = atom.instruction;
  }

  build(): RuntimePlan | Refusal {
    const { placement, file, from } = this.input;
    for (const [index, atoms] of this.groups) {
      const instruction = file.instructions[index] as Instruction;
      const inPrefix = index <= placement.end;
      if (inPrefix && index < from) continue;
      const keep = inPrefix ? this.keepPrefix(instruction, atoms) : this.keepSuffix(instruction, atoms);
      if (inPrefix && !this.copied && keep.some((atom) => placement.afterCopies.has(atom.id))) this.copies();
      const item = this.itemOf(instruction, atoms, keep);
      if (item === 'refused') return refuse('cut-chain', instruction.span);
      if (inPrefix) {
        if (item === 'drop') continue;
        if (this.isPassedThrough(instruction, atoms)) this.items.pop();
        this.items.push(item);
      } else if (item === 'drop' || item.kind !== 'whole') this.suffix.set(index, item);
    }
    if (!this.copied) this.copies();
    return { items: this.items, suffix: this.suffix, unplaced: this.input.pending };
  }

  /** The last item is a WORKDIR whose directory this one makes as well, being below it: nothing stands in between any more. */
  private isPassedThrough(instruction: Instruction, atoms: readonly Atom[]): boolean {
    const last = this.items.at(-1);
    if (instruction.kind !== 'workdir' || instruction.words[0]?.raw.startsWith('/') !== true) return false;
    const passed = last?.kind === 'whole' ? this.input.file.instructions[last.instruction] : undefined;
    if (passed?.kind !== 'workdir') return false;
    const [made] = this.groups.get(passed.index)?.[0]?.effect.writes ?? [];
    const [own] = atoms[0]?.effect.writes ?? [];
    if (own === undefined || own.owner !== undefined || own.args !== undefined) return false;
    // WORKDIR / makes nothing.
    return made === undefined ? passed.words[0]?.raw === '/' : isBelow(own.path, made.path) && made.args === undefined;
  }

  private copies(): void {
    this.copied = true;
    if (this.input.placement.roots.length > 0) this.items.push({ kind: 'copies' });
  }

  private installStays(atom: Atom): boolean {
    const { placement, packages, from } = this.input;
    if (!atom.effect.roles.has('install') || atom.instruction < from) return false;
    if (atom.instruction <= placement.end && !placement.both.has(atom.id)) return false;
    return !isEmptied(atom, packages);
  }

  private keepPrefix(instruction: Instruction, atoms: readonly Atom[]): readonly Atom[] {
    if (instruction.kind === 'arg') return this.argumentNeeded(instruction) ? atoms : [];
    const wanted = atoms.filter(this.isBoth);
    if (instruction.kind !== 'run') return wanted;
    if (wanted.length === 0) return this.lonelyScaffold(atoms);
    return wanted.length === atoms.length ? atoms : this.withAttachments(atoms, new Set(wanted));
  }

  /** `RUN apt-get update` of its own, when an install of the runtime stage follows. */
  private lonelyScaffold(atoms: readonly Atom[]): readonly Atom[] {
    if (this.lastInstall <= (atoms[0] as Atom).instruction) return NONE;
    const update = atoms.every((atom) => atom.effect.roles.has('scaffold') || atom.effect.roles.has('query'));
    const installsOwn = atoms.some((atom) => atom.effect.installs.length > 0);
    const removes = atoms.some((atom) => atom.effect.removed.length > 0);
    return update && !installsOwn && !removes ? atoms : [];
  }

  /** Adds the state of the shell that a kept command runs in, and the scaffolding around a kept installation. */
  private withAttachments(atoms: readonly Atom[], kept: Set<Atom>): readonly Atom[] {
    const last = Math.max(...[...kept].map((atom) => atom.command));
    const installing = [...kept].some((atom) => atom.effect.roles.has('install'));
    const setsUp = [...kept].some((atom) => this.input.repositories.has(atom.id));
    // Backwards: what a later command needs of the shell decides about the earlier ones.
    for (const atom of [...atoms].reverse()) {
      const { roles } = atom.effect;
      if (kept.has(atom)) continue;
      if (atom.effect.shell.size > 0) {
        if (atom.command < last && this.shellMatters(atom, kept)) kept.add(atom);
      } else if (
        installing &&
        roles.has('scaffold') &&
        (setsUp || !isOfKeys(atom)) &&
        !this.removesNothing(atom, atoms)
      )
        kept.add(atom);
      else if (installing && roles.has('cleanup') && this.cleansIndexes(atom)) kept.add(atom);
      else if (roles.has('scaffold') && this.removesFromBase(atom)) kept.add(atom);
    }
    return atoms.filter((atom) => kept.has(atom));
  }

  /** Whether a command that stays runs differently without this change of the shell. */
  private shellMatters(atom: Atom, kept: ReadonlySet<Atom>): boolean {
    const { shell } = atom.effect;
    const later = [...kept].filter((one) => one.command > atom.command);
    if (shell.has('options')) return later.length > 0;
    const free = (one: Atom): boolean =>
      ['setup', 'principal', 'cleanup', 'query', 'config'].some((role) => one.effect.roles.has(role as Role)) &&
      !one.effect.roles.has('program');
    return later.some(
      (one) =>
        (shell.has('directory') && (one.effect.relative || !free(one))) ||
        (shell.has('variables') && (one.effect.variables || !free(one))),
    );
  }

  private removesNothing(atom: Atom, atoms: readonly Atom[]): boolean {
    return this.removesLost(atom) || this.holdsLost(atom) || this.hasNothingToFollow(atom, atoms);
  }

  /** `apt-get purge gcc`: the runtime stage never had it. */
  private removesLost(atom: Atom): boolean {
    const { removed } = atom.effect;
    return removed.length > 0 && !this.removesFromBase(atom);
  }

  /** `apt-mark hold` of packages that the runtime stage does not have. */
  private holdsLost({ effect }: Atom): boolean {
    return effect.held.length > 0 && !effect.held.some((name) => this.input.packages.has.has(name));
  }

  private removesFromBase(atom: Atom): boolean {
    const { state, lacks } = this.input;
    return atom.effect.removed.some((name) => state.removedFromBase.has(name) && !lacks(name));
  }

  /** `apt-get autoremove` after removals, none of which is left. */
  private hasNothingToFollow(atom: Atom, atoms: readonly Atom[]): boolean {
    if (atom.effect.removed.length > 0 || !AUTOREMOVE.test(atom.key)) return false;
    const removing = atoms.filter((one) => one.effect.removed.length > 0);
    return removing.length > 0 && removing.every((one) => this.removesLost(one));
  }

  private cleansIndexes(atom: Atom): boolean {
    return (
      atom.effect.writes.some(
        (write) => write.kind === 'gone' && /^\/var\/(lib\/apt\/lists|cache\/apt)/.test(write.path),
      ) || atom.effect.writes.every((write) => write.class === 'cache' && baseHolds(this.input.state, write.path))
    );
  }

  private keepSuffix(instruction: Instruction, atoms: readonly Atom[]): readonly Atom[] {
    if (instruction.kind !== 'run') return atoms;
    const emptied = atoms.filter((atom) => isEmptied(atom, this.input.packages));
    if (emptied.length === 0) return atoms;
    const others = atoms.filter((atom) => !emptied.includes(atom));
    const useful = others.filter(
      (atom) =>
        !atom.effect.roles.has('scaffold') &&
        !atom.effect.roles.has('query') &&
        !atom.effect.roles.has('shell') &&
        !this.cleansIndexes(atom),
    );
    return useful.length === 0 ? [] : others;
  }

  /** A build argument is declared again where its stage's text or commands may read it. */
  private argumentNeeded(instruction: Extract<Instruction, { pairs: unknown }>): boolean {
    const { file, placement } = this.input;
    return instruction.pairs.some((pair) => {
      // A broken line may declare what is no name (`ARG g++`).
      const reference = new RegExp(`\\$\\{?${pair.key.replace(/\W/g, '\\$&')}\\b`);
      for (const other of file.instructions) {
        if (other.index <= instruction.index || other.kind === 'from') continue;
        const runs =
          other.index > placement.end ||
          (this.groups.get(other.index) ?? []).some((atom) => placement.both.has(atom.id));
        if (!runs) continue;
        if (reference.test(file.text.slice(other.span.start, other.span.end))) return true;
        if (other.kind === 'run' && ENVIRONMENT_ARGUMENT.test(pair.key)) return true;
      }
      return false;
    });
  }

  private itemOf(
    instruction: Instruction,
    atoms: readonly Atom[],
    keep: readonly Atom[],
  ): RuntimeItem | 'drop' | 'refused' {
    if (keep.length === 0) return 'drop';
    const words: WordChange[] = [];
    for (const atom of keep) if (atom.effect.installs.length > 0) words.push(...this.wordChanges(atom));
    if (keep.length === atoms.length && words.length === 0) return { kind: 'whole', instruction: instruction.index };
    const commands = keep.map((atom) => atom.command);
    if (keep.length < atoms.length && !this.input.cuttable(instruction.index, commands)) return 'refused';
    return { kind: 'cut', instruction: instruction.index, keep: commands, words };
  }

  /** Words of install lines that go or are replaced; the first line that stays takes what nobody else installs. */
  private wordChanges(atom: Atom): WordChange[] {
    const { packages } = this.input;
    const changes: WordChange[] = [];
    const present = new Set(
      atom.effect.installs
        .flatMap((install) => install.words.map((word) => word.name))
        .filter((name) => !packages.leave.has(name)),
    );
    for (const install of atom.effect.installs) {
      const goes = install.words.filter((word) => packages.leave.has(word.name));
      for (const word of goes) {
        const names = (packages.instead.get(word.name) ?? []).filter((name) => !present.has(name));
        for (const name of names) present.add(name);
        changes.push({
          command: atom.command,
          span: word.span,
          word: word.word,
          text: names.map((name) => name + tagOf(word.raw)).join(' '),
        });
      }
      if (atom.id !== packages.anchor || this.input.pending.length === 0) continue;
      const extra = this.input.pending.splice(0).filter((name) => !present.has(name));
      if (extra.length === 0) continue;
      const blank = changes.findIndex((change) => change.command === atom.command);
      const anchor = install.words[install.words.length - 1];
      if (blank >= 0) {
        const change = changes[blank] as WordChange;
        changes[blank] = { ...change, text: [change.text, ...extra].filter((text) => text !== '').join(' ') };
      } else if (anchor !== undefined)
        changes.push({
          command: atom.command,
          span: anchor.span,
          word: anchor.word,
          text: [anchor.raw, ...extra].join(' '),
        });
    }
    return changes;
  }
}

/** Keys and signatures (gpg(1)): where no repository is set up they are for what was downloaded, in the builder. */
function isOfKeys({ effect }: Atom): boolean {
  return effect.commands.length > 0 && effect.commands.every((name) => /^(gpg2?|gpgconf|gpgv)$/.test(baseName(name)));
}

const AUTOREMOVE = /\bauto-?remove\b/;

const NONE: readonly never[] = [];

/** `foo-dev@edge`: what stands for it comes from the same repository (apk-world(5)). */
function tagOf(raw: string): string {
  return /@[\w-]+$/.exec(raw)?.[0] ?? '';
}

/** Build arguments that commands read from the environment without naming them in the text. */
const ENVIRONMENT_ARGUMENT = /^(DEBIAN_FRONTEND|(https?|ftp|no|all)_proxy|PIP_\w+|NPM_\w+|LC_\w+|LANG|TZ)$/i;
