/** The files that commands of the container name, where the image has them from the build context. */
import { isShellScript } from '../parse/shell.ts';
import { resolvePath } from '../model/path.ts';
import type { ImageState } from '../model/state.ts';
import type { ContextReader, FileText } from '../simulate/context.ts';

/** Finds files by the directories in which a command may run, and by PATH. */
export class CommandFiles {
  /** Directories in which a command may run: where `cd` went, then where it came from. */
  places: readonly string[];

  constructor(
    private readonly state: ImageState,
    private readonly context: ContextReader,
  ) {
    this.places = [state.config.workdir.value.text];
  }

  /** Does something with other directories, which the caller may add to; afterwards those from before hold again. */
  within(places: readonly string[], run: () => void): void {
    const saved = this.places;
    this.places = places;
    run();
    this.places = saved;
  }

  /** `cd` to a directory, as far as anybody knows from where. */
  enter(directory: string): void {
    this.places = [...new Set([...this.places.map((from) => resolvePath(from, directory)), ...this.places])];
  }

  /** The path of a file that a command names: where it is, as far as that is known. */
  pathOf(name: string): string {
    const all = this.places.map((from) => resolvePath(from, name));
    return all.find((path) => this.context.sourceOf(path, this.state.writes) !== undefined) ?? (all[0] as string);
  }

  /** The path of a command: on PATH for a bare name that the build context brought there. */
  pathOfCommand(name: string): string {
    return (name.includes('/') ? undefined : this.onPath(name)) ?? this.pathOf(name);
  }

  /** True for a command that is a file of the build context. */
  isFromContext(name: string): boolean {
    if (!name.includes('/')) return this.onPath(name) !== undefined;
    return this.context.sourceOf(this.pathOf(name), this.state.writes) !== undefined;
  }

  /** True for a shell script that somebody has read. */
  isReadScript(name: string): boolean {
    const file = this.read(this.pathOf(name));
    return file !== 'unread' && file !== 'unknown' && file.text.startsWith('#!') && isShellScript(file.text);
  }

  /** The text of a file of the image; `unknown`: it is not of the build context. */
  read(path: string): FileText | 'unread' | 'unknown' {
    return this.context.fileAt(path, this.state.writes);
  }

  /** True for a file that no package or base has, but a RUN may have written or fetched. */
  isWritten(path: string): boolean {
    return this.state.writes.index.upwards(
      path,
      (writes, at) => at === path || writes.some((write) => write.kind === 'tree'),
    );
  }

  private onPath(name: string): string | undefined {
    const search = (this.state.config.env.get('PATH')?.value.text ?? '').split(':');
    const paths = search.map((directory) => `${directory}/${name}`);
    const found = paths.find((path) => this.isCopied(path));
    if (found !== undefined || !SCRIPT.test(name)) return found;
    // A directory that was copied may hold it: no package has commands of such a name.
    return paths.find((path) =>
      this.state.writes.index.upwards(path, (writes) =>
        writes.some(({ kind, context }) => kind === 'tree' && context !== undefined),
      ),
    );
  }

  private isCopied(path: string): boolean {
    return this.state.writes.index.exactly(path).some((write) => write.kind !== 'gone' && write.context !== undefined);
  }
}

const SCRIPT = /\.(sh|bash|py|pl|rb|js)$/;
