/** Debian's Contents indexes: which package has which command. */
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { EXTRA } from './alternatives.mjs';

const LINE = /^(?:usr\/)?s?bin\/([^/\s]+)\s+(\S+)$/;

/**
 * Base names of the files in /bin, /sbin, /usr/bin and /usr/sbin by package, and the
 * names that the packages' scripts make (`alternatives.mjs`).
 * @param {string[]} paths Contents files, gzip
 * @returns {Promise<Map<string, Set<string>>>}
 */
export async function readExecutables(paths) {
  const out = new Map();
  const add = (name, executable) => {
    if (!out.has(name)) out.set(name, new Set());
    out.get(name).add(executable);
  };
  for (const path of paths) {
    const lines = createInterface({ input: createReadStream(path).pipe(createGunzip()), crlfDelay: Infinity });
    for await (const line of lines) {
      // Only the first letters decide about most of the millions of lines.
      if (
        !line.startsWith('bin/') &&
        !line.startsWith('sbin/') &&
        !line.startsWith('usr/bin/') &&
        !line.startsWith('usr/sbin/')
      )
        continue;
      const match = LINE.exec(line);
      if (match === null) continue;
      for (const place of match[2].split(',')) add(place.replace(/^.*\//, ''), match[1]);
    }
  }
  return out;
}

/** Commands of a package that its maintainer scripts make in a release (update-alternatives, diversions, wrappers). */
export function madeByScripts(name, release) {
  return EXTRA.filter(([pattern, , releases]) => pattern.test(name) && releases?.includes(release) !== false).flatMap(
    ([, executables]) => executables,
  );
}
