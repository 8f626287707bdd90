/** Files of a folder `/w` in memory. */
import type { FileEntry, Files, Listing } from '../../server/src/host/files/files.ts';

/** `files`: path below `/w` → text. Any other root is absent. */
export function tree(files: Record<string, string>): Files & {
  read(root: string, path: string): FileEntry;
  list(root: string, path: string): Listing;
} {
  const below = (root: string, path: string): string | undefined => {
    const full = `${root}/${path}`.replaceAll(/\/+/g, '/').replace(/\/$/, '');
    return full === '/w' ? '' : full.startsWith('/w/') ? full.slice(3) : undefined;
  };
  return {
    read(root, path) {
      const name = below(root, path);
      const text = name === undefined ? undefined : files[name];
      return text === undefined ? 'absent' : { text };
    },
    list(root, path) {
      const name = below(root, path);
      if (name === undefined) return 'absent';
      const prefix = name === '' ? '' : `${name}/`;
      const rest = Object.keys(files).flatMap((file) => (file.startsWith(prefix) ? [file.slice(prefix.length)] : []));
      if (rest.length === 0) return 'absent';
      return [...new Set(rest.map((one) => (one.includes('/') ? `${one.split('/')[0]}/` : one)))].sort();
    },
  };
}
