/** What a document's build context can be, for a list to choose from. */
import { type Connection, LSPErrorCodes, ResponseError } from 'vscode-languageserver';
import { URI } from 'vscode-uri';
import { pathOf, workspaceFolder } from '../host/contextOf.ts';
import { contextLine } from '../host/contextLine.ts';
import { folderOf, pathBelow } from '../host/files/files.ts';
import type { Workspace } from '../host/workspace.ts';

interface ContextOption {
  readonly label: string;
  readonly detail: string;
  /** Value of the setting. */
  readonly value: string;
}

/** Answer of `dockerfileStages/contexts`. */
interface ContextsAnswer {
  /** Key of the document in the setting `contexts`. */
  readonly name: string;
  readonly options: readonly ContextOption[];
}

/** Answers `dockerfileStages/contexts`; `null` for a document outside the workspace folders. */
export function registerChooseContext(connection: Connection, workspace: Workspace): void {
  connection.onRequest(
    'dockerfileStages/contexts',
    async ({ uri }: { readonly uri: string }, token): Promise<ContextsAnswer | ResponseError | null> => {
      await workspace.analysed(uri);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      const address = URI.parse(uri);
      const top = workspaceFolder(address, workspace.workspaceFolders);
      const name = top === undefined ? undefined : pathBelow(top, pathOf(address));
      if (name === undefined) return null;
      return { name, options: options(workspace, uri, name) };
    },
  );
}

function options(workspace: Workspace, uri: string, name: string): ContextOption[] {
  const { context, contextBy } = contextLine(workspace, uri);
  const folders = new Map<string, string>();
  const builds = workspace.contextOf(uri)?.builds ?? [];
  for (const build of builds) folders.set(build.context, `${build.file}, ${build.name}`);
  for (let folder = folderOf(name); ; folder = folderOf(folder)) {
    if (!folders.has(folder))
      folders.set(folder, folder === folderOf(name) ? workspace.say('Folder of the Dockerfile') : '');
    if (folder === '') break;
  }
  return [
    {
      label: workspace.say('Find it'),
      detail: context === null ? contextBy : `${context} (${contextBy})`,
      value: 'auto',
    },
    ...[...folders].map(([folder, detail]) => ({
      label: folder === '' ? workspace.say('Workspace folder') : folder,
      detail,
      value: folder === '' ? '.' : folder,
    })),
    { label: workspace.say('None'), detail: workspace.say('No file of the build context is read'), value: 'none' },
  ];
}
