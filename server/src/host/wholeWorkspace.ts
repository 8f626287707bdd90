/** The Dockerfiles of the workspace folders, those that are not open among them. */
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Analysis } from '../engine/model/analysis.ts';
import { contextOf, pathOf } from './contextOf.ts';
import { analyseInContext } from './documentContext.ts';
import { folderOf, nameOf } from './files/files.ts';
import { type Cancellation, findDockerfiles } from './findDockerfiles.ts';
import type { Workspace } from './workspace.ts';

export interface FoundFile {
  readonly uri: string;
  /** Path below its workspace folder; where there are several folders it begins with the folder's name. */
  readonly name: string;
}

/** A document and what the engine says of it. */
export interface CheckedFile {
  readonly document: TextDocument;
  readonly analysis: Analysis;
}

/** How often files that an analysis asked for are waited for. */
const maximumWaits = 8;

/** Every Dockerfile, folder by folder; `undefined` when no folder may be read. `excluded`: patterns to leave out. */
export async function dockerfilesOf(
  workspace: Workspace,
  excluded: readonly string[],
  token: Cancellation,
): Promise<readonly FoundFile[] | undefined> {
  const out = new Map<string, FoundFile>();
  let readable = false;
  for (const folder of workspace.workspaceFolders) {
    const root = URI.parse(folder);
    const files = workspace.filesOf(root);
    if (files === undefined) continue;
    readable = true;
    const top = pathOf(root).replace(/(?<=.)\/$/, '');
    for (const name of await findDockerfiles(files, top, excluded, token)) {
      const uri = root.with({ path: top === '/' ? `/${name}` : `${top}/${name}` }).toString();
      // A folder of a workspace may lie in another one.
      const shown = workspace.workspaceFolders.length > 1 ? `${nameOf(top)}/${name}` : name;
      if (!out.has(uri)) out.set(uri, { uri, name: shown });
    }
  }
  return readable ? [...out.values()] : undefined;
}

/** Analyses a document as it is in the editor, else as it is stored. `undefined`: unreadable, or switched off there. */
export async function checkFile(workspace: Workspace, uri: string): Promise<CheckedFile | undefined> {
  if (workspace.documents.get(uri) !== undefined) return workspace.analysed(uri);
  const address = URI.parse(uri);
  const path = pathOf(address);
  const entry = await workspace.filesOf(address)?.read(folderOf(path) || '/', nameOf(path));
  const settings = await workspace.fetchSettings(uri);
  if (entry === undefined || typeof entry === 'string' || !settings.enable) return undefined;
  // As an editor opens it: without the byte order mark.
  const document = TextDocument.create(uri, 'dockerfile', 0, entry.text.replace(/^\uFEFF/, ''));
  const context = contextOf(uri, settings, workspace.workspaceFolders, workspace.filesOf);
  const analyse = () => analyseInContext(workspace.engine, document.getText(), settings.engine, context);
  let result = analyse();
  for (let waits = 0; result.loading !== undefined && waits < maximumWaits; waits++) {
    await result.loading;
    result = analyse();
  }
  return { document, analysis: result.analysis };
}
