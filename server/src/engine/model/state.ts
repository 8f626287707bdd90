/** What an image holds after its instructions have been executed in the abstract. */
import type { BaseFacts } from '../facts/types.ts';
import type { FlagSet } from './flagSet.ts';
import type { Span } from './span.ts';
import type { Value } from './value.ts';
import type { WriteLog } from './writeLog.ts';

/**
 * The smallest thing that is placed as a whole: an instruction, or one command
 * of the top-level chain of a RUN.
 */
export interface Atom {
  readonly id: number;
  readonly stage: number;
  /** Index into `Dockerfile.instructions`. */
  readonly instruction: number;
  /** Index into the chain of a RUN; 0 for every other instruction. */
  readonly command: number;
  readonly span: Span;
  /** Same text, same working directory, same user: same key. Equal keys are told apart by order. */
  readonly key: string;
  readonly effect: Effect;
  /** The mounts of its RUN: what is written below them is not part of the image. */
  readonly mounts?: readonly MountRoot[];
}

/** Where a `RUN --mount` is mounted. */
export interface MountRoot {
  /** Absolute. */
  readonly path: string;
  /** `cache`, `bind`, `tmpfs`, `secret`, `ssh`. */
  readonly type: string;
}

/** What a command is for; an atom can be several. */
export type Role =
  /** ENV, WORKDIR, CMD … */
  | 'config'
  /** COPY and ADD from the build context or another image. */
  | 'copy'
  /** COPY --from a stage. */
  | 'copy-stage'
  /** Installs packages of the distribution. */
  | 'install'
  /** Index updates, cache cleaning, repositories and keys around an installation. */
  | 'scaffold'
  /** Installs packages of a language; may compile. */
  | 'dependencies'
  /** Compiles or assembles something from sources. */
  | 'build'
  /** Brings a toolchain by download or installer script. */
  | 'toolchain'
  | 'fetch'
  /** Simple file operations that give the same result wherever they run. */
  | 'setup'
  /** Users and groups. */
  | 'principal'
  /** Runs the application or a script of it. */
  | 'program'
  /** Runs tests or checks; its output is not wanted. */
  | 'check'
  /** Reads only. */
  | 'query'
  /** cd, export, set, umask: only the state of the shell. */
  | 'shell'
  /** Deletes. */
  | 'cleanup'
  /** Nobody knows what it reads and writes. */
  | 'opaque';

export type NeedTime = 'build' | 'run';

/** Something that must be there when a command runs. */
export interface Need {
  readonly kind:
    | 'exe'
    | 'library'
    /** A library of the compiler's own, which its packages bring (simulate/commands/runtimes.ts). */
    | 'runtime'
    | 'path'
    | 'compiler'
    | 'headers'
    | 'certificates'
    | 'zones'
    | 'locale'
    | 'module';
  readonly name: string;
  /** False: it may be needed (an unread manifest). */
  readonly sure: boolean;
  readonly why: string;
  readonly span: Span | undefined;
}

export type WriteKind =
  | 'file'
  | 'dir'
  /** Anything at or below the path may have been written. */
  | 'tree'
  | 'link'
  /** Owner or mode only. */
  | 'meta'
  /** A file that was there is changed in place. */
  | 'edit'
  /** Deleted, with everything below. */
  | 'gone';

export type WriteClass =
  | 'app'
  | 'dependencies'
  | 'artifact'
  | 'config'
  | 'data'
  /** Package-manager, downloader and framework caches, logs, temporary files. */
  | 'cache'
  /** Results of a build step that nothing reads afterwards. */
  | 'intermediate'
  | 'toolchain'
  /** Sources fetched in order to be compiled. */
  | 'source';

