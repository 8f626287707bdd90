/** Where the package.json lies whose script a command starts. */
import { parsePackageJson } from '../ecosystems/node/manifest.ts';
import { scriptLines } from '../ecosystems/node/scripts.ts';
import { joinPath, resolvePath } from '../model/path.ts';

const DIRECTORY = /^(--prefix|-C|--dir|--cwd)(?:=(.*))?$/;
const WORKSPACE = /^(--workspace|--filter|-F)(?:=(.*))?$/;
const OF_NPM = /^(--workspace|-w)(?:=(.*))?$/;
const EVERY = /^(--workspaces|-ws|-r|--recursive)$/;

interface ScriptPlaces {
  /** Directories in which it may be, the likely one first. */
  readonly directories: readonly string[];
  /** It is a package of a workspace: by this name, or every one (`*`). */
  readonly workspace: string | undefined;
}

/** The places for the words after the name of a package manager. `from`: the directories in which it may be started. */
function scriptPlaces(manager: string, words: readonly string[], from: readonly string[]): ScriptPlaces {
  const end = words.indexOf('--');
  const own = end < 0 ? words : words.slice(0, end);
  const valueOf = (form: RegExp): string | undefined => {
    for (const [at, word] of own.entries()) {
      const found = form.exec(word);
      if (found !== null) return found[2] ?? own[at + 1];
    }
    return undefined;
  };
  const directory = valueOf(DIRECTORY);
  const operands = own.filter((word) => !word.startsWith('-'));
  const named = operands[0] === 'workspace' ? operands[1] : valueOf(manager === 'npm' ? OF_NPM : WORKSPACE);
  const every = own.some((word) => EVERY.test(word)) || operands[0] === 'workspaces';
  return {
    directories: directory === undefined ? from : from.map((one) => resolvePath(one, directory)),
    workspace: named ?? (every ? '*' : undefined),
  };
}

/** Directories below `root` in which a package of this name may be, by the usual layout of monorepos. */
function workspaceDirectories(root: string, name: string): readonly string[] {
  const bare = name.replace(/^(\.\/|@[^/]+\/)/, '').replace(/[.^]+$/, '');
  const direct = [bare, ...['packages', 'apps', 'services', 'libs'].map((parent) => `${parent}/${bare}`)];
  return direct.map((path) => joinPath(root, path));
}

/** It is the package that was named, by its name or its path. */
function isNamed(packageJson: string, directory: string, root: string, name: string): boolean {
  if (joinPath(root, name.replace(/^\.\//, '')) === directory) return true;
  return parsePackageJson(packageJson)?.name === name.replace(/[.^]+$/, '');
}

/** What was found of a script. */
interface FoundScript {
  readonly read: readonly { readonly directory: string; readonly lines: readonly string[] }[];
  /** What nobody has read, when no package.json was found. */
  readonly missing: string | undefined;
}

/** The command lines of a script that a package manager runs. `textOf`: a file of the image, where it was read. */
export function scriptsAt(
  script: string,
  manager: string,
  words: readonly string[],
  from: readonly string[],
  textOf: (path: string) => string | undefined,
): FoundScript {
  const { directories, workspace } = scriptPlaces(manager, words, from);
  const read: { directory: string; lines: readonly string[] }[] = [];
  const add = (directory: string, accepted: (text: string) => boolean): void => {
    const text = textOf(joinPath(directory, 'package.json'));
    const lines = text === undefined || !accepted(text) ? undefined : scriptLines(text, script);
    if (lines !== undefined) read.push({ directory, lines });
  };
  for (const root of directories) {
    if (workspace === undefined) add(root, () => true);
    else if (workspace !== '*')
      for (const directory of workspaceDirectories(root, workspace))
        add(directory, (text) => isNamed(text, directory, root, workspace));
  }
  if (read.length > 0) return { read, missing: undefined };
  const where = workspace === undefined || workspace === '*' ? directories[0] : workspace;
  return { read, missing: `the script \`${script}\` of ${where ?? 'package.json'}` };
}
