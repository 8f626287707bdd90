import * as vscode from 'vscode';

/** Extensions that bring the Dockerfile Language Server: outline, definition, references and rename are theirs already. */
const withLanguageServer = ['ms-azuretools.vscode-containers', 'ms-azuretools.vscode-docker', 'docker.docker'];

/** True when one of them is installed and enabled. */
export function isNavigatedElsewhere(): boolean {
  return withLanguageServer.some((id) => vscode.extensions.getExtension(id) !== undefined);
}
