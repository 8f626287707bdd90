import * as vscode from 'vscode';

/** The command "Split This Dockerfile": applies the split that the server offers, asking when there are several. */
export async function splitDocument(): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (editor === undefined) return;
  const actions = await splits(editor.document);
  const offered = actions.filter((action) => action.disabled === undefined && action.edit !== undefined);
  const chosen = offered.length > 1 ? await choose(offered) : offered[0];
  if (chosen?.edit !== undefined) {
    await vscode.workspace.applyEdit(chosen.edit);
  } else if (offered.length === 0) {
    const reason = actions.find((action) => action.disabled !== undefined)?.disabled?.reason;
    void vscode.window.showInformationMessage(reason ?? 'There is nothing to split in this file.');
  }
}

/** The server's split actions with their edits; their titles begin with "Split". */
async function splits(document: vscode.TextDocument): Promise<readonly vscode.CodeAction[]> {
  const everything = new vscode.Range(document.positionAt(0), document.positionAt(document.getText().length));
  const actions = await vscode.commands.executeCommand<readonly vscode.CodeAction[] | undefined>(
    'vscode.executeCodeActionProvider',
    document.uri,
    everything,
    vscode.CodeActionKind.RefactorRewrite.value,
    100,
  );
  return (actions ?? []).filter((action) => action.title.startsWith('Split'));
}

async function choose(offered: readonly vscode.CodeAction[]): Promise<vscode.CodeAction | undefined> {
  const items = offered.map((action) => ({ label: action.title, action }));
  return (await vscode.window.showQuickPick(items, { placeHolder: 'Choose how far the split goes' }))?.action;
}
