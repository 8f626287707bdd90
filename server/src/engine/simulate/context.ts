/** Reads files of the image that came from the build context, and remembers what was wanted and not there. */
import type { Context, OutsideRun } from '../model/analysis.ts';
import type { Write } from '../model/state.ts';
import { ignoredBy } from './ignore.ts';
import type { WriteLog } from '../model/writeLog.ts';
import { sourceAt } from '../model/writes.ts';

export interface FileText {
  readonly text: string;
  /** Path in the build context. */
  readonly source: string;
}

export class ContextReader {
  private readonly wanted = new Set<string>();
  /** Sets that note what is wanted from when they are put here, whether or not it was wanted before. */
  noted: Set<string>[] = [];

  private ignored: ((path: string) => boolean) | undefined;

  constructor(private readonly context: Context | undefined) {}

  /** Remembers that a path, or a directory with a trailing slash, would have told something. */
  want(path: string): void {
    this.wanted.add(path);
    for (const set of this.noted) set.add(path);
  }

  /** Left out of the build context by its `.dockerignore`. */
  private isIgnored(path: string): boolean {
    if (this.context === undefined) return false;
    if (this.ignored === undefined) {
      const found = this.context.read('.dockerignore');
      if (found === 'unread') this.want('.dockerignore');
      this.ignored = typeof found === 'string' ? (): boolean => false : ignoredBy(found.text);
    }
    return this.ignored(path);
  }

  /** True when there is a build context to look at. */
  get present(): boolean {
    return this.context !== undefined;
  }

  /** What the surroundings run in the container. */
  get runs(): readonly OutsideRun[] {
    return this.context?.runs ?? [];
  }

  /** Text of a file of the build context; what nobody has read is remembered in `wants`. */
  read(path: string): string | 'absent' | 'unread' {
    if (this.context === undefined || path.includes('$')) {
      this.want(path);
      return 'unread';
    }
    if (this.isIgnored(path)) return 'absent';
    const found = this.context.read(path);
    if (found === 'unread') this.want(path);
    return typeof found === 'string' ? found : found.text;
  }

  /** Text of a file beside the build, whether or not `.dockerignore` leaves it out: compose files, workflows, scripts. */
  readBeside(path: string): string | 'absent' | 'unread' {
    const found = this.context?.read(path) ?? 'unread';
    if (found === 'unread') this.want(path);
    return typeof found === 'string' ? found : found.text;
  }

  /** Names in a directory, whether or not `.dockerignore` leaves them out. */
  listBeside(directory: string): readonly string[] | 'unread' {
    const found = this.context?.list(directory) ?? 'unread';
    if (found === 'unread') this.want(directory === '' ? './' : `${directory}/`);
    return found;
  }

  list(directory: string): readonly string[] | 'unread' {
    if (this.context === undefined) return 'unread';
    const found = this.context.list(directory);
    if (found === 'unread') {
      this.want(directory === '' ? './' : `${directory}/`);
      return found;
    }
    const prefix = directory === '' ? '' : `${directory}/`;
    return found.filter((name) => !this.isIgnored(prefix + name.replace(/\/$/, '')));
  }

  /** Where in the build context the file at `path` of the image came from; `undefined` when it did not. */
  sourceOf(path: string, writes: WriteLog): string | undefined {
    let best: Write | undefined;
    // The deepest write decides (.venv below a copied directory), of equals the last.
    writes.index.upwards(path, (values, at) => {
      for (let i = values.length - 1; i >= 0; i--) {
        const write = values[i] as Write;
        if (
          write.kind === 'meta' ||
          write.kind === 'edit' ||
          write.kind === 'dir' ||
          // A build step that may have written anything of a directory leaves what was copied there as it was.
          (write.kind === 'tree' &&
            write.class === 'app' &&
            write.context === undefined &&
            write.image === undefined) ||
          (at !== path && write.kind !== 'tree')
        )
          continue;
        best = write;
        return true;
      }
      return false;
    });
    return best === undefined ? undefined : sourceAt(best, path);
  }

  /** The text of a file of the image, when it is a file of the build context that somebody has read. */
  fileAt(path: string, writes: WriteLog): FileText | 'unread' | 'unknown' {
    const source = this.sourceOf(path, writes);
    if (source === undefined) return 'unknown';
    const text = this.read(source);
    return text === 'absent' || text === 'unread' ? 'unread' : { text, source };
  }

  /** Files and directories (with a trailing slash) that were wanted and unread, in a stable order. */
  wants(): string[] {
    return [...this.wanted].filter((path) => !path.includes('$')).sort();
  }
}
