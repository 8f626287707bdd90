/** Proves the splits of a document in a pause of typing, so that a list of actions is there when it is asked for. */
import type { Workspace } from '../host/workspace.ts';

/** Milliseconds without a change that are a pause: more than between two keys, less than it takes to ask for actions. */
const pause = 400;
/** UTF-16 units of the longest document that is proved unasked: the key that ends the pause waits for the proof. */
const long = 256_000;

/** Begins to wait whenever a document has a new analysis. */
export function registerAhead(workspace: Pick<Workspace, 'analysedNow' | 'onRefresh' | 'report'>): void {
  const waiting = new Map<string, ReturnType<typeof setTimeout>>();
  workspace.onRefresh((uri) => {
    clearTimeout(waiting.get(uri));
    waiting.delete(uri);
    const refreshed = workspace.analysedNow(uri);
    if (refreshed === undefined || refreshed.analysis.file.text.length > long) return;
    const timer = setTimeout(() => {
      waiting.delete(uri);
      // A change that nobody was told of yet begins another pause.
      const current = workspace.analysedNow(uri);
      if (current !== refreshed) return;
      try {
        void current.analysis.tiers;
      } catch (error) {
        workspace.report(uri, error);
      }
    }, pause);
    waiting.set(uri, timer);
  });
}
