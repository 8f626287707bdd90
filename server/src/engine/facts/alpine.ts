/** Reader of the table `alpine`. */
import { lazy, memo, plainLines, wordsOf } from './table.ts';
import type { PackageClass, PackageFacts, PackageIndex } from './types.ts';

export interface AlpinePackage extends PackageFacts {
  readonly class: PackageClass;
  readonly confidence: 'high' | 'medium' | 'low';
}

/** The `alpine` image itself (its package listing in docker-library/repo-info). */
const MINIMAL =
  'alpine-baselayout alpine-baselayout-data alpine-keys alpine-release apk-tools busybox busybox-binsh ca-certificates-bundle libcrypto3 libssl3 musl musl-utils scanelf ssl_client zlib libc-utils';

/** Common Alpine packages, as an index; sizes are not known. */
export class AlpineTable implements PackageIndex {
  readonly release = 'alpine';
  readonly minbase: ReadonlySet<string> = new Set(MINIMAL.split(' '));
  /** `undefined` for a package that the table does not name. */
  readonly get: (name: string) => AlpinePackage | undefined;
  private readonly byExecutable: () => ReadonlyMap<string, readonly string[]>;

  constructor(text: string) {
    const lines = lazy(() => new Map(plainLines(text).map((line) => [line.slice(0, line.indexOf('\t')), line])));
    this.byExecutable = lazy(() => {
      const map = new Map<string, string[]>();
      for (const name of lines().keys())
        for (const executable of this.get(name)?.executables ?? [])
          map.set(executable, [...(map.get(executable) ?? []), name]);
      return map;
    });
    this.get = memo((name: string) => {
      const line = lines().get(name);
      return line === undefined ? undefined : packageOf(line);
    });
  }

  has(name: string): boolean {
    return this.get(name) !== undefined;
  }

  providers(executable: string): readonly string[] {
    return this.byExecutable().get(executable) ?? [];
  }

  /** Class of a package that the table names; its group is told by what it is. */
  classify(
    name: string,
  ): { readonly class: PackageClass; readonly group: string; readonly reason: string } | undefined {
    const found = this.get(name);
    if (found === undefined || found.class === 'unknown') return undefined;
    if (TOOLCHAINS.test(name))
      return { class: found.class, group: 'language-toolchain', reason: 'compiler or build tool of a language' };
    if (COMPILERS.test(name)) return { class: found.class, group: 'compiler', reason: 'a compiler or what brings one' };
    if (name.endsWith('-dev') || name === 'linux-headers')
      return { class: found.class, group: 'headers', reason: 'headers; programs need only the library' };
    return undefined;
  }
}

const COMPILERS = /^(build-base|alpine-sdk|gcc|g\+\+|gfortran|clang\d*|llvm\d*)$/;
const TOOLCHAINS = /^(go|rust|cargo|openjdk\d+(-jdk)?|maven|gradle|ghc)$/;

function packageOf(line: string): AlpinePackage {
  const [name = '', kind = '', runtime = '', confidence = 'low', depends, executables] = line.split('\t');
  return {
    name,
    class: kind === '' ? 'unknown' : (kind as PackageClass),
    runtime: runtime === '' ? undefined : runtime === '=' ? [] : wordsOf(runtime),
    confidence: confidence as AlpinePackage['confidence'],
    depends: wordsOf(depends),
    recommends: [],
    installedKB: 0,
    executables: wordsOf(executables),
  };
}
