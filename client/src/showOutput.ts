import type * as vscode from 'vscode';

/** Shows the output channel without taking the focus from the editor. */
export function showOutput(output: vscode.LogOutputChannel): void {
  output.show(true);
}
