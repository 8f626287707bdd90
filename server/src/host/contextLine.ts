/** The build context of a document in words. */
import { URI } from 'vscode-uri';
import type { Workspace } from './workspace.ts';

export interface ContextLine {
  /** The folder as a user names it: a path, or a URI where it is not on a disk; `null` when none is read. */
  readonly context: string | null;
  /** What names that folder, or why none is read. */
  readonly contextBy: string;
}

/** The context that the last analysis of a document used. */
export function contextLine(workspace: Workspace, uri: string): ContextLine {
  const context = workspace.contextOf(uri);
  if (context === undefined) return { context: null, contextBy: workspace.say(reasonForNone(workspace, uri)) };
  const { by, current } = context;
  if (current === undefined) {
    const why = by === 'setting' ? 'the folder of the setting is not there' : 'no folder holds every COPY source';
    return { context: null, contextBy: workspace.say(why) };
  }
  const folder = URI.parse(uri).with({ path: current.root });
  return {
    context: folder.scheme === 'file' ? folder.fsPath : folder.toString(true),
    contextBy:
      typeof by === 'object'
        ? `${by.file}, ${by.name}`
        : workspace.say(by === undefined ? 'it holds every COPY source' : 'a setting'),
  };
}

function reasonForNone({ client }: Workspace, uri: string): string {
  if (!client.trusted) return 'the workspace is not trusted';
  return uri.startsWith('untitled:') ? 'the document is not saved' : 'a setting, or nobody can read files here';
}
