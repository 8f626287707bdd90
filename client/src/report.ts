import * as vscode from 'vscode';
import type { Server } from './server.ts';

/** The command "Report a Wrong Split": an untitled document with the report. Nothing leaves the machine. */
export async function reportWrongSplit(server: Server): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri.toString();
  if (uri === undefined) return;
  const content = await server.request<string | null>('dockerfileStages/report', { uri });
  if (content === null) return;
  await vscode.window.showTextDocument(await vscode.workspace.openTextDocument({ language: 'markdown', content }));
}
