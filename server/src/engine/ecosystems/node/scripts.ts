/** Scripts of package.json that a command line starts (npm, yarn, pnpm and bun documentation, "run"). */
import { parsePackageJson } from './manifest.ts';

const OWN = /^(start|stop|restart|test)$/;

/** The name of the script that `npm start`, `npm run X`, `yarn X` … run; `undefined` for every other command. */
export function scriptOf(manager: string, words: readonly string[]): string | undefined {
  if (!/^(npm|yarn|yarnpkg|pnpm|bun)$/.test(manager)) return undefined;
  const operands: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (word === '--') break;
    if (/^(--prefix|--dir|-C|--cwd|--filter|-F|--loglevel|--workspace)$/.test(word)) at++;
    else if (word === '-w' && manager === 'npm') at++;
    else if (!word.startsWith('-')) operands.push(word);
  }
  // `yarn workspace api start`, `yarn workspaces foreach run start`.
  if (operands[0] === 'workspace') operands.splice(0, 2);
  else if (operands[0] === 'workspaces') operands.splice(0, Math.max(1, operands.indexOf('run')));
  const [verb, name] = operands;
  if (verb === 'run' || verb === 'run-script') return name;
  if (verb !== undefined && OWN.test(verb)) return verb;
  // yarn, pnpm and bun run any other word as a script; a file is bun's program.
  if (manager === 'npm' || verb === undefined || /[./]/.test(verb)) return undefined;
  return /^(exec|dlx|x|node|install|add|global)$/.test(verb) ? undefined : verb;
}

/** The command lines of a script with its `pre` and `post` scripts; `undefined` when package.json is no JSON. */
export function scriptLines(packageJson: string, script: string): readonly string[] | undefined {
  const manifest = parsePackageJson(packageJson);
  if (manifest === undefined) return undefined;
  const { scripts } = manifest;
  if (script.includes('*')) {
    const pattern = new RegExp(`^${script.replace(/[.+?^$()[\]{}|\\]/g, '\\$&').replace(/\*+/g, '.*')}$`);
    return Object.entries(scripts).flatMap(([name, line]) => (pattern.test(name) ? [line] : []));
  }
  const own = scripts[script] ?? (script === 'start' ? 'node server.js' : undefined);
  return [scripts[`pre${script}`], own, scripts[`post${script}`]].filter((line) => line !== undefined);
}
