/**
 * Commands in the arguments of other commands: an entry script ends with `exec "$@"`, pm2 starts `npm -- start`, nodemon
 * has `--exec "npm start"`. What stands there may run; demand is taken of it, nothing else is concluded.
 */
import { scriptOf } from '../ecosystems/node/scripts.ts';
import { baseName } from '../model/path.ts';
import { MENTIONS_ONLY } from './starters.ts';

/** Programs that run what their arguments name. */
const RUNNER = /^(npm|npx|yarn|yarnpkg|pnpm|pnpx|bun|bunx|turbo|lerna|nx|pip3?|poetry|pipenv|pdm|uv|python[\d.]*)$/;

const RUNS_SCRIPTS = /^(npm-run-all2?|run-[sp])$/;

/** What `npm install yarn` names is no command. */
const INSTALLS = /^(i|install|add|ci|uninstall|remove|update|upgrade)$/;

/** The argument lists that stand in the arguments of a command; the first of nested ones, as it is read in its turn. */
export function nestedCommands(argv: readonly string[]): readonly (readonly string[])[] {
  const [first = '', ...rest] = argv;
  const verb = rest.find((word) => !word.startsWith('-')) ?? '';
  if (MENTIONS_ONLY.test(baseName(first)) || (RUNNER.test(baseName(first)) && INSTALLS.test(verb))) return [];
  // The page of npm-run-all: each operand is a script, with its own arguments in the same word.
  if (RUNS_SCRIPTS.test(baseName(first)))
    return rest.filter((word) => !word.startsWith('-')).map((word) => ['npm', 'run', word.replace(/\s.*$/s, '')]);
  const out: (readonly string[])[] = [];
  for (let at = 0; at < rest.length; at++) {
    const word = rest[at] as string;
    const isLast = at === rest.length - 1;
    // concurrently's short form of a script.
    const script = /^["']?(npm|yarn|pnpm|bun):([\w:.*-]+)["']?$/.exec(word);
    if (script !== null) out.push([script[1] as string, 'run', script[2] as string]);
    if (/\.(sh|bash)$/.test(word) || (RUNS_SCRIPTS.test(baseName(word)) && !isLast)) return [...out, rest.slice(at)];
    if (RUNNER.test(baseName(word)) && (!isLast || rest[at - 1] === '--'))
      return [...out, [word, ...operandsOf(word, rest.slice(at + 1))]];
  }
  return out;
}

/** `pm2 start npm --name web -- run start`: before `--` stand the options of who starts it. */
function operandsOf(runner: string, after: readonly string[]): readonly string[] {
  if (scriptOf(baseName(runner), after) !== undefined) return after;
  const end = after.indexOf('--');
  return end < 0 ? after : after.slice(end + 1);
}

/** The arguments that are whole command lines with a command that runs others in them. */
export function nestedLines(argv: readonly string[]): readonly string[] {
  const [first = '', ...rest] = argv;
  if (MENTIONS_ONLY.test(baseName(first))) return [];
  return rest.filter(
    (word) => /\s/.test(word) && word.split(/[\s;&|]+/).some((one) => RUNNER.test(one) || /\.(sh|bash)$/.test(one)),
  );
}
