/** A language client over an in-memory connection. */
import { PassThrough } from 'node:stream';
import {
  type CodeAction,
  type CodeActionParams,
  createConnection,
  createProtocolConnection,
  type Diagnostic,
  type Hover,
  type InitializeResult,
  type ProtocolConnection,
  type PublishDiagnosticsParams,
  StreamMessageReader,
  StreamMessageWriter,
} from 'vscode-languageserver/node';
import type { Engine } from '../../server/src/engine/model/analysis.ts';
import { nodeHost } from '../../server/src/host/serverHost.ts';
import { serve } from '../../server/src/serve.ts';
import { startServer } from '../../server/src/server.ts';

export interface TestClient {
  readonly connection: ProtocolConnection;
  readonly initialized: InitializeResult;
  readonly published: PublishDiagnosticsParams[];
  /** Registrations the server asked for, by method. */
  readonly registered: { readonly method: string; readonly options: unknown }[];
  /** What `workspace/configuration` is answered with; a promise is awaited. */
  settings: unknown;
  open(uri: string, text: string): void;
  change(uri: string, version: number, text: string): void;
  /** The next publication for a document, of at least that version; those seen before do not count. */
  diagnostics(uri: string, version?: number): Promise<Diagnostic[]>;
  /** Asks for code actions; the range is the first occurrence of `word` in `text`. Without those that only silence a finding. */
  actions(uri: string, text: string, word: string, only?: string[]): Promise<CodeAction[]>;
  hover(uri: string, line: number, character: number): Promise<Hover | null>;
  /** Shuts the server down in good order. */
  dispose(): Promise<void>;
}

/** Everything VS Code can do, as far as we care. */
export const capableClient = {
  workspace: {
    configuration: true,
    didChangeConfiguration: { dynamicRegistration: true },
    didChangeWatchedFiles: { dynamicRegistration: true, relativePatternSupport: true },
    workspaceEdit: { documentChanges: true },
    workspaceFolders: true,
  },
  textDocument: {
    codeAction: {
      codeActionLiteralSupport: { codeActionKind: { valueSet: [] } },
      dataSupport: true,
      disabledSupport: true,
      isPreferredSupport: true,
      resolveSupport: { properties: ['edit'] },
    },
    hover: { contentFormat: ['markdown'] },
    publishDiagnostics: { relatedInformation: true, codeDescriptionSupport: true, versionSupport: true },
  },
};

/** A client that can do as little as the protocol allows, but knows code action literals. */
export const modestClient = {
  textDocument: { codeAction: { codeActionLiteralSupport: { codeActionKind: { valueSet: [] } } } },
};

/** Starts a server with an engine and initializes it. */
export async function startClient(
  engine: Engine,
  options: {
    capabilities?: object;
    folders?: string[];
    trusted?: boolean;
    settings?: unknown;
    status?: boolean;
    navigatedElsewhere?: boolean;
    locale?: string;
    readFiles?: boolean;
  } = {},
): Promise<TestClient> {
  const toServer = new PassThrough();
  const toClient = new PassThrough();
  const server = createConnection(new StreamMessageReader(toServer), new StreamMessageWriter(toClient));
  // These tests count what the engine is asked; the real server process warms up (stdio.test.ts).
  startServer(server, () => (connection, known, catalogue) => {
    serve(connection, engine, { ...nodeHost, warmUp: () => () => undefined }, known, catalogue);
  });
  const connection = createProtocolConnection(new StreamMessageReader(toClient), new StreamMessageWriter(toServer));

  const published: PublishDiagnosticsParams[] = [];
  const registered: { method: string; options: unknown }[] = [];
  const waiting: (() => void)[] = [];
  connection.onNotification('textDocument/publishDiagnostics', (params: PublishDiagnosticsParams) => {
    published.push(params);
    for (const wake of waiting.splice(0)) wake();
  });
  connection.onRequest('workspace/configuration', async ({ items }: { items: unknown[] }) => {
    const settings = await client.settings;
    return items.map(() => settings);
  });
  connection.onRequest(
    'client/registerCapability',
    (params: { registrations: { method: string; registerOptions: unknown }[] }) => {
      registered.push(
        ...params.registrations.map((entry) => ({ method: entry.method, options: entry.registerOptions })),
      );
      return null;
    },
  );
  connection.onRequest('client/unregisterCapability', () => null);
  connection.listen();
  const initialized = await connection.sendRequest<InitializeResult>('initialize', {
    processId: null,
    rootUri: null,
    workspaceFolders: options.folders?.map((uri) => ({ uri, name: 'folder' })) ?? null,
    capabilities: options.capabilities ?? capableClient,
    ...(options.locale === undefined ? {} : { locale: options.locale }),
    initializationOptions: {
      trusted: options.trusted ?? true,
      settings: options.settings,
      status: options.status,
      navigatedElsewhere: options.navigatedElsewhere,
      readFiles: options.readFiles,
    },
  });
  await connection.sendNotification('initialized', {});

  const seen = new Map<string, number>();
  const client: TestClient = {
    connection,
    initialized,
    published,
    registered,
    settings: options.settings ?? null,
    open(uri, text) {
      const textDocument = { uri, languageId: 'dockerfile', version: 1, text };
      void connection.sendNotification('textDocument/didOpen', { textDocument });
    },
    change(uri, version, text) {
      void connection.sendNotification('textDocument/didChange', {
        textDocument: { uri, version },
        contentChanges: [{ text }],
      });
    },
    async diagnostics(uri, version = 0) {
      for (;;) {
        const from = seen.get(uri) ?? 0;
        const index = published.findIndex(
          (entry, at) => at >= from && entry.uri === uri && (entry.version ?? 0) >= version,
        );
        const found = published[index];
        if (found !== undefined) {
          seen.set(uri, index + 1);
          return found.diagnostics;
        }
        await new Promise<void>((resolve) => waiting.push(resolve));
      }
    },
    async actions(uri, text, word, only) {
      const params: CodeActionParams = {
        textDocument: { uri },
        range: rangeOfWord(text, word),
        context: { diagnostics: [], ...(only === undefined ? {} : { only }) },
      };
      const all = (await connection.sendRequest<CodeAction[] | null>('textDocument/codeAction', params)) ?? [];
      return all.filter((action) => !action.title.startsWith('Ignore '));
    },
    hover: (uri, line, character) =>
      connection.sendRequest('textDocument/hover', { textDocument: { uri }, position: { line, character } }),
    async dispose() {
      await connection.sendRequest('shutdown');
      connection.dispose();
      server.dispose();
    },
  };
  return client;
}

/** The range of the first occurrence of a word, on one line. */
export function rangeOfWord(text: string, word: string): Diagnostic['range'] {
  const lines = text.split('\n');
  const line = lines.findIndex((candidate) => candidate.includes(word));
  const character = (lines[line] ?? '').indexOf(word);
  return { start: { line, character }, end: { line, character: character + word.length } };
}
