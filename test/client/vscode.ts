/** As much of the editor's API as the client uses, recording what is done with it. */
import { vi } from 'vitest';

const disposable = () => ({ dispose: vi.fn() });

export const commands = { registerCommand: vi.fn(disposable), executeCommand: vi.fn() };
export const languages = {
  createLanguageStatusItem: vi.fn((): Record<string, unknown> => ({ dispose: vi.fn() })),
};
/** Ids of what is installed. */
export const extensions = {
  installed: [] as string[],
  getExtension: (id: string): object | undefined => (extensions.installed.includes(id) ? { id } : undefined),
  onDidChange: vi.fn(disposable),
};
export const window = {
  createOutputChannel: vi.fn(() => ({ show: vi.fn(), error: vi.fn(), dispose: vi.fn() })),
  createTextEditorDecorationType: vi.fn(disposable),
  onDidChangeActiveTextEditor: vi.fn(disposable),
  onDidChangeVisibleTextEditors: vi.fn(disposable),
  showInformationMessage: vi.fn((..._said: string[]): Promise<string | undefined> => Promise.resolve(undefined)),
  showQuickPick: vi.fn(),
  showOpenDialog: vi.fn(),
  createTreeView: vi.fn(() => ({ message: '', dispose: vi.fn() })),
  withProgress: vi.fn(),
  showTextDocument: vi.fn(),
  activeTextEditor: undefined as unknown,
  visibleTextEditors: [] as unknown[],
  tabGroups: { activeTabGroup: { activeTab: undefined as unknown }, onDidChangeTabs: vi.fn(disposable) },
};
export const workspace = {
  isTrusted: true,
  onDidGrantWorkspaceTrust: vi.fn(disposable),
  onDidCloseTextDocument: vi.fn(disposable),
  registerTextDocumentContentProvider: vi.fn(disposable),
  openTextDocument: vi.fn(),
  workspaceFolders: undefined as unknown,
  fs: { stat: vi.fn(), readFile: vi.fn(), readDirectory: vi.fn() },
  getWorkspaceFolder: vi.fn(),
  getConfiguration: vi.fn(),
  asRelativePath: vi.fn(),
  applyEdit: vi.fn(),
};
/** English: the text with its places filled in. */
export const l10n = {
  t: (text: string, values: Readonly<Record<string, unknown>> = {}): string =>
    text.replace(/\{(\w+)\}/g, (_, name: string) => String(values[name])),
};
export const FileType = { Unknown: 0, File: 1, Directory: 2, SymbolicLink: 64 };
export const ProgressLocation = { Notification: 15 };
export const TreeItemCollapsibleState = { Expanded: 2 };

export class TreeItem {
  readonly label: unknown;
  constructor(label: unknown) {
    this.label = label;
  }
}

export class ThemeIcon {
  static readonly File = 'file';
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export const ConfigurationTarget = { WorkspaceFolder: 3 };

export class FileSystemError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(code);
    this.code = code;
  }
}

export class Range {
  readonly parts: readonly unknown[];
  readonly start: unknown;
  readonly end: unknown;
  constructor(...parts: unknown[]) {
    this.parts = parts;
    [this.start, this.end] = parts;
  }
}

export class ThemeColor {
  readonly id: string;
  constructor(id: string) {
    this.id = id;
  }
}

export class EventEmitter {
  readonly event = vi.fn(disposable);
  readonly fire = vi.fn();
  readonly dispose = vi.fn();
}

export class Uri {
  readonly scheme: string;
  readonly path: string;
  readonly query: string;
  constructor(scheme: string, path: string, query: string) {
    this.scheme = scheme;
    this.path = path;
    this.query = query;
  }
  static from({ scheme, path, query = '' }: { scheme: string; path: string; query?: string }): Uri {
    return new Uri(scheme, path, query);
  }
  static parse(text: string): Uri {
    const [scheme = '', path = ''] = text.split('://');
    return new Uri(scheme, path, '');
  }
  static file(path: string): Uri {
    return new Uri('file', path, '');
  }
  static joinPath(base: Uri, name: string): Uri {
    return new Uri(base.scheme, `${base.path}/${name}`, base.query);
  }
  toString(): string {
    return `${this.scheme}://${this.path}${this.query === '' ? '' : `?${this.query}`}`;
  }
}

export class TabInputTextDiff {
  readonly original: Uri;
  readonly modified: Uri;
  constructor(original: Uri, modified: Uri) {
    this.original = original;
    this.modified = modified;
  }
}

export class WorkspaceEdit {
  readonly replaced: unknown[][] = [];
  replace(...parts: unknown[]): void {
    this.replaced.push(parts);
  }
}
