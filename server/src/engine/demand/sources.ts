/** Walks the sources that the image takes from the build context, and collects the words of the files that start processes. */
import { isBelow } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import type { ContextReader } from '../simulate/context.ts';
import { linksIn } from './linkNames.ts';

/** How a language's sources start other programs. */
export interface Language {
  /** Ends of file names. */
  readonly files: RegExp;
  /** The first line of a file that is not named so (`console`, `bin/www`) names one of these. */
  readonly interpreter: RegExp;
  /** A file that starts processes has this. */
  readonly starts: RegExp;
  /** Calls that start a process (flags `g`); group 1: the command line where it is a literal, `undefined` where it is not. */
  readonly calls: RegExp;
  /** Command lines that such a file starts otherwise; `undefined` for each that is not told. */
  readonly further?: (text: string) => readonly (string | undefined)[];
  /** A file that looks for libraries with the linker where there is no loader's cache (musl) has this. */
  readonly searches?: RegExp;
  /** A file that compiles when it runs has this: the compiler is one of the commands that it starts. */
  readonly compiles?: RegExp;
}

export interface ProgramWords {
  /** Every source below the copied directories was read, and every command that they start stands there. */
  readonly complete: boolean;
  /** Words inside string literals of files that start processes. */
  readonly words: ReadonlySet<string>;
  /** Base names of the commands that are started. */
  readonly commands: ReadonlySet<string>;
  /** Libraries without a version that are named, with their paths. */
  readonly links: ReadonlySet<string>;
  /** Some file looks for libraries with the linker. */
  readonly searches: boolean;
}

const MAX_FILES = 400;
/** Names without an end, as commands have them; README, LICENSE and Makefile are none. */
const BARE = /^[a-z][\w-]*$/;
const SKIP =
  /^(\.git|node_modules|\.venv|venv|__pycache__|\.tox|\.mypy_cache|dist|build|docs|static|media|locale|migrations|public|coverage|test|tests|__tests__|\.next|\.nuxt)\/$/;

/** Reads the sources of all languages at once. */
export function programWords(
  writes: readonly Write[],
  context: ContextReader,
  languages: readonly Language[],
): ProgramWords {
  const words = new Set<string>();
  const commands = new Set<string>();
  const links = new Set<string>();
  let left = MAX_FILES;
  let complete = true;
  let searches = false;
  const languageOf = (name: string): Language | undefined => languages.find((one) => one.files.test(name));
  /** The text of a file; `undefined`: it is not there, or not read. */
  const read = (path: string): string | undefined => {
    const text = left-- <= 0 ? 'unread' : context.read(path);
    if (text === 'unread') complete = false;
    return text === 'unread' || text === 'absent' ? undefined : text;
  };
  const file = (path: string, language: Language): void => {
    const text = read(path);
    if (text !== undefined) source(text, language);
  };
  const bareFile = (path: string): void => {
    const text = read(path) ?? '';
    const first = /^#!.*/.exec(text)?.[0];
    const language = first === undefined ? undefined : languages.find((one) => one.interpreter.test(first));
    if (language !== undefined) source(text, language);
  };
  const source = (text: string, language: Language): void => {
    if (language.compiles?.test(text) === true) commands.add('gcc');
    for (const [link] of linksIn(text)) links.add(link);
    searches ||= language.searches?.test(text) === true;
    if (!language.starts.test(text)) return;
    for (const found of text.matchAll(/["'`\s/]([A-Za-z][\w.+-]{0,40})(?=["'`\s])/g)) words.add(found[1] as string);
    for (const [, line] of text.matchAll(language.calls)) if (!commandsOf(line, commands)) complete = false;
    for (const line of language.further?.(text) ?? []) if (!commandsOf(line, commands)) complete = false;
  };
  const directory = (path: string, depth: number): void => {
    const names = depth > 8 ? 'unread' : context.list(path);
    if (names === 'unread') {
      complete = false;
      return;
    }
    for (const name of names) {
      const full = path === '' ? name : `${path}/${name}`;
      const language = languageOf(name);
      if (name.endsWith('/')) {
        if (!SKIP.test(name)) directory(full.slice(0, -1), depth + 1);
      } else if (language !== undefined) file(full, language);
      else if (BARE.test(name)) bareFile(full);
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
    const language = languageOf(root);
    if (language !== undefined) file(root, language);
    else if (!/\.[a-z]{1,5}$/i.test(root)) {
      if (BARE.test(root.slice(root.lastIndexOf('/') + 1))) bareFile(root);
      directory(root, 0);
    }
  }
  return { complete, words, commands, links, searches };
}

/** Scripts and those that run them: what is started in turn stands elsewhere. */
const RUNS_ELSE = /^((ba|da|a)?sh|npm|yarn|pnpm|make|.*\.(sh|bash))$/;

/** Adds what a command line starts; false when it is not told whole. */
function commandsOf(line: string | undefined, out: Set<string>): boolean {
  if (line === undefined) return false;
  let told = true;
  for (const part of line.split(/&&|\|\|?|;|\n/)) {
    const word = /^\s*(?:(?:sudo|exec|env|nohup|time)\s+|\w+=\S*\s+)*(\S*)/.exec(part)?.[1] ?? '';
    const name = word.slice(word.lastIndexOf('/') + 1);
    if (/^[A-Za-z][\w.+-]*$/.test(name)) out.add(name);
    else if (word !== '') told = false;
    if (RUNS_ELSE.test(name)) told = false;
  }
  return told;
}
