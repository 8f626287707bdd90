/** Names of OS releases. Source: the release notes of Debian and Ubuntu. */

const DEBIAN: Readonly<Record<string, string>> = {
  wheezy: '7',
  jessie: '8',
  stretch: '9',
  buster: '10',
  bullseye: '11',
  bookworm: '12',
  trixie: '13',
  forky: '14',
};

const UBUNTU: Readonly<Record<string, string>> = {
  trusty: '14.04',
  xenial: '16.04',
  bionic: '18.04',
  focal: '20.04',
  jammy: '22.04',
  noble: '24.04',
  resolute: '26.04',
};

/** Spellings of RPM distributions in tags → id of the table. */
const RPM: Readonly<Record<string, string>> = {
  ubi: 'rhel-ubi',
  rockylinux: 'rockylinux',
  oraclelinux: 'oraclelinux',
  ol: 'oraclelinux',
  amazonlinux: 'amazonlinux',
  centos: 'centos',
};

export interface OsName {
  readonly id: 'debian' | 'ubuntu' | 'alpine' | 'rpm' | 'other';
  readonly release: string;
  readonly versionId: string;
}

/** The release that a part of a tag names: `bookworm`, `debian12`, `ubuntu22.04`, `alpine3.20`, `ubi9`; a name alone is an unknown release. */
export function osFromName(text: string): OsName | undefined {
  if (DEBIAN[text] !== undefined) return { id: 'debian', release: text, versionId: DEBIAN[text] };
  if (UBUNTU[text] !== undefined) return { id: 'ubuntu', release: text, versionId: UBUNTU[text] };
  const [, name = '', version = ''] = /^([a-z]+)-?([\d.]*)$/.exec(text) ?? [];
  if (name === 'debian' || name === 'ubuntu') {
    const codename = Object.entries(name === 'debian' ? DEBIAN : UBUNTU).find(([, number]) => number === version)?.[0];
    return { id: name, release: codename ?? 'unknown', versionId: codename === undefined ? '' : version };
  }
  if (name === 'alpine') return { id: 'alpine', release: version === '' ? 'unknown' : version, versionId: version };
  const rpm = RPM[name];
  if (rpm !== undefined)
    return { id: 'rpm', release: version === '' ? 'unknown' : `${rpm}-${version}`, versionId: version };
  return text === '' ? undefined : { id: 'other', release: 'unknown', versionId: '' };
}

/** Images that are an operating system: their version is the release. */
const SYSTEMS = new Set([
  'debian',
  'ubuntu',
  'alpine',
  'fedora',
  'rockylinux',
  'almalinux',
  'oraclelinux',
  'amazonlinux',
  'centos',
  'busybox',
]);

/** True when a reference names its OS release: `python:3.12-bookworm`, `debian:12`, `…-debian12`; not `python:3.12`, `node:20-alpine`. */
export function namesRelease(
  image: string,
  tag: string,
  os: { readonly id: string; readonly release: string; readonly versionId: string },
): boolean {
  if (os.id === 'scratch') return true;
  if (os.release === 'unknown') return false;
  const whole = `${image.slice(image.lastIndexOf('/') + 1)}:${tag}`;
  const version = os.versionId.replace(/-.*$/, '').replace(/\./g, '\\.');
  if (SYSTEMS.has(image))
    return new RegExp(`:(${version}|${os.release})(?![\\d])`).test(whole) || new RegExp(`:v?${version}\\.`).test(whole);
  if (new RegExp(`(^|[:.-])${os.release.replace(/\./g, '\\.')}($|[.-])`).test(whole) && os.id !== 'alpine') return true;
  return (
    version !== '' &&
    new RegExp(
      `(alpine|debian|ubuntu|ubi|al|amazonlinux|oraclelinux|ol|oracle|centos|azurelinux|cbl-mariner|rockylinux)-?${version}($|[.-])`,
    ).test(whole)
  );
}
