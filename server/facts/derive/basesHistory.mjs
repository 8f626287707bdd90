/** Tags that only the history of official-images names: OS release, nearest record, counterpart. */
import { osOfHistory, tagsOf } from './basesRecords.mjs';
import { compareTagVersions, parts, splitTag, variantOf } from './basesTags.mjs';

const NOW = '9999-99';

/**
 * @returns {{image: string, tag: string, version: string, suffix: string, os: string[], record: object, frozen: boolean}[]}
 *   tags of the history that no record names, then the same versions under explicit OS releases
 */
export function historyTags(history, records, known) {
  const out = [];
  for (const [image, byOs] of Object.entries(history)) {
    if (image === '_meta') continue;
    const candidates = candidatesOf(records.filter((record) => record.image === image));
    const unrecorded = withoutRecord(image, records, candidates, known);
    out.push(...unrecorded);
    const entries = [];
    for (const [osText, tags] of Object.entries(byOs)) {
      const os = osOfHistory(osText);
      if (os === undefined) continue;
      for (const word of tags.split(' ')) {
        const [tag, left] = word.split('@');
        const [version, suffix] = splitTag(tag);
        entries.push({ image, tag, version, suffix, variant: variantOf(suffix), os, left: left ?? NOW });
      }
    }
    for (const entry of entries) {
      if (known.has(`${image}:${entry.tag}`) || /onbuild/.test(entry.tag)) continue;
      const record = nearest(entry, candidates);
      if (record !== undefined) out.push({ ...entry, record, frozen: entry.left !== NOW });
    }
    out.push(...explicit(entries, withUnrecorded(candidates, unrecorded), known));
  }
  return out;
}

function candidatesOf(records) {
  const byVariant = new Map();
  for (const record of records) {
    const line = splitTag(record.tag)[0];
    for (const tag of tagsOf(record)) {
      const [own, suffix] = splitTag(tag);
      // `3-bookworm` is an alias of one release line: the canonical tag says which.
      const version = own === '' || line === '' ? own : line;
      const variant = variantOf(suffix);
      if (!byVariant.has(variant)) byVariant.set(variant, []);
      byVariant.get(variant).push({ version, suffix, record, os: record.os, until: lastListed(record) });
    }
  }
  return byVariant;
}

/** Month in which a record was last seen in the library. */
function lastListed(record) {
  return record.status === 'retired' ? (record.lastListed ?? '').slice(0, 7) : NOW;
}

/** Tags that a record names as its counterpart and that have no record of their own: as the nearest of their variant. */
function withoutRecord(image, records, candidates, known) {
  const out = new Map();
  for (const record of records) {
    if (record.image !== image) continue;
    const inside = (record.counterpart?.options ?? []).some((option) => option.ref.startsWith(`${image}:`));
    for (const tag of inside ? Object.values(record.counterpart.byAlias ?? {}) : []) {
      if (known.has(`${image}:${tag}`) || out.has(tag)) continue;
      const [version, suffix] = splitTag(tag);
      const near = nearest({ version, variant: variantOf(suffix), os: record.os }, candidates);
      if (near === undefined) continue;
      const until = lastListed(record);
      out.set(tag, { image, tag, version, suffix, os: record.os, record: near, frozen: until !== NOW, until });
    }
  }
  return [...out.values()];
}

function withUnrecorded(candidates, unrecorded) {
  const out = new Map([...candidates].map(([variant, list]) => [variant, [...list]]));
  for (const entry of unrecorded) {
    const variant = variantOf(entry.suffix);
    if (!out.has(variant)) out.set(variant, []);
    out.get(variant).push(entry);
  }
  return out;
}

/** The record of the same image, variant and OS family that is nearest in version and OS release. */
function nearest(entry, candidates) {
  const wanted = parts(entry.version);
  let best;
  let bestScore = -1;
  for (const { version, record } of candidates.get(entry.variant) ?? []) {
    const has = parts(version);
    if (
      record.os[0] !== entry.os[0] ||
      (wanted.length > 0 && has[0] !== wanted[0]) ||
      (wanted.length === 0) !== (has.length === 0)
    )
      continue;
    const sameMinor = wanted.length < 2 || has.length < 2 ? 1 : has[1] === wanted[1] ? 4 : 0;
    const minorDistance = Math.abs((has[1] ?? 0) - (wanted[1] ?? 0));
    const score = 1000 + sameMinor * 100 + (record.os[1] === entry.os[1] ? 150 : 0) - Math.min(90, minorDistance);
    if (score > bestScore) [best, bestScore] = [record, score];
  }
  return best;
}

/**
 * `3.11.4-slim-bookworm` from `3.11.4-slim`: the history leaves out tags that name the
 * codename. One is taken as published for the OS that the history names, and for older
 * releases whose record of the same minor version was still listed when the patch before was replaced.
 */
function explicit(entries, candidates, known) {
  const out = [];
  const leftOf = new Map(entries.map((entry) => [`${entry.version} ${entry.variant}`, entry.left]));
  const minors = new Map();
  for (const entry of entries) {
    if (parts(entry.version).length < 3) continue;
    const key = `${parts(entry.version).slice(0, 2).join('.')} ${entry.variant}`;
    if (!minors.has(key)) minors.set(key, []);
    minors.get(key).push(entry.version);
  }
  for (const list of minors.values()) list.sort(compareTagVersions);
  const seen = new Set();
  for (const entry of entries) {
    const own = parts(entry.version);
    if (own.length < 3 || /onbuild/.test(entry.tag)) continue;
    const list = minors.get(`${own.slice(0, 2).join('.')} ${entry.variant}`);
    const before = list[list.indexOf(entry.version) - 1];
    const since = before === undefined ? '0000-00' : leftOf.get(`${before} ${entry.variant}`);
    for (const { version, suffix, record, os, until } of candidates.get(entry.variant) ?? []) {
      const has = parts(version);
      const names = suffix.includes(os[1]) || (os[0] === 'alpine' && suffix.includes(os[2]));
      if (!names || os[0] !== entry.os[0] || has[0] !== own[0] || (has.length > 1 && has[1] !== own[1])) continue;
      const tag = entry.version + suffix;
      if (known.has(`${entry.image}:${tag}`) || seen.has(tag)) continue;
      const same = os[1] === entry.os[1];
      if (!same && !(olderRelease(os, entry.os) && until >= since && before !== undefined)) continue;
      seen.add(tag);
      out.push({ image: entry.image, tag, version: entry.version, suffix, os, record, frozen: entry.left !== NOW });
    }
  }
  return out;
}

function olderRelease(a, b) {
  const order = compareTagVersions(a[2], b[2]);
  return /\d/.test(a[2]) && /\d/.test(b[2]) && order < 0;
}
