/** Files that the editor reads for us: virtual workspaces, and a server that has no disk. */
import type { Connection } from 'vscode-languageserver';
import type { URI } from 'vscode-uri';
import { type FileEntry, type Files, type Listing, maximumBytes, maximumNames } from './files.ts';

/** Parameters of `dockerfileStages/readFile` and `dockerfileStages/readFolder`. */
interface ReadParams {
  /** URI of a folder; links below it are not followed. */
  readonly root: string;
  /** Below the root, `/`-separated; '' is the root. */
  readonly path: string;
  /** Bytes of a file or names in a folder above which the answer is `unread`. */
  readonly limit: number;
}

/** An editor that does not answer leaves the file unread. */
const patience = 10_000;

export class EditorFiles implements Files {
  /** `volume`: any URI of the scheme and authority. */
  constructor(
    private readonly connection: Connection,
    private readonly volume: URI,
  ) {}

  async read(root: string, path: string): Promise<FileEntry> {
    const answer = await this.ask('dockerfileStages/readFile', { ...this.place(root, path), limit: maximumBytes });
    if (answer === 'absent') return 'absent';
    const text: unknown =
      typeof answer === 'object' && answer !== null ? (answer as { text?: unknown }).text : undefined;
    return typeof text === 'string' && text.length <= maximumBytes ? { text } : 'unread';
  }

  async list(root: string, path: string): Promise<Listing> {
    const answer = await this.ask('dockerfileStages/readFolder', { ...this.place(root, path), limit: maximumNames });
    if (answer === 'absent') return 'absent';
    const isNames = Array.isArray(answer) && answer.every((name) => typeof name === 'string');
    return isNames && answer.length <= maximumNames ? [...answer].sort() : 'unread';
  }

  private place(root: string, path: string): Omit<ReadParams, 'limit'> {
    return { root: this.volume.with({ path: root, query: '', fragment: '' }).toString(), path };
  }

  private async ask(method: string, params: ReadParams): Promise<unknown> {
    if (params.path.includes('\0') || params.path.split('/').includes('..')) return 'unread';
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<'unread'>((resolve) => {
      timer = setTimeout(() => resolve('unread'), patience);
    });
    try {
      return await Promise.race([this.connection.sendRequest<unknown>(method, params), late]);
    } catch {
      return 'unread';
    } finally {
      clearTimeout(timer);
    }
  }
}
