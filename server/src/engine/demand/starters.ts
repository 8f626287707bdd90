/** Programs that start others by what files say: cron, supervisors of processes. */
import { baseName, isBelow, joinPath, parentOf, resolvePath } from '../model/path.ts';
import type { ImageState } from '../model/state.ts';
import type { ContextReader } from '../simulate/context.ts';

/** What such a program starts. */
export interface Started {
  /** Command lines, each with the file that has it. */
  readonly lines: { readonly text: string; readonly by: string }[];
  /** Paths of scripts. */
  readonly scripts: string[];
  /** Files of which nobody knows what they say. */
  readonly unread: string[];
}

/** `crontab`: crontab(5); `procfile`: Heroku Dev Center, "The Procfile"; `ini`: `command=` and `cmd =` lines; `pm2`: `script`, `args` and `interpreter`; `scripts`: every file is run; `closed`: another form. */
type Form = 'crontab' | 'procfile' | 'ini' | 'pm2' | 'scripts' | 'closed';

interface Starter {
  readonly form: Form;
  /** Files and directories that it reads unless it is told others. */
  readonly places: readonly string[];
  /** Options whose value is the file or directory that it reads instead. */
  readonly options?: readonly string[];
  /** An operand is what it reads instead; with a form: those that look like it, and without one it starts no files. */
  readonly operand?: true | RegExp;
  /** What the file is called where none is found. */
  readonly name: string;
}

const CRON: Starter = {
  form: 'crontab',
  // cron(8) of Debian; BusyBox's crond as Alpine configures it.
  places: ['/etc/crontab', '/etc/cron.d', '/var/spool/cron', '/etc/crontabs'],
  options: ['-c'],
  name: 'crontab',
};
/** supervisord.org, "Configuration File"; Debian's package has /etc/supervisor. */
const SUPERVISOR: Starter = {
  form: 'ini',
  places: [
    'supervisord.conf',
    'etc/supervisord.conf',
    '/etc/supervisord.conf',
    '/etc/supervisord.d',
    '/etc/supervisor',
    '/usr/local/etc/supervisord.conf',
  ],
  options: ['-c', '--configuration'],
  name: 'supervisord.conf',
};
const crontabOf: Starter = { form: 'crontab', places: [], operand: true, name: 'crontab' };
/** pm2.keymetrics.io, "Ecosystem File". */
const PM2: Starter = {
  form: 'pm2',
  places: [],
  operand: /\.(config\.[cm]?js|json|ya?ml)$/,
  name: 'ecosystem.config.js',
};
const PROCFILE: Starter = { form: 'procfile', places: ['Procfile'], options: ['-f', '--procfile'], name: 'Procfile' };
const scriptsBelow = (...places: string[]): Starter => ({ form: 'scripts', places, operand: true, name: 'run' });

/** By base name; the documentation of each names the places. */
const STARTERS: ReadonlyMap<string, Starter> = new Map<string, Starter>([
  ['cron', CRON],
  ['crond', CRON],
  ['crontab', crontabOf],
  ['supercronic', crontabOf],
  ['go-crond', crontabOf],
  ['supervisord', SUPERVISOR],
  ['supervisor', SUPERVISOR],
  ['circusd', { form: 'ini', places: [], operand: true, name: 'circus.ini' }],
  ...['honcho', 'foreman', 'forego', 'goreman', 'hivemind', 'overmind'].map((name) => [name, PROCFILE] as const),
  ...['pm2', 'pm2-runtime', 'pm2-docker', 'pm2-dev'].map((name) => [name, PM2] as const),
  ['runsvdir', scriptsBelow('/etc/service')],
  ['s6-svscan', scriptsBelow('/etc/s6')],
  ['my_init', scriptsBelow('/etc/service', '/etc/my_init.d')],
  ['monit', { form: 'closed', places: ['/etc/monitrc', '/etc/monit'], options: ['-c'], name: 'monitrc' }],
  ['yacron', { form: 'closed', places: ['/etc/yacron.d'], options: ['-c'], name: 'yacron.yaml' }],
]);

/** In these people run what they like: by ssh, in a terminal, in a notebook (`!git clone …`). */
const OPEN = new Set([
  ...['sshd', 'dropbear', 'jupyter', 'jupyter-lab', 'jupyter-notebook', 'jupyterhub', 'jupyterhub-singleuser'],
  ...['code-server', 'openvscode-server', 'ttyd', 'gotty', 'wetty', 'shellinaboxd'],
]);

