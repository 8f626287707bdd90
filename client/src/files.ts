/** Reads files for the server, which has no disk where the workspace is virtual or the editor a browser. */
import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** A folder's URI, a `/`-separated path below it, and how much is read at most. */
interface ReadParams {
  readonly root: string;
  readonly path: string;
  readonly limit: number;
}

/** Answers `dockerfileStages/readFile` (text of at most `limit` bytes) and `readFolder` (at most `limit` names). */
export function answerReads(client: Pick<BaseLanguageClient, 'onRequest'>): void {
  client.onRequest('dockerfileStages/readFile', readFile);
  client.onRequest('dockerfileStages/readFolder', readFolder);
}

async function readFile({ root, path, limit }: ReadParams): Promise<{ readonly text: string } | 'absent' | 'unread'> {
  const stat = await statOf(root, path);
  if (typeof stat === 'string') return stat;
  if (stat.type !== vscode.FileType.File || stat.size > limit) return 'unread';
  try {
    const bytes = await vscode.workspace.fs.readFile(stat.uri);
    const text = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
    return bytes.length > limit || text.includes('\0') ? 'unread' : { text };
  } catch (error) {
    return reasonOf(error);
  }
}

async function readFolder({ root, path, limit }: ReadParams): Promise<readonly string[] | 'absent' | 'unread'> {
  const stat = await statOf(root, path);
  if (typeof stat === 'string') return stat;
  if (stat.type !== vscode.FileType.Directory) return 'absent';
  try {
    const entries = await vscode.workspace.fs.readDirectory(stat.uri);
    if (entries.length > limit) return 'unread';
    return entries.map(([name, type]) => (type === vscode.FileType.Directory ? `${name}/` : name));
  } catch (error) {
    return reasonOf(error);
  }
}

type Found = { readonly uri: vscode.Uri; readonly type: vscode.FileType; readonly size: number };

/** Where a link leads to cannot be asked: nothing behind a link below the root is read. */
async function statOf(root: string, path: string): Promise<Found | 'absent' | 'unread'> {
  let uri = vscode.Uri.parse(root);
  const parts = path.split('/').filter((part) => part !== '');
  if (!vscode.workspace.isTrusted || parts.includes('..')) return 'unread';
  try {
    let { type, size } = await vscode.workspace.fs.stat(uri);
    for (const part of parts) {
      if ((type & vscode.FileType.Directory) === 0) return 'absent';
      uri = vscode.Uri.joinPath(uri, part);
      ({ type, size } = await vscode.workspace.fs.stat(uri));
      if ((type & vscode.FileType.SymbolicLink) !== 0) return 'unread';
    }
    return { uri, type: type & ~vscode.FileType.SymbolicLink, size };
  } catch (error) {
    return reasonOf(error);
  }
}

function reasonOf(error: unknown): 'absent' | 'unread' {
  const code = error instanceof vscode.FileSystemError ? error.code : '';
  return code === 'FileNotFound' || code === 'FileNotADirectory' ? 'absent' : 'unread';
}
