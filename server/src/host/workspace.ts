/**
 * The state that the features share: open documents, their settings, their
 * contexts, and one analysis for each version of a document.
 */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis, Engine } from '../engine/model/analysis.ts';
import type { Client } from './client.ts';
import { analyseInContext, type DocumentContext } from './documentContext.ts';
import { Language } from './language.ts';
import type { ServerHost } from './serverHost.ts';
import type { HostSettings } from './settings.ts';

/** A document and what the engine says of exactly this version. */
export interface Analysed {
  readonly document: TextDocument;
  readonly version: number;
  readonly analysis: Analysis;
  readonly settings: HostSettings;
}

interface OpenDocument {
  settings: Promise<HostSettings> | undefined;
  resolved: HostSettings | undefined;
  context: { readonly value: DocumentContext | undefined } | undefined;
  cached: { readonly version: number; readonly analysed: Analysed | undefined } | undefined;
  pending: NodeJS.Immediate | undefined;
}

/** Documents of other schemes are views of something else (a diff, a history): there we are quiet. */
const editableSchemes = /^(file|untitled|vscode-vfs|vscode-remote|vscode-test-web|memfs):/;

export class Workspace {
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  private readonly host: ServerHost;
  private readonly fetchSettings: (uri: string) => Promise<HostSettings>;
  private readonly log: (message: string) => void;
  private readonly open = new Map<string, OpenDocument>();
  private readonly listeners: ((uri: string) => void)[] = [];
  private knownClient: Client | undefined;
  private language = new Language();
  private folders: readonly string[] = [];

  constructor(parts: {
    engine: Engine;
    host: ServerHost;
    documents: TextDocuments<TextDocument>;
    fetchSettings: (uri: string) => Promise<HostSettings>;
    log: (message: string) => void;
  }) {
    this.engine = parts.engine;
    this.host = parts.host;
    this.documents = parts.documents;
    this.fetchSettings = parts.fetchSettings;
    this.log = parts.log;
    this.documents.onDidChangeContent(({ document }) => this.schedule(document.uri));
    this.documents.onDidSave(({ document }) => this.forgetContext(document.uri));
    this.documents.onDidClose(({ document }) => this.close(document.uri));
  }

  /** The editor; known once `initialize` came in. */
  get client(): Client {
    if (this.knownClient === undefined) throw new Error('not initialized');
    return this.knownClient;
  }

  /** What the engine says, in the language of the editor. */
  readonly say = (text: string): string => (text === '' ? text : this.language.say(text));

  /** `language`: without one everything is said in English. */
  initialize(client: Client, language?: Language): void {
    this.knownClient = client;
    this.language = language ?? this.language;
    this.folders = client.folders;
  }

  /** Workspace folders (URIs) came and went. */
  changeFolders(added: readonly string[], removed: readonly string[]): void {
    this.folders = [...this.folders.filter((folder) => !removed.includes(folder)), ...added];
    this.refreshAll();
  }

  /** Called with the URI of each document that has a new analysis or was closed, soon after the change. */
  onRefresh(listener: (uri: string) => void): void {
    this.listeners.push(listener);
  }

  /** The analysis of the present version; `undefined` when the document is closed, switched off, or we are quiet there. */
  async analysed(uri: string): Promise<Analysed | undefined> {
    const state = this.open.get(uri);
    if (state === undefined) return undefined;
    if (state.resolved === undefined) await this.settle(uri, state);
    return this.analysedNow(uri);
  }

  /** As `analysed`, where names of stages are ours to find: not beside another extension that does so, unless a setting says it. */
  async navigated(uri: string): Promise<Analysed | undefined> {
    const current = await this.analysed(uri);
    const wanted = current?.settings.navigation;
    return wanted === 'on' || (wanted === 'auto' && !this.client.navigatedElsewhere) ? current : undefined;
  }

