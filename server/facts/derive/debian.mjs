/** Tables `debian-<release>.txt`: the package index of one release, closed over what Dockerfiles name. */
import { join } from 'node:path';
import { aptNames } from './corpusNames.mjs';
import { readPackages } from './debianControl.mjs';
import { madeByScripts, readExecutables } from './debianContents.mjs';
import { Release } from './debianRelease.mjs';
import { base36, byCode, sorted, writeTable } from './text.mjs';

/** Families whose packages Dockerfiles choose among: interpreters with their extensions, toolchains. */
const FAMILIES =
  /^(python3(-(minimal|pip|venv|dev|setuptools|wheel|distutils|all|full|virtualenv|apt|requests|yaml|cffi|numpy|cryptography))?|python3\.\d+(-(minimal|venv|dev))?|python-is-python3|php(-[a-z0-9]+)?|php\d\.\d-[a-z0-9]+|ruby(\d\.\d)?(-dev|-full|-bundler)?|bundler|rake|nodejs|npm|yarnpkg|default-(jdk|jre)(-headless)?|openjdk-\d+-(jdk|jre)(-headless)?|golang(-go|-src|-\d+\.\d+(-go)?)?|gcc-\d+|g\+\+-\d+|gfortran(-\d+)?|clang(-\d+)?|llvm(-\d+)?|postgresql-client(-\d+)?|mariadb-client|default-mysql-client|perl|build-essential|cargo|rustc|maven|gradle|ant|tini|dumb-init|gosu|catatonit|supervisor|runit|chromium|ffmpeg|libgfortran5|libgomp1|libatomic1|libquadmath0)$/;

const FORMAT = [
  '`@minbase` numbers: packages of the minimal image; numbers are base 36, in the order of the package lines from 0',
  '`@packages` starts the package lines, `@dev` the lines of further -dev packages',
  'package line: name TAB depends TAB recommends TAB executables TAB runtime TAB Installed-Size in KB (base 36)',
  'depends, recommends: numbers; first alternative of the release, virtual names resolved; what the minimal image has is left out',
  'after it and `|` the other alternatives and providers of the table: one of them that is there already is enough',
  'executables: `.` is the name of the package itself; with the links that maintainer scripts make (derive/alternatives.mjs)',
  'runtime of a -dev package: numbers; `=` nothing (headers only); empty: not known. `+x` is a name not in the table: stem of the -dev name and x; `/x` is the name x',
  '-dev line: characters shared with the name before (base 36 digit) and rest TAB runtime',
  'a virtual name that one package provides is a package line that depends on it, with size 0',
];

/**
 * @param {{shared: string, debian: string, out: string, release: string, devSeen: [string, number][],
 *   devPackages: Record<string, string[]>, ambiguous: string[], fullVsSlim: object, command: string, date: string}} input
 */
export async function deriveDebian(input) {
  const { release, debian, devPackages, fullVsSlim } = input;
  const minbase = new Set(fullVsSlim.debianSlimPackages);
  const graph = new Release(readPackages(join(debian, `P-${release}.xz`)), minbase);
  const executables = await readExecutables([join(debian, `C-${release}.gz`), join(debian, `CA-${release}.gz`)]);
  const asked = [...input.devSeen.map(([name]) => name), ...aptNames(join(input.shared, '..', 'corpus', 'all')).keys()];
  const seeds = new Set([...minbase, ...asked, ...namesOf(fullVsSlim), ...input.ambiguous]);
  for (const name of graph.packages.keys()) if (FAMILIES.test(name)) seeds.add(name);
  const virtual = new Map();
  for (const name of sorted(seeds)) {
    const provider = graph.onlyProvider(name);
    if (provider === undefined) continue;
    virtual.set(name, provider);
    seeds.add(provider);
  }
  for (const name of [...seeds]) for (const library of devPackages[name] ?? []) seeds.add(library);

  const names = sorted([...graph.closure(seeds, true), ...virtual.keys()]);
  const number = new Map(names.map((name, at) => [name, base36(at)]));
  const refs = (list) => list.map((name) => number.get(name)).join(' ');
  const groups = (list) =>
    list
      .map(([first, ...others]) => [first, ...others.filter((name) => number.has(name))])
      .map((group) => group.map((name) => number.get(name)).join('|'))
      .join(' ');
  const lines = [`@minbase ${refs(sorted(minbase).filter((name) => number.has(name)))}`, '@packages'];
  for (const name of names) {
    const provider = virtual.get(name);
    const { depends, recommends } =
      provider === undefined ? graph.relations(name) : { depends: [[provider]], recommends: [] };
    const commands = sorted([...(executables.get(name) ?? []), ...madeByScripts(name, release)]).map((one) =>
      one === name ? '.' : one,
    );
    const size = provider === undefined ? Number(graph.packages.get(name)['Installed-Size'] ?? 0) : 0;
    lines.push(
      [
        name,
        groups(depends),
        groups(recommends),
        commands.join(' '),
        runtime(name, devPackages[name], number),
        base36(size),
      ].join('\t'),
    );
  }
  lines.push('@dev');
  let before = '';
  for (const name of Object.keys(devPackages).sort(byCode)) {
    if (number.has(name)) continue;
    const shared = Math.min(35, commonPrefix(before, name));
    lines.push(`${base36(shared)}${name.slice(shared)}\t${runtime(name, devPackages[name], number)}`);
    before = name;
  }
  writeTable(
    join(input.out, `debian-${release}.txt`),
    {
      what: `packages of Debian ${release} (main, amd64) that Dockerfiles name, with all that they bring`,
      source: `Debian's Packages and Contents indexes of ${release} (main, amd64); libraries of -dev packages from direct Depends of the same source`,
      date: input.date,
      licence: 'facts of package metadata (names, relations, sizes, paths); no text of the packages',
      command: input.command,
      format: FORMAT,
    },
    lines,
  );
}

/** Every package name of the record of one release. */
function namesOf(record) {
  const lists = Object.values(record.buildpackDeps).flatMap((one) => [
    one.explicit,
    one.runtimeLibs,
    one.devPackages,
    one.otherPackages,
    Object.keys(one.commands),
  ]);
  for (const family of Object.values(record.families)) {
    lists.push(
      family.runtimeLibsOnlyInFull,
      family.devPackagesOnlyInFull,
      family.dataPackagesOnlyInFull,
      family.counterpartExplicitExtra,
      Object.keys(family.commandsOnlyInFull),
    );
  }
  return lists.flat();
}

function runtime(name, libraries, number) {
  if (libraries === undefined) return '';
  if (libraries.length === 0) return '=';
  const stem = name.replace(/-dev$/, '');
  return libraries
    .map((one) => number.get(one) ?? (one.startsWith(stem) ? `+${one.slice(stem.length)}` : `/${one}`))
    .join(' ');
}

function commonPrefix(a, b) {
  let at = 0;
  while (at < a.length && at < b.length && a[at] === b[at]) at++;
  return at;
}
