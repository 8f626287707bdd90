import { type BaseLanguageClient, WorkDoneProgress, type WorkDoneProgressReport } from 'vscode-languageclient';

/** Calls `listen` with what the server reports of the request with this token. */
export function onReport(
  client: BaseLanguageClient,
  token: string,
  listen: (report: WorkDoneProgressReport) => void,
): { dispose(): void } {
  return client.onProgress(WorkDoneProgress.type, token, (value) => {
    if (value.kind === 'report') listen(value);
  });
}
