/**
 * A folder as the engine's `Context`: it answers from what was loaded before and
 * reads nothing while the engine runs.
 */
import type { Context, OutsideRun } from '../engine/model/analysis.ts';
import {
  type Answer,
  cleanPath,
  type FileEntry,
  type Files,
  folderOf,
  type Listing,
  nameOf,
  pathBelow,
} from './files/files.ts';

export class ContextSnapshot implements Context {
  /** Absolute path, as in a URI. */
  readonly root: string;
  private version = 0;
  private outside: readonly OutsideRun[] = [];
  /** Another number when something was forgotten: what was being read then is read again. */
  private generation = 0;
  private readonly source: Files;
  /** BuildKit prefers `<Dockerfile>.dockerignore` beside the Dockerfile to the `.dockerignore` of the context. */
  private readonly ownIgnoreFile: string | undefined;
  private readonly files = new Map<string, FileEntry>();
  private readonly directories = new Map<string, Listing>();
  /** What is being read now. */
  private readonly pending = new Map<string, Promise<void>>();

  /** `root`: a folder. `dockerfile`: the path of the Dockerfile, for its own ignore file. */
  constructor(source: Files, root: string, dockerfile: string | undefined) {
    this.source = source;
    this.root = root;
    this.ownIgnoreFile = dockerfile === undefined ? undefined : `${dockerfile}.dockerignore`;
  }

  get revision(): number {
    return this.version;
  }

  /** What the surroundings run in the container. */
  get runs(): readonly OutsideRun[] {
    return this.outside;
  }

  /** Takes over what was found to run in the container. */
  setRuns(runs: readonly OutsideRun[]): void {
    if (JSON.stringify(runs) === JSON.stringify(this.outside)) return;
    this.outside = runs;
    this.version++;
  }

  /** Content loaded for a path relative to the root. */
  read(file: string): FileEntry {
    return this.files.get(cleanPath(file)) ?? 'unread';
  }

  /** Names loaded for a directory; '' is the root. One that does not exist has none. */
  list(directory: string): readonly string[] | 'unread' {
    const names = this.directories.get(cleanPath(directory)) ?? 'unread';
    return names === 'absent' ? [] : names;
  }

  /** True when the root was listed and is not there. */
  get missing(): boolean {
    return this.directories.get('') === 'absent';
  }

  /**
   * Loads what the engine wanted (directories end in `/`). True when something was loaded that
   * was not here before; a promise when that takes a while.
   */
  load(wants: readonly string[]): Answer<boolean> {
    let fresh = false;
    const later: Promise<void>[] = [];
    for (const want of wants) {
      const isDirectory = want === '' || want.endsWith('/');
      const key = cleanPath(want);
      const name = isDirectory ? `${key}/` : key;
      const reading = this.pending.get(name);
      if (reading !== undefined) later.push(reading);
      else if (isDirectory ? !this.directories.has(key) : !this.files.has(key)) {
        fresh = true;
        const started = isDirectory ? this.loadDirectory(key) : this.loadFile(key);
        if (started !== undefined) later.push(this.remember(name, started));
      }
    }
    if (fresh) this.version++;
    return later.length === 0 ? fresh : Promise.all(later).then(() => true);
  }

  /** Forgets what was loaded. */
  clear(): void {
    this.version++;
    this.generation++;
    this.files.clear();
    this.directories.clear();
  }

  /**
   * Forgets one file (an absolute path), and the listing of its directory when the file came or went.
   * True when something was forgotten.
   */
  forget(file: string, cameOrWent: boolean): boolean {
    this.version++;
    this.generation++;
    if (file === this.ownIgnoreFile) return this.files.delete('.dockerignore');
    const key = pathBelow(this.root, file);
    if (key === undefined || key === '') return false;
    const listed = cameOrWent && this.directories.delete(folderOf(key));
    return this.files.delete(key) || (cameOrWent && this.directories.delete(key)) || listed;
  }

  /** Paths below the root whose change matters, as glob patterns (directories as `dir/*`). */
  watched(): readonly string[] {
    const directories = [...this.directories.keys()].map((directory) => (directory === '' ? '*' : `${directory}/*`));
    return [...this.files.keys(), ...directories].filter((pattern) => !/[[\]{}?,]/.test(pattern));
  }

  /** Keeps the answer when it is there; a promise until then. */
  private loadFile(key: string): Promise<void> | undefined {
    const own = this.ownIgnoreFile;
    if (key === '.dockerignore' && own !== undefined) {
      const answer = this.source.read(folderOf(own) || '/', nameOf(own));
      const choose = (entry: FileEntry): Answer<FileEntry> =>
        entry === 'absent' ? this.source.read(this.root, key) : entry;
      return this.keep(this.files, key, answer instanceof Promise ? answer.then(choose) : choose(answer));
    }
    return this.keep(this.files, key, this.source.read(this.root, key));
  }

  private loadDirectory(key: string): Promise<void> | undefined {
    return this.keep(this.directories, key, this.source.list(this.root, key));
  }

  private keep<T>(where: Map<string, T>, key: string, answer: Answer<T>): Promise<void> | undefined {
    if (!(answer instanceof Promise)) {
      where.set(key, answer);
      return undefined;
    }
    const { generation } = this;
    return answer.then((value) => {
      if (generation !== this.generation) return;
      this.version++;
      where.set(key, value);
    });
  }

  private remember(name: string, reading: Promise<void>): Promise<void> {
    const done = reading.finally(() => this.pending.delete(name));
    this.pending.set(name, done);
    return done;
  }
}
