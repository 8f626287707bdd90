/** Reader of the table `full-vs-slim`: package sets of Debian's base images. */
import { lazy, memo, plainLines, wordsOf } from './table.ts';
import type { BaseFacts } from './types.ts';

/** Images whose full and slim variants the table names. */
const FAMILIES = new Set(['python', 'node', 'ruby', 'golang', 'rust', 'perl', 'php']);

export class PackageSets {
  /** Names of a set of one release; `undefined` when the table has none. Key: `bookworm python-slim`. */
  readonly get: (key: string) => ReadonlySet<string> | undefined;

  constructor(text: string) {
    const lines = lazy(() => new Map(plainLines(text).map((line) => [line.split('\t', 2).join(' '), line])));
    this.get = memo((key: string): ReadonlySet<string> | undefined => {
      const line = lines().get(key);
      if (line === undefined) return undefined;
      const [release = '', , base = '', names] = line.split('\t');
      const out = new Set(base === '' ? [] : this.get(`${release} ${base}`));
      for (const name of wordsOf(names)) {
        if (name.startsWith('-')) out.delete(name.slice(1));
        else out.add(name);
      }
      return out;
    });
  }

  /** Key of the set that a Debian base image is made of; `undefined` when there is none. */
  keyOf(base: BaseFacts): string | undefined {
    const set = setOf(base);
    return set === undefined ? undefined : `${base.os.release} ${set}`;
  }
}

/** Name of the set that an image is made of. */
function setOf({ image, kind, canonicalTag }: BaseFacts): string | undefined {
  if (image === 'debian') return 'debian';
  if (image === 'buildpack-deps') return `buildpack-deps${/-(curl|scm)$/.exec(canonicalTag)?.[0] ?? ''}`;
  if (!FAMILIES.has(image)) return undefined;
  // php:apache and php:fpm bring a server beside the packages of the table.
  if (image === 'php' && /-apache/.test(canonicalTag)) return undefined;
  if (kind === 'full') return image;
  return kind === 'slim' && image !== 'golang' && image !== 'php' ? `${image}-slim` : undefined;
}
