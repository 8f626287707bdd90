/** Who reads the files beside a document. */
import type { Connection } from 'vscode-languageserver';
import type { URI } from 'vscode-uri';
import type { Client } from '../client.ts';
import type { ServerHost } from '../serverHost.ts';
import { EditorFiles } from './editorFiles.ts';
import type { Files } from './files.ts';

/**
 * The disk for `file:` URIs where there is one; else the editor, if it offers to read; nobody in a workspace
 * without trust and for documents that lie nowhere.
 */
export function filesOf(connection: Connection, host: ServerHost, client: Client): (uri: URI) => Files | undefined {
  return (uri) => {
    if (!client.trusted || uri.scheme === 'untitled' || !uri.path.startsWith('/')) return undefined;
    if (uri.scheme === 'file' && host.disk !== undefined) return host.disk(uri.authority);
    return client.readsFiles ? new EditorFiles(connection, uri) : undefined;
  };
}
