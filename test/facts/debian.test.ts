import { describe, expect, it } from 'vitest';
import { closure } from '../../server/src/engine/facts/closure.ts';
import { openDebianIndex, type DebianIndex } from '../../server/src/engine/facts/debian.ts';
import type { TableName } from '../../server/src/engine/facts/types.ts';
import { testFacts } from './source.ts';

const source = testFacts();
const open = (release: string): DebianIndex =>
  openDebianIndex(release, source.table(`debian-${release}` as TableName) ?? '');
const bookworm = open('bookworm');
const trixie = open('trixie');
const bullseye = open('bullseye');

const brought = (index: DebianIndex, names: string[], recommends: boolean): Set<string> =>
  new Set(closure(index, names, { recommends, have: index.minbase }).keys());

describe('Debian index', () => {
  it('knows the libraries of -dev packages by release', () => {
    expect(bookworm.runtimeOf('libpq-dev')).toEqual(['libpq5']);
    expect([bullseye, bookworm, trixie].map((index) => index.runtimeOf('libssl-dev'))).toEqual([
      ['libssl1.1'],
      ['libssl3'],
      ['libssl3t64'],
    ]);
    expect(trixie.runtimeOf('libcurl4-openssl-dev')).toEqual(['libcurl4t64']);
  });

  it('tells header-only from unknown', () => {
    expect(bookworm.runtimeOf('libeigen3-dev')).toEqual([]);
    expect(bookworm.runtimeOf('libatlas-base-dev')).toEqual(['libatlas3-base']);
    expect(trixie.runtimeOf('libatlas-base-dev')).toBeUndefined();
    expect(bookworm.runtimeOf('git')).toBeUndefined();
  });

  it('knows -dev packages that no corpus names', () => {
    expect(bookworm.has('389-ds-base-dev')).toBe(false);
    expect(bookworm.runtimeOf('389-ds-base-dev')).toEqual(['389-ds-base-libs']);
    expect(trixie.has('ableton-link-dev')).toBe(false);
    expect(trixie.runtimeOf('ableton-link-dev')).toEqual([]);
  });

  it('has the minimal image', () => {
    for (const name of ['apt', 'bash', 'coreutils', 'dpkg', 'libc6', 'perl-base', 'tzdata']) {
      expect(bookworm.minbase.has(name)).toBe(true);
    }
    expect(bookworm.minbase.has('adduser')).toBe(true);
    expect(trixie.minbase.has('adduser')).toBe(false);
    expect(bookworm.minbase.has('ca-certificates')).toBe(false);
  });

  it('names who has a command, the package of that name first', () => {
    expect(bookworm.providers('curl')[0]).toBe('curl');
    expect(bookworm.providers('git')[0]).toBe('git');
    expect(bookworm.providers('ps')).toEqual(['procps']);
    expect(bookworm.providers('psql')).toEqual(['postgresql-client-15', 'postgresql-client-common']);
    expect(bookworm.providers('cc')[0]).toBe('gcc');
    expect(bookworm.providers('awk')[0]).toBe('mawk');
    expect(bookworm.providers('node')).toEqual(['nodejs']);
    expect(bookworm.providers('javac')).toContain('openjdk-17-jdk-headless');
    expect(bookworm.providers('no-such-command')).toEqual([]);
  });

  it('resolves a virtual name that one package provides', () => {
    expect(trixie.get('libncurses5-dev')?.depends).toEqual(['libncurses-dev']);
  });
});

describe('closure', () => {
  it('of build-essential holds the compilers', () => {
    const names = brought(bookworm, ['build-essential'], false);
    for (const name of ['gcc', 'g++', 'make', 'perl', 'dpkg-dev', 'libc6-dev', 'gcc-12', 'binutils']) {
      expect(names).toContain(name);
    }
  });

  it('of python3-pip holds gcc only with Recommends', () => {
    expect(brought(bookworm, ['python3-pip'], true)).toContain('gcc');
    expect(brought(bookworm, ['python3-pip'], false)).not.toContain('gcc');
    expect(brought(bookworm, ['python3-pip'], false)).toContain('python3-wheel');
  });

  it('of git and libpq-dev is what apt-get -s installs', () => {
    // apt 2.6.1 on Debian 12 with the minimal image's packages as dpkg status, --no-install-recommends; upgrades left out.
    expect(brought(bookworm, ['git'], false).size).toBe(24);
    expect([...brought(bookworm, ['libpq-dev'], false)].sort()).toEqual(APT_LIBPQ);
  });

  it('takes of a choice what is there by then, as apt-get -s does', () => {
    // libgdal-dev: libcurl4-gnutls-dev | libcurl-ssl-dev, after libhdf5-dev: libcurl4-openssl-dev | libcurl-dev;
    // libsuperlu-dev: libopenblas-dev | libatlas-base-dev | libblas-dev (apt 2.6.1, Debian 12).
    const gdal = brought(bookworm, ['libgdal-dev'], false);
    for (const name of ['libcurl4-openssl-dev', 'libblas-dev', 'liblapack-dev', 'libblas3'])
      expect(gdal).toContain(name);
    for (const name of ['libcurl4-gnutls-dev', 'libopenblas-dev', 'libopenblas0']) expect(gdal).not.toContain(name);
    // A name of old that another package provides: libxft-dev asks for libfontconfig1-dev.
    const pango = brought(bookworm, ['libpango1.0-dev'], false);
    expect(pango).toContain('libfontconfig-dev');
    expect(pango).not.toContain('libfontconfig1-dev');
  });

  it('takes the first of a choice where nothing of it is there', () => {
    expect(brought(bookworm, ['libsuperlu-dev'], false)).toContain('libopenblas-dev');
    expect(brought(bookworm, ['libblas-dev', 'libsuperlu-dev'], false)).not.toContain('libopenblas-dev');
    const have = new Set([...bookworm.minbase, 'libatlas-base-dev']);
    expect(closure(bookworm, ['libsuperlu-dev'], { recommends: false, have }).has('libopenblas-dev')).toBe(false);
  });

  it('says how and through whom a package came', () => {
    const names = closure(bookworm, ['python3-pip'], { recommends: true, have: bookworm.minbase });
    expect(names.get('python3-pip')).toEqual({ by: 'asked', because: 'python3-pip' });
    expect(names.get('build-essential')).toEqual({ by: 'recommends', because: 'python3-pip' });
    expect(names.get('g++')).toEqual({ by: 'depends', because: 'build-essential' });
  });

  it('leaves out what is there, and keeps names it does not know', () => {
    const names = closure(bookworm, ['curl', 'no-such-package'], { recommends: false, have: new Set(['libcurl4']) });
    expect(names.has('libcurl4')).toBe(false);
    expect(names.get('no-such-package')?.by).toBe('asked');
  });
});

const APT_LIBPQ = [
  'libgssapi-krb5-2',
  'libk5crypto3',
  'libkeyutils1',
  'libkrb5-3',
  'libkrb5support0',
  'libldap-2.5-0',
  'libpq-dev',
  'libpq5',
  'libsasl2-2',
  'libsasl2-modules-db',
  'libssl-dev',
  'libssl3',
];
