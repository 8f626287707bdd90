/** POSIX paths of the image, as text. */

/** Resolves `path` against the absolute directory `cwd`; `.` and `..` are folded, no trailing slash (except `/`). */
export function resolvePath(cwd: string, path: string): string {
  const full = path.startsWith('/') ? path : joinPath(cwd, path.startsWith('./') ? path.slice(2) : path);
  // Most need no more than that.
  const bare = full.endsWith('/') ? full.slice(0, -1) : full;
  if (isClean(bare)) return bare;
  const out: string[] = [];
  for (const part of full.split('/')) {
    if (part === '' || part === '.') continue;
    if (part === '..') out.pop();
    else out.push(part);
  }
  return `/${out.join('/')}`;
}

function isClean(path: string): boolean {
  return path.length > 1 && !path.endsWith('/') && !path.includes('//') && !path.includes('/.');
}

/** True when `path` is `root` or lies below it. */
export function isBelow(path: string, root: string): boolean {
  if (root === '/') return true;
  return path === root || (path.startsWith(root) && path.charCodeAt(root.length) === 47);
}

/** The directory of an absolute path; `/` for `/`. */
export function parentOf(path: string): string {
  const at = path.lastIndexOf('/');
  return at <= 0 ? '/' : path.slice(0, at);
}

/** The last name of a path. */
export function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}

/** Joins a directory and a name. */
export function joinPath(directory: string, name: string): string {
  return directory === '/' ? `/${name}` : `${directory}/${name}`;
}
