/**
 * A build context on disk as the engine's `Context`: it answers from what was
 * loaded before and never touches the disk while the engine runs. Only regular
 * text files of at most 1 MB below the root are loaded; a path or a link that
 * leaves the root stays `unread`.
 */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Context } from '../engine/model/analysis.ts';
import { decodeText } from './decode.ts';

const maximumBytes = 1024 * 1024;
const maximumNames = 10_000;

type FileEntry = { readonly text: string } | 'absent' | 'unread';

export class ContextSnapshot implements Context {
  readonly root: string;
  private version = 0;
  private readonly realRoot: string;
  /** BuildKit prefers `<Dockerfile>.dockerignore` beside the Dockerfile to the `.dockerignore` of the context. */
  private readonly ownIgnoreFile: string | undefined;
  private readonly files = new Map<string, FileEntry>();
  private readonly directories = new Map<string, readonly string[] | 'unread'>();

  /** `root`: an existing folder. `dockerfile`: the path of the Dockerfile, for its own ignore file. */
  constructor(root: string, dockerfile: string | undefined) {
    this.root = path.resolve(root);
    this.realRoot = realPath(this.root) ?? this.root;
    this.ownIgnoreFile = dockerfile === undefined ? undefined : `${path.resolve(dockerfile)}.dockerignore`;
  }

  get revision(): number {
    return this.version;
  }

  /** Content loaded for a path relative to the root. */
  read(file: string): FileEntry {
    return this.files.get(contextPath(file)) ?? 'unread';
  }

  /** Names loaded for a directory; '' is the root. */
  list(directory: string): readonly string[] | 'unread' {
    return this.directories.get(contextPath(directory)) ?? 'unread';
  }

  /** Loads what the engine wanted (directories end in `/`). True when something was loaded that was not here before. */
  load(wants: readonly string[]): boolean {
    let fresh = false;
    for (const want of wants) {
      const isDirectory = want === '' || want.endsWith('/');
      const key = contextPath(want);
      if (isDirectory && !this.directories.has(key)) {
        this.directories.set(key, this.loadDirectory(key));
        fresh = true;
      } else if (!isDirectory && !this.files.has(key)) {
        this.files.set(key, this.loadFile(key));
        fresh = true;
      }
    }
    if (fresh) this.version++;
    return fresh;
  }

  /** Forgets what was loaded. */
  clear(): void {
    this.version++;
    this.files.clear();
    this.directories.clear();
  }

  /** Forgets one file (an absolute path) and the listing of its directory. True when something was forgotten. */
  forget(file: string): boolean {
    this.version++;
    if (file === this.ownIgnoreFile) return this.files.delete('.dockerignore');
    const relative = path.relative(this.root, file);
    if (escapes(relative)) return false;
    const key = relative.split(path.sep).join('/');
    const parent = path.posix.dirname(key);
    const listed = this.directories.delete(parent === '.' ? '' : parent);
    return this.files.delete(key) || listed;
  }

  /** Paths below the root whose change matters, as glob patterns (directories as `dir/*`). */
  watched(): readonly string[] {
    const directories = [...this.directories.keys()].map((directory) => (directory === '' ? '*' : `${directory}/*`));
    return [...this.files.keys(), ...directories].filter((pattern) => !/[[\]{}?,]/.test(pattern));
  }

  private loadFile(key: string): FileEntry {
    if (key === '.dockerignore' && this.ownIgnoreFile !== undefined) {
      const own = readTextFile(this.ownIgnoreFile);
      if (own !== 'absent') return own;
    }
    const resolved = this.resolve(key);
    return resolved === 'absent' || resolved === 'unread' ? resolved : readTextFile(resolved.real);
  }

  private loadDirectory(key: string): readonly string[] | 'unread' {
    const resolved = this.resolve(key);
    if (resolved === 'absent') return [];
    if (resolved === 'unread') return 'unread';
    try {
      const entries = fs.readdirSync(resolved.real, { withFileTypes: true });
      if (entries.length > maximumNames) return 'unread';
      return entries.map((entry) => (entry.isDirectory() ? `${entry.name}/` : entry.name)).sort();
    } catch (error) {
      return isMissing(error) ? [] : 'unread';
    }
  }

  /** The real path of a context path, when it lies inside the root, links resolved. */
  private resolve(key: string): { readonly real: string } | 'absent' | 'unread' {
    if (key.includes('\0') || key.split('/').includes('..')) return 'unread';
    const target = path.join(this.root, key);
    try {
      const real = fs.realpathSync(target);
      return real === this.realRoot || !escapes(path.relative(this.realRoot, real)) ? { real } : 'unread';
    } catch (error) {
      if (!isMissing(error)) return 'unread';
      return isDanglingLink(target) ? 'unread' : 'absent';
    }
  }
}

/** `./a//b/` and `/a/b` as `a/b`; '' for the root. */
function contextPath(file: string): string {
  return file
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');
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

function realPath(file: string): string | undefined {
  try {
    return fs.realpathSync(file);
  } catch {
    return undefined;
  }
}
