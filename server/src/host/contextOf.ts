/** Makes the build context of a document from its URI, the settings and the workspace folders. */
import { URI } from 'vscode-uri';
import { resolvePath } from '../engine/model/path.ts';
import { DocumentContext } from './documentContext.ts';
import { type Files, folderOf, pathBelow } from './files/files.ts';
import type { HostSettings } from './settings.ts';

/**
 * `undefined` when the document has no context that may be read. `folders`: URIs of the workspace
 * folders. `filesOf`: the files beside a document.
 */
export function contextOf(
  uri: string,
  settings: Pick<HostSettings, 'context' | 'contexts'>,
  folders: readonly string[],
  filesOf: (uri: URI) => Files | undefined,
): DocumentContext | undefined {
  const address = URI.parse(uri);
  const files = filesOf(address);
  if (files === undefined) return undefined;
  const dockerfile = pathOf(address);
  const top = workspaceFolder(address, folders) ?? (folderOf(dockerfile) || '/');
  const setting = settings.contexts[pathBelow(top, dockerfile) ?? ''] ?? settings.context;
  if (setting === 'none') return undefined;
  return new DocumentContext({
    files,
    dockerfile,
    top,
    setting: setting === 'auto' ? setting : absolute(top, setting),
  });
}

/** The path of a URI; a drive letter is small, as editors write it. */
export function pathOf(uri: URI): string {
  return uri.path.replace(/^\/[A-Z]:/, (drive) => drive.toLowerCase());
}

/** Path of the deepest of the workspace folders (URIs) that holds a URI. */
export function workspaceFolder(uri: URI, folders: readonly string[]): string | undefined {
  return folders
    .map((folder) => URI.parse(folder))
    .filter(({ scheme, authority }) => scheme === uri.scheme && authority === uri.authority)
    .map((folder) => pathOf(folder).replace(/(?<=.)\/$/, ''))
    .filter((folder) => pathBelow(folder, pathOf(uri)) !== undefined)
    .sort((a, b) => b.length - a.length)[0];
}

/** A setting as an absolute path; a relative one starts at the workspace folder. */
function absolute(top: string, setting: string): string {
  const path = setting.replaceAll('\\', '/');
  return /^[A-Za-z]:\//.test(path) ? pathOf(URI.file(path)) : resolvePath(top, path);
}
