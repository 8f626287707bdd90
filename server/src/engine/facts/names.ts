/**
 * Packages that a release calls by another name, or does not have. For releases
 * whose own index is not at hand; a stand-in's names would not be found there.
 * Sources: Debian's changelogs of media-types 4.0.0 (taken out of mime-support),
 * what-is-python 1 (new), python3-stdlib-extensions 3.6.4 (python3-distutils new)
 * and 3.12 (gone), mime-support 3.66 (empty, then removed).
 */
import type { BaseFacts } from './types.ts';

interface Life {
  /** First releases that have it. */
  readonly from?: { readonly debian: number; readonly ubuntu: number };
  /** First releases that no longer have it. */
  readonly until?: { readonly debian: number; readonly ubuntu: number };
  /** What does its work before, and after. */
  readonly before?: string;
  readonly after?: string;
}

const LIVES: Readonly<Record<string, Life>> = {
  'media-types': { from: { debian: 11, ubuntu: 21.04 }, before: 'mime-support' },
  'mime-support': { until: { debian: 12, ubuntu: 22.1 }, after: 'media-types' },
  'python-is-python2': { from: { debian: 11, ubuntu: 20.04 }, until: { debian: 12, ubuntu: 22.1 }, before: 'python' },
  'python-is-python3': { from: { debian: 11, ubuntu: 20.04 }, before: 'python' },
  'python3-distutils': { from: { debian: 10, ubuntu: 18.04 }, until: { debian: 13, ubuntu: 24.04 } },
};

/** The name of a package in a release; `undefined` when the release has nothing like it. */
export function nameIn(os: BaseFacts['os'], name: string): string | undefined {
  const life = LIVES[name];
  const version = Number(os.versionId);
  if (life === undefined || (os.id !== 'debian' && os.id !== 'ubuntu') || Number.isNaN(version)) return name;
  if (life.from !== undefined && version < life.from[os.id]) return life.before;
  if (life.until !== undefined && version >= life.until[os.id]) return life.after;
  return name;
}

/**
 * What a package brings that the release standing in no longer lets it bring: python3-pip of Ubuntu 18.04 to 24.04
 * depends on python3-setuptools (packages.ubuntu.com), that of Debian 13 does not.
 */
export function broughtBeside(os: BaseFacts['os'], name: string): readonly string[] {
  return name === 'python3-pip' && os.id === 'ubuntu' && Number(os.versionId) <= 24.04 ? ['python3-setuptools'] : [];
}

/**
 * Run-time packages of Alpine that older releases call otherwise: names of the table →
 * [first release (3.x) that has them, what does before]. Compiled by hand from general
 * knowledge of Alpine (3.9 has OpenSSL 1.1, 3.17 OpenSSL 3); no index of these releases was
 * read, confidence medium. Where a package was split at a time that is not known for
 * certain, the one that brings it in every release stands for it.
 */
const ALPINE: Readonly<Record<string, readonly (readonly [minor: number, before: string])[]>> = {
  libssl3: [
    [17, 'libssl1.1'],
    [9, 'libssl1.0'],
  ],
  libcrypto3: [
    [17, 'libcrypto1.1'],
    [9, 'libcrypto1.0'],
  ],
  libexpat: [[17, 'expat']],
  'icu-data-en': [[16, '']],
  libsharpyuv: [[18, '']],
  libncursesw: [[18, 'ncurses-libs']],
  libpanelw: [[18, '']],
  libformw: [[18, '']],
  libmenuw: [[18, '']],
  libbz2: [[8, 'bzip2']],
  'mariadb-connector-c': [[8, 'mariadb-client-libs']],
  libcap2: [[17, 'libcap']],
  'gnu-libiconv-libs': [[17, 'gnu-libiconv']],
  libprotobuf: [[17, 'protobuf']],
  libprotoc: [[17, '']],
  pcrecpp: [[17, '']],
  libgd: [[10, 'gd']],
};

/** The names of run-time packages in a release of Alpine (`versionId` 3.x; another one is taken for the newest). */
export function alpineNames(versionId: string, names: readonly string[]): readonly string[] {
  const minor = Number(/^3\.(\d+)/.exec(versionId)?.[1] ?? Number.NaN);
  if (Number.isNaN(minor)) return names;
  return names.flatMap((name) => {
    let now = name;
    for (const [first, before] of ALPINE[name] ?? []) if (minor < first) now = before;
    return now === '' ? [] : [now];
  });
}
