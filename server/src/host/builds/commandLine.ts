/** `docker build`, `docker run` and `docker compose run` in the scripts of tasks and of continuous integration. */
import { commandsOfText } from '../../engine/demand/collect.ts';
import { resolveBelow } from '../files/files.ts';
import { isRemote, type Build } from './build.ts';

/** A build, with the names that its image gets. */
export interface BuildCommand extends Pick<Build, 'context' | 'dockerfile' | 'target'> {
  readonly tags: readonly string[];
}

/** Something that is run in an image or in a service of a compose file. */
export interface RunCommand {
  readonly image: string | undefined;
  readonly service: string | undefined;
  readonly argv: readonly string[];
}

export interface Script {
  readonly builds: readonly BuildCommand[];
  readonly runs: readonly RunCommand[];
}

const engines = new Set(['docker', 'podman', 'nerdctl', 'buildah', 'finch']);
/** Options that stand alone; any other without `=` takes the next word. */
const flags =
  /^(?:--(?:no-cache|pull|push|load|quiet|rm|force-rm|squash|compress|debug|check|init|detach|interactive|tty|privileged|read-only|publish-all|no-deps|use-aliases|service-ports|build|no-TTY|remove-orphans|quiet-pull|oom-kill-disable|no-healthcheck|help)|-[qditTPD]+)$/;

/** The commands of a shell text that starts in `folder` (below the workspace folder). Nothing of a text that cannot be parsed. */
export function readScript(text: string, folder: string): Script {
  const builds: BuildCommand[] = [];
  const runs: RunCommand[] = [];
  for (const { argv } of commandsOfText(text, () => undefined) ?? []) {
    const words = argv[0] === 'sudo' ? argv.slice(1) : argv;
    if (words[0] === 'docker-compose') compose(words.slice(1), runs);
    else if (engines.has(words[0] ?? '')) engine(words.slice(1), folder, builds, runs);
  }
  return { builds, runs };
}

function engine(words: readonly string[], folder: string, builds: BuildCommand[], runs: RunCommand[]): void {
  const { rest } = options(words, true);
  const [verb, ...after] =
    rest[0] === 'buildx' || rest[0] === 'image' || rest[0] === 'container' ? rest.slice(1) : rest;
  if (verb === 'compose') compose(after, runs);
  else if (verb === 'build' || verb === 'bud') {
    const build = buildOf(after, folder);
    if (build !== undefined) builds.push(build);
  } else if (verb === 'run') {
    const { values, rest: operands } = options(after, true);
    const [image, ...argv] = operands;
    const entrypoint = values.get('--entrypoint')?.at(-1);
    const whole = entrypoint === undefined ? argv : [entrypoint, ...argv];
    if (image !== undefined && whole.length > 0) runs.push({ image, service: undefined, argv: whole });
  }
}

function compose(words: readonly string[], runs: RunCommand[]): void {
  const { rest } = options(words, true);
  const [verb, ...after] = rest;
  if (verb !== 'run' && verb !== 'exec') return;
  const [service, ...argv] = options(after, true).rest;
  if (service !== undefined && argv.length > 0) runs.push({ image: undefined, service, argv });
}

function buildOf(words: readonly string[], folder: string): BuildCommand | undefined {
  const { values, rest } = options(words, false);
  const context = rest.at(-1);
  if (context === undefined || isRemote(context) || context.startsWith('/')) return undefined;
  const root = context.includes('$') ? undefined : resolveBelow(folder, context);
  if (root === undefined) return undefined;
  const last = (...names: string[]): string | undefined => names.flatMap((name) => values.get(name) ?? []).at(-1);
  const file = last('-f', '--file');
  // Docker resolves --file against the working directory.
  const dockerfile = file === undefined ? resolveBelow(root, 'Dockerfile') : resolveBelow(folder, file);
  if (dockerfile === undefined || file?.includes('$') === true) return undefined;
  const tags = [...(values.get('-t') ?? []), ...(values.get('--tag') ?? [])];
  return { context: root, dockerfile, target: last('--target'), tags };
}

/** Options and the other words. `early`: the first other word ends the options. */
function options(
  words: readonly string[],
  early: boolean,
): { readonly values: ReadonlyMap<string, readonly string[]>; readonly rest: readonly string[] } {
  const values = new Map<string, string[]>();
  const rest: string[] = [];
  for (let at = 0; at < words.length; at++) {
    const word = words[at] as string;
    if (!word.startsWith('-') || word === '-') {
      if (early) return { values, rest: words.slice(at) };
      rest.push(word);
    } else if (!flags.test(word)) {
      const [name = word] = word.split('=', 1);
      const value = word.includes('=') ? word.slice(name.length + 1) : words[++at];
      if (value !== undefined) values.set(name, [...(values.get(name) ?? []), value]);
    }
  }
  return { values, rest };
}
