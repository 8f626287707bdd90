import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';

/** The build context of a folder, as the engine reads it. */
export function folderContext(folder) {
  return {
    read: (path) => {
      try {
        return statSync(join(folder, path)).isFile() ? { text: readFileSync(join(folder, path), 'utf8') } : 'absent';
      } catch {
        return 'absent';
      }
    },
    list: (path) => {
      try {
        return readdirSync(join(folder, path), { withFileTypes: true }).map((one) =>
          one.isDirectory() ? `${one.name}/` : one.name,
        );
      } catch {
        return [];
      }
    },
  };
}
