/** Table `bases.txt`: what is known of every tag of the compiled base image facts. */
import { join } from 'node:path';
import { historyTags } from './basesHistory.mjs';
import { plainRecords, tagsOf } from './basesRecords.mjs';
import { compareTagVersions, splitTag, variantOf } from './basesTags.mjs';
import { ALIASES, PATTERNS } from './patterns.mjs';
import { Pool, base36, byCode, sorted, writeTable } from './text.mjs';

const FORMAT = [
  'pools, one value a line, referred to by base 36 number: @env NAME=value (no `=`: changes with every release; {v}: version of the record), @config JSON (e: numbers of env), @os id TAB release TAB versionId, @from, @option ref TAB relation TAB os TAB flags TAB condition TAB note ({t}: version of the canonical tag; flags a: published with the same alias, t: holds the toolchain, o: other OS), @tools and @libs (first line: names, then sets of numbers)',
  '@image NAME, then `r` records and `t` tags of that image',
  'r TAB canonical tag TAB version TAB status TAB os TAB libc TAB kind TAB from TAB config TAB users TAB compilers TAB tools TAB tools lost TAB libs lost (`-` not known) TAB options TAB MB (`!` measured) TAB confidence',
  't TAB record TAB mode (x named by the record, f left the library, l still listed) TAB os TAB suffix TAB counterpart suffix (`-` none, `=tag` a whole tag, prefix `>` before a suffix) TAB versions (`.` the empty one)',
  '@pattern: image TAB tag (regular expressions) TAB os TAB libc TAB kind TAB status TAB config TAB compilers TAB tools TAB options TAB confidence ($n group of the tag, #n of the image)',
  '@alias: image TAB tag (regular expression) TAB target image TAB target tag TAB counterpart tag',
];

const CODES = {
  current: 'c',
  retired: 'r',
  deprecated: 'd',
  preview: 'p',
  glibc: 'g',
  musl: 'm',
  high: 'h',
  medium: 'm',
  low: 'l',
};

/** @param {{records: object[], history: object, floating: object, sets: object, out: string, command: string, date: string}} input */
export function deriveBases(input) {
  const records = plainRecords(input.records);
  const known = new Map();
  for (const record of records)
    for (const tag of tagsOf(record))
      if (!known.has(`${record.image}:${tag}`)) known.set(`${record.image}:${tag}`, record.os);
  const history = historyTags(input.history, records, known);
  const everything = new Map([...known, ...history.map((entry) => [`${entry.image}:${entry.tag}`, entry.os])]);
  for (const [ref, { now }] of Object.entries(input.floating)) {
    if (!everything.has(ref)) console.log(`no record for the floating tag ${ref} (${now})`);
  }
  const writer = new Writer(input.sets, everything);
  const body = [];
  for (const image of sorted(records.map((record) => record.image))) {
    const own = records.filter((record) => record.image === image).sort((a, b) => byCode(a.tag, b.tag));
    body.push(`@image ${image}`, ...own.map((record) => writer.record(record)));
    body.push(
      ...writer.tags(
        own,
        history.filter((entry) => entry.image === image),
      ),
    );
  }
  body.push('@pattern', ...PATTERNS.map((pattern) => writer.pattern(pattern, input.records)));
  body.push('@alias', ...ALIASES.map((alias) => alias.join('\t')));
  writeTable(
    join(input.out, 'bases.txt'),
    {
      what: 'base images: OS release, configuration, tools and smaller counterparts of every tag known',
      source:
        'docker-library/official-images 37079fb3 with its history, the Dockerfiles at the recorded commits, dotnet-docker, distroless, uv and others; sizes from docker-library/repo-info',
      date: `${input.date} (tags have moved since)`,
      licence: 'facts only (names, numbers, tags); sources Apache-2.0, MIT or BSD-3-Clause',
      command: input.command,
      format: FORMAT,
    },
    [...writer.pools(), ...body],
  );
  console.log(`bases: ${records.length} records, ${known.size} tags of records, ${history.length} tags of the history`);
}

