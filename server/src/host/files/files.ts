/** Where files around a Dockerfile come from: a disk answers at once, an editor later. */

export type FileEntry = { readonly text: string } | 'absent' | 'unread';
/** Names in a folder (folders end in `/`, links do not). */
export type Listing = readonly string[] | 'absent' | 'unread';
export type Answer<T> = T | Promise<T>;

/** Larger files are not read. */
export const maximumBytes = 1024 * 1024;
/** Larger folders are not listed. */
export const maximumNames = 10_000;

/**
 * The files of one scheme and authority. `root`: an absolute path as in a URI. `path`: below the root,
 * `/`-separated, without `.` and `..`; '' is the root. What is not UTF-8 text, or lies behind a link that
 * leaves the root, is `unread`. Never fails.
 */
export interface Files {
  read(root: string, path: string): Answer<FileEntry>;
  list(root: string, path: string): Answer<Listing>;
}

/** `./a//b/` and `/a/b` as `a/b`; '' for the root. */
export function cleanPath(path: string): string {
  return path
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
}

/** The path below `root` of an absolute path; `undefined` when it lies elsewhere. '' for the root itself. */
export function pathBelow(root: string, path: string): string | undefined {
  if (path === root) return '';
  const prefix = root.endsWith('/') ? root : `${root}/`;
  return path.startsWith(prefix) ? path.slice(prefix.length) : undefined;
}

/** Folds `.` and `..` of a path below a root; `undefined` when it leaves the root. */
export function resolveBelow(folder: string, path: string): string | undefined {
  const out: string[] = [];
  for (const part of `${folder}/${path}`.split('/')) {
    if (part === '' || part === '.') continue;
    if (part !== '..') out.push(part);
    else if (out.pop() === undefined) return undefined;
  }
  return out.join('/');
}

/** The folder of a path below a root; '' for the root. */
export function folderOf(path: string): string {
  return path.slice(0, Math.max(0, path.lastIndexOf('/')));
}

/** The last name of a path. */
export function nameOf(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1);
}
