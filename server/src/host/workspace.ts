/**
 * The state that the features share: open documents, their settings, their
 * contexts, and one analysis for each version of a document.
 */
import type { TextDocuments } from 'vscode-languageserver';
import type { TextDocument } from 'vscode-languageserver-textdocument';
import type { Analysis, Engine } from '../engine/model/analysis.ts';
import { URI } from 'vscode-uri';
import type { Client } from './client.ts';
import { contextOf } from './contextOf.ts';
import { analyseInContext, type DocumentContext, type FileChange } from './documentContext.ts';
import type { Files } from './files/files.ts';
import type { Language } from './language.ts';
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
  /** Files of the context are being read; then the document is analysed again. */
  loading: Promise<void> | undefined;
  /** The listeners were told once. */
  told: boolean;
}

/** The first answer waits so many milliseconds for files of the context. */
const patience = 1500;
/** How often a request waits for files that the analysis before asked for. */
const maximumWaits = 8;

/** Documents of other schemes are views of something else (a diff, a history): there we are quiet. */
const editableSchemes = /^(file|untitled|vscode-vfs|vscode-remote|vscode-test-web|memfs):/;

export class Workspace {
  readonly engine: Engine;
  readonly documents: TextDocuments<TextDocument>;
  /** The files beside a document; `undefined` where none may be read. */
  readonly filesOf: (uri: URI) => Files | undefined;
  readonly fetchSettings: (uri: string) => Promise<HostSettings>;
  private readonly log: (message: string) => void;
  private readonly open = new Map<string, OpenDocument>();
  private readonly listeners: ((uri: string) => void)[] = [];
  readonly client: Client;
  private readonly language: Language;
  private folders: readonly string[];

  constructor(parts: {
    engine: Engine;
    client: Client;
    language: Language;
    /** The files beside a document; `undefined` where none may be read. */
    filesOf: (uri: URI) => Files | undefined;
    documents: TextDocuments<TextDocument>;
    fetchSettings: (uri: string) => Promise<HostSettings>;
    log: (message: string) => void;
  }) {
    this.engine = parts.engine;
    this.client = parts.client;
    this.language = parts.language;
    this.folders = parts.client.folders;
    this.filesOf = parts.filesOf;
    this.documents = parts.documents;
    this.fetchSettings = parts.fetchSettings;
    this.log = parts.log;
    this.documents.onDidChangeContent(({ document }) => this.schedule(document.uri));
    this.documents.onDidSave(({ document }) => this.forgetContext(document.uri));
    this.documents.onDidClose(({ document }) => this.close(document.uri));
  }

  /** What the engine says, in the language of the editor. */
  readonly say = (text: string): string => (text === '' ? text : this.language.say(text));

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
    let current = this.analysedNow(uri);
    for (let waits = 0; state.loading !== undefined && waits < maximumWaits; waits++) {
      await state.loading;
      current = this.analysedNow(uri);
    }
    return current;
  }

  /** As `analysed`, where names of stages are ours to find: not beside another extension that does so, unless a setting says it. */
  async navigated(uri: string): Promise<Analysed | undefined> {
    const current = await this.analysed(uri);
    const wanted = current?.settings.navigation;
    return wanted === 'on' || (wanted === 'auto' && !this.client.navigatedElsewhere) ? current : undefined;
  }

  /** As `analysed`, for a document whose settings are known, with what was read of its context so far. */
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
      const unknown = { settings: undefined, resolved: undefined, context: undefined, cached: undefined };
      Object.assign(state, { ...unknown, loading: undefined });
      this.schedule(uri);
    }
  }

  /** Files changed: analyses again the documents whose context had them. `uri`: any in the place of the change. */
  filesChanged(changes: readonly (FileChange & { readonly uri: URI })[]): void {
    for (const [uri, state] of this.open) {
      const { scheme, authority } = URI.parse(uri);
      const known = changes
        .filter((change) => change.uri.scheme === scheme && change.uri.authority === authority)
        .map((change) => state.context?.value?.forget(change) ?? false);
      if (known.includes(true)) this.invalidate(uri, state);
    }
  }

  /** What the open documents have read of their contexts; `root`: the URI of a folder. */
  watched(): readonly { readonly root: string; readonly patterns: readonly string[] }[] {
    return [...this.open].flatMap(([uri, state]) =>
      (state.context?.value?.watched() ?? []).map(({ root, patterns }) => ({
        root: URI.parse(uri).with({ path: root }).toString(),
        patterns,
      })),
    );
  }

  /** The build context of a document as it was found last; `undefined` when none may be read. */
  contextOf(uri: string): DocumentContext | undefined {
    return this.open.get(uri)?.context?.value;
  }

  /** URIs of the workspace folders. */
  get workspaceFolders(): readonly string[] {
    return this.folders;
  }

  private analyse(document: TextDocument, state: OpenDocument, settings: HostSettings): Analysed | undefined {
    if (!settings.enable || !this.isEditable(document.uri)) return undefined;
    state.context ??= { value: contextOf(document.uri, settings, this.folders, this.filesOf) };
    try {
      const { analysis, loading } = analyseInContext(
        this.engine,
        document.getText(),
        settings.engine,
        state.context.value,
        state.cached?.analysed?.analysis,
      );
      if (loading !== undefined) this.wait(document.uri, state, loading);
      const conflict = analysis.file.problems.some((problem) => problem.code === 'conflict-marker');
      return conflict ? undefined : { document, version: document.version, analysis, settings };
    } catch (error) {
      this.report(document.uri, error);
      return undefined;
    }
  }

  /** Views of something else are quiet; the file system of a workspace folder is none. */
  private isEditable(uri: string): boolean {
    return (
      editableSchemes.test(uri) || this.folders.some((folder) => URI.parse(folder).scheme === URI.parse(uri).scheme)
    );
  }

  /** Analyses again when files of the context are there. */
  private wait(uri: string, state: OpenDocument, loading: Promise<unknown>): void {
    const loaded = loading
      .catch((error: unknown) => this.report(uri, error))
      .then(() => {
        if (state.loading !== loaded || this.open.get(uri) !== state) return;
        state.loading = undefined;
        this.invalidate(uri, state);
      });
    state.loading = loaded;
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
        if (state.resolved !== undefined) this.tell(uri, state);
        else void this.settle(uri, state).then(() => this.tell(uri, state));
      });
    });
  }

  /** The first time files of the context are waited for a while, so that what is said first is not half of it. */
  private tell(uri: string, state: OpenDocument): void {
    if (!state.told) this.analysedNow(uri);
    if (state.told || state.loading === undefined) {
      state.told = true;
      this.notify(uri);
      return;
    }
    setTimeout(() => {
      if (state.told || this.open.get(uri) !== state) return;
      state.told = true;
      this.notify(uri);
    }, patience);
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

  /** Writes a failure to the log. */
  report(uri: string, error: unknown): void {
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
      state = {
        settings: undefined,
        resolved: undefined,
        context: undefined,
        cached: undefined,
        pending: undefined,
        loading: undefined,
        told: false,
      };
      this.open.set(uri, state);
    }
    return state;
  }
}
