/** Watches exactly those files of the build contexts that an analysis has read. */
import {
  type Connection,
  DidChangeWatchedFilesNotification,
  type Disposable,
  FileChangeType,
} from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { pathOf } from '../host/contextOf.ts';
import type { Workspace } from '../host/workspace.ts';

/** Renews the watchers when the set of files changes; a change analyses again what depends on it. */
export function registerWatchedFiles(connection: Connection, workspace: Workspace): void {
  let key = '';
  let registration: Promise<Disposable | undefined> | undefined;

  workspace.onRefresh(() => {
    if (!workspace.client.dynamicWatchers) return;
    const watched = workspace.watched().filter((entry) => entry.patterns.length > 0);
    const next = JSON.stringify(watched);
    if (next === key) return;
    key = next;
    const watchers = watched.flatMap(({ root, patterns }) => patterns.map((pattern) => glob(root, pattern)));
    const previous = registration;
    registration = renew(previous, watchers);
  });
  connection.onDidChangeWatchedFiles(({ changes }) => {
    workspace.filesChanged(
      changes.map(({ uri: address, type }) => {
        const uri = URI.parse(address);
        return { uri, path: pathOf(uri), cameOrWent: type !== FileChangeType.Changed };
      }),
    );
  });

  function glob(root: string, pattern: string): { globPattern: string | { baseUri: string; pattern: string } } {
    if (workspace.client.relativePatterns) return { globPattern: { baseUri: root, pattern } };
    return { globPattern: `${URI.parse(root).fsPath.replaceAll('\\', '/')}/${pattern}` };
  }

  async function renew(
    previous: Promise<Disposable | undefined> | undefined,
    watchers: ReturnType<typeof glob>[],
  ): Promise<Disposable | undefined> {
    (await previous)?.dispose();
    if (watchers.length === 0) return undefined;
    try {
      return await connection.client.register(DidChangeWatchedFilesNotification.type, { watchers });
    } catch {
      return undefined; // The editor declined: the context is read again when the Dockerfile is saved.
    }
  }
}
