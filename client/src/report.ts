import * as vscode from 'vscode';
import type { BaseLanguageClient } from 'vscode-languageclient';

/** The command "Report a Wrong Split": an untitled document with the report. Nothing leaves the machine. */
export async function reportWrongSplit(client: BaseLanguageClient | undefined): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (uri === undefined || client === undefined) return;
  const content = await client.sendRequest<string | null>('dockerfileStages/report', { uri });
  if (content === null) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}
