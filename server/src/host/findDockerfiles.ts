/** Finds the Dockerfiles of a workspace folder, without what its ignore files and settings leave out. */
import ignore, { type Ignore } from 'ignore';
import { dockerfileName, skippedFolders } from './dockerfileName.ts';
import type { Files } from './files/files.ts';

export interface Cancellation {
  readonly isCancellationRequested: boolean;
}

/** A workspace with more folders than this is looked through in part. */
const maximumFolders = 20_000;

interface Rules {
  /** The folder of the ignore file; '' is the workspace folder. */
  readonly folder: string;
  readonly rules: Ignore;
}

/**
 * Paths below `root`, in order. `.gitignore` files and `excluded` (patterns as in `files.exclude`) are honoured;
 * links are not followed.
 */
export async function findDockerfiles(
  files: Files,
  root: string,
  excluded: readonly string[],
  token: Cancellation,
): Promise<readonly string[]> {
  const found: string[] = [];
  const queue: { readonly folder: string; readonly rules: readonly Rules[] }[] = [
    { folder: '', rules: [{ folder: '', rules: ignore().add(excluded.flatMap(withoutBraces)) }] },
  ];
  for (let at = 0; at < queue.length && at < maximumFolders && !token.isCancellationRequested; at++) {
    const { folder, rules } = queue[at] as (typeof queue)[number];
    const names = await files.list(root, folder);
    if (typeof names === 'string') continue;
    const all = names.includes('.gitignore') ? [...rules, ...(await own(files, root, folder))] : rules;
    for (const name of names) {
      const path = folder === '' ? name : `${folder}/${name}`;
      const isFolder = name.endsWith('/');
      if (isFolder ? skippedFolders.has(name.slice(0, -1)) : !dockerfileName.test(name)) continue;
      if (isIgnored(path, all)) continue;
      if (isFolder) queue.push({ folder: path.slice(0, -1), rules: all });
      else found.push(path);
    }
  }
  return found.sort();
}

async function own(files: Files, root: string, folder: string): Promise<Rules[]> {
  const entry = await files.read(root, folder === '' ? '.gitignore' : `${folder}/.gitignore`);
  return typeof entry === 'string' ? [] : [{ folder, rules: ignore().add(entry.text) }];
}

/** A deeper ignore file may take back what one above it leaves out. */
function isIgnored(path: string, all: readonly Rules[]): boolean {
  return all.reduce((left, { folder, rules }) => {
    const { ignored, unignored } = rules.test(folder === '' ? path : path.slice(folder.length + 1));
    return ignored || (left && !unignored);
  }, false);
}

/** `{a,b}` is no pattern of an ignore file; one level of it is written out. */
function withoutBraces(pattern: string): string[] {
  const [, before, inner, after] = /^([^{]*)\{([^{}]*)\}(.*)$/.exec(pattern) ?? [];
  if (inner === undefined) return [pattern];
  return inner.split(',').flatMap((one) => withoutBraces(`${before ?? ''}${one}${after ?? ''}`));
}
