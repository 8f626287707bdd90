/** Patterns of the shell in the operands of file operations (POSIX.1-2017, 2.13). */
import { baseName, joinPath, parentOf } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';

/** `rm dir/*` empties a directory; any other pattern deletes what is known to match, and what nobody can list. */
export function deleteGlob(arg: Arg, machine: Machine): void {
  const path = machine.path(arg);
  const whole = /^(.*)\/\*$/.exec(path)?.[1];
  if (whole !== undefined && !/[*?[]/.test(whole) && !arg.text.endsWith('/') && !hasHidden(whole, machine)) {
    machine.write(whole === '' ? '/' : whole, { kind: 'gone', below: true, ...isKnownNow(whole, arg, machine) });
    return;
  }
  // With a slash behind it the pattern matches directories alone.
  const matches = arg.text.endsWith('/') ? new Set<string>() : matching(path, machine);
  for (const match of matches) machine.write(match, { kind: 'gone' });
  // Where everything in the directory is known by name, nothing else can match; bases have no such names.
  const inTree = machine.state.writes.index.upwards(parentOf(path), (writes) =>
    writes.some((write) => write.kind === 'tree' && write.path !== '/'),
  );
  const literal = /^[^*?]{3,}/.test(baseName(path));
  if (matches.size === 0 || inTree || !literal) machine.write(globRoot(path), { kind: 'edit', sure: false });
}

/** A name with a leading dot is in the directory, or may have come with it: `*` does not match it (POSIX.1-2017, 2.13.3). */
function hasHidden(directory: string, { context, state }: Machine): boolean {
  const start = directory.length + 1;
  const isHidden = ({ path, kind }: Write): boolean => path[start] === '.' && kind !== 'gone' && kind !== 'meta';
  if (state.writes.index.below(directory).some(isHidden)) return true;
  const source = context.sourceOf(directory, state.writes);
  if (source === undefined) return false;
  const names = context.list(source);
  return names === 'unread' || names.some((name) => name.startsWith('.'));
}

/** Records that `arg` is deleted. */
export function deleteOne(arg: Arg, machine: Machine): void {
  machine.write(arg, { kind: 'gone', ...isKnownNow(machine.path(arg), arg, machine) });
}

/**
 * What a variable hides is deleted for certain where the same RUN has just written to the same path: it is the same
 * variable. Elsewhere it may have another value.
 */
function isKnownNow(path: string, arg: Arg, machine: Machine): { sure?: false } {
  if (arg.open.length === 0) return {};
  const isOwn = machine.state.writes.index.exactly(path).some(({ atom }) => atom >= machine.firstAtom);
  return isOwn ? {} : { sure: false };
}

/** Paths of one directory that were written and match a pattern of `*` and `?` in their last name. */
export function matching(path: string, machine: Machine): Set<string> {
  const directory = parentOf(path);
  const found = new Set<string>();
  if (/[*?[{$]/.test(directory) || /[[{$\\]/.test(path)) return found;
  const pattern = baseName(path)
    .replace(/[.+^()|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const name = new RegExp(`^(?!\\.)${pattern}$`);
  const literal = joinPath(directory, /^[^*?]*/.exec(baseName(path))?.[0] ?? '');
  for (const write of machine.state.writes.index.below(directory)) {
    if (!write.path.startsWith(literal)) continue;
    const [child = ''] = write.path.slice(directory === '/' ? 1 : directory.length + 1).split('/');
    if (name.test(child)) found.add(joinPath(directory, child));
  }
  return found;
}

/** Records that what `arg` names is changed in place, as far as it is there. */
export function editFound(arg: Arg, machine: Machine, more: { readonly class?: Write['class'] } = {}): void {
  machine.write(arg.glob ? globRoot(machine.path(arg)) : arg, { kind: 'edit', ...more, ...unsure(arg) });
}

/** The deepest directory of a pattern that holds no pattern itself. */
export function globRoot(path: string): string {
  const at = path.search(/[*?[{$]/);
  if (at < 0) return path;
  const root = path.slice(0, path.lastIndexOf('/', at));
  return root === '' ? '/' : root;
}

/** What a word with a variable that nobody knows, or with a pattern, names is not certain. */
export function unsure(arg: Arg): { sure?: false } {
  return arg.open.length > 0 || arg.glob ? { sure: false } : {};
}
