/** Dependencies from the manifests and lock files of Python projects, when the build context has them. */
import { joinPath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';
import { dependenciesOf } from './pip.ts';
import { normaliseName, parseRequirement, type Requirement } from './requirements.ts';

/**
 * The requirements of the first of `names` in the working directory that can
 * be read; `undefined` when none can. Lock files are read line by line, never
 * parsed whole (they grow to megabytes).
 */
export function manifestRequirements(machine: Machine, names: readonly string[]): Requirement[] | undefined {
  const directory = machine.path(machine.cwd);
  for (const name of names) {
    const file = machine.context.fileAt(joinPath(directory, name), machine.state.writes);
    if (file === 'unknown' || file === 'unread') continue;
    return read(name, file.text);
  }
  return undefined;
}

function read(name: string, text: string): Requirement[] {
  if (name === 'Pipfile.lock') return [...text.matchAll(/^ {8}"([\w.-]+)": \{/gm)].map((found) => named(found[1] as string));
  if (name.endsWith('.lock')) return [...text.matchAll(/^name = "([\w.-]+)"/gm)].map((found) => named(found[1] as string));
  if (name === 'Pipfile') return pipfile(text);
  return pyproject(text);
}

function named(name: string): Requirement {
  return { name: normaliseName(name), extras: [], version: undefined, vcs: false, path: undefined };
}

function pipfile(text: string): Requirement[] {
  const table = /^\[packages\]\s*$(.*?)(?=^\[|(?![\s\S]))/ms.exec(text)?.[1] ?? '';
  return [...table.matchAll(/^"?([A-Za-z][\w.-]*)"?\s*=/gm)].map((found) => named(found[1] as string));
}

function pyproject(text: string): Requirement[] {
  const listed = dependenciesOf(text).map((line) => parseRequirement(line));
  const table = /^\[tool\.poetry\.dependencies\]\s*$(.*?)(?=^\[|(?![\s\S]))/ms.exec(text)?.[1] ?? '';
  const poetry = [...table.matchAll(/^"?([A-Za-z][\w.-]*)"?\s*=/gm)].map((found) => named(found[1] as string));
  return [...listed, ...poetry.filter((entry) => entry.name !== 'python')];
}
