/**
 * The shell inside one RUN: working directory, variables, options. Handlers
 * of commands report what they do through it; it keeps the state of the stage
 * and the effect of the atom that is running.
 */
import type { Facts } from '../facts/index.ts';
import { isBelow, resolvePath } from '../model/path.ts';
import type { ShellNode } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import type { ChainItem } from '../parse/chain.ts';
import type { Dependency, Effect, ImageState, MountRoot, Need, Principal, Role, Write } from '../model/state.ts';
import { known, union, withText, type Value } from '../model/value.ts';
import { baseHolds } from './base.ts';
import { spreadsBraces } from './braces.ts';
import type { ContextReader } from './context.ts';
import type { Arg } from './words.ts';

/** Path or value that a handler gives; an `Arg` keeps its doubts. */
export type PathLike = string | Arg | Value;

/** What makes two commands the same. */
export interface KeyParts {
  /** With everything around it. */
  readonly whole: string;
  /** With the user, and with the directory and the variables where they matter. */
  used(inDirectory: boolean, withVariables: boolean): string;
}

/** Before the path of a file whose variables nobody has read (`. /etc/os-release`), among the variables of the shell. */
export const SOURCED = '.:';

type WriteOptions = Partial<Omit<Write, 'key' | 'atom' | 'path'>>;

export class Machine {
  cwd: Value;
  vars = new Map<string, Value>();
  /** `set -e` is in force. */
  errexit = false;
  /** What `umask` takes from the mode of what is made, as it was set; `undefined`: what the shell starts with (022). */
  umask: string | undefined = undefined;
  /** The shell spreads `{a,b}`. */
  braces = true;
  /** The user that the running command was switched to. */
  as: string | undefined = undefined;
  /** Depth of branches that may not run. */
  maybe = 0;
  /** Nesting of scripts and functions that are followed. */
  depth = 0;
  effect: Effect;
  atom = 0;
  key = '';
  keyParts: KeyParts | undefined;
  /** The mounts of the RUN that is running. */
  mounts: readonly MountRoot[] = [];
  /** The first atom of the instruction that is running. */
  firstAtom = 0;
  /** The commands of the RUN that is running, and the place of the one that runs now. */
  chain: readonly ChainItem[] = [];
  place = 0;

  constructor(
    readonly state: ImageState,
    readonly facts: Facts,
    readonly context: ContextReader,
    effect: Effect,
  ) {
    this.effect = effect;
    this.cwd = state.config.workdir.value;
  }

  /** A fresh shell at the start of an instruction, in the working directory of the image. */
  restart(): void {
    this.cwd = this.state.config.workdir.value;
    this.vars = new Map();
    this.errexit = false;
    this.umask = undefined;
    this.as = undefined;
    this.braces = spreadsBraces(this.state.config.shell?.value[0] ?? 'sh', this.state.root);
    this.maybe = 0;
    this.depth = 0;
  }

  /** What stands after the running command in its RUN. */
  upcoming(): readonly ShellNode[] {
    return this.chain.slice(this.place + 1).flatMap(({ nodes }) => nodes);
  }

  /** Value of a variable: the shell's, then ENV, then ARG; `undefined` when nobody has set it. */
  lookup = (name: string): Value | undefined => {
    const own = this.vars.get(name);
    if (own !== undefined) {
      this.effect.variables = true;
      return own;
    }
    if (name === 'PWD') return this.cwd;
    const env = this.state.config.env.get(name);
    if (env !== undefined) return env.value;
    if (name === 'HOME') return this.home();
    const argument = this.state.args.get(name);
    if (argument === undefined && this.sourced()) this.effect.variables = true;
    return argument;
  };

  /** A file was read into this shell that may have set any variable. */
  private sourced(): boolean {
    for (const name of this.vars.keys()) if (name.startsWith(SOURCED)) return true;
    return false;
  }

  /** The user in force, with a group as it was given: the one that `sudo` and its kin run a command as, else that of the image. */
  user(): string | undefined {
    return this.as ?? this.state.config.user?.value.text;
  }

  /** Home of the user in force: what /etc/passwd of a base says that nobody knows, nobody can tell. */
  home(): Value {
    const user = this.user()?.split(':')[0] ?? 'root';
    if (user === 'root' || user === '0') return known('/root');
    const record = this.state.principals.get(`user:${user}`) ?? this.userById(user);
    if (record?.home !== undefined) return known(record.home);
    // Whom /etc/passwd does not list has `/` (Dockerfile reference, USER).
    if (record === undefined && /^\d+$/.test(user) && this.state.root.facts !== undefined) return known('/');
    return record?.from === 'command' ? known(`/home/${user}`) : UNKNOWN_HOME;
  }

