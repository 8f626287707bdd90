/**
 * Facts about base images and packages. The engine asks a `FactSource` for the
 * text of a table by name and reads it with the pure readers of this folder;
 * the host decides where the text comes from (a bundle, a file, a test).
 * Every table starts with `#` lines that say where it is from and of what date.
 */

export const tableNames = [
  'bases',
  'debian-bullseye',
  'debian-bookworm',
  'debian-trixie',
  'debian-classes',
  'full-vs-slim',
  'ubuntu-libraries',
  'alpine',
] as const;

export type TableName = (typeof tableNames)[number];

export interface FactSource {
  /** The text of a table; `undefined` when this host does not have it. Called lazily, result cached by the caller. */
  table(name: TableName): string | undefined;
}

export type OsId = 'debian' | 'ubuntu' | 'alpine' | 'rpm' | 'distroless' | 'scratch' | 'windows' | 'other';

/** The configuration a base image brings. `null` as an env value: the value changes with every release. */
export interface BaseConfig {
  readonly env: Readonly<Record<string, string | null>>;
  readonly workdir?: string;
  readonly user?: string;
  readonly entrypoint?: readonly string[];
  readonly cmd?: readonly string[];
  readonly stopsignal?: string;
  readonly expose?: readonly string[];
  readonly volume?: readonly string[];
  readonly shell?: readonly string[];
  readonly healthcheck?: string;
}

/** What is known of one base image reference. */
export interface BaseFacts {
  /** Repository as published, without registry for Docker Hub official images (`python`, `mcr.microsoft.com/dotnet/sdk`). */
  readonly image: string;
  /** The tag that was asked for. */
  readonly tag: string;
  /** The tag that names version and codename of the same build (`3.12-bookworm`). */
  readonly canonicalTag: string;
  /** True when the tag alone does not fix the OS release (`python:3.12`). */
  readonly floatingOs: boolean;
  /** Version of the language or tool as far as the facts know it (`3.12.14`); `undefined` when unknown. */
  readonly version: string | undefined;
  /** The version the *tag itself* fixes: `3.12` for `3.12-slim`, `3` for `3`, '' for `latest`. */
  readonly tagVersion: string;
  readonly os: { readonly id: OsId; readonly release: string; readonly versionId: string };
  readonly libc: 'glibc' | 'musl' | 'none' | 'unknown';
  /** `full`, `slim`, `alpine`, `jdk`, `jre`, `sdk`, `aspnet`, `static` … as published. */
  readonly kind: string;
  readonly status: 'current' | 'retired' | 'deprecated' | 'preview';
  /** FROM chain, nearest first (`buildpack-deps:bookworm`, …, `debian:bookworm`). */
  readonly from: readonly string[];
  readonly config: BaseConfig;
  readonly users: Readonly<Record<string, number>>;
  readonly compilers: readonly string[];
  /** Commands and other named things the image ships (`git`, `curl`, `mime.types`, `ca-certificates`). */
  readonly tools: readonly string[];
  /** Smaller images of the same OS release and language version, best first. */
  readonly counterparts: readonly Counterpart[];
  readonly sizeMB: number | undefined;
  readonly sizeMeasured: boolean;
  readonly confidence: 'high' | 'medium' | 'low';
  /** A record that stands for a pattern of tags. */
  readonly pattern: boolean;
}

export interface Counterpart {
  /** `python:3.12-slim`: the alias published with the tag that was asked for, where one exists; else the canonical reference. */
  readonly ref: string;
  /** Same repository: the counterpart is the alias published with it. */
  readonly sameRepository: boolean;
  /** `slim`, `jre`, `aspnet`, `distroless`, `os-base` … */
  readonly relation: string;
  readonly os: string;
  /** It still holds the toolchain (rust:slim): no runtime base for a compiled program. */
  readonly containsToolchain: boolean;
  readonly osDiffers: boolean;
  readonly condition: string | undefined;
  readonly note: string | undefined;
  /** What the original has and the counterpart lacks. `libs: undefined` when not known. */
  readonly toolsLost: readonly string[];
  readonly libsLost: readonly string[] | undefined;
}

/** A binary package of one release. Dependencies are package names (first installable alternative, virtual names resolved). */
export interface PackageFacts {
  readonly name: string;
  readonly depends: readonly string[];
  readonly recommends: readonly string[];
  /** For a name of the two lists: what satisfies the same relation. One of them that is there already is enough. */
  readonly others?: ReadonlyMap<string, readonly string[]>;
  /** Base names of the files in the directories of PATH. */
  readonly executables: readonly string[];
  /** For -dev packages: the run-time libraries that stand for it; `undefined` when not known, [] when header-only. */
  readonly runtime: readonly string[] | undefined;
  readonly installedKB: number;
}

/** The package index of one distribution release, closed over what the corpora and tables name. */
export interface PackageIndex {
  readonly release: string;
  has(name: string): boolean;
  get(name: string): PackageFacts | undefined;
  /** Packages of the minimal base image (debian:X-slim). */
  readonly minbase: ReadonlySet<string>;
  /** Packages that have `executable` in PATH, best provider first. */
  providers(executable: string): readonly string[];
}

export type PackageClass = 'build-only' | 'ambiguous' | 'runtime' | 'unknown';