class Writer {
  constructor(sets, everything) {
    this.sets = sets;
    this.everything = everything;
    for (const name of ['env', 'config', 'os', 'from', 'option', 'tool', 'toolSet', 'lib', 'libSet'])
      this[name] = new Pool();
    this.seen = new Set();
  }

  pools() {
    const pool = (name, values) => [`@${name}`, ...values];
    return [
      ...pool('env', this.env.values),
      ...pool('config', this.config.values),
      ...pool('os', this.os.values),
      ...pool('from', this.from.values),
      ...pool('option', this.option.values),
      ...pool('tools', [this.tool.values.join('\t'), ...this.toolSet.values]),
      ...pool('libs', [this.lib.values.join(' '), ...this.libSet.values]),
    ];
  }

  configRef(config, version) {
    const env = Object.entries(config.env).map(([name, value]) =>
      this.env.ref(value === null || /:\/\/(?!\+)/.test(value) ? name : `${name}=${templated(value, version, '{v}')}`),
    );
    const { env: _, onbuild: __, ...rest } = config;
    return this.config.ref(JSON.stringify({ e: env.join(' '), ...rest }));
  }

  toolsRef(names) {
    return this.toolSet.ref(
      sorted(names ?? [])
        .map((name) => this.tool.ref(name))
        .join(' '),
    );
  }

  libsRef(record) {
    const value = record.ships.libs_not_in_counterpart;
    const indexed = record.os[0] === 'debian' && ['bullseye', 'bookworm', 'trixie'].includes(record.os[1]);
    if (value === null || value === undefined || (value.length === 0 && !indexed)) return '-';
    const names = value.flatMap((name) => (name.startsWith('@') ? this.sets[name.slice(1)].libs : [name]));
    return this.libSet.ref(
      sorted(names)
        .map((name) => this.lib.ref(name))
        .join(' '),
    );
  }

  optionRef(record, option) {
    const version = splitTag(record.tag)[0];
    const tag = option.ref.slice(option.ref.lastIndexOf(':') + 1);
    const flags = [
      record.counterpart.byAlias?.[record.tag] === tag ? 'a' : '',
      option.containsToolchain ? 't' : '',
      option.osDiffers ? 'o' : '',
    ].join('');
    const note = [option.note, option.eol === undefined ? undefined : `end of life ${option.eol}`]
      .filter((one) => one !== undefined)
      .join('; ');
    return this.option.ref(
      [
        refTemplate(option.ref, record.image, version),
        option.relation,
        option.os ?? '',
        flags,
        option.condition ?? '',
        note,
      ].join('\t'),
    );
  }

  record(record) {
    const { counterpart, ships, sizeMB } = record;
    const users = (record.users ?? []).map(({ name, uid }) => `${name}:${uid}`).join(' ');
    const lost = ships.tools_not_in_counterpart;
    return [
      'r',
      record.tag,
      record.version ?? '',
      CODES[record.status],
      this.os.ref(record.os.join('\t')),
      CODES[record.libc] ??
        (record.os[0] === 'scratch' || (record.kind === 'distroless' && record.libc === null) ? 'n' : 'u'),
      record.kind,
      this.from.ref((record.from ?? []).join(' ')),
      this.configRef(record.config, record.version),
      users,
      this.toolsRef(ships.compilers),
      this.toolsRef(ships.tools),
      lost === undefined ? '' : this.toolsRef(lost),
      this.libsRef(record),
      (counterpart?.options ?? []).map((option) => this.optionRef(record, option)).join(' '),
      sizeMB ? `${sizeMB.basis === 'measured' ? '!' : ''}${Math.round(sizeMB.value)}` : '',
      CODES[record.confidence],
    ].join('\t');
  }