  private userById(id: string): Principal | undefined {
    if (!/^\d+$/.test(id)) return undefined;
    for (const record of this.state.principals.values()) {
      if (record.kind === 'user' && record.id === Number(id)) return record;
    }
    return undefined;
  }

  /** True when the commands run as root. */
  isRoot(): boolean {
    const user = this.user()?.split(':')[0];
    return user === undefined || user === '' || user === 'root' || user === '0';
  }

  /** The absolute path a word means here. Open parts stay as `${NAME}`. */
  path(path: PathLike): string {
    const text = typeof path === 'string' ? path : path.text;
    const expanded = text === '~' || text.startsWith('~/') ? this.tilde(text) : text;
    if (expanded.startsWith('/')) {
      if (path === this.cwd) this.effect.relative = true;
      return resolvePath('/', expanded);
    }
    this.effect.relative = true;
    return resolvePath(this.cwd.text === '' ? '/' : this.cwd.text, expanded);
  }

  private tilde(text: string): string {
    const home = this.lookup('HOME') ?? this.home();
    return home.text + text.slice(1);
  }

  role(...roles: Role[]): void {
    for (const role of roles) this.effect.roles.add(role);
  }

  /** Records that a path is written. Returns the absolute path. */
  write(path: PathLike, options: WriteOptions = {}): string {
    const absolute = this.path(path);
    let args = typeof path === 'string' ? NONE : path.args;
    // A text may have been made of the working directory; one that lies elsewhere was not.
    const text = typeof path === 'string' ? path : path.text;
    if (!text.startsWith('/') || (typeof path === 'string' && isBelow(absolute, this.cwd.text)))
      args = union(args, this.cwd.args);
    const user = this.isRoot() ? undefined : this.user();
    for (const { path: root } of this.mounts) if (isBelow(absolute, root)) return absolute;
    const write: { -readonly [P in keyof Write]: Write[P] } = {
      key: this.key,
      atom: this.atom,
      path: absolute,
      kind: options.kind ?? 'file',
      sure: this.maybe === 0 && (options.sure ?? true),
      class: options.class ?? this.classOf(absolute),
    };
    // One by one, where there are any: this runs for every file of every command, and spreads cost several times as much.
    for (const name in options)
      if (name !== 'kind' && name !== 'sure' && name !== 'class')
        (write as unknown as Record<string, unknown>)[name] = options[name as keyof WriteOptions];
    if (user !== undefined && options.context === undefined && write.kind !== 'meta' && write.kind !== 'gone')
      write.owner ??= user;
    if (this.umask !== undefined) this.masked(write);
    if (args.length > 0) write.args = args;
    // A list or key that is downloaded sets up a repository, as apt-key and add-apt-repository do.
    if (write.kind !== 'gone' && this.effect.roles.has('fetch') && isRepositoryFile(absolute))
      this.effect.repository = true;
    this.effect.writes.push(write);
    this.state.writes.add(write);
    return absolute;
  }

  /** What is made here has what `umask` leaves of its mode, directories of 777 (umask(1p)); what the base has is there already. */
  private masked(write: { -readonly [P in keyof Write]: Write[P] }): void {
    const { kind, path } = write;
    if (kind === 'gone' || kind === 'meta' || kind === 'edit' || kind === 'link' || baseHolds(this.state, path)) return;
    const mask = this.umask as string;
    const isNumber = kind === 'dir' && /^[0-7]+$/.test(mask);
    write.mode ??= isNumber ? (0o777 & ~parseInt(mask, 8)).toString(8) : `umask ${mask}`;
  }

  /** Where a path lies says what it is for when nothing else does; a file that works in /tmp keeps there what it made. */
  private classOf(path: string): Write['class'] {
    const here = this.state.config.workdir.value.text;
    return TEMPORARY.test(here) && TEMPORARY.test(path) ? 'data' : classOfPath(path);
  }

  /** The class of sources that are unpacked or compiled: in /tmp nobody misses them, unless the file works there. */
  classOfSources(path: PathLike): Write['class'] {
    const here = this.state.config.workdir.value.text;
    return TEMPORARY.test(this.path(path)) && !TEMPORARY.test(here) ? 'cache' : 'app';
  }