  /** As `analysed`, for a document whose settings are known. */
  analysedNow(uri: string): Analysed | undefined {
    const document = this.documents.get(uri);
    const state = this.open.get(uri);
    if (document === undefined || state?.resolved === undefined) return undefined;
    if (state.cached?.version !== document.version) {
      state.cached = { version: document.version, analysed: this.analyse(document, state, state.resolved) };
    }
    return state.cached.analysed;
  }

  /** Reads settings again and analyses every open document again. */
  refreshAll(): void {
    for (const [uri, state] of this.open) {
      Object.assign(state, { settings: undefined, resolved: undefined, context: undefined, cached: undefined });
      this.schedule(uri);
    }
  }

  /** Files (absolute paths) changed on disk: analyses again the documents whose context had them. */
  filesChanged(files: readonly string[]): void {
    for (const [uri, state] of this.open) {
      const known = files.map((file) => state.context?.value?.forget(file) ?? false);
      if (known.includes(true)) this.invalidate(uri, state);
    }
  }

  /** What the open documents have read of their contexts. */
  watched(): readonly { readonly root: string; readonly patterns: readonly string[] }[] {
    return [...this.open.values()]
      .map((state) => state.context?.value?.watched())
      .filter((entry) => entry !== undefined);
  }

  /** The folder of the build context that the last analysis of a document used. */
  contextRoot(uri: string): string | undefined {
    return this.open.get(uri)?.context?.value?.current?.root;
  }

  private analyse(document: TextDocument, state: OpenDocument, settings: HostSettings): Analysed | undefined {
    if (!settings.enable || !editableSchemes.test(document.uri)) return undefined;
    state.context ??= {
      value: this.client.trusted ? this.host.contextOf(document.uri, settings.context, this.folders) : undefined,
    };
    try {
      const analysis = analyseInContext(
        this.engine,
        document.getText(),
        settings.engine,
        state.context.value,
        state.cached?.analysed?.analysis,
      );
      const conflict = analysis.file.problems.some((problem) => problem.code === 'conflict-marker');
      return conflict ? undefined : { document, version: document.version, analysis, settings };
    } catch (error) {
      this.report(document.uri, error);
      return undefined;
    }
  }

  /**
   * Tells the listeners once the queue of messages is drained: the connection
   * handles one message a turn, so two turns without a change mean there is none.
   */
  private schedule(uri: string): void {
    const state = this.stateOf(uri);
    clearImmediate(state.pending);
    state.pending = setImmediate(() => {
      state.pending = setImmediate(() => {
        state.pending = undefined;
        if (state.resolved !== undefined) this.notify(uri);
        else void this.settle(uri, state).then(() => this.notify(uri));
      });
    });
  }

  private async settle(uri: string, state: OpenDocument): Promise<void> {
    const asked = (state.settings ??= this.fetchSettings(uri));
    const settings = await asked;
    // Settings that changed while we waited are asked for again.
    if (state.settings === asked) state.resolved = settings;
    else if (this.open.get(uri) === state) await this.settle(uri, state);
  }

  /** Runs outside any request: a failure here must not end the process. */
  private notify(uri: string): void {
    for (const listener of this.listeners) {
      try {
        listener(uri);
      } catch (error) {
        this.report(uri, error);
      }
    }
  }

  private report(uri: string, error: unknown): void {
    this.log(`${uri}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`);
  }

  private forgetContext(uri: string): void {
    const state = this.open.get(uri);
    if (state?.context?.value === undefined) return;
    state.context.value.clear();
    this.invalidate(uri, state);
  }

  private invalidate(uri: string, state: OpenDocument): void {
    state.cached = undefined;
    this.schedule(uri);
  }

  private close(uri: string): void {
    clearImmediate(this.open.get(uri)?.pending);
    this.open.delete(uri);
    this.notify(uri);
  }

  private stateOf(uri: string): OpenDocument {
    let state = this.open.get(uri);
    if (state === undefined) {
      state = { settings: undefined, resolved: undefined, context: undefined, cached: undefined, pending: undefined };
      this.open.set(uri, state);
    }
    return state;
  }
}
