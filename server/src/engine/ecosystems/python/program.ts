/**
 * The program's own sources, when the build context has them: which commands a
 * Python program starts (subprocess, os.system, shutil.which: python.org, library
 * reference). It is enough to know the words of the files that start processes.
 */
import { isBelow } from '../../model/path.ts';
import type { Write } from '../../model/state.ts';
import type { ContextReader } from '../../simulate/context.ts';

export interface ProgramWords {
  /** Every source below the copied directories was read. */
  readonly complete: boolean;
  /** Words inside string literals of files that start processes. */
  readonly words: ReadonlySet<string>;
}

const MAX_FILES = 400;
const SKIP =
  /^(\.git|node_modules|\.venv|venv|__pycache__|\.tox|\.mypy_cache|dist|build|docs|static|media|locale|migrations)\/$/;
const STARTS =
  /\b(subprocess|os\.(system|popen|exec|spawn)|shutil\.which|asyncio\.create_subprocess|pexpect|plumbum|\bsh\.|fabric|invoke)\b/;

/** Reads the Python sources that the image takes from the build context. */
export function pythonWords(writes: readonly Write[], context: ContextReader): ProgramWords {
  const words = new Set<string>();
  let left = MAX_FILES;
  let complete = true;
  const file = (path: string): void => {
    if (left-- <= 0) {
      complete = false;
      return;
    }
    const text = context.read(path);
    if (text === 'unread') complete = false;
    else if (text !== 'absent' && STARTS.test(text))
      for (const found of text.matchAll(/["'`\s/]([A-Za-z][\w.+-]{0,40})(?=["'`\s])/g)) words.add(found[1] as string);
  };
  const directory = (path: string, depth: number): void => {
    const names = depth > 8 ? 'unread' : context.list(path);
    if (names === 'unread') {
      complete = false;
      return;
    }
    for (const name of names) {
      const full = path === '' ? name : `${path}/${name}`;
      if (name.endsWith('/')) {
        if (!SKIP.test(name)) directory(full.slice(0, -1), depth + 1);
      } else if (name.endsWith('.py')) file(full);
    }
  };
  const roots: string[] = [];
  for (const write of writes) {
    if (
      write.context === undefined ||
      write.kind === 'gone' ||
      roots.some((root) => root === '' || isBelow(`/${write.context}`, `/${root}`))
    )
      continue;
    roots.push(write.context);
  }
  for (const root of roots) {
    if (/\.py$/.test(root)) file(root);
    else if (!/\.[a-z]{1,5}$/i.test(root)) directory(root, 0);
  }
  return { complete, words };
}
