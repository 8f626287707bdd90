/** Files on this machine. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { URI } from 'vscode-uri';
import { decodeText } from '../decode.ts';
import { type FileEntry, type Files, type Listing, maximumBytes, maximumNames } from './files.ts';

export class Disk implements Files {
  /** `authority`: of the `file:` URI; '' except for a Windows share. */
  constructor(private readonly authority = '') {}

  read(root: string, file: string): FileEntry {
    const resolved = this.resolve(root, file);
    return typeof resolved === 'string' ? resolved : readTextFile(resolved.real);
  }

  list(root: string, directory: string): Listing {
    const resolved = this.resolve(root, directory);
    if (typeof resolved === 'string') return resolved;
    try {
      const entries = fs.readdirSync(resolved.real, { withFileTypes: true });
      if (entries.length > maximumNames) return 'unread';
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    } catch (error) {
      return isMissing(error) ? 'absent' : 'unread';
    }
  }

  /** The real path of a path below the root, when it lies inside the root, links resolved. */
  private resolve(root: string, key: string): { readonly real: string } | 'absent' | 'unread' {
    if (key.includes('\0') || key.split('/').includes('..')) return 'unread';
    const folder = URI.from({ scheme: 'file', authority: this.authority, path: root }).fsPath;
    const target = path.join(folder, key);
    try {
      const real = fs.realpathSync(target);
      const realRoot = fs.realpathSync(folder);
      return real === realRoot || !escapes(path.relative(realRoot, real)) ? { real } : 'unread';
    } catch (error) {
      if (!isMissing(error)) return 'unread';
      return isDanglingLink(target) ? 'unread' : 'absent';
    }
  }
}

function readTextFile(file: string): FileEntry {
  try {
    const stat = fs.statSync(file);
    if (!stat.isFile() || stat.size > maximumBytes) return 'unread';
    const text = decodeText(fs.readFileSync(file));
    return text === undefined || text.includes('\0') ? 'unread' : { text };
  } catch (error) {
    return isMissing(error) ? 'absent' : 'unread';
  }
}

function escapes(relative: string): boolean {
  return relative === '' || relative === '..' || relative.startsWith(`..${path.sep}`) || path.isAbsolute(relative);
}

function isMissing(error: unknown): boolean {
  const code = (error as NodeJS.ErrnoException).code;
  return code === 'ENOENT' || code === 'ENOTDIR';
}

function isDanglingLink(file: string): boolean {
  try {
    return fs.lstatSync(file).isSymbolicLink();
  } catch {
    return false;
  }
}
