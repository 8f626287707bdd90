/** Checks every Dockerfile of the workspace folders, with progress and cancellation. */
import {
  type CancellationToken,
  type Connection,
  type Diagnostic,
  LSPErrorCodes,
  type ProgressToken,
  ResponseError,
  WorkDoneProgress,
} from 'vscode-languageserver';
import { toDiagnostic } from '../host/diagnostic.ts';
import { checkFile, type CheckedFile, dockerfilesOf, type FoundFile } from '../host/wholeWorkspace.ts';
import type { Workspace } from '../host/workspace.ts';

/** What is said of one file. */
interface FileAnswer {
  readonly uri: string;
  /** Path below the workspace folder; where there are several it begins with the folder's name. */
  readonly name: string;
  /** Megabytes that the best split leaves behind; `null` when that is not known. */
  readonly gainMB: number | null;
  readonly diagnostics: readonly Diagnostic[];
}

/** Answer of `dockerfileStages/checkWorkspace`. */
interface CheckAnswer {
  /** Files with findings, the largest gain first. */
  readonly files: readonly FileAnswer[];
  /** How many Dockerfiles were looked at. */
  readonly checked: number;
  /** Why none was; `null` when some could be looked for. */
  readonly reason: string | null;
}

/** Reading waits, analysing does not: so many files are under way at a time. */
const atOnce = 4;

/** Answers `dockerfileStages/checkWorkspace`; progress goes to `workDoneToken`. */
export function registerCheckWorkspace(connection: Connection, workspace: Workspace): void {
  connection.onRequest(
    'dockerfileStages/checkWorkspace',
    async (
      { workDoneToken }: { readonly workDoneToken?: ProgressToken },
      token: CancellationToken,
    ): Promise<CheckAnswer | ResponseError> => {
      const tell = (done: number, all: number, name: string): void => {
        if (workDoneToken === undefined) return;
        const percentage = Math.floor((100 * done) / all);
        const value = { kind: 'report', message: name, percentage } as const;
        connection.sendProgress(WorkDoneProgress.type, workDoneToken, value).catch(() => undefined);
      };
      const excluded = await excludedPatterns(connection, workspace);
      const found = await dockerfilesOf(workspace, excluded, token);
      if (found === undefined)
        return { files: [], checked: 0, reason: workspace.say('Files of this workspace may not be read.') };
      const files = await all(found, workspace, token, tell);
      if (token.isCancellationRequested) return new ResponseError(LSPErrorCodes.RequestCancelled, 'Cancelled.');
      return { files: files.sort(byGain), checked: found.length, reason: null };
    },
  );
}

async function all(
  found: readonly FoundFile[],
  workspace: Workspace,
  token: CancellationToken,
  tell: (done: number, all: number, name: string) => void,
): Promise<FileAnswer[]> {
  const out: FileAnswer[] = [];
  let next = 0;
  const work = async (): Promise<void> => {
    for (let at = next++; at < found.length && !token.isCancellationRequested; at = next++) {
      const { uri, name } = found[at] as FoundFile;
      tell(at, found.length, name);
      const checked = await checkOne(workspace, uri);
      const answer = checked === undefined ? undefined : answerOf(uri, name, checked, workspace);
      if (answer !== undefined) out.push(answer);
      // Whoever types meanwhile is answered first.
      await new Promise((resolve) => setImmediate(resolve));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return out;
}

/** One file that cannot be analysed does not end the check. */
async function checkOne(workspace: Workspace, uri: string): Promise<CheckedFile | undefined> {
  try {
    return await checkFile(workspace, uri);
  } catch (error) {
    workspace.report(uri, error);
    return undefined;
  }
}

function answerOf(
  uri: string,
  name: string,
  { document, analysis }: CheckedFile,
  workspace: Workspace,
): FileAnswer | undefined {
  if (analysis.findings.length === 0) return undefined;
  const diagnostics = analysis.findings.map((finding) =>
    toDiagnostic(document, finding, workspace.client, workspace.say),
  );
  return { uri, name, gainMB: analysis.best?.savedMB ?? null, diagnostics };
}

function byGain(a: FileAnswer, b: FileAnswer): number {
  return (b.gainMB ?? -1) - (a.gainMB ?? -1) || (a.uri < b.uri ? -1 : 1);
}

/** What the editor hides from its file tree and its search. */
async function excludedPatterns(connection: Connection, workspace: Workspace): Promise<readonly string[]> {
  if (!workspace.client.configuration) return [];
  try {
    const sections = ['files.exclude', 'search.exclude'].map((section) => ({ section }));
    const answers: unknown[] = await connection.workspace.getConfiguration(sections);
    return answers.flatMap((answer) =>
      Object.entries((answer ?? {}) as Record<string, unknown>).flatMap(([pattern, on]) =>
        on === true ? [pattern] : [],
      ),
    );
  } catch {
    return [];
  }
}
