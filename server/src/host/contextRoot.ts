/** Which folder is the build context of a Dockerfile: as far as what is loaded of the workspace folder tells. */
import type { Dockerfile } from '../engine/model/dockerfile.ts';
import { resolvePath } from '../engine/model/path.ts';
import type { Build } from './builds/build.ts';
import { upwards } from './builds/discover.ts';
import type { ContextSnapshot } from './contextSnapshot.ts';
import { folderOf } from './files/files.ts';

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
      const relative = resolvePath('/', plain).slice(1);
      if (relative !== '') sources.add(relative);
    }
  }
  return [...sources];
}

export interface ContextChoice {
  /** Below the workspace folder; `undefined` when there is none that could be the context. */
  readonly root: string | undefined;
  /** Who says so; `undefined` when it was found by what COPY takes. */
  readonly by: Build | undefined;
  /** Folders (ending in `/`) whose names would tell more. */
  readonly wants: readonly string[];
}

/**
 * The first context that somebody builds the Dockerfile with and that holds every source; else the
 * folder of the Dockerfile or the nearest above it that does. `dockerfile`: below the workspace folder.
 */
export function chooseContext(
  dockerfile: string,
  sources: readonly string[],
  builds: readonly Build[],
  places: ContextSnapshot,
): ContextChoice {
  const look = new Look(places);
  const stated = builds.find(({ context }) => look.holdsAll(context, sources));
  const root =
    stated === undefined
      ? upwards(folderOf(dockerfile)).find((folder) => look.holdsAll(folder, sources))
      : stated.context;
  return { root, by: stated, wants: look.wants };
}

class Look {
  readonly wants: string[] = [];
  constructor(private readonly places: ContextSnapshot) {}

  /** True when the folder has something for each source (a path or Go glob pattern). */
  holdsAll(folder: string, sources: readonly string[]): boolean {
    // Each is looked at, so that what has to be listed is known at once.
    return sources.map((source) => this.holds(folder, source)).every(Boolean);
  }

  private holds(folder: string, source: string): boolean {
    let found = [folder];
    for (const part of source.split('/').filter((name) => name !== '')) {
      const matches = matcher(part);
      found = found.flatMap((place) =>
        this.names(place)
          .map((name) => (name.endsWith('/') ? name.slice(0, -1) : name))
          .filter(matches)
          .slice(0, 100)
          .map((name) => (place === '' ? name : `${place}/${name}`)),
      );
      if (found.length === 0) return false;
    }
    return true;
  }

  private names(folder: string): readonly string[] {
    const names = this.places.list(folder);
    if (names !== 'unread') return names;
    this.wants.push(`${folder}/`);
    return [];
  }
}

function matcher(part: string): (name: string) => boolean {
  if (!/[*?[]/.test(part)) return (name) => name === part;
  const expression = globExpression(part);
  return (name) => expression?.test(name) ?? true;
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
