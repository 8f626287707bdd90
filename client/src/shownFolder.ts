import * as vscode from 'vscode';

/**
 * A folder as people know it: by its path below the workspace, where it lies there.
 * `named`: its path, or its URI where it is on no disk; `uri`: of the document it is for.
 */
export function shownFolder(named: string, uri: string): string {
  const workspace = vscode.workspace.getWorkspaceFolder(vscode.Uri.parse(uri));
  // A drive has one letter.
  const address = /^\w[\w+.-]+:/.test(named) ? vscode.Uri.parse(named) : vscode.Uri.file(named);
  if (workspace === undefined) return named;
  return address.toString() === workspace.uri.toString() ? workspace.name : vscode.workspace.asRelativePath(address);
}
