/** Which folder is the build context of a Dockerfile. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Dockerfile } from '../engine/model/dockerfile.ts';

/**
 * The sources that COPY and ADD take from the build context, as far as they are
 * plain: no variables, URLs, heredocs, other stages. Relative, without `./`.
 */
export function contextSources(file: Dockerfile): readonly string[] {
  const sources = new Set<string>();
  for (const instruction of file.instructions) {
    if ((instruction.kind !== 'copy' && instruction.kind !== 'add') || instruction.from !== undefined) continue;
    for (const word of instruction.sources) {
      const plain = word.raw.replace(/^(["'])(.*)\1$/, '$2');
      if (/^<<|\$|^[a-z][a-z0-9+.-]*:\/\/|^git@/i.test(plain)) continue;
      const relative = path.posix.normalize(`/${plain}`).slice(1);
      if (relative !== '') sources.add(relative);
    }
  }
  return [...sources];
}

/**
 * The folder of the Dockerfile if it holds every source, else the nearest
 * ancestor that does, up to and including `top`; `undefined` when there is none.
 */
export function findContextRoot(dockerfile: string, sources: readonly string[], top: string): string | undefined {
  const highest = path.resolve(top);
  let folder = path.dirname(path.resolve(dockerfile));
  for (;;) {
    const candidate = folder;
    if (sources.every((source) => holds(candidate, source))) return candidate;
    const parent = path.dirname(folder);
    if (folder === highest || parent === folder || !isBelow(folder, highest)) return undefined;
    folder = parent;
  }
}

function isBelow(folder: string, top: string): boolean {
  const relative = path.relative(top, folder);
  return relative !== '..' && !relative.startsWith(`..${path.sep}`) && !path.isAbsolute(relative);
}

/** True when the folder has something the source (a path or Go glob pattern) names. */
function holds(folder: string, source: string): boolean {
  let places = [folder];
  for (const part of source.split('/').filter((name) => name !== '')) {
    places = /[*?[]/.test(part)
      ? places.flatMap((place) => matching(place, part))
      : places.map((place) => path.join(place, part)).filter((place) => fs.existsSync(place));
    if (places.length === 0) return false;
  }
  return true;
}

function matching(place: string, pattern: string): string[] {
  const expression = globExpression(pattern);
  try {
    const names = fs.readdirSync(place).filter((name) => expression?.test(name) ?? true);
    return names.slice(0, 100).map((name) => path.join(place, name));
  } catch {
    return [];
  }
}

/** Go's `filepath.Match` for one path segment; `undefined` when the pattern is malformed. */
function globExpression(pattern: string): RegExp | undefined {
  const body = pattern.replace(/\\.|\[[^\]]*\]|[*?.+^${}()|[\]\\]/g, (token) => {
    if (token === '*') return '[^/]*';
    if (token === '?') return '[^/]';
    return token.length > 1 ? token : `\\${token}`;
  });
  try {
    return new RegExp(`^${body}$`);
  } catch {
    return undefined;
  }
}