/** Names that stand for nothing else: they are started wherever they stand (`poetry run supervisord`). */
const TELLING =
  /^(supervisord|supercronic|go-crond|circusd|honcho|foreman|forego|goreman|hivemind|overmind|runsvdir|pm2(-runtime|-docker|-dev)?)$/;

/** s6-overlay is started by this very path (its README, "The Docker Way?"). */
const S6_OVERLAY = scriptsBelow('/etc/services.d', '/etc/cont-init.d', '/etc/s6-overlay');

/** What the command starts by its files; `undefined` for a command that is none of these. */
export function startedBy(argv: readonly string[], state: ImageState, context: ContextReader): Started | undefined {
  const open = openOf(argv);
  if (open !== undefined) return { lines: [], scripts: [], unread: [`what people run in \`${open}\``] };
  const [starter, rest] = starterOf(argv);
  if (starter === undefined) return undefined;
  const given = givenPlaces(starter, rest);
  if (starter.operand instanceof RegExp && given.length === 0) return undefined;
  const found = filesOf(starter, given.length > 0 ? given : starter.places, state, context);
  const out: Started = { lines: [], scripts: [], unread: found.size === 0 ? [given[0] ?? starter.name] : [] };
  for (const [path, text] of found) {
    if (starter.form === 'scripts') out.scripts.push(path);
    else if (text === undefined || starter.form === 'closed') out.unread.push(path);
    else for (const line of linesOf(text, path, starter.form)) out.lines.push({ text: line, by: path });
  }
  return out;
}

/** The files at these places, with their text where somebody has read it. */
function filesOf(
  starter: Starter,
  places: readonly string[],
  state: ImageState,
  context: ContextReader,
): ReadonlyMap<string, string | undefined> {
  const all = new Map<string, string | undefined>();
  const directory = state.config.workdir.value.text;
  const queue = places.map((place) => resolvePath(directory, place));
  for (const place of queue) {
    for (const [path, text] of filesAt(place, state, context)) {
      if (all.has(path)) continue;
      all.set(path, text);
      if (starter.form === 'ini' && text !== undefined) queue.push(...included(text, path));
    }
  }
  // A file that may be in a directory nobody has listed counts where there is no other.
  const sure = [...all].filter(([path, text]) => text !== undefined || state.writes.index.exactly(path).length > 0);
  return sure.length > 0 ? new Map(sure) : all;
}