export interface Write {
  /** Key of the atom that wrote it; a copy between stages keeps it. */
  readonly key: string;
  readonly atom: number;
  readonly path: string;
  readonly kind: WriteKind;
  /** False: the command may write here, depending on what nobody has read. */
  readonly sure: boolean;
  readonly class: WriteClass;
  /** `user:group` as given by chown, --chown, install -o; undefined: whoever ran the command. */
  readonly owner?: string;
  readonly mode?: string;
  /** Build arguments whose defaults are part of the path. */
  readonly args?: readonly string[];
  /** The command fails where the path exists already (`mkdir` without -p, `ln -s` without -f, `git clone`). */
  readonly fresh?: true;
  /** Where in the build context it came from: a file, or a directory for a tree. */
  readonly context?: string;
  /** Target of a symbolic link. */
  readonly link?: string;
  /** `meta`: everything below has it too (chown -R). */
  readonly recursive?: boolean;
  /** `gone`, `meta`: only what lies below the path, not the path itself. */
  readonly below?: boolean;
  /** The pattern that chose the files below `path`. */
  readonly pattern?: string;
  /** Stem of the archive that was unpacked here. */
  readonly unpacked?: string;
  /** The place is what most build systems use, not what anything states. */
  readonly guessed?: boolean;
  /** `toolchain`: the commands that need it; where the container runs none of them it stays behind. */
  readonly serves?: readonly string[];
  /** Copied out of a larger tree: only this part of what `within` held. */
  readonly within?: string;
  /** Copied from another image. */
  readonly image?: string;
  /** Reached this stage by COPY --from. */
  readonly copied?: boolean;
  /** Content of the base image that was copied along: the base it is from. */
  readonly base?: string;
  /** `base`: it lay elsewhere there. */
  readonly moved?: true;
}

export type PackageManager = 'apt' | 'apk' | 'rpm' | 'pacman';

export interface PackageRecord {
  readonly name: string;
  readonly by: 'asked' | 'depends' | 'recommends' | 'base';
  readonly because?: string;
  readonly atom?: number;
  /** The command that asked for it takes Recommends along. */
  readonly recommends?: boolean;
  /** Virtual group of apk. */
  readonly group?: string;
  /** Where the name stands, for `asked`. */
  readonly span?: Span;
  /** A manager of whose packages nothing but the name is known. */
  readonly unlisted?: true;
}

/** One package name on an install line. */
export interface InstallWord {
  /** Name without version, architecture or release. */
  readonly name: string;
  /** As written. */
  readonly raw: string;
  /** Index of the word in the command; the word may hold more than one name when it is a variable. */
  readonly word: number;
  readonly span: Span;
  /** The name came from a variable: the word cannot be cut by name. */
  readonly variable: boolean;
}

export interface Install {
  readonly manager: PackageManager;
  readonly words: readonly InstallWord[];
  readonly recommends: boolean;
  /** A virtual group of apk (`-t .build-deps`). */
  readonly group?: string;
  /** All packages that came with this command. */
  readonly added: readonly string[];
  /** Flags that bring packages from elsewhere (`--repository`, `-t bookworm-backports`). */
  readonly pinned: boolean;
  /** Without `-y`: apt-get goes on by itself only when it installs nothing but what it was told (apt-get(8)). */
  readonly asks?: true;
  /** File of a package that is unpacked without what it depends on (dpkg(1), --install). */
  readonly alone?: string;
  /** Brings what packages lack that are there already (`apt-get --fix-broken install`). */
  readonly repairs?: true;
}

export interface Principal {
  readonly name: string;
  readonly kind: 'user' | 'group';
  readonly id: number | undefined;
  readonly home?: string;
  readonly group?: string;
  readonly from: 'base' | 'command' | 'package';
  /** Its number is the first free one from 100 on: groups that packages made before it count (measured, Debian 12). */
  readonly counted?: boolean;
}

/** A dependency of the program, from a command line or a manifest that was read. */
export interface Dependency {
  readonly ecosystem: string;
  /** Normalised name (PEP 503 for Python). */
  readonly name: string;
  readonly version: string | undefined;
  readonly span: Span | undefined;
}

/** Something unread that decides what the program needs. */
export interface Unread {
  /** A path of the image or context, or a word like `requirements.txt`. */
  readonly what: string;
  readonly kind: 'dependencies' | 'entry-script' | 'program';
  readonly span: Span;
  /** Whose manifest it is. */
  readonly ecosystem?: string;
}

export type ShellChange = 'directory' | 'variables' | 'options';

