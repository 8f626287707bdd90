/** Rule 4: every command that runs in the container, or while the last stage is built, is there. */
import { isCompiler } from '../assess/tools.ts';
import { calledCommands, compileNothing } from '../demand/dependencies.ts';
import { isShared, mayBring } from '../facts/packageFiles.ts';
import { baseName, isBelow } from '../model/path.ts';
import type { Atom, Write } from '../model/state.ts';
import { baseHolds } from '../simulate/base.ts';
import { nameOf } from './commands.ts';
import type { Pair, Side } from './images.ts';
import { fromBase, fromPackages, makes, mayProvide, placesOf, provides } from './provides.ts';
import type { Report } from './report.ts';

/** Commands that the shell is itself (POSIX.1-2024, "Special Built-In Utilities" and those that act on the shell). */
const BUILTINS = new Set(
  '. : break continue eval exec exit export readonly return set shift times trap unset alias cd command fg bg getopts hash jobs read type ulimit umask unalias wait source local declare'.split(
    ' ',
  ),
);

/** Compares what provides each demanded command. */
export function checkDemand(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const command of before.entry.commands) {
    const first = command.argv[0] as string;
    if (!command.known || BUILTINS.has(first)) continue;
    const name = baseName(first);
    // A command given by its path is looked up nowhere: only what certainly provided it counts.
    const had = first.includes('/') ? provides(before, name, pair.facts) : mayProvide(before, name, pair.facts);
    if ((had && !mayProvide(after, name, pair.facts)) || isLost(name, pair) || isGuessed(first, pair))
      report.original('missing-executable', command.span, { name });
  }
  for (const name of calledCommands(before.state, before.program).keys()) {
    const had = fromPackages(before, name, pair.facts) || fromBase(before, name);
    if (had && !provides(after, name, pair.facts)) report.original('missing-executable', undefined, { name });
  }
  if (before.entry.shell && after.state.root.facts !== undefined && hasNoShell(after))
    report.result('missing-executable', after.state.base.span, { name: 'sh' });
  checkBuild(pair, report);
  checkInputs(pair, report);
  checkFresh(pair, report);
}

/**
 * An installation of the builder that nobody knows the place of (`make install`) brought the command,
 * and all that speaks for the place that is copied is what most build systems use.
 */
function isGuessed(first: string, { before, after, facts }: Pair): boolean {
  const guess = before.alive.find((write) => write.guessed === true);
  if (guess === undefined || after.atoms.some((atom) => after.final.has(atom.id) && atom.key === guess.key))
    return false;
  const name = baseName(first);
  if (provides(before, name, facts)) return false;
  // A path that nothing wrote; a name that only the guess may have put on PATH.
  return first.startsWith('/')
    ? !before.alive.some((write) => write.kind !== 'gone' && covers(write, first))
    : !mayProvide(withoutGuesses(before), name, facts);
}

function covers(write: Write, path: string): boolean {
  return write.path === path || (write.kind === 'tree' && isBelow(path, write.path));
}

function withoutGuesses(side: Side): Side {
  return { ...side, alive: side.alive.filter((write) => write.guessed !== true) };
}

/** The very file that PATH finds is gone, with all that its installer wrote for it, and nothing else certainly provides the command. */
function isLost(name: string, pair: Pair): boolean {
  const { before, after } = pair;
  const file = onPath(before, name);
  if (file === undefined || fromPackages(after, name, pair.facts) || fromBase(after, name)) return false;
  const there = (path: string): boolean => after.alive.some((write) => makes(write) && covers(write, path));
  if (!there(file.path) && onPath(after, name) === undefined) return true;
  return before.alive.some(({ key, class: kind, path }) => key === file.key && kind === 'toolchain' && !there(path));
}

/** The last file of this name that was written into a directory of PATH. */
function onPath(side: Side, name: string): Write | undefined {
  const places = placesOf(name, side);
  return side.alive.findLast((write) => makes(write) && places.has(write.path));
}

/** Files and directories that a command of the last stage reads: there before it runs, as in the original. */
function checkInputs(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const atom of after.atoms) {
    if (!after.final.has(atom.id)) continue;
    const own = before.byKey.get(atom.key)?.at(-1);
    if (own === undefined) continue;
    for (const path of new Set([...atom.effect.reads, ...filesNamed(atom, own, pair)])) {
      const reaches = (write: Write): boolean => write.kind === 'tree' || isBelow(write.path, path);
      const has = leftAt(after, path, atom.id, reaches);
      if ((has < WHOLE && has < leftAt(before, path, own.id, reaches)) || isOfLostBase(path, atom.id, own.id, pair))
        report.result('missing-input', atom.span, { command: nameOf(atom), path });
    }
  }
}

/**
 * Paths among the words of a command that are files which the original has certainly made before it. Whoever does not know
 * what a command does with them takes it for reading them.
 */
