/** The records of the compiled facts, made uniform: one shape, one meaning per field. */
import { RELEASES, splitTag } from './basesTags.mjs';

const RPM = new Set([
  'rhel-ubi',
  'oraclelinux',
  'amazonlinux',
  'fedora',
  'rockylinux',
  'almalinux',
  'centos',
  'azurelinux',
  'cbl-mariner',
]);
const JAVA = new Set(['openjdk', 'java', 'eclipse-temurin', 'amazoncorretto', 'ibmjava']);

/** [id, release, versionId] of an OS as written in the records; `undefined` when the release is not known. */
export function osOf({ id, release, versionId }, kind) {
  if (release === null || release === undefined) return id === 'none' ? ['scratch', 'scratch', ''] : undefined;
  if (id === 'unknown' || /[{} ]/.test(release)) return undefined;
  const number = versionId ?? RELEASES[id]?.[release] ?? release;
  if (kind === 'distroless') return ['distroless', release, number];
  if (id === 'debian' || id === 'ubuntu' || id === 'alpine') return [id, release, number];
  return [RPM.has(id) ? 'rpm' : 'other', `${id}-${release}`, release];
}

/** `debian:bookworm`, `ubuntu:24.04` of the history → the same triple. */
export function osOfHistory(text) {
  const [id, release] = [text.slice(0, text.indexOf(':')), text.slice(text.indexOf(':') + 1)];
  if (id !== 'ubuntu') return osOf({ id, release });
  const codename = Object.keys(RELEASES.ubuntu).find((name) => RELEASES.ubuntu[name] === release);
  return codename === undefined ? undefined : ['ubuntu', codename, release];
}

function kindOf(image, kind) {
  const dotnet = /^mcr\.microsoft\.com\/dotnet\/(?:nightly\/)?(aspnet|runtime|runtime-deps)$/.exec(image);
  if (dotnet !== null && kind === 'runtime') return dotnet[1];
  if (JAVA.has(image) && kind === 'sdk') return 'jdk';
  if (JAVA.has(image) && kind === 'runtime') return 'jre';
  return kind;
}

/**
 * nginx builds its packages only on architectures that have none, and purges the tools:
 * on amd64 the image holds no compiler (docker-nginx, Dockerfile-debian.template).
 */
const NGINX_TOOLS = new Set([
  'bash',
  'ca-certificates',
  'coreutils',
  'curl',
  'envsubst',
  'ip',
  'mime.types',
  'nginx',
  'openssl',
  'perl-base',
  'tar',
  'tzdata',
]);

function corrected(record) {
  if (record.image !== 'nginx' || record.os.id !== 'debian') return record;
  const tools = record.ships.tools.filter(
    (tool) => NGINX_TOOLS.has(tool) || (/perl/.test(record.tag) && tool === 'perl'),
  );
  return { ...record, ships: { ...record.ships, compilers: [], tools } };
}

/** Records that stand for a full and a slim image (uv on Python) become two, on what their base holds. */
function unfolded(record, all) {
  if (record.kind !== 'full / slim') return [record];
  return record.from[0]
    .split(' / ')
    .map((ref, slim) => {
      const [image, tag] = ref.split(':');
      const base = all.find((one) => one.image === image && (one.tag === tag || one.aliases.includes(tag)));
      const own = record.tag.replace(/-slim$/, '') + (slim === 1 ? '-slim' : '');
      if (base === undefined) return undefined;
      return {
        ...record,
        tag: own,
        aliases: [],
        kind: slim === 1 ? 'slim' : 'full',
        from: [ref, ...base.from],
        config: { ...base.config, ...record.config, env: { ...base.config.env, ...record.config.env } },
        ships: { ...base.ships, tools: [...base.ships.tools, 'uv', 'uvx'].sort() },
      };
    })
    .filter((one) => one !== undefined);
}

/** The version that a record stands for, as exact as the facts have it. */
function versionOf(record) {
  if (record.version !== undefined) return record.version;
  const own = splitTag(record.tag)[0];
  const versions = record.aliases.map((alias) => splitTag(alias)[0]).filter((one) => one.startsWith(own));
  const set = Object.entries(record.config.env).filter(
    ([name, value]) =>
      /_VERSION$/.test(name) &&
      /^[\d.u]*\d$/.test(value ?? '') &&
      /^[.u]\d/.test(value?.startsWith(own) ? value.slice(own.length) : ''),
  );
  const best = [own, ...versions, ...(own === '' ? [] : set.map(([, value]) => value))].sort(
    (a, b) => b.length - a.length,
  )[0];
  return best === '' ? undefined : best;
}

/** The reserved name of the empty image (Dockerfile reference, FROM). */
const SCRATCH = {
  image: 'scratch',
  tag: 'latest',
  aliases: [],
  status: 'current',
  os: { id: 'none', release: null },
  libc: null,
  kind: 'empty',
  from: [],
  counterpart: null,
  config: { env: {} },
  ships: { compilers: [], tools: [], libs_not_in_counterpart: [] },
  sizeMB: { value: 0, basis: 'measured' },
  confidence: 'high',
};

/**
 * Records without patterns, unknown OS releases and ONBUILD images (whose triggers the facts do not hold).
 * @returns records with `os` as a triple, `kind` as published, `version`
 */
export function plainRecords(records) {
  const out = [];
  for (const raw of [...records, SCRATCH]) {
    if (raw.pattern || raw.config.onbuild || /\bonbuild\b/.test(raw.tag)) continue;
    for (const record of unfolded(raw, records)) {
      const os = osOf(record.os, record.kind);
      if (os === undefined) continue;
      out.push({
        ...corrected(record),
        os,
        rawOs: record.os,
        kind: kindOf(record.image, record.kind),
        version: versionOf(record),
      });
    }
  }
  return out;
}

/** Tags of a record that are no patterns themselves. */
export const tagsOf = (record) => [record.tag, ...record.aliases].filter((tag) => !tag.includes('{'));
