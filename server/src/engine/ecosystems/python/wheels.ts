/**
 * Packages that bring their libraries in wheels, and link the system's where they are compiled: first version with wheels
 * for each CPython (files on the package index). An older version is compiled, where headers and a compiler are at hand.
 */

interface Wheels {
  /** -dev packages of Debian whose libraries a build from sources links. */
  readonly links: readonly string[];
  /** Minor version of CPython 3 → first version with wheels for it; doubtful ones are given too late rather than too early. */
  readonly first: Readonly<Record<number, string>>;
}

const WHEELS: Readonly<Record<string, Wheels>> = {
  lxml: {
    links: ['libxml2-dev', 'libxslt1-dev'],
    first: {
      6: '3.8',
      7: '4.2.2',
      8: '4.4.2',
      9: '4.6.2',
      10: '4.7.1',
      11: '4.9.2',
      12: '4.9.3',
      13: '5.3.0',
      14: '6.0.1',
    },
  },
  pillow: {
    links: [
      'libjpeg-dev',
      'libtiff-dev',
      'libfreetype-dev',
      'libfreetype6-dev',
      'liblcms2-dev',
      'libwebp-dev',
      'libopenjp2-7-dev',
      'libxcb1-dev',
      'zlib1g-dev',
    ],
    first: { 6: '4.0', 7: '5.2', 8: '6.2.1', 9: '8.0', 10: '8.4', 11: '9.3', 12: '10.1', 13: '11.0', 14: '12.0' },
  },
  'psycopg2-binary': {
    links: ['libpq-dev'],
    first: {
      6: '2.7.5',
      7: '2.7.5',
      8: '2.8.4',
      9: '2.8.6',
      10: '2.9.2',
      11: '2.9.5',
      12: '2.9.9',
      13: '2.9.10',
      14: '2.9.11',
    },
  },
  pyyaml: {
    links: ['libyaml-dev'],
    first: { 6: '5.4', 7: '5.4', 8: '5.4', 9: '5.4', 10: '6.0', 11: '6.0.1', 12: '6.0.1', 13: '6.0.2', 14: '6.0.3' },
  },
};

/** Before wheels of these CPythons there is none that anybody still asks for. */
const OLDEST = 6;

/**
 * -dev packages whose libraries `name` links when this version of it was compiled for CPython `minor`
 * (`undefined`: any); [] where wheels are certain. Without a version pip takes one that has them.
 */
export function linkedWithoutWheel(
  name: string,
  version: string | undefined,
  minor: number | undefined,
): readonly string[] {
  const wheels = WHEELS[name];
  if (wheels === undefined || version === undefined) return [];
  const newest = Math.max(...Object.keys(wheels.first).map(Number));
  const first = minor !== undefined && minor < OLDEST ? undefined : wheels.first[Math.min(minor ?? newest, newest)];
  return first === undefined || isBefore(version, first) ? wheels.links : [];
}

/** Release numbers compared part by part (PEP 440); a part that is no number (`4.*`) counts as 0. */
function isBefore(version: string, other: string): boolean {
  const parts = (text: string): number[] => text.split('.').map((part) => Number.parseInt(part, 10) || 0);
  const [a, b] = [parts(version), parts(other)];
  for (let at = 0; at < Math.max(a.length, b.length); at++) {
    const difference = (a[at] ?? 0) - (b[at] ?? 0);
    if (difference !== 0) return difference < 0;
  }
  return false;
}
