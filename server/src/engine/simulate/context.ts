/** Reads files of the image that came from the build context, and remembers what was wanted and not there. */
import type { Context } from '../model/analysis.ts';
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';

export interface FileText {
  readonly text: string;
  /** Path in the build context. */
  readonly source: string;
}

export class ContextReader {
  private readonly wanted = new Set<string>();

  constructor(private readonly context: Context | undefined) {}

  /** True when there is a build context to look at. */
  get present(): boolean {
    return this.context !== undefined;
  }

  /** Text of a file of the build context; what nobody has read is remembered in `wants`. */
  read(path: string): string | 'absent' | 'unread' {
    if (this.context === undefined || path.includes('$')) {
      this.wanted.add(path);
      return 'unread';
    }
    const found = this.context.read(path);
    if (found === 'unread') this.wanted.add(path);
    return typeof found === 'string' ? found : found.text;
  }

  list(directory: string): readonly string[] | 'unread' {
    if (this.context === undefined) return 'unread';
    const found = this.context.list(directory);
    if (found === 'unread') this.wanted.add(directory === '' ? './' : `${directory}/`);
    return found;
  }

  /** Where in the build context the file at `path` of the image came from; `undefined` when it did not. */
  sourceOf(path: string, writes: readonly Write[]): string | undefined {
    for (let i = writes.length - 1; i >= 0; i--) {
      const write = writes[i] as Write;
      if (write.context === undefined || !isBelow(path, write.path)) continue;
      if (write.path === path) return write.context;
      if (write.kind !== 'tree') continue;
      const rest = path.slice(write.path === '/' ? 1 : write.path.length + 1);
      return write.context === '' ? rest : `${write.context}/${rest}`;
    }
    return undefined;
  }

  /** The text of a file of the image, when it is a file of the build context that somebody has read. */
  fileAt(path: string, writes: readonly Write[]): FileText | 'unread' | 'unknown' {
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
