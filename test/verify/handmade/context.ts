import type { Context } from '../../../server/src/engine/model/analysis.ts';

/** Files by path as a build context in which everything has been read; `undefined` when nothing has. */
export function contextOf(files: Readonly<Record<string, string>> | undefined): Context | undefined {
  if (files === undefined) return undefined;
  const names = Object.keys(files);
  return {
    read: (path) => (files[path] === undefined ? 'absent' : { text: files[path] }),
    list: (directory) => {
      const start = directory === '' || directory === '.' ? '' : `${directory}/`;
      const below = names.filter((name) => name.startsWith(start)).map((name) => name.slice(start.length));
      return [...new Set(below.map((name) => name.replace(/\/.*/, '/')))];
    },
  };
}
