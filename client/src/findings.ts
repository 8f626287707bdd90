/** The tree of findings in all Dockerfiles of the workspace, as the server found and ordered them. */
import * as vscode from 'vscode';
import type { Diagnostic, WorkDoneProgressReport } from 'vscode-languageclient';
import type { Server } from './server.ts';

interface CheckedFile {
  readonly uri: string;
  readonly name: string;
  readonly gainMB: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

interface Answer {
  readonly files: readonly CheckedFile[];
  readonly checked: number;
  readonly reason: string | null;
}

/** A file, or one finding of it. */
type Node = CheckedFile | { readonly file: CheckedFile; readonly finding: Diagnostic };

const viewId = 'dockerfileStages.findings';
/** By severity of the protocol: error, warning, information, hint. */
const icons = ['error', 'warning', 'info', 'lightbulb'];

export class WorkspaceFindings implements vscode.TreeDataProvider<Node>, vscode.Disposable {
  private files: readonly CheckedFile[] = [];
  private readonly changed = new vscode.EventEmitter<undefined>();
  readonly onDidChangeTreeData = this.changed.event;
  private readonly view: vscode.TreeView<Node>;

  constructor(private readonly server: Server) {
    this.view = vscode.window.createTreeView(viewId, { treeDataProvider: this, showCollapseAll: true });
  }

  dispose(): void {
    this.view.dispose();
    this.changed.dispose();
  }

  /** The command "Check All Dockerfiles in the Workspace". Cancelled, it leaves what is shown. */
  async check(): Promise<void> {
    const options = {
      location: vscode.ProgressLocation.Notification,
      title: vscode.l10n.t('Checking Dockerfiles'),
      cancellable: true,
    };
    const answer = await vscode.window.withProgress(options, (progress, token) => this.ask(progress, token));
    if (answer === undefined) return;
    if (answer.reason !== null) {
      void vscode.window.showInformationMessage(answer.reason);
      return;
    }
    this.files = answer.files;
    const counts = { checked: answer.checked, found: answer.files.length };
    // Where nothing was found the view says so itself.
    this.view.message =
      answer.files.length === 0 ? '' : vscode.l10n.t('Checked: {checked}, with findings: {found}', counts);
    await vscode.commands.executeCommand('setContext', 'dockerfileStages.checked', true);
    this.changed.fire(undefined);
    await vscode.commands.executeCommand(`${viewId}.focus`);
  }

  getChildren(node?: Node): Node[] {
    if (node === undefined) return [...this.files];
    return 'finding' in node ? [] : node.diagnostics.map((finding) => ({ file: node, finding }));
  }

  getTreeItem(node: Node): vscode.TreeItem {
    return 'finding' in node ? findingItem(node.file, node.finding) : fileItem(node);
  }

  private async ask(
    progress: vscode.Progress<{ message?: string; increment?: number }>,
    token: vscode.CancellationToken,
  ): Promise<Answer | undefined> {
    let shown = 0;
    const report = ({ message = '', percentage = shown }: WorkDoneProgressReport): void => {
      progress.report({ message, increment: percentage - shown });
      shown = percentage;
    };
    try {
      return await this.server.request<Answer>('dockerfileStages/checkWorkspace', {}, { token, report });
    } catch (error) {
      if (token.isCancellationRequested) return undefined;
      throw error;
    }
  }
}

function fileItem({ uri, name, gainMB, diagnostics }: CheckedFile): vscode.TreeItem {
  const item = new vscode.TreeItem(name, vscode.TreeItemCollapsibleState.Expanded);
  item.id = uri;
  item.resourceUri = vscode.Uri.parse(uri);
  item.iconPath = vscode.ThemeIcon.File;
  const size = gainMB === null || gainMB < 1 ? [] : [vscode.l10n.t('about {size} MB', { size: Math.round(gainMB) })];
  item.description = [...size, `${diagnostics.length}`].join(' · ');
  return item;
}

function findingItem({ uri }: CheckedFile, { message: said, severity = 1, code, range }: Diagnostic): vscode.TreeItem {
  const message = typeof said === 'string' ? said : said.value;
  const item = new vscode.TreeItem(message);
  item.iconPath = new vscode.ThemeIcon(icons[severity - 1] ?? 'info');
  item.description = vscode.l10n.t('line {line}', { line: range.start.line + 1 });
  item.tooltip = `${message}\n${String(code ?? '')}`;
  const { start, end } = range;
  const selection = new vscode.Range(start.line, start.character, end.line, end.character);
  item.command = { command: 'vscode.open', title: message, arguments: [vscode.Uri.parse(uri), { selection }] };
  return item;
}