  /** Lines `t` of one image: tags with the same record, mode, OS, suffix and counterpart suffix share a line. */
  tags(records, history) {
    const lines = new Map();
    const add = (at, mode, os, suffix, counterpart, version) => {
      const key = ['t', base36(at), mode, os, suffix, counterpart].join('\t');
      if (!lines.has(key)) lines.set(key, []);
      lines.get(key).push(version);
    };
    records.forEach((record, at) => {
      for (const tag of tagsOf(record)) {
        const ref = `${record.image}:${tag}`;
        if (this.seen.has(ref)) continue;
        this.seen.add(ref);
        const [version, suffix] = splitTag(tag);
        add(at, 'x', '', suffix, counterpartSuffix(record.counterpart?.byAlias?.[tag], version), version);
      }
    });
    for (const entry of history) {
      const counterpart = this.historyCounterpart(entry);
      add(
        records.indexOf(entry.record),
        entry.frozen ? 'f' : 'l',
        this.os.ref(entry.os.join('\t')),
        entry.suffix,
        counterpart,
        entry.version,
      );
    }
    return [...lines]
      .map(
        ([key, versions]) =>
          `${key}\t${sorted(versions)
            .sort(compareTagVersions)
            .map((one) => one || '.')
            .join(' ')}`,
      )
      .sort(byCode);
  }

  /** The counterpart that was published beside a tag of the history: same change of suffix as in the record, listed, same OS. */
  historyCounterpart({ image, version, suffix, os, record }) {
    const changes = new Map();
    for (const [tag, other] of Object.entries(record.counterpart?.byAlias ?? {})) {
      const [own, from] = splitTag(tag);
      if (!other.startsWith(own)) continue;
      changes.set(from, other.slice(own.length));
    }
    const named = (text) => text.replaceAll(record.os[1], os[1]);
    const released = variantOf(suffix) !== suffix;
    for (const [from, to] of changes) {
      // `-bookworm` → `-slim-bookworm` says `` → `-slim` for a tag that names no release.
      const [own, target] = released ? [named(from), named(to)] : [variantOf(from), variantOf(to)];
      if (own !== suffix) continue;
      const found = this.everything.get(`${image}:${version}${target}`);
      if (found !== undefined && found[1] === os[1] && found[0] === os[0]) return `>${target}`;
    }
    return '-';
  }

  pattern(pattern, records) {
    const record = records.find((one) => one.pattern && `${one.image}:${one.tag}` === pattern.key);
    if (record === undefined) throw new Error(`no record ${pattern.key}`);
    const options = pattern.options.map(([ref, relation, note]) =>
      this.option.ref([ref, relation, '', '', '', note ?? ''].join('\t')),
    );
    const libc = CODES[record.libc] ?? (pattern.os.startsWith('alpine') ? 'm' : 'g');
    return [
      pattern.image,
      pattern.tag,
      pattern.os,
      libc,
      record.kind,
      CODES[record.status],
      this.configRef(withoutPlaceholders(record.config), undefined),
      this.toolsRef(record.ships.compilers),
      this.toolsRef(record.ships.tools),
      options.join(' '),
      CODES[record.confidence],
    ].join('\t');
  }
}

/** A pattern record may abbreviate PATH with `...`: then its value is not known. */
function withoutPlaceholders(config) {
  return {
    ...config,
    env: Object.fromEntries(
      Object.entries(config.env).map(([name, value]) => [name, value?.includes('...') ? null : value]),
    ),
  };
}

/** `text` with whole occurrences of a version replaced by a placeholder. */
function templated(text, version, placeholder) {
  // A bare `8` stands for too much (openjdk-8, C.UTF-8).
  if (version === undefined || !/\d[._u]\d/.test(version)) return text;
  const escaped = version.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  return text.replace(new RegExp(`(?<![\\w.])${escaped}(?![\\w.])`, 'g'), placeholder);
}

/** `python:3.12-slim-trixie` → `python:{t}-slim-trixie`. */
function refTemplate(ref, image, version) {
  const prefix = `${image}:${version}`;
  if (version === '' || !ref.startsWith(prefix) || /^[\w.]/.test(ref.slice(prefix.length))) return ref;
  return `${image}:{t}${ref.slice(prefix.length)}`;
}

function counterpartSuffix(other, version) {
  if (other === undefined) return '-';
  return other.startsWith(version) && version !== '' ? `>${other.slice(version.length)}` : `=${other}`;
}
