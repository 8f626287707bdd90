/** Applies a split, or shows it beside the original in a diff editor with the reasons at the ends of the lines. */
import * as vscode from 'vscode';
import { askForDockerfile } from './noDockerfile.ts';
import { chooseContextButton, say } from './say.ts';
import type { Server } from './server.ts';

export const previewScheme = 'dockerfile-stages';

interface Note {
  readonly what: string;
  readonly why: string;
  readonly line: number;
}

interface Preview {
  readonly version: number;
  readonly title: string;
  readonly text: string;
  readonly savedMB: number | null;
  readonly edits: readonly { readonly range: vscode.Range; readonly newText: string }[];
  readonly left: readonly Note[];
  readonly kept: readonly Note[];
  readonly assumed: readonly Note[];
  readonly copies: readonly Note[];
  readonly targets: readonly string[];
  readonly tiers: readonly { readonly tier: string; readonly title: string }[];
}

type Answer = Preview | { readonly reason: string };

/** Commands around the preview; the server decides what is shown. */
export class SplitPreview implements vscode.TextDocumentContentProvider, vscode.Disposable {
  private readonly shown = new Map<string, { readonly source: vscode.Uri; readonly preview: Preview }>();
  private readonly changed = new vscode.EventEmitter<vscode.Uri>();
  readonly onDidChange = this.changed.event;
  private readonly reason = vscode.window.createTextEditorDecorationType({
    after: { margin: '0 0 0 2em', color: new vscode.ThemeColor('editorCodeLens.foreground') },
  });

  constructor(private readonly server: Server) {}

  dispose(): void {
    this.changed.dispose();
    this.reason.dispose();
  }

  provideTextDocumentContent(uri: vscode.Uri): string {
    return this.shown.get(uri.toString())?.preview.text ?? '';
  }

  /** The command "Preview Split": without an argument, of the active editor. */
  async show(address?: string): Promise<void> {
    const source = address === undefined ? vscode.window.activeTextEditor?.document.uri : vscode.Uri.parse(address);
    if (source === undefined) {
      askForDockerfile();
      return;
    }
    const preview = await this.chosen(source);
    if (preview === undefined) return;
    const uri = vscode.Uri.from({ scheme: previewScheme, path: source.path, query: source.toString() });
    this.shown.set(uri.toString(), { source, preview });
    this.changed.fire(uri);
    const name = source.path.slice(source.path.lastIndexOf('/') + 1);
    await vscode.commands.executeCommand('vscode.diff', source, uri, `${name}: ${preview.title}`);
    this.annotate();
  }

  /** The command "Apply This Split" of the diff editor's title bar. */
  async apply(): Promise<void> {
    const uri = this.active();
    const shown = uri === undefined ? undefined : this.shown.get(uri.toString());
    if (uri === undefined || shown === undefined) return;
    const { source, preview } = shown;
    const document = await vscode.workspace.openTextDocument(source);
    if (document.version !== preview.version) {
      void say(vscode.l10n.t('The Dockerfile has changed since the preview.'), {
        [vscode.l10n.t('Preview again')]: () => this.show(source.toString()),
      });
      return;
    }
    if (!(await vscode.workspace.applyEdit(editOf(source, preview)))) return;
    this.shown.delete(uri.toString());
    await vscode.commands.executeCommand('workbench.action.closeActiveEditor');
    await vscode.window.showTextDocument(document);
    void tell(preview, document);
  }

  /** The command "Split This Dockerfile": of the active editor, without a preview. */
  async split(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (document === undefined) {
      askForDockerfile();
      return;
    }
    const preview = await this.chosen(document.uri);
    // The text may have changed while the question was open.
    if (preview === undefined || document.version !== preview.version) return;
    if (await vscode.workspace.applyEdit(editOf(document.uri, preview))) void tell(preview, document);
  }

  /** Writes the reasons beside the lines of all visible previews and of what they were made from. */
  annotate(): void {
    void vscode.commands.executeCommand('setContext', 'dockerfileStages.previewActive', this.active() !== undefined);
    for (const editor of vscode.window.visibleTextEditors) {
      const address = editor.document.uri.toString();
      const own = this.shown.get(address);
      const other = [...this.shown.values()].find(({ source }) => source.toString() === address);
      const beside = vscode.window.visibleTextEditors.some(({ document }) => document.uri.scheme === previewScheme);
      const notes =
        own !== undefined
          ? notesOfResult(own.preview)
          : other !== undefined && beside
            ? notesOfOriginal(other.preview)
            : [];
      editor.setDecorations(this.reason, decorations(notes, editor.document));
    }
  }

