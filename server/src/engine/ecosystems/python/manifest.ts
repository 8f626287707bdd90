/** Dependencies from the manifests and lock files of Python projects, when the build context has them. */
import { parse } from 'smol-toml';
import { joinPath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';
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

function read(name: string, text: string): Requirement[] | undefined {
  if (name === 'Pipfile.lock') {
    const found = [...text.matchAll(/^ {8}"([\w.-]+)": \{(?:[^}]*?"version": "==([^"]+)")?/gm)];
    // Written by another hand than pipenv's.
    if (found.length === 0 && !/"default":\s*\{\s*\}/.test(text)) return undefined;
    return found.map(([, one, version]) => named(one as string, version));
  }
  if (name.endsWith('.lock'))
    return [...text.matchAll(LOCKED)]
      .filter(([, , , source]) => source === undefined || !OF_THE_PROJECT.test(source))
      .map((found) => named(found[1] as string, found[2]));
  if (name === 'Pipfile') return pipfile(text);
  return pyproject(text);
}

const LOCKED = /^name = "([\w.-]+)"(?:\r?\nversion = "([^"]+)")?(?:\r?\nsource = (\{.*\}))?/gm;

/** The project itself and members of its workspace: their code is the program's (docs.astral.sh/uv, "Resolution", uv.lock). */
const OF_THE_PROJECT = /\b(editable|virtual) = /;

function named(name: string, version?: string): Requirement {
  return { name: normaliseName(name), extras: [], version, vcs: false, path: undefined };
}

function pipfile(text: string): Requirement[] | undefined {
  const packages = tableOf(toml(text), 'packages');
  return packages === undefined ? undefined : Object.keys(packages).map((name) => named(name));
}

/** `[project] dependencies` (PEP 621) and `[tool.poetry.dependencies]`; `undefined` when the text is no TOML. */
export function pyproject(text: string): Requirement[] | undefined {
  const document = toml(text);
  if (document === undefined) return undefined;
  const listed = tableOf(document, 'project')?.['dependencies'];
  const requirements = Array.isArray(listed) ? listed.filter((line) => typeof line === 'string') : [];
  const poetry = tableOf(tableOf(tableOf(document, 'tool'), 'poetry'), 'dependencies') ?? {};
  return [
    ...requirements.map((line) => parseRequirement(line)),
    ...Object.keys(poetry)
      .filter((name) => name !== 'python')
      .map((name) => named(name)),
  ];
}

function toml(text: string): Record<string, unknown> | undefined {
  try {
    return parse(text);
  } catch {
    return undefined;
  }
}

function tableOf(value: Record<string, unknown> | undefined, key: string): Record<string, unknown> | undefined {
  const table = value?.[key];
  return typeof table === 'object' && table !== null && !Array.isArray(table)
    ? (table as Record<string, unknown>)
    : undefined;
}
