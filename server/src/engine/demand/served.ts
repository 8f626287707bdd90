/**
 * A front end: all that the container does is to serve one directory that a build step made. Nothing else of the project
 * is read then: neither its sources nor what it depends on (github.com/vercel/serve, README and `--help`;
 * github.com/http-party/http-server, README: settings come from the options, and from serve.json of that directory).
 */
import { isBelow, resolvePath } from '../model/path.ts';
import type { Atom, ImageState, Write } from '../model/state.ts';
import type { Entry } from './entry.ts';

export interface Served {
  /** What is served. */
  readonly directory: string;
  /** The project around it, of which nothing else is read. */
  readonly project: string;
}

interface Server {
  /** Options with a value. */
  readonly valued: RegExp;
  /** Options without one, and those that stand with theirs in one word. */
  readonly plain: RegExp;
}

const SERVERS: Readonly<Record<string, Server>> = {
  serve: {
    valued: /^(-l|--listen|-p|--port)$/,
    plain:
      /^(-s|--single|-n|--no-clipboard|-L|--no-request-logging|-C|--cors|-u|--no-compression|-d|--debug|--no-etag|--no-port-switching|--(listen|port)=.*|-[lp]\S+)$/,
  },
  'http-server': {
    valued: /^(-p|--port|-a|-c)$/,
    plain:
      /^(-s|--silent|-g|--gzip|-b|--brotli|--cors(=.*)?|-d(=?(true|false))?|-i(=?(true|false))?|--no-dotfiles|-[pac]\S+|--port=.*)$/,
  },
};

/** What a health check may call: none of these reads a file of the project. */
const PROBE = /^(curl|wget|nc|exit|true|false|test|\[)$/;

const SHELL = /^(\/bin\/)?(ba|da|a)?sh$/;

/** The directory that is served and the project around it; `undefined` where the container may read more. */
export function servedOf(state: ImageState, entry: Entry, atoms: readonly Atom[]): Served | undefined {
  if (entry.unread.length > 0 || entry.unreadScript || entry.commands.length === 0) return undefined;
  let directory: string | undefined;
  for (const { argv, known, by } of entry.commands) {
    const name = argv[0] ?? '';
    if (!known) return undefined;
    // The entry script of Node's image starts what it is given (docker-library/node, docker-entrypoint.sh).
    if (name === 'docker-entrypoint.sh' && isOfNode(state)) continue;
    // What a shell is given stands among the commands.
    if (SHELL.test(name) && argv[1] === '-c' && argv.length === 3) continue;
    if (by === 'HEALTHCHECK' && PROBE.test(name)) {
      if (argv.some((word) => /^(\/|\.|file:|@)/.test(word))) return undefined;
      continue;
    }
    const operand = operandOf(name, argv);
    if (operand === undefined || directory !== undefined || !isGlobal(name, state)) return undefined;
    directory = resolvePath(state.config.workdir.value.text, operand);
  }
  return directory === undefined || directory.includes('$') ? undefined : around(directory, state, atoms);
}

function isOfNode({ config, root }: ImageState): boolean {
  return config.entrypoint?.from === 'base' && root.facts?.image === 'node';
}

/** The one directory on the command line of a server. */
function operandOf(name: string, argv: readonly string[]): string | undefined {
  const server = Object.hasOwn(SERVERS, name) ? SERVERS[name] : undefined;
  if (server === undefined) return undefined;
  const operands: string[] = [];
  for (let at = 1; at < argv.length; at++) {
    const word = argv[at] as string;
    if (server.valued.test(word)) at++;
    else if (!word.startsWith('-')) operands.push(word);
    else if (!server.plain.test(word)) return undefined;
  }
  return operands.length === 1 ? operands[0] : undefined;
}

/** An installation for everybody put the command where PATH finds it. */
function isGlobal(name: string, { writes }: ImageState): boolean {
  return writes
    .aliveNow()
    .some(({ path, kind, class: use }) => kind === 'file' && use === 'dependencies' && path.endsWith(`/bin/${name}`));
}

/** The outermost directory that a build step wrote and that holds what is served, if it is root's and nobody else says anything of it. */
function around(directory: string, state: ImageState, atoms: readonly Atom[]): Served | undefined {
  const holds = ({ kind, class: use, path, context, image }: Write): boolean =>
    kind === 'tree' &&
    use === 'app' &&
    context === undefined &&
    image === undefined &&
    path !== directory &&
    isBelow(directory, path);
  const writes = state.writes.aliveNow();
  const found = writes.filter(holds);
  const project = found.reduce((best, { path }) => (best === '' || isBelow(best, path) ? path : best), '');
  if (project === '' || project === '/' || directory.split('/').includes('node_modules')) return undefined;
  const last = Math.max(...found.map(({ atom }) => atom));
  const strange = writes.some(
    ({ kind, path, atom, class: use }) =>
      (kind === 'meta' && (isBelow(path, project) || isBelow(project, path))) ||
      // What another command makes there is not the build's: nobody has said that it is not read.
      (kind === 'link' && isBelow(path, project)) ||
      (atom > last && kind !== 'gone' && use === 'app' && isBelow(path, directory)),
  );
  const otherUser = atoms.some(({ id, key }) => id < last && /^user\b/i.test(key));
  const volumes = [...state.config.volume.keys()];
  return strange || otherUser || volumes.some((path) => isBelow(path, project)) ? undefined : { directory, project };
}

/** Part of the project, and not of what is served. */
export function isUnserved({ path, kind, context }: Write, { directory, project }: Served): boolean {
  if (!isBelow(path, project) || isBelow(path, directory)) return false;
  // What a build step wrote around it holds it; a copy of the build context was built over.
  return kind !== 'tree' || context !== undefined || !isBelow(directory, path);
}
