/** Reads a Dockerfile and runs the engine on it. */
import { PROBLEMS } from '../engine/messages/problems.ts';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TextDocument } from 'vscode-languageserver-textdocument';
import { URI } from 'vscode-uri';
import type { Analysis, EngineSettings } from '../engine/model/analysis.ts';
import { defaultSettings } from '../engine/settings.ts';
import { decodeText } from '../host/decode.ts';
import { pathOf } from '../host/contextOf.ts';
import { analyseInContext, DocumentContext } from '../host/documentContext.ts';
import { Disk } from '../host/files/disk.ts';
import type { Io } from './io.ts';
import { UsageError } from './usage.ts';

/** A file as the caller named it. `text` is undefined when it is not UTF-8. */
export interface Source {
  readonly name: string;
  readonly path: string;
  readonly text: string | undefined;
}

export interface AnalysedSource {
  readonly name: string;
  readonly path: string;
  readonly document: TextDocument;
  readonly context: DocumentContext | undefined;
  readonly analysis: Analysis;
}

/** What is said of a readable file that is not text. */
export const notText = { code: 'not-utf8', message: PROBLEMS['not-utf8'].text };

/** Reads a file; one that cannot be read is a `UsageError`. */
export function readSource(name: string, cwd: string): Source {
  const file = path.resolve(cwd, name);
  try {
    return { name, path: file, text: decodeText(fs.readFileSync(file)) };
  } catch (error) {
    throw new UsageError(`cannot read '${name}': ${reasonOf(error)}`);
  }
}

/** Analyses a text; `context` as `contextOption` yields it, after which nothing has to be waited for. */
export function analyseSource(
  source: Source & { text: string },
  context: string | undefined,
  io: Io,
  settings: EngineSettings = defaultSettings,
): AnalysedSource {
  const located =
    context === undefined
      ? undefined
      : new DocumentContext({
          files: new Disk(),
          dockerfile: uriPath(source.path),
          top: uriPath(topOf(source.path, io.cwd)),
          setting: context === 'auto' ? context : uriPath(context),
        });
  return {
    name: source.name,
    path: source.path,
    document: TextDocument.create('', 'dockerfile', 0, source.text),
    context: located,
    analysis: analyseInContext(io.engine(), source.text, settings, located).analysis,
  };
}

export function isText(source: Source): source is Source & { text: string } {
  return source.text !== undefined;
}

/** A system error in a few words, without the call and the path. */
export function reasonOf(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  const known: Readonly<Record<string, string>> = {
    ENOENT: 'no such file or directory',
    EISDIR: 'it is a directory',
    ENOTDIR: 'not a directory',
    EACCES: 'permission denied',
    EPERM: 'operation not permitted',
    ENOSPC: 'no space left on device',
    EROFS: 'read-only file system',
  };
  return (code === undefined ? undefined : known[code]) ?? message;
}

function uriPath(file: string): string {
  return pathOf(URI.file(file));
}

/** `auto` looks no higher than the working directory, or the Dockerfile's folder when that lies elsewhere. */
function topOf(file: string, cwd: string): string {
  return file.startsWith(path.resolve(cwd) + path.sep) ? path.resolve(cwd) : path.dirname(file);
}
