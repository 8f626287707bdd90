/** Starts the language server and registers what the user can call; everything else is decided by the server. */
import * as vscode from 'vscode';
import type { LanguageClientOptions } from 'vscode-languageclient';
import { WorkspaceFindings } from './findings.ts';
import { chooseContext, ContextItem } from './context.ts';
import { answerReads } from './files.ts';
import { isNavigatedElsewhere } from './neighbours.ts';
import { previewScheme, SplitPreview } from './preview.ts';
import { reportWrongSplit } from './report.ts';
import { LanguageServer, type Library } from './server.ts';
import { showOutput } from './showOutput.ts';
import { type Status, StatusItem } from './status.ts';

let server: LanguageServer | undefined;

/** Files, and whatever file systems the workspace folders are of; not views of something else. */
function selector(): { readonly scheme: string; readonly language: string }[] {
  const folders = vscode.workspace.workspaceFolders?.map(({ uri }) => uri.scheme) ?? [];
  const schemes = new Set(['file', 'untitled', 'vscode-vfs', 'vscode-test-web', 'memfs', ...folders]);
  return [...schemes].flatMap((scheme) => ['dockerfile', 'containerfile'].map((language) => ({ scheme, language })));
}

/** What both entries do when the first Dockerfile is opened or a command of ours is called: nothing that takes time. */
export function activateWith(context: vscode.ExtensionContext, load: () => Promise<Library>): void {
  const output = vscode.window.createOutputChannel('Dockerfile Stages', { log: true });
  const documents = selector();
  const folder = new ContextItem(documents);
  const status = new StatusItem(documents, (one) => folder.render(one));
  let navigatedElsewhere = false;
  const running = new LanguageServer(
    load,
    () => {
      navigatedElsewhere = isNavigatedElsewhere();
      return clientOptions(documents, output, navigatedElsewhere);
    },
    (client) => {
      answerReads(client);
      client.onNotification('dockerfileStages/status', (one: Status) => status.update(one));
    },
  );
  server = running;
  const preview = new SplitPreview(running);
  const findings = new WorkspaceFindings(running);
  void vscode.commands.executeCommand('setContext', 'dockerfileStages.active', true);
  const restart = () => running.restart();
  context.subscriptions.push(
    output,
    folder,
    status,
    preview,
    findings,
    vscode.workspace.registerTextDocumentContentProvider(previewScheme, preview),
    vscode.window.onDidChangeVisibleTextEditors(() => preview.annotate()),
    vscode.window.tabGroups.onDidChangeTabs(() => preview.annotate()),
    vscode.commands.registerCommand('dockerfileStages.restartServer', restart),
    vscode.commands.registerCommand('dockerfileStages.showOutput', () => showOutput(output)),
    vscode.commands.registerCommand('dockerfileStages.split', () => preview.split()),
    vscode.commands.registerCommand('dockerfileStages.previewSplit', (uri?: unknown) => preview.show(address(uri))),
    vscode.commands.registerCommand('dockerfileStages.applySplit', () => preview.apply()),
    vscode.commands.registerCommand('dockerfileStages.explain', (uri?: unknown) =>
      status.explain(running, address(uri)),
    ),
    vscode.commands.registerCommand('dockerfileStages.checkWorkspace', () => findings.check()),
    vscode.commands.registerCommand('dockerfileStages.chooseContext', () => chooseContext(running)),
    vscode.commands.registerCommand('dockerfileStages.reportWrongSplit', () => reportWrongSplit(running)),
    vscode.extensions.onDidChange(() => (navigatedElsewhere === isNavigatedElsewhere() ? undefined : restart())),
    // Trust decides whether the build context may be read.
    vscode.workspace.onDidGrantWorkspaceTrust(restart),
  );
  // The editor is not kept waiting for the library and the server: they come when it has finished the activation.
  setTimeout(() => void running.start().catch((error: unknown) => output.error(String(error))));
}

/** Called by the editor when it closes. */
export async function deactivate(): Promise<void> {
  await server?.dispose();
}

function clientOptions(
  documents: { readonly scheme: string; readonly language: string }[],
  output: vscode.LogOutputChannel,
  navigatedElsewhere: boolean,
): LanguageClientOptions {
  return {
    documentSelector: documents,
    initializationOptions: {
      trusted: vscode.workspace.isTrusted,
      commands: true,
      status: true,
      readFiles: true,
      navigatedElsewhere,
    },
    outputChannel: output,
  };
}

/** A lens gives the address of its document; the palette gives nothing, a menu gives a Uri. */
function address(given: unknown): string | undefined {
  return typeof given === 'string' ? given : given instanceof vscode.Uri ? given.toString() : undefined;
}
