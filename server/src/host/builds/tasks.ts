/** Tasks of an editor (`.vscode/tasks.json`): `docker-build`, and shell tasks that call it. */
import { resolveBelow } from '../files/files.ts';
import { type Build, list, type Parsed, table, text } from './build.ts';
import { readScript } from './commandLine.ts';

/** Where tasks are written down, below the workspace folder. */
export const tasksFile = '.vscode/tasks.json';

/** The builds of a tasks file. */
export function taskBuilds({ path, content }: Parsed): Build[] {
  return list(table(content)['tasks']).flatMap((value): Build[] => {
    const task = table(value);
    const name = `task ${text(task['label']) ?? text(task['taskName']) ?? text(task['type']) ?? ''}`.trim();
    if (task['type'] === 'docker-build') return dockerBuild(table(task['dockerBuild']), path, name);
    const words = list(task['args']).map((word) => text(word) ?? text(table(word)['value']) ?? '');
    const line = inFolder([text(task['command']) ?? '', ...words].join(' '));
    return readScript(line, '').builds.map((build) => ({ ...build, file: path, name, runs: [] }));
  });
}

/** Both default to the workspace folder (Docker extension of VS Code, task reference). */
function dockerBuild(options: Readonly<Record<string, unknown>>, file: string, name: string): Build[] {
  const context = inFolder(text(options['context']) ?? '.');
  const root = context.startsWith('/') ? undefined : resolveBelow('', context);
  const dockerfile = inFolder(text(options['dockerfile']) ?? 'Dockerfile');
  const path = dockerfile.startsWith('/') ? undefined : resolveBelow('', dockerfile);
  if (root === undefined || path === undefined || /\$\{/.test(root + path)) return [];
  return [{ file, name, context: root, dockerfile: path, target: text(options['target']), runs: [] }];
}

/** `${workspaceFolder}` is where all paths start. */
function inFolder(value: string): string {
  return value.replace(/\$\{workspace(?:Folder|Root)\}[\\/]?/g, './').replaceAll('\\', '/');
}
