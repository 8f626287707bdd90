/** Rule 7 on files: owner and mode are those of the original, by number. */
import type { Instruction } from '../model/dockerfile.ts';
import { given, numbersOf, ownerAtEnd } from '../model/owners.ts';
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import { reaching } from './alive.ts';
import { type Pair, type Side, writerOf } from './images.ts';
import type { Report } from './report.ts';

/** Compares owner and mode of what a command of the original wrote (`a`) with those of the same in the result (`b`). */
export function checkOwner(a: Write, b: Write, pair: Pair, report: Report): void {
  const print = (write: Write): string => `${write.owner ?? ''} ${write.mode ?? ''}`.trim() || 'unchanged';
  if (a.owner === b.owner && a.mode === b.mode) return;
  const atEnd = (write: Write, side: Side): string | undefined => ownerAtEnd(write, reaching(side, write.path));
  if (a.mode === b.mode && sameNumbers(atEnd(a, pair.before), atEnd(b, pair.after), pair)) return;
  report.result('owner', writerOf(b, pair.after).span, {
    path: a.path,
    before: print(a),
    after: print(b),
  });
}

/** `--chown=10001:10001` for a tree that `chown app:app` made: equal when the numbers are. */
function sameNumbers(a: string | undefined, b: string | undefined, pair: Pair): boolean {
  if (a === undefined || b === undefined) return false;
  const numbers = (text: string, side: Side): string => Object.values(numbersOf(text, side.state.principals)).join(':');
  return numbers(a, pair.before) === numbers(b, pair.after);
}

/**
 * A directory that COPY --from makes belongs to root, and one that is there keeps its owner, whoever the contents belong to
 * (measured with BuildKit): the owner that it had in the original is given again.
 */
export function checkOwnersOfRoots(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const { id, effect, span } of after.atoms) {
    const copies = effect.roles.has('copy') || effect.roles.has('copy-stage');
    if (!copies || !after.final.has(id)) continue;
    const root = effect.writes.find(({ kind }) => kind === 'tree' || kind === 'dir');
    if (root === undefined) continue;
    const setBefore = settingItself(root.path, before);
    const setAfter = settingItself(root.path, after);
    const mode = modeOf(setBefore, before);
    const hasMode = modeOf(setAfter, after) ?? '755';
    if (mode !== undefined && mode !== hasMode)
      report.result('owner', span, { path: root.path, before: mode, after: hasMode });
    const had = ownerOf(setBefore);
    const has = ownerOf(setAfter) ?? 'root';
    if (had === undefined || sameNumbers(had, has, pair)) continue;
    report.result('owner', span, { path: root.path, before: had, after: has });
  }
}

/** Who a directory itself belongs to at the end; `undefined`: whoever ran the command that made it. `setting`: what sets it, in order. */
function ownerOf(setting: readonly Write[]): string | undefined {
  let owner: string | undefined;
  for (const write of setting) {
    if (write.kind !== 'meta') owner = write.below === true ? undefined : write.owner;
    else if (write.owner !== undefined) owner = given(owner, write.owner);
  }
  return owner;
}

/** The mode that a directory itself has at the end, as it stands in the file; `undefined`: what a new one has. */
function modeOf(setting: readonly Write[], side: Side): string | undefined {
  let mode: string | undefined;
  for (const write of setting) {
    // COPY --from gives it what a new one has, or what --chmod says (measured with BuildKit).
    const isPlain =
      write.kind !== 'meta' && (write.below === true || (write.copied === true && !hasChmod(write, side)));
    if (!isPlain && write.mode !== undefined) mode = write.mode.replace(/^0+(?=\d)/, '');
  }
  return mode;
}

/** The write that makes a directory, and those that give it another owner or mode, in order. What is given away is there. */
function settingItself(path: string, side: Side): readonly Write[] {
  let made = false;
  return reaching(side, path).filter((write) => {
    const isItself = write.path === path;
    if (write.kind === 'meta') {
      const reaches = isItself ? write.below !== true : write.recursive === true && isBelow(path, write.path);
      made ||= reaches && isItself;
      return reaches && made;
    }
    const makes = !made && isItself && (write.kind === 'dir' || write.kind === 'tree');
    made ||= makes;
    return makes;
  });
}

function hasChmod(write: Write, side: Side): boolean {
  const { flags } = side.file.instructions[writerOf(write, side).instruction] as Instruction;
  return flags.some(({ name }) => name === 'chmod');
}
