/** Tells our own client what was found in a document, or why there is nothing. */
import type { Connection } from 'vscode-languageserver';
import { statusHeadline } from '../engine/explain/headline.ts';
import { contextLine } from '../host/contextLine.ts';
import type { Workspace } from '../host/workspace.ts';

/** Parameters of the notification `dockerfileStages/status`. */
interface StatusParams {
  readonly uri: string;
  /** `quiet`: switched off, or a view in which we say nothing. */
  readonly status: string;
  readonly label: string;
  readonly detail: string;
  /** Folder of the build context; `null` when none is read. */
  readonly context: string | null;
  /** What names that folder: a setting, a compose file, …; or why none is read. */
  readonly contextBy: string;
  /** Date of the built-in facts, ISO 8601; `null` when it is not known. */
  readonly factsDate: string | null;
}

/** A status needs the proof of the splits: it waits until the typing pauses. */
const pause = 250;

/** Sends `dockerfileStages/status` after each change, to a client that asked for it in its initialization options. */
export function registerStatus(connection: Connection, workspace: Workspace): void {
  const timers = new Map<string, ReturnType<typeof setTimeout>>();
  const tell = async (uri: string): Promise<void> =>
    connection.sendNotification('dockerfileStages/status', statusOf(workspace, uri));
  workspace.onRefresh((uri) => {
    if (!workspace.client.statusNotifications) return;
    clearTimeout(timers.get(uri));
    timers.delete(uri);
    if (workspace.documents.get(uri) === undefined) return;
    timers.set(
      uri,
      setTimeout(() => {
        timers.delete(uri);
        // The client may be gone by now; a file that cannot be analysed has been reported already.
        tell(uri).catch(() => undefined);
      }, pause),
    );
  });
  connection.onRequest('dockerfileStages/status', async ({ uri }: { readonly uri: string }) => {
    await workspace.analysed(uri);
    return statusOf(workspace, uri);
  });
  connection.onShutdown(() => {
    for (const timer of timers.values()) clearTimeout(timer);
  });
}

function statusOf(workspace: Workspace, uri: string): StatusParams {
  const current = workspace.analysedNow(uri);
  const shared = { uri, ...contextLine(workspace, uri), factsDate: workspace.engine.factsDate ?? null };
  if (current === undefined) return { ...shared, status: 'quiet', label: workspace.say('Quiet here'), detail: '' };
  const { status } = current.analysis;
  const { label, detail } = statusHeadline(current.analysis);
  // Of a split the detail is names alone.
  return {
    ...shared,
    status,
    label: workspace.say(label),
    detail: status === 'split' ? detail : workspace.say(detail),
  };
}
