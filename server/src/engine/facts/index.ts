/** All facts behind one object; tables are asked for and opened on first use. */
import { parseImageRef } from '../parse/imageRef.ts';
import { alpineNames } from './names.ts';
import { AlpineTable, type AlpinePackage } from './alpine.ts';
import { BaseTable, type Reference } from './bases.ts';
import { DebianClasses, type Classified } from './classes.ts';
import { closure, type Brought } from './closure.ts';
import { openDebianIndex, type DebianIndex } from './debian.ts';
import { PackageSets } from './fullVsSlim.ts';
import { lazy, memo, weakly } from './table.ts';
import type { BaseFacts, FactSource, PackageIndex, TableName } from './types.ts';
import { ReleaseTable } from './ubuntu.ts';

type Os = BaseFacts['os'];

const INDEXED = new Set(['bullseye', 'bookworm', 'trixie']);

/** Answers of `closedOver` that are kept. */
const CLOSURES = 16;

export class Facts {
  private readonly dated: () => string | undefined;
  private readonly bases: () => BaseTable;
  private readonly classes: () => DebianClasses;
  private readonly sets: () => PackageSets;
  private readonly releases: () => ReleaseTable;
  private readonly alpinePackages: () => AlpineTable;
  private readonly index: (release: string) => DebianIndex | undefined;
  private readonly setOf: (key: string) => ReadonlySet<string> | undefined;

  private readonly closures: {
    readonly index: PackageIndex;
    readonly have: ReadonlySet<string>;
    readonly key: string;
    readonly all: ReadonlySet<string>;
  }[] = [];

  private told: { readonly key: string; readonly facts: Facts } | undefined;