export interface Effect {
  readonly roles: FlagSet<Role>;
  readonly needs: Need[];
  readonly writes: Write[];
  readonly installs: Install[];
  /** Packages removed by the command. */
  readonly removed: string[];
  /** Packages that stay at their version (`apt-mark hold`). */
  readonly held: string[];
  readonly dependencies: Dependency[];
  readonly unread: Unread[];
  readonly principals: Principal[];
  /** Names of the commands that ran, for messages. */
  readonly commands: string[];
  /** Words that say which command was not understood. */
  opaque: { readonly name: string; readonly span: Span } | undefined;
  /** What later commands of the RUN see changed: the directory, variables, options (`set`, `umask`, functions). */
  readonly shell: FlagSet<ShellChange>;
  /** It depends on the directory the shell is in. */
  relative: boolean;
  /** It reads variables of the shell, or may: a program sees what was exported. */
  variables: boolean;
  /** Running it twice, in two stages, gives the same result in both. */
  replayable: boolean;
  /** It reads something below one of these (a copied tree must be there first). */
  readonly reads: string[];
  /** Repositories and keys it adds for the package manager. */
  repository: boolean;
  /** An ignored failure (`|| true`, `;`). */
  mayFail: boolean;
}

export interface ConfigValue<T> {
  readonly value: T;
  readonly from: 'base' | number;
  readonly span: Span | undefined;
}

/** CMD, ENTRYPOINT, HEALTHCHECK as they stand. */
export type ProcessForm =
  | { readonly form: 'exec'; readonly argv: readonly string[] }
  | { readonly form: 'shell'; readonly text: string; readonly shell: readonly string[] };

export interface Config {
  env: Map<string, ConfigValue<Value>>;
  workdir: ConfigValue<Value>;
  user: ConfigValue<Value> | undefined;
  entrypoint: ConfigValue<ProcessForm> | undefined;
  cmd: ConfigValue<ProcessForm> | undefined;
  /** `undefined`: none; `NONE` is kept as text. */
  healthcheck: ConfigValue<{ readonly flags: string; readonly process: ProcessForm | undefined }> | undefined;
  stopsignal: ConfigValue<string> | undefined;
  shell: ConfigValue<readonly string[]> | undefined;
  expose: Map<string, ConfigValue<string>>;
  volume: Map<string, ConfigValue<string>>;
  label: Map<string, ConfigValue<string>>;
  onbuild: ConfigValue<string>[];
  maintainer: ConfigValue<string> | undefined;
}

/** The image a stage starts from. */
export interface StageBase {
  /** The reference with variables resolved as far as possible. */
  readonly ref: string;
  /** As written. */
  readonly raw: string;
  readonly span: Span;
  /** Index of the earlier stage it is, if it is one. */
  readonly stage: number | undefined;
  readonly facts: BaseFacts | undefined;
  /** The tag or name is an ARG: it can be overridden from outside. */
  readonly args: readonly string[];
  readonly open: readonly string[];
  readonly digest: string | undefined;
  readonly platform: string | undefined;
}

export interface ImageState {
  readonly base: StageBase;
  /** Base of the whole FROM chain (never a stage). */
  readonly root: StageBase;
  config: Config;
  args: Map<string, Value | undefined>;
  readonly writes: WriteLog;
  packages: Map<string, PackageRecord>;
  /** Packages of the base that were removed. */
  removedFromBase: Set<string>;
  principals: Map<string, Principal>;
  /** Atoms executed in this stage's FROM chain, in order. */
  atoms: number[];
  /** Atoms nobody understood. */
  holes: number[];
  dependencies: Dependency[];
  unread: Unread[];
  /** Directories that were configured for an installation. */
  configured: Map<string, Installation>;
  /** What commands told a tool or a place, for later ones, by `tool:name` (`poetry:cache-dir`, `python:/opt/venv`). */
  told: Map<string, string>;
  /** Needs at run time that build commands created (a linked library). */
  runNeeds: Need[];
}

/** One executed stage. */
export interface SimulatedStage {
  readonly index: number;
  readonly name: string | undefined;
  readonly state: ImageState;
  /** Stages that this one reads by FROM, COPY --from or --mount=from. */
  readonly uses: ReadonlySet<number>;
}

export interface Simulation {
  readonly stages: readonly SimulatedStage[];
  readonly atoms: readonly Atom[];
  readonly wants: readonly string[];
}

/** Where a configured directory installs into. Paths. */
export interface Installation {
  readonly prefix: string;
  /** Places that were stated beside it. */
  readonly beside: readonly string[];
}
