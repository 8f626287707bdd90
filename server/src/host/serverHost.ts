/** What the language server needs from the machine it runs on. */
import * as path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Engine } from '../engine/model/analysis.ts';
import type { Client } from './client.ts';
import { DocumentContext } from './documentContext.ts';
import { warmUp } from './warmUp.ts';

export interface ServerHost {
  /** Called once with what the client said, before it is answered. */
  prepare?(client: Client, log: (message: string) => void): Promise<void>;
  /**
   * The build context of a document; `undefined` when it has none that may be read.
   * `setting`: `auto`, `none` or a folder; `folders`: URIs of the workspace folders.
   */
  contextOf(uri: string, setting: string, folders: readonly string[]): DocumentContext | undefined;
  /** Gets the engine ready for quick answers while nobody waits for one. Returns how to stop it. */
  warmUp(engine: Engine): () => void;
}

/** A host that reads contexts from disk; only documents that are files have one. */
export const nodeHost: ServerHost = {
  contextOf(uri, setting, folders) {
    const dockerfile = filePath(uri);
    if (dockerfile === undefined || setting === 'none') return undefined;
    const folder = path.dirname(dockerfile);
    const roots = folders.map(filePath).filter((root) => root !== undefined);
    const top = nearest(roots, folder) ?? folder;
    return new DocumentContext(dockerfile, setting === 'auto' ? setting : path.resolve(top, setting), top);
  },
  warmUp,
};

/** The path of a `file:` URI; `undefined` for any other. */
export function filePath(uri: string): string | undefined {
  if (!uri.startsWith('file:')) return undefined;
  try {
    return fileURLToPath(uri);
  } catch {
    return undefined;
  }
}

/** The deepest of the roots that holds the folder. */
function nearest(roots: readonly string[], folder: string): string | undefined {
  return roots
    .filter((root) => folder === root || folder.startsWith(root.endsWith(path.sep) ? root : root + path.sep))
    .sort((a, b) => b.length - a.length)[0];
}
