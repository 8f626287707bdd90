/** Tags taken apart: `3.8.2-slim-buster` is version `3.8.2` and suffix `-slim-buster`. */

const VERSION =
  /^\d+(?:[._u]\d+)*(?:\+\d+)?(?:(?:a|b|rc|p)\d+)?(?:-b\d+)?(?:-(?:rc|alpha|beta|preview|RC|ea|p)(?:[.-]?\d+)*)*(?![a-z])/;

/** [version, suffix]; the version is '' for `latest` and codenames. */
export function splitTag(tag) {
  const version = VERSION.exec(tag)?.[0] ?? '';
  return [version, tag.slice(version.length)];
}

/** Codename → number of the releases of Debian and Ubuntu. */
export const RELEASES = {
  debian: {
    wheezy: '7',
    jessie: '8',
    stretch: '9',
    buster: '10',
    bullseye: '11',
    bookworm: '12',
    trixie: '13',
    forky: '14',
    sid: 'unstable',
  },
  ubuntu: {
    trusty: '14.04',
    xenial: '16.04',
    bionic: '18.04',
    focal: '20.04',
    jammy: '22.04',
    noble: '24.04',
    resolute: '26.04',
  },
};

const CODENAME = new RegExp(
  `-?\\b(${Object.values(RELEASES)
    .flatMap((one) => Object.keys(one))
    .join('|')})\\b`,
  'g',
);

/** The suffix without what names the OS release: `-slim-buster` and `-buster-slim` give `-slim`, `-alpine3.18` gives `-alpine`. */
export function variantOf(suffix) {
  const bare = suffix.replace(CODENAME, '').replace(/alpine-?\d+\.\d+/, 'alpine');
  return bare === '' || bare.startsWith('-') ? bare : `-${bare}`;
}

/** The numeric parts of a version. */
export const parts = (version) => (version.match(/\d+/g) ?? []).map(Number);

/** Order of versions by their numeric parts, then by text. */
export function compareTagVersions(a, b) {
  const left = parts(a);
  const right = parts(b);
  for (let at = 0; at < Math.max(left.length, right.length); at++) {
    const order = (left[at] ?? -1) - (right[at] ?? -1);
    if (order !== 0) return order;
  }
  return a < b ? -1 : a > b ? 1 : 0;
}
