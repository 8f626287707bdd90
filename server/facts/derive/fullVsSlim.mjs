/** Table `full-vs-slim.txt`: the package sets of Debian's base images. */
import { join } from 'node:path';
import { byCode, sorted, writeTable } from './text.mjs';

/** @param {{releases: object, out: string, command: string, date: string}} input */
export function deriveFullVsSlim({ releases, out, command, date }) {
  const lines = [];
  for (const release of Object.keys(releases).sort(byCode)) {
    const { debianSlimPackages, buildpackDeps, families } = releases[release];
    const sets = new Map([['debian', new Set(debianSlimPackages)]]);
    const write = (name, base, names) => {
      const from = base === '' ? new Set() : sets.get(base);
      const added = sorted([...names].filter((one) => !from.has(one)));
      const missing = sorted([...from].filter((one) => !names.has(one)));
      sets.set(name, names);
      lines.push([release, name, base, [...added, ...missing.map((one) => `-${one}`)].join(' ')].join('\t'));
    };
    write('debian', '', sets.get('debian'));
    let before = 'debian';
    for (const [name, key] of [
      ['buildpack-deps-curl', '-curl'],
      ['buildpack-deps-scm', '-scm'],
      ['buildpack-deps', 'full'],
    ]) {
      write(name, before, new Set([...debianSlimPackages, ...namesOf(buildpackDeps[key])]));
      before = name;
    }
    for (const family of Object.keys(families).sort(byCode)) {
      const record = families[family];
      const slim = new Set([...debianSlimPackages, ...record.counterpartExplicitExtra]);
      const only = [
        ...record.runtimeLibsOnlyInFull,
        ...Object.keys(record.commandsOnlyInFull),
        ...record.devPackagesOnlyInFull,
        ...record.dataPackagesOnlyInFull,
      ];
      const base = baseOf(family);
      // What the base of a full image has, the image has; the lists of the record name differences only.
      const full = new Set([...sets.get(base), ...slim, ...only]);
      write(family, base, full);
      if (record.counterpart.includes('slim') && !record.counterpart.startsWith('debian'))
        write(`${family}-slim`, 'debian', slim);
    }
  }
  writeTable(
    join(out, 'full-vs-slim.txt'),
    {
      what: 'package sets of debian, buildpack-deps and the full and slim language images, by Debian release',
      source:
        "Dockerfiles of docker-library/buildpack-deps and the language repositories; closure without Recommends over Debian's Packages indexes (main, amd64); slim images: explicit packages and the libraries kept by the ldd scan, approximated",
      date,
      licence: 'facts only (package names)',
      command,
      format: [
        'release TAB set TAB set it builds on TAB names to add, `-name` to take away',
        'sets: debian (also debian-slim), buildpack-deps[-curl|-scm], and per language the full image and its -slim',
      ],
    },
    lines,
  );
}

/** The image that the full image of a language is built on (FROM lines of the language repositories). */
function baseOf(family) {
  if (family === 'golang') return 'buildpack-deps-scm';
  return family === 'php' ? 'debian' : 'buildpack-deps';
}

function namesOf(record) {
  return [
    ...record.explicit,
    ...record.runtimeLibs,
    ...Object.keys(record.commands),
    ...record.devPackages,
    ...record.otherPackages,
  ];
}
