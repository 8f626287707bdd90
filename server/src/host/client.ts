import type { InitializeParams } from 'vscode-languageserver';

/** What the editor at the other end can do, and what it told us at the start. */
export interface Client {
  /** `workspace/configuration` is answered. */
  readonly configuration: boolean;
  readonly dynamicConfiguration: boolean;
  readonly dynamicWatchers: boolean;
  readonly relativePatterns: boolean;
  readonly documentChanges: boolean;
  readonly codeActionLiterals: boolean;
  readonly disabledActions: boolean;
  readonly preferredActions: boolean;
  /** Edits of code actions may come with `codeAction/resolve`. */
  readonly resolvesEdits: boolean;
  readonly markdownHover: boolean;
  readonly relatedInformation: boolean;
  readonly codeDescription: boolean;
  /** Our own commands are there (`dockerfileStages.*`): our client says so. */
  readonly commands: boolean;
  /** Takes the notification `dockerfileStages/status`. */
  readonly statusNotifications: boolean;
  /** Another extension shows outlines and finds definitions in Dockerfiles: our client says so. */
  readonly navigatedElsewhere: boolean;
  /** Outlines may be trees. */
  readonly symbolTrees: boolean;
  /** A place can be asked for before a name. */
  readonly preparesRename: boolean;
  /** `workspace/codeLens/refresh` is answered. */
  readonly lensRefresh: boolean;
  /** Answers `dockerfileStages/readFile` and `dockerfileStages/readFolder`. */
  readonly readsFiles: boolean;
  /** Files of the build context may be read. */
  readonly trusted: boolean;
  /** Language tag of the editor; '' when it did not say. */
  readonly locale: string;
  /** Address of the folder with the tables of facts, for a server that cannot read a disk. */
  readonly resources: string | undefined;
  /** Workspace folders may come and go. */
  readonly folderChanges: boolean;
  /** URIs of the workspace folders. */
  readonly folders: readonly string[];
  /** Settings of a client that does not answer `workspace/configuration`. */
  readonly initialSettings: unknown;
}

/** Reads the parameters of `initialize`; anything that is missing counts as not supported. */
export function readClient(params: InitializeParams): Client {
  const { workspace, textDocument } = params.capabilities;
  const action = textDocument?.codeAction;
  const options = record(params.initializationOptions);
  const rootUri = params.workspaceFolders === undefined ? params.rootUri : undefined;
  return {
    configuration: workspace?.configuration === true,
    dynamicConfiguration: workspace?.didChangeConfiguration?.dynamicRegistration === true,
    dynamicWatchers: workspace?.didChangeWatchedFiles?.dynamicRegistration === true,
    relativePatterns: workspace?.didChangeWatchedFiles?.relativePatternSupport === true,
    documentChanges: workspace?.workspaceEdit?.documentChanges === true,
    codeActionLiterals: action?.codeActionLiteralSupport !== undefined,
    disabledActions: action?.disabledSupport === true,
    preferredActions: action?.isPreferredSupport === true,
    resolvesEdits: action?.dataSupport === true && action.resolveSupport?.properties.includes('edit') === true,
    markdownHover: textDocument?.hover?.contentFormat?.includes('markdown') === true,
    relatedInformation: textDocument?.publishDiagnostics?.relatedInformation === true,
    codeDescription: textDocument?.publishDiagnostics?.codeDescriptionSupport === true,
    commands: options['commands'] === true,
    statusNotifications: options['status'] === true,
    navigatedElsewhere: options['navigatedElsewhere'] === true,
    symbolTrees: textDocument?.documentSymbol?.hierarchicalDocumentSymbolSupport === true,
    preparesRename: textDocument?.rename?.prepareSupport === true,
    lensRefresh: workspace?.codeLens?.refreshSupport === true,
    readsFiles: options['readFiles'] === true,
    trusted: options['trusted'] !== false,
    locale: params.locale ?? '',
    resources: typeof options['resources'] === 'string' ? options['resources'] : undefined,
    folderChanges: workspace?.workspaceFolders === true,
    folders: params.workspaceFolders?.map((folder) => folder.uri) ?? (rootUri ? [rootUri] : []),
    initialSettings: options['settings'],
  };
}

function record(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
}
