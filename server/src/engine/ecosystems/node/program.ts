/** How a Node program starts other programs (nodejs.org, child_process; the pages of the packages named). */
import type { Language } from '../../demand/sources.ts';
import { aliasedCalls } from './aliases.ts';

export const nodeSources: Language = {
  files: /\.([cm]?[jt]s|[jt]sx)$/,
  interpreter: /\b(node|bun|deno|ts-node|tsx)\b/,
  starts:
    /\b(child_process|execa|cross-spawn|spawn-command|shelljs|zx|node-pty|simple-git|nodegit|fluent-ffmpeg|imagemagick|gm|Bun\.spawn|Deno\.Command)\b/,
  // `.exec(` of anything else is a regular expression's; a name that is defined or passed on is no call; Node itself is there.
  calls:
    /(?:(?<!function\s)(?<![.\w$])|\b(?:child_?process|cp|shell(?:js)?|Bun)['"]?\)?\.)(?:exec(?:Sync|File|FileSync|Async|Promise|a|aSync|aCommand|aCommandSync)?|spawn(?:Sync|Async)?)\s*\(\s*(?!process\.(?:execPath|argv)\b)(?:["'`]([^"'`]*)["'`]|\[?[^)\s])/g,
  further: aliasedCalls,
};
