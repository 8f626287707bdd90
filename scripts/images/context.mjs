import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
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

/** A copy of the build context brings what the context has. */
export function isFrom(write, path, context) {
  if (write.context === undefined || write.pattern !== undefined) return true;
  const rest = path === write.path ? '' : path.slice(write.path === '/' ? 1 : write.path.length + 1);
  return existsSync(join(context, write.context, rest));
}