  /** The class of what a command writes under the very name that it was given: a model in ~/.cache is no cache. */
  classOfNamed(path: PathLike): Write['class'] {
    const absolute = this.path(path);
    return TEMPORARY.test(absolute) || !absolute.includes('/.cache/') ? this.classOf(absolute) : 'data';
  }

  /** The class of a file that is made empty: outside /tmp and caches of the home it is wanted, among logs and pids too. */
  classOfMade(path: PathLike): Write['class'] {
    const absolute = this.path(path);
    return /^\/(var\/log|run|var\/run)\//.test(absolute) ? 'data' : this.classOf(absolute);
  }

  read(path: PathLike): string {
    const absolute = this.path(path);
    this.effect.reads.push(absolute);
    return absolute;
  }

  need(kind: Need['kind'], name: string, why: string, sure = true, span?: Span): void {
    this.effect.needs.push({ kind, name, sure: sure && this.maybe === 0, why, span });
  }

  /** A library, program or file that the result of this command needs when the container runs. */
  needAtRun(kind: Need['kind'], name: string, why: string, sure: boolean, span?: Span): void {
    this.state.runNeeds.push({ kind, name, sure, why, span });
  }

  depend(dependency: Dependency): void {
    this.effect.dependencies.push(dependency);
    this.state.dependencies.push(dependency);
  }

  unread(what: string, kind: 'dependencies' | 'entry-script' | 'program', span: Span, ecosystem?: string): void {
    const record = { what, kind, span, ...(ecosystem === undefined ? {} : { ecosystem }) };
    this.effect.unread.push(record);
    this.state.unread.push(record);
  }

  principal(record: Principal): void {
    this.role('principal');
    this.effect.principals.push(record);
    this.state.principals.set(`${record.kind}:${record.name}`, record);
  }

  /** Nobody knows what this command reads and writes. */
  opaque(name: string, span: Span): void {
    this.role('opaque');
    this.effect.opaque ??= { name, span };
    this.effect.relative = true;
    this.effect.variables = true;
    this.effect.replayable = false;
  }

  cd(path: PathLike): void {
    const absolute = this.read(path);
    const open = typeof path === 'string' ? [] : path.open;
    const args = typeof path === 'string' ? [] : path.args;
    const relative = typeof path === 'string' ? !path.startsWith('/') : !path.text.startsWith('/');
    this.cwd = {
      text: absolute,
      open: relative ? union(this.cwd.open, open) : open,
      args: relative ? union(this.cwd.args, args) : args,
    };
    this.effect.shell.add('directory');
  }

  /** The value of PATH as a list of directories. */
  searchPath(): readonly string[] {
    const value = this.lookup('PATH') ?? DEFAULT_PATH;
    let directories = directoriesOf.get(value);
    if (directories === undefined) {
      directories = value.text.split(':').filter((directory) => directory.startsWith('/'));
      directoriesOf.set(value, directories);
    }
    return directories;
  }

  /** A value made of text at hand with the doubts of another. */
  derived(value: Value, text: string): Value {
    return withText(value, text);
  }
}

/** Lists and keys of a package manager's repositories (sources.list(5), apt-secure(8), apk-repositories(5)). */
export function isRepositoryFile(path: string): boolean {
  return /^\/(etc\/apt\/(sources\.list\.d|keyrings|trusted\.gpg\.d)\/.|usr\/share\/keyrings\/.|etc\/apk\/keys\/.)/.test(
    path,
  );
}

const NONE: readonly string[] = [];

const UNKNOWN_HOME: Value = { text: '/$HOME', open: ['HOME'], args: [] };

const DEFAULT_PATH = known('/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin');

/** Most commands see the same PATH. */
const directoriesOf = new WeakMap<Value, readonly string[]>();

const TEMPORARY = /^\/(tmp|var\/tmp)(\/|$)/;

const CACHE =
  /^\/(tmp|var\/tmp|var\/cache|var\/log|var\/lib\/apt\/lists|root\/\.cache|run|dev\/shm)(\/|$)|\/\.cache(\/|$)/;

/** What a directory is for (Filesystem Hierarchy Standard 3.0, chapters 3 and 5). */
function classOfPath(path: string): Write['class'] {
  return CACHE.test(path) ? 'cache' : 'data';
}
