/** Patterns of the shell in the operands of file operations (POSIX.1-2017, 2.13). */
import { baseName, joinPath, parentOf } from '../../model/path.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';

/** `rm dir/*` empties a directory; any other pattern deletes what is known to match, and what nobody can list. */
export function deleteGlob(path: string, machine: Machine): void {
  const whole = /^(.*)\/\*$/.exec(path)?.[1];
  if (whole !== undefined && !/[*?[]/.test(whole)) {
    machine.write(whole === '' ? '/' : whole, { kind: 'gone', below: true });
    return;
  }
  const matches = matching(path, machine);
  for (const match of matches) machine.write(match, { kind: 'gone' });
  // Where everything in the directory is known by name, nothing else can match; bases have no such names.
  const inTree = machine.state.writes.index.upwards(parentOf(path), (writes) =>
    writes.some((write) => write.kind === 'tree' && write.path !== '/'),
  );
  const literal = /^[^*?]{3,}/.test(baseName(path));
  if (matches.size === 0 || inTree || !literal) machine.write(globRoot(path), { kind: 'edit', sure: false });
}

/** Paths of one directory that were written and match a pattern of `*` and `?` in their last name. */
function matching(path: string, machine: Machine): Set<string> {
  const directory = parentOf(path);
  const found = new Set<string>();
  if (/[*?[{$]/.test(directory) || /[[{$\\]/.test(path)) return found;
  const pattern = baseName(path)
    .replace(/[.+^()|]/g, '\\$&')
    .replace(/\*/g, '.*')
    .replace(/\?/g, '.');
  const name = new RegExp(`^(?!\\.)${pattern}$`);
  for (const write of machine.state.writes.index.below(directory)) {
    const [child = ''] = write.path.slice(directory === '/' ? 1 : directory.length + 1).split('/');
    if (name.test(child)) found.add(joinPath(directory, child));
  }
  return found;
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