function filesNamed(atom: Atom, own: Atom, { before, after }: Pair): readonly string[] {
  if (after.file.instructions[atom.instruction]?.kind !== 'run') return [];
  const { writes } = atom.effect;
  const words = after.file.text.slice(atom.span.start, atom.span.end).match(ABSOLUTE) ?? [];
  return words.filter(
    (path) =>
      !writes.some((write) => write.path === path) &&
      before.state.writes.index
        .exactly(path)
        .some((write) => write.atom < own.id && write.kind === 'file' && write.sure),
  );
}

/** An absolute path that is a word, or the value of an option. */
const ABSOLUTE = /(?<=[\s='"])\/[\w.+@/-]+(?=[\s;'"]|$)/g;

/** Of the original only its base can have brought the path, and nothing of the last stage's base or packages is called like it. */
function isOfLostBase(path: string, id: number, own: number, { before, after, facts }: Pair): boolean {
  if (before.state.root.ref === after.state.root.ref || isShared(path) || !baseHolds(before.state, path)) return false;
  if (leftAt(before, path, own, () => true) > NOTHING || leftAt(after, path, id, () => true) > NOTHING) return false;
  if (/^(\/usr)?\/s?bin\/[^/]+$/.test(path)) {
    const has = (side: Side): boolean => fromPackages(side, baseName(path), facts) || fromBase(side, baseName(path));
    return has(before) && !has(after);
  }
  for (const name of after.packages)
    if (mayBring(name, path) && (after.state.packages.get(name)?.atom ?? NOTHING) < id) return false;
  return true;
}

/** `mkdir`, `ln -s` and the like make something new: it is not there before, unless it was in the original. */
function checkFresh({ before, after }: Pair, report: Report): void {
  for (const atom of after.atoms) {
    const own = after.final.has(atom.id) ? before.byKey.get(atom.key)?.at(-1) : undefined;
    if (own === undefined) continue;
    for (const write of atom.effect.writes) {
      const { path } = write;
      if (write.fresh !== true || !write.sure) continue;
      const makesIt = (other: Write): boolean => other.sure && isBelow(other.path, path);
      if (leftAt(after, path, atom.id, makesIt) > NOTHING && leftAt(before, path, own.id, makesIt) === NOTHING)
        report.result('exists-already', atom.span, { command: nameOf(atom), path });
    }
  }
}

/** What is left at a path: nothing, a directory that was emptied, or all that was written. */
const [NOTHING, EMPTY, WHOLE] = [0, 1, 2];

/** What is left at the path when the atom runs, by the writes that count. */
function leftAt(side: Side, path: string, id: number, counts: (write: Write) => boolean): number {
  let left = NOTHING;
  for (const write of side.state.writes.around(path)) {
    if (write.atom >= id) break;
    if (deletes(write, path)) left = write.below === true && write.path === path ? Math.min(left, EMPTY) : NOTHING;
    else if (makes(write) && counts(write)) left = WHOLE;
  }
  return left;
}

function deletes({ kind, sure, path: root }: Write, path: string): boolean {
  return kind === 'gone' && sure && isBelow(path, root);
}

/** What the commands of the last stage itself call (pitfall 71). */
function checkBuild(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const atom of after.atoms) {
    if (!after.final.has(atom.id)) continue;
    const own = before.byKey.get(atom.key)?.at(-1)?.id;
    checkCompiler(atom, own, pair, report);
    for (const need of atom.effect.needs) {
      if (need.kind !== 'exe' || !need.sure) continue;
      // What a package or the base brought is brought again; a directory that is copied may hold anything.
      const surely = fromPackages(before, need.name, pair.facts) || fromBase(before, need.name);
      const isThere = surely && after.state.root.facts !== undefined ? provides : mayProvide;
      const had = surely || mayProvide(before, need.name, pair.facts, own);
      if (had && !isThere(after, need.name, pair.facts, atom.id)) {
        report.result('missing-build-tool', atom.span, {
          command: nameOf(atom),
          name: need.name,
        });
      }
    }
  }
}

/** What may compile when it runs again in the last stage finds a compiler there, where it found one; what surely does names it. */
function checkCompiler({ id, effect, span }: Atom, own: number | undefined, pair: Pair, report: Report): void {
  const need = effect.needs.find(({ kind, sure }) => kind === 'compiler' && !sure);
  if (need === undefined || own === undefined || compileNothing(effect.dependencies)) return;
  const { before, after, facts } = pair;
  if (hasCompiler(before, own, facts) && !hasCompiler(after, id, facts) && after.state.root.facts !== undefined)
    report.result('missing-build-tool', span, { command: effect.commands[0] ?? need.name, name: need.name });
}

function hasCompiler({ state }: Side, by: number, facts: Pair['facts']): boolean {
  const base = state.root.facts;
  if (base !== undefined && base.compilers.length > 0) return true;
  return [...state.packages.values()].some(({ name, atom }) => (atom ?? -1) < by && isCompiler(facts, base?.os, name));
}

/** Images of distroless have no /bin/sh, those for debugging a /busybox/sh (distroless, issue 419). */
function hasNoShell(side: Side): boolean {
  const { os, kind } = side.state.root.facts as NonNullable<Side['state']['root']['facts']>;
  return os.id === 'scratch' || os.id === 'distroless' || kind === 'static';
}
