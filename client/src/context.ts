/** The build context of the active Dockerfile: shown as a status item, chosen from a list. */
import * as vscode from 'vscode';
import type { Server } from './server.ts';
import { shownFolder } from './shownFolder.ts';

interface Contexts {
  readonly name: string;
  readonly options: readonly { readonly label: string; readonly detail: string; readonly value: string }[];
}

/** The part of a status that tells of the context. */
export interface ContextStatus {
  readonly uri: string;
  readonly context: string | null;
  readonly contextBy: string;
}

/** A second line in the language status, with the command that changes it. */
export class ContextItem implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;

  constructor(selector: vscode.DocumentSelector) {
    this.item = vscode.languages.createLanguageStatusItem('dockerfileStages.context', selector);
    this.item.name = 'Dockerfile Stages: Build Context';
    this.item.text = vscode.l10n.t('Build context');
    this.item.command = { command: 'dockerfileStages.chooseContext', title: vscode.l10n.t('Change') };
  }

  dispose(): void {
    this.item.dispose();
  }

  render({ uri, context, contextBy }: ContextStatus): void {
    this.item.text =
      context === null
        ? vscode.l10n.t('No build context is read')
        : vscode.l10n.t('Build context: {context}', { context: shownFolder(context, uri) });
    this.item.detail = contextBy;
  }
}

/** The command "Choose Build Context": writes the setting `contexts` of the workspace folder. */
export async function chooseContext(server: Server): Promise<void> {
  const uri = vscode.window.activeTextEditor?.document.uri;
  const folder = uri === undefined ? undefined : vscode.workspace.getWorkspaceFolder(uri);
  if (uri === undefined) return;
  const contexts = await server.request<Contexts | null>('dockerfileStages/contexts', { uri: uri.toString() });
  if (contexts === null || folder === undefined) {
    void vscode.window.showInformationMessage(
      vscode.l10n.t('Open a folder to choose the build context of its Dockerfiles.'),
    );
    return;
  }
  const browse = {
    label: vscode.l10n.t('Browse…'),
    detail: vscode.l10n.t('Another folder of the workspace'),
    value: '',
  };
  const chosen = await vscode.window.showQuickPick([...contexts.options, browse], {
    placeHolder: vscode.l10n.t('Build context of {name}', { name: contexts.name }),
    matchOnDetail: true,
  });
  const value = chosen === browse ? await browsed(folder) : chosen?.value;
  if (value === undefined) return;
  const settings = vscode.workspace.getConfiguration('dockerfileStages', folder);
  const known = settings.inspect<Record<string, string>>('contexts');
  const before = known?.workspaceFolderValue ?? known?.workspaceValue ?? {};
  const others = Object.entries(before).filter(([name]) => name !== contexts.name);
  const after = Object.fromEntries(value === 'auto' ? others : [...others, [contexts.name, value]]);
  const target = vscode.ConfigurationTarget.WorkspaceFolder;
  await settings.update('contexts', Object.keys(after).length === 0 ? undefined : after, target);
}

/** A folder as the setting names it. */
async function browsed(folder: vscode.WorkspaceFolder): Promise<string | undefined> {
  const [picked] =
    (await vscode.window.showOpenDialog({
      defaultUri: folder.uri,
      canSelectFiles: false,
      canSelectFolders: true,
      openLabel: vscode.l10n.t('Use as Build Context'),
    })) ?? [];
  if (picked === undefined) return undefined;
  const relative = vscode.workspace.asRelativePath(picked, false);
  return picked.toString() === folder.uri.toString() ? '.' : relative;
}
