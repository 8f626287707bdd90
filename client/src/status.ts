/** The language status item: what was found in the active Dockerfile, or why there is nothing. */
import * as vscode from 'vscode';
import { askForDockerfile } from './noDockerfile.ts';
import { chooseContextButton, say } from './say.ts';
import type { Server } from './server.ts';
import { shownFolder } from './shownFolder.ts';

export interface Status {
  readonly uri: string;
  readonly status: string;
  readonly label: string;
  readonly detail: string;
  readonly context: string | null;
  readonly contextBy: string;
  readonly factsDate: string | null;
}

/** Keeps what the server last said of each document and shows that of the active one. */
export class StatusItem implements vscode.Disposable {
  private readonly item: vscode.LanguageStatusItem;
  private facts: vscode.LanguageStatusItem | undefined;
  private readonly known = new Map<string, Status>();
  private readonly subscriptions: vscode.Disposable[];

  /** `beside`: called with the status that is shown. */
  constructor(
    private readonly selector: vscode.DocumentSelector,
    private readonly beside: (status: Status) => void,
  ) {
    this.item = vscode.languages.createLanguageStatusItem('dockerfileStages.status', selector);
    this.item.name = 'Dockerfile Stages';
    this.item.text = 'Dockerfile Stages';
    this.subscriptions = [
      vscode.window.onDidChangeActiveTextEditor(() => this.render()),
      vscode.workspace.onDidCloseTextDocument(({ uri }) => void this.known.delete(uri.toString())),
    ];
  }

  dispose(): void {
    this.item.dispose();
    this.facts?.dispose();
    for (const one of this.subscriptions) one.dispose();
  }

  update(status: Status): void {
    this.known.set(status.uri, status);
    this.render();
  }

  /** The command "Explain": the reason in words. */
  async explain(server: Server, address?: string): Promise<void> {
    const uri = address ?? vscode.window.activeTextEditor?.document.uri.toString();
    if (uri === undefined) {
      askForDockerfile();
      return;
    }
    const status = await server.request<Status>('dockerfileStages/status', { uri });
    const preview = () => vscode.commands.executeCommand('dockerfileStages.previewSplit', uri);
    const first = status.status === 'split' ? { [vscode.l10n.t('Preview')]: preview } : {};
    // Nobody waits for the answer.
    void say(sentences(status), { ...first, ...chooseContextButton() });
  }

  private render(): void {
    const status = this.known.get(vscode.window.activeTextEditor?.document.uri.toString() ?? '');
    if (status === undefined) return;
    this.beside(status);
    const splits = status.status === 'split';
    this.item.text = splits ? `$(layers) ${status.label}` : status.label;
    this.item.detail = shortened(status.detail);
    this.item.command = splits
      ? { command: 'dockerfileStages.previewSplit', title: vscode.l10n.t('Preview'), arguments: [status.uri] }
      : { command: 'dockerfileStages.explain', title: vscode.l10n.t('Why?'), arguments: [status.uri] };
    if (status.factsDate !== null) this.renderFacts(status.factsDate);
  }

  /** A line of its own: beside a reason the link after it would be out of sight. */
  private renderFacts(date: string): void {
    this.facts ??= vscode.languages.createLanguageStatusItem('dockerfileStages.facts', this.selector);
    this.facts.name = 'Dockerfile Stages: Facts';
    this.facts.text = vscode.l10n.t('Facts of {date}', { date });
    this.facts.detail = vscode.l10n.t('about images and packages');
  }
}

/** As much of a reason as the editor has room for before the link that tells all of it. */
function shortened(text: string): string {
  const room = 40;
  return text.length <= room ? text : `${text.slice(0, text.lastIndexOf(' ', room))} …`;
}

function sentences(status: Status): string {
  const { uri, label, context, contextBy } = status;
  const folder =
    context === null
      ? vscode.l10n.t('No build context is read: {reason}', { reason: contextBy })
      : vscode.l10n.t('Build context: {context} ({source})', { context: shownFolder(context, uri), source: contextBy });
  return [label, ...facts(status), folder].join(' · ');
}

function facts({ detail, factsDate }: Status): string[] {
  return [
    ...(detail === '' ? [] : [detail]),
    ...(factsDate === null ? [] : [vscode.l10n.t('Facts of {date}', { date: factsDate })]),
  ];
}
