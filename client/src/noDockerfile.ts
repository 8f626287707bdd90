import * as vscode from 'vscode';

/** Said by a command that works on the active Dockerfile when none is. */
export function askForDockerfile(): void {
  void vscode.window.showInformationMessage(vscode.l10n.t('Open a Dockerfile first.'));
}