/** The directories of `[include] files = conf.d/*.conf`, seen from the file's own. */
function included(text: string, path: string): string[] {
  const files = /^\[include\][^[]*?^[ \t]*files[ \t]*=[ \t]*(\S.*)$/m.exec(text)?.[1] ?? '';
  return files
    .split(/\s+/)
    .filter((pattern) => pattern !== '')
    .map((pattern) => resolvePath(parentOf(path), pattern.replace(/[^/]*\*.*$/, '') || '.'));
}

/** The program in which people run commands, if this command starts one. */
function openOf(argv: readonly string[]): string | undefined {
  const names = argv.map(baseName).filter((word) => OPEN.has(word));
  const [first = '', second] = argv.map(baseName);
  if (OPEN.has(first)) return first;
  if (first === 'service') return second === 'ssh' ? 'sshd' : undefined;
  if (argv[0] === '/etc/init.d/ssh') return 'sshd';
  return MENTIONS_ONLY.test(first) ? undefined : names[0];
}

/** The starter, and its arguments; `service NAME start` and `/etc/init.d/NAME start` start the same programs. */
function starterOf(argv: readonly string[]): readonly [Starter | undefined, readonly string[]] {
  const [name = '', second = ''] = argv;
  if (name === '/init') return [S6_OVERLAY, []];
  if (baseName(name) === 'service') return [STARTERS.get(second), []];
  if (name.startsWith('/etc/init.d/')) return [STARTERS.get(baseName(name)), []];
  // `python -m honcho start`.
  if (/^python[\d.]*$/.test(baseName(name)) && second === '-m') return starterOf(argv.slice(2));
  if (baseName(name) === 'busybox') return [second === 'crond' ? CRON : undefined, argv.slice(2)];
  const own = STARTERS.get(baseName(name));
  if (own !== undefined || MENTIONS_ONLY.test(baseName(name))) return [own, argv.slice(1)];
  const at = argv.findIndex((word) => TELLING.test(baseName(word)));
  return at < 0 ? [undefined, []] : [STARTERS.get(baseName(argv[at] ?? '')), argv.slice(at + 1)];
}

/** Commands whose arguments are not run. */
export const MENTIONS_ONLY = /^(echo|printf|cat|ls|test|\[|which|pgrep|pkill|kill|killall|pip3?|apt-get|apk)$/;

function givenPlaces({ options = [], operand }: Starter, rest: readonly string[]): string[] {
  const out: string[] = [];
  rest.forEach((word, at) => {
    const [name = '', value] = word.split('=', 2);
    if (options.includes(name)) out.push(value ?? rest[at + 1] ?? '');
    else if (operand instanceof RegExp ? operand.test(word) : operand === true && !word.startsWith('-')) out.push(word);
  });
  return out.filter((place) => place !== '');
}

/** Files at or below a path that came from outside the base, with their text where somebody has read it. */
function filesAt(path: string, state: ImageState, context: ContextReader): Map<string, string | undefined> {
  const out = new Map<string, string | undefined>();
  const { writes } = state;
  const file = (at: string): void => {
    const found = context.fileAt(at, writes);
    out.set(at, found === 'unread' || found === 'unknown' ? undefined : found.text);
  };
  const directory = (at: string, source: string, depth: number): void => {
    const names = depth > 4 ? 'unread' : context.list(source);
    if (names === 'unread') out.set(at, undefined);
    else
      for (const name of names) {
        const inside = joinPath(source === '' ? '/' : `/${source}`, name).slice(1);
        if (name.endsWith('/')) directory(joinPath(at, name.slice(0, -1)), inside.slice(0, -1), depth + 1);
        else file(joinPath(at, name));
      }
  };
  const source = context.sourceOf(path, writes);
  if (source !== undefined) {
    const names = context.list(source);
    if (names !== 'unread' && names.length > 0) directory(path, source, 0);
    else if (context.read(source) !== 'absent') file(path);
  }
  for (const write of writes.aliveNow()) {
    if (!isBelow(write.path, path) || write.kind === 'gone' || write.kind === 'dir' || write.kind === 'meta') continue;
    if (write.kind === 'tree' && write.context !== undefined) directory(write.path, write.context, 0);
    else if (!out.has(write.path)) file(write.path);
  }
  return out;
}

/** The commands of a Procfile. */
export function procfileLines(text: string): string[] {
  return [...text.matchAll(/^[\w-]+:[ \t]*(\S.*)$/gm)].map((line) => line[1] as string);
}

/** The command lines of an ecosystem file of pm2: every script with every list of arguments of the file. */
function processLines(text: string): string[] {
  const values = (key: string): string[] =>
    [...text.matchAll(new RegExp(`(?:^|[\\s{,"'])${key}["']?\\s*:\\s*["'\`]?([^"'\`\\n,]+)`, 'g'))].map((found) =>
      (found[1] as string).trim(),
    );
  const all = ['', ...values('args')];
  return [
    ...values('script').flatMap((script) => all.map((rest) => `${script} ${rest}`.trim())),
    ...values('interpreter'),
  ];
}

function linesOf(text: string, path: string, form: 'crontab' | 'procfile' | 'ini' | 'pm2'): string[] {
  if (form === 'pm2') return processLines(text);
  if (form === 'procfile') return procfileLines(text);
  if (form === 'ini')
    return [...text.matchAll(/^[ \t]*(?:command|cmd)[ \t]*=[ \t]*(\S.*)$/gm)].map((line) => line[1] ?? '');
  // The tables of the system have a user before the command.
  const job = /^\/etc\/(crontab|cron\.d\/[^/]*)$/.test(path)
    ? /^(?:@\w+|(?:\S+\s+){4}\S+)\s+\S+\s+(.+)$/
    : /^(?:@\w+|(?:\S+\s+){4}\S+)\s+(.+)$/;
  const located = DEBIAN_TABLES.test(path) && !/^\s*PATH\s*=/m.test(text) ? ofDistribution : (line: string) => line;
  return text
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '' && !line.startsWith('#') && !/^[A-Za-z_]\w*\s*=/.test(line))
    .flatMap((line) => job.exec(line)?.[1] ?? [])
    .map(located);
}

const DEBIAN_TABLES = /^\/(etc\/(crontab$|cron\.d\/)|var\/spool\/cron\/)/;

/** Debian's cron looks for commands in /usr/bin and /bin alone (cron(8) of Debian, crontab(5)): no Python of /usr/local is found. */
function ofDistribution(line: string): string {
  return line.replace(/(^|[;&|(]\s*|\b(?:exec|nohup|time)\s+)(?=python3?\s)/g, '$1/usr/bin/');
}