  /** The split of a document; when there are several, the one that the user chooses. */
  private async chosen(source: vscode.Uri): Promise<Preview | undefined> {
    const first = await this.ask(source, undefined);
    if (first === undefined || first.tiers.length < 2) return first;
    const tier = await chooseTier(first);
    return tier === undefined ? undefined : this.ask(source, tier);
  }

  private async ask(source: vscode.Uri, tier: string | undefined): Promise<Preview | undefined> {
    const parameters = { uri: source.toString(), ...(tier === undefined ? {} : { tier }) };
    const answer = await this.server.request<Answer>('dockerfileStages/preview', parameters);
    if ('reason' in answer) {
      void say(answer.reason, chooseContextButton());
      return undefined;
    }
    return answer;
  }

  private active(): vscode.Uri | undefined {
    const input = vscode.window.tabGroups.activeTabGroup.activeTab?.input;
    return input instanceof vscode.TabInputTextDiff && input.modified.scheme === previewScheme
      ? input.modified
      : undefined;
  }
}

async function chooseTier({ tiers }: Preview): Promise<string | undefined> {
  const items = tiers.map(({ tier, title }) => ({ label: title, tier }));
  return (await vscode.window.showQuickPick(items, { placeHolder: vscode.l10n.t('Choose how far the split goes') }))
    ?.tier;
}

function editOf(uri: vscode.Uri, { edits }: Preview): vscode.WorkspaceEdit {
  const edit = new vscode.WorkspaceEdit();
  for (const { range, newText } of edits)
    edit.replace(
      uri,
      new vscode.Range(range.start.line, range.start.character, range.end.line, range.end.character),
      newText,
    );
  return edit;
}

/** A reason: in full, for the hover, and short, for the end of a line that names the thing already. */
interface Reason {
  readonly line: number;
  readonly what: string;
  readonly full: string;
  readonly short: string;
}

/** One text for each line: several reasons on a line are joined. The end of a long line is out of sight: hovers have all. */
function decorations(reasons: readonly Reason[], document: vscode.TextDocument): vscode.DecorationOptions[] {
  const lines = new Map<number, Reason[]>();
  for (const reason of reasons) {
    const line = Math.min(reason.line, document.lineCount - 1);
    lines.set(line, [...(lines.get(line) ?? []), reason]);
  }
  return [...lines].map(([line, here]) => {
    const { range, text } = document.lineAt(line);
    const contentText = here.map(({ what, full, short }) => (text.includes(what) ? short : full)).join('; ');
    const hoverMessage = here.map(({ full }) => full).join('; ');
    return { range, hoverMessage, renderOptions: { after: { contentText } } };
  });
}

function notesOfOriginal({ left, kept, assumed }: Preview): Reason[] {
  return [
    ...left.map(({ line, what, why }) => {
      return {
        line,
        what,
        full: vscode.l10n.t('left behind: {what}, {why}', { what, why }),
        short: vscode.l10n.t('left behind: {why}', { why }),
      };
    }),
    ...kept.map(({ line, what, why }) => {
      return {
        line,
        what,
        full: vscode.l10n.t('kept: {what}, {why}', { what, why }),
        short: vscode.l10n.t('kept: {why}', { why }),
      };
    }),
    ...assumed.map(({ line, what, why }) => {
      const said = vscode.l10n.t('assumed: {why}', { why });
      return { line, what, full: said, short: said };
    }),
  ];
}

function notesOfResult({ copies }: Preview): Reason[] {
  return copies.filter(({ line }) => line >= 0).map(({ line, what, why }) => ({ line, what, full: why, short: why }));
}

/** What was left, kept and assumed. The split can be taken back while nothing was changed after it. */
async function tell(preview: Preview, document: vscode.TextDocument): Promise<void> {
  const { version } = document;
  const undo = async () => {
    if (document.isClosed || document.version !== version)
      return say(vscode.l10n.t('The Dockerfile has changed since the split: undo it there.'), {});
    await vscode.window.showTextDocument(document);
    return vscode.commands.executeCommand('undo');
  };
  await say(summary(preview), { [vscode.l10n.t('Undo')]: undo });
}

function summary({ savedMB, left, kept, assumed, targets }: Preview): string {
  const names = (notes: readonly Note[]): string => [...new Set(notes.map(({ what }) => what))].join(', ');
  const behind = { names: names(left), size: Math.round(savedMB ?? 0) };
  const parts = [
    behind.size < 1
      ? vscode.l10n.t('Left behind: {names}.', behind)
      : vscode.l10n.t('Left behind: {names} (about {size} MB).', behind),
    ...(kept.length > 0 ? [vscode.l10n.t('Kept: {names}.', { names: names(kept) })] : []),
    ...(assumed.length > 0
      ? [vscode.l10n.t('Assumed: {reasons}', { reasons: assumed.map(({ why }) => why).join(' ') })]
      : []),
    ...targets,
  ];
  return parts.join(' ');
}
