/** An extension with a file system of its own, in memory: what a virtual workspace is for the editor. */
import { packExtension } from './pack.mjs';

/** Files are a map from path to bytes; a folder is what a path goes through. Nothing watches it but itself. */
const source = (files) => `
import * as vscode from 'vscode';
const files = new Map(Object.entries(${JSON.stringify(files)}).map(([path, text]) => [path, Buffer.from(text)]));
const changed = new vscode.EventEmitter();
const isFolder = (path) => [...files.keys()].some((file) => file.startsWith(path === '/' ? path : path + '/'));
const absent = (uri) => vscode.FileSystemError.FileNotFound(uri);
const never = (uri) => { throw vscode.FileSystemError.NoPermissions(uri); };
const provider = {
  onDidChangeFile: changed.event,
  watch: () => new vscode.Disposable(() => undefined),
  stat(uri) {
    const bytes = files.get(uri.path);
    if (bytes !== undefined) return { type: vscode.FileType.File, ctime: 0, mtime: 0, size: bytes.length };
    if (isFolder(uri.path)) return { type: vscode.FileType.Directory, ctime: 0, mtime: 0, size: 0 };
    throw absent(uri);
  },
  readDirectory(uri) {
    if (!isFolder(uri.path)) throw absent(uri);
    const from = uri.path === '/' ? 1 : uri.path.length + 1;
    const below = [...files.keys()].filter((file) => file.startsWith(uri.path)).map((file) => file.slice(from));
    const entry = (rest) => (rest.includes('/') ? [rest.split('/')[0], vscode.FileType.Directory] : [rest, vscode.FileType.File]);
    return [...new Map(below.map(entry))];
  },
  readFile(uri) {
    const bytes = files.get(uri.path);
    if (bytes === undefined) throw absent(uri);
    return bytes;
  },
  writeFile(uri, bytes) {
    files.set(uri.path, bytes);
    changed.fire([{ type: vscode.FileChangeType.Changed, uri }]);
  },
  createDirectory: never,
  delete: never,
  rename: never,
};
export function activate(context) {
  context.subscriptions.push(vscode.workspace.registerFileSystemProvider('${scheme}', provider, { isCaseSensitive: true }));
}
`;

export const scheme = 'stand-in';

/** `files`: path that begins with `/` → text. Returns the path of the .vsix. */
export function packFileSystem(files) {
  return packExtension({
    manifest: {
      name: 'file-system',
      publisher: 'stand-in',
      main: './extension.js',
      activationEvents: [`onFileSystem:${scheme}`],
      capabilities: { virtualWorkspaces: true, untrustedWorkspaces: { supported: true } },
    },
    bundles: { 'extension.js': { text: source(files) } },
  });
}
