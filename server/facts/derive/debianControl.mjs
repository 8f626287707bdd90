/** Debian's Packages index: stanzas, relations, versions (Debian Policy, chapters 5 and 7). */
import { execFileSync } from 'node:child_process';

const FIELDS =
  /^(Package|Version|Source|Depends|Pre-Depends|Recommends|Provides|Priority|Essential|Installed-Size): (.*)$/;

/**
 * Reads a Packages file compressed with xz.
 * @returns {Map<string, Record<string, string>>} package name → the fields above, newest version first
 */
export function readPackages(path) {
  const text = execFileSync('xz', ['-dc', path], { maxBuffer: 1 << 30 }).toString('latin1');
  const packages = new Map();
  for (const stanza of text.split('\n\n')) {
    const fields = {};
    for (const line of stanza.split('\n')) {
      const match = FIELDS.exec(line);
      if (match) fields[match[1]] = match[2];
    }
    if (fields.Package === undefined) continue;
    const old = packages.get(fields.Package);
    if (old === undefined || compareVersions(fields.Version, old.Version) > 0) packages.set(fields.Package, fields);
  }
  return packages;
}

/** Relations: a list of groups, each a list of alternatives `{name, op, version}`. */
export function parseRelations(text) {
  if (!text) return [];
  return text.split(',').map((group) =>
    group.split('|').map((one) => {
      const match = /^\s*([a-z0-9][a-z0-9+.-]*)(?::[a-z0-9]+)?\s*(?:\(\s*(<<|<=|=|>=|>>)\s*([^)\s]+)\s*\))?/.exec(one);
      return match ? { name: match[1], op: match[2], version: match[3] } : { name: one.trim() };
    }),
  );
}

/** True when a version satisfies a relation. */
export function satisfies(version, { op, version: wanted }) {
  if (op === undefined) return true;
  const order = compareVersions(version, wanted);
  return { '<<': order < 0, '<=': order <= 0, '=': order === 0, '>=': order >= 0, '>>': order > 0 }[op];
}

/** Order of two versions (Debian Policy 5.6.12). */
export function compareVersions(a, b) {
  const [epochA, restA] = splitEpoch(a);
  const [epochB, restB] = splitEpoch(b);
  if (epochA !== epochB) return epochA - epochB;
  const cut = (text) => {
    const at = text.lastIndexOf('-');
    return at < 0 ? [text, '0'] : [text.slice(0, at), text.slice(at + 1)];
  };
  const [upstreamA, revisionA] = cut(restA);
  const [upstreamB, revisionB] = cut(restB);
  return compareParts(upstreamA, upstreamB) || compareParts(revisionA, revisionB);
}

function splitEpoch(version) {
  const match = /^(\d+):(.*)$/.exec(version);
  return match ? [Number(match[1]), match[2]] : [0, version];
}

function weight(ch) {
  if (ch === undefined) return 0;
  if (ch === '~') return -1;
  return /[A-Za-z]/.test(ch) ? ch.charCodeAt(0) : ch.charCodeAt(0) + 256;
}

function compareParts(a, b) {
  let i = 0;
  let j = 0;
  while (i < a.length || j < b.length) {
    while ((i < a.length && !isDigit(a[i])) || (j < b.length && !isDigit(b[j]))) {
      const left = i < a.length && !isDigit(a[i]) ? a[i] : undefined;
      const right = j < b.length && !isDigit(b[j]) ? b[j] : undefined;
      const order = weight(left) - weight(right);
      if (order !== 0) return order;
      if (left !== undefined) i++;
      if (right !== undefined) j++;
    }
    const left = /^\d*/.exec(a.slice(i))[0];
    const right = /^\d*/.exec(b.slice(j))[0];
    i += left.length;
    j += right.length;
    const order = Number(left || 0) - Number(right || 0);
    if (order !== 0) return order;
  }
  return 0;
}

const isDigit = (ch) => ch >= '0' && ch <= '9';