  constructor(source: FactSource) {
    const once = <T>(name: TableName, open: (text: string) => T): (() => T) =>
      lazy(() => open(source.table(name) ?? ''));
    this.dated = lazy(() => /^# date: (\d{4}-\d\d-\d\d)/m.exec(source.table('bases')?.slice(0, 2000) ?? '')?.[1]);
    // The largest table, of which a file needs one image: its text is not kept.
    this.bases = lazy(() => new BaseTable(weakly(() => source.table('bases') ?? '')));
    this.classes = once('debian-classes', (text) => new DebianClasses(text));
    this.sets = once('full-vs-slim', (text) => new PackageSets(text));
    this.releases = once('ubuntu-libraries', (text) => new ReleaseTable(text));
    this.alpinePackages = once('alpine', (text) => new AlpineTable(text));
    this.index = memo((release: string) => {
      const text = INDEXED.has(release) ? source.table(`debian-${release}` as TableName) : undefined;
      return text === undefined ? undefined : openDebianIndex(release, text);
    });
    this.setOf = memo((key: string) => this.closed(key));
  }

  /** Date of the table of base images, ISO 8601. */
  get date(): string | undefined {
    return this.dated();
  }

  /** What is known of a base image; `undefined` without facts. */
  base(ref: Reference): BaseFacts | undefined {
    return this.bases().lookup(ref);
  }

  /**
   * The same facts, with what the user says of images that nobody else knows: name (with or
   * without a tag) → the published image it is built from. A smaller image of the same
   * repository is then not known.
   */
  withBases(bases: Readonly<Record<string, string>>): Facts {
    if (Object.keys(bases).length === 0) return this;
    const key = JSON.stringify(bases);
    if (this.told?.key === key) return this.told.facts;
    const facts = Object.create(this) as Facts;
    facts.base = (ref) => this.base(ref) ?? this.toldBase(ref, bases);
    this.told = { key, facts };
    return facts;
  }

  private toldBase({ familiar, tag }: Reference, bases: Readonly<Record<string, string>>): BaseFacts | undefined {
    if (familiar === undefined) return undefined;
    const target = bases[`${familiar}:${tag ?? 'latest'}`] ?? bases[familiar];
    const ref = target === undefined ? undefined : parseImageRef(target.replaceAll('{tag}', tag ?? 'latest'));
    const found = ref === undefined ? undefined : this.base(ref);
    return found === undefined ? undefined : { ...found, counterparts: [], confidence: 'medium' };
  }

  /**
   * The package index of an OS release. `approximate`: the index of a Debian release of
   * about the same age stands in (Ubuntu, older Debian). `undefined` for any other OS, sid and testing.
   */
  debianIndex(os: Os): { readonly index: PackageIndex; readonly approximate: boolean } | undefined {
    const release = this.releaseOf(os);
    const index = release === undefined ? undefined : this.index(release.index);
    return release === undefined || index === undefined ? undefined : { index, approximate: release.approximate };
  }

  /** The package index of the OS of a base image, whatever its package manager; see `debianIndex`. */
  packageIndex(os: Os): { readonly index: PackageIndex; readonly approximate: boolean } | undefined {
    return os.id === 'alpine' ? { index: this.alpinePackages(), approximate: true } : this.debianIndex(os);
  }

  /** Run-time packages that stand for a -dev package; [] when there are none, `undefined` when not known. */
  runtimeFor(os: Os, devPackage: string): readonly string[] | undefined {
    if (os.id === 'alpine') {
      const names = this.alpine(devPackage)?.runtime;
      return names === undefined ? undefined : alpineNames(os.versionId, names);
    }
    const release = this.releaseOf(os);
    if (release === undefined) return undefined;
    return release.approximate
      ? this.releases().runtimeOf(release.release, devPackage)
      : this.index(release.index)?.runtimeOf(devPackage);
  }

  /** Class of a package of the OS; Debian's rules where nothing else is known. */
  classify(os: Os | undefined, name: string): Classified {
    return (os?.id === 'alpine' ? this.alpinePackages().classify(name) : undefined) ?? this.classes().classify(name);
  }

  /** A common Alpine package; `undefined` when the table does not name it. */
  alpine(name: string): AlpinePackage | undefined {
    return this.alpinePackages().get(name);
  }

  /** Minor version of the distribution's python3 and whether distutils is there; `undefined` when not known. */
  python3Of(os: Os): { readonly minor: string; readonly distutils: boolean } | undefined {
    return this.releaseOf(os)?.python3;
  }

  /** The packages that a Debian base image holds, closed over their dependencies; `undefined` when not known. */
  packagesOfBase(base: BaseFacts): ReadonlySet<string> | undefined {
    const key = base.os.id === 'debian' ? this.sets().keyOf(base) : undefined;
    return key === undefined ? undefined : this.setOf(key);
  }

  /** What an installation brings; see `closure.ts`. */
  closure(
    index: PackageIndex,
    names: Iterable<string>,
    options: { readonly recommends: boolean; readonly have: ReadonlySet<string> },
  ): Map<string, Brought> {
    return closure(index, names, options);
  }

  /**
   * `have` and what an installation of `names` brings beside it. The last answers are kept:
   * while somebody types, the same few installations are asked about over and over.
   */
  closedOver(
    index: PackageIndex,
    names: readonly string[],
    recommends: boolean,
    have: ReadonlySet<string>,
  ): ReadonlySet<string> {
    const key = `${recommends ? '+' : '-'}${names.join(' ')}`;
    const known = this.closures.find((one) => one.index === index && one.have === have && one.key === key);
    if (known !== undefined) return known.all;
    const all = new Set([...have, ...closure(index, names, { recommends, have }).keys()]);
    this.closures.unshift({ index, have, key, all });
    this.closures.length = Math.min(this.closures.length, CLOSURES);
    return all;
  }

  private releaseOf(os: Os): ReturnType<ReleaseTable['release']> {
    if (os.id !== 'debian' && os.id !== 'ubuntu') return undefined;
    const release = this.releases().release(os.release);
    return release?.id === os.id ? release : undefined;
  }

  /** dpkg holds every package with all that it depends on. */
  private closed(key: string): ReadonlySet<string> | undefined {
    const names = this.sets().get(key);
    const index = names === undefined ? undefined : this.index(key.slice(0, key.indexOf(' ')));
    if (names === undefined || index === undefined) return names;
    return new Set([...names, ...closure(index, names, { recommends: false, have: new Set() }).keys()]);
  }
}
