/**
 * A command of the container that was built in another stage and is not in the last
 * one: the container ends with "no such file or directory". Asked only of files named
 * by an absolute path, in a stage in which every command is understood.
 */
import { entryOf } from '../../demand/entry.ts';
import type { Finding } from '../../model/analysis.ts';
import { isBelow, resolvePath } from '../../model/path.ts';
import { baseHolds } from '../../simulate/base.ts';
import { expandIn } from '../../simulate/values.ts';
import { finding, isOff, mayMake, type StagesView } from './view.ts';

/** A warning at the instruction that names the file. */
export function missingCommand(view: StagesView): Finding[] {
  const { state } = view.last;
  if (isOff(view, 'missing-command') || state.holes.length > 0) return [];
  const base = state.root;
  if (base.ref !== 'scratch' && base.facts === undefined) return [];
  const { entrypoint, cmd } = state.config;
  const process = entrypoint ?? cmd;
  // A script of the base image may start something else.
  if (process === undefined || process.from === 'base' || process.value.form !== 'exec') return [];
  const { commands } = entryOf(state, view.context);
  const path = process.value.argv[0] ?? '';
  if (!path.startsWith('/') || path.includes('$') || commands[0]?.argv[0] !== path || process.span === undefined)
    return [];
  const file = resolvePath('/', path);
  if (!isMadeElsewhere(view, path) || isThere(view, file) || (base.ref !== 'scratch' && baseHolds(state, file)))
    return [];
  const text = view.file.text.slice(process.span.start, process.span.end);
  const at = text.indexOf(path);
  const span = at < 0 ? process.span : { start: process.span.start + at, end: process.span.start + at + path.length };
  const one = finding(view, 'missing-command', span, { path });
  return one === undefined ? [] : [one];
}

/** A command of a stage that stays behind names the file: it is built there. */
function isMadeElsewhere({ file, chain }: StagesView, path: string): boolean {
  const word = new RegExp(`(^|[\\s"'=])${path.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')}($|[\\s"';&])`);
  return file.stages.some(
    ({ index, instructions }) =>
      !chain.has(index) && instructions.some((one) => one.kind === 'run' && word.test(one.args.text)),
  );
}

/** A command wrote there, or a copy may have brought it: what an earlier stage holds is not always known. */
function isThere(view: StagesView, file: string): boolean {
  const { state } = view.last;
  if (state.writes.index.overlaps(file, (write) => mayMake(write, file))) return true;
  return view.file.stages.some(
    ({ index, instructions }) =>
      view.chain.has(index) &&
      instructions.some((one) => {
        if ((one.kind !== 'copy' && one.kind !== 'add') || one.target === undefined) return false;
        const { text, open } = expandIn(state, one.target.raw, view.file.escape);
        // A relative target depends on the directory in force there.
        return open.length > 0 || !text.startsWith('/') || isBelow(file, resolvePath('/', text));
      }),
  );
}
