/**
 * Files of the distribution outside /usr/local: those of every image of a release, and those that packages bring. By the
 * Debian Policy (9.1.1, the FHS) and custom, a directory below /etc, /usr/share or /usr/lib has its package's name.
 */

/** Files and directories that full and slim images of a release share (Debian's base-files, base-passwd, bash, libc-bin, openssl, apt). */
const SHARED =
  /^\/(etc\/(apt|ssl|passwd|group|shadow|hosts|hostname|localtime|timezone|profile|bash\.bashrc|login\.defs|security|pam\.d|nsswitch\.conf|resolv\.conf|dpkg|default|skel|environment|ld\.so\.conf(\.d)?|init\.d|cron\.d|cron\.daily|issue|motd|os-release|debian_version|gai\.conf|pip\.conf)|root(\/\.(bashrc|profile))?|usr\/share\/(zoneinfo|doc|man|locale|ca-certificates)|usr\/local|var|tmp|home|opt|srv|usr\/src|run|mnt|media)(\/|$)/;

/** Directories of the FHS itself. */
const FHS =
  /^\/(|bin|boot|dev|etc|lib\w*|proc|root|run|sbin|sys|usr(\/(bin|games|include|lib\w*|sbin|share)(\/[\w]+-linux-\w+)?)?)$/;

/** Every image of the release has something at the path. */
export function isShared(path: string): boolean {
  return SHARED.test(path) || FHS.test(path);
}

/** What is not called after its package (Debian's Contents-amd64). */
const OTHERS: readonly (readonly [path: RegExp, packages: RegExp])[] = [
  [/^\/etc\/ssh\/sshd_config/, /^openssh-server$/],
  [/^\/etc\/ssh(\/|$)/, /^openssh-(client|server)$/],
  [/^\/etc\/sudoers/, /^sudo$/],
  [/^\/etc\/crontab$/, /^cron$/],
  [/^\/etc\/mysql(\/|$)/, /^(mysql-common|mariadb-common)$/],
  [/^\/etc\/odbc/, /^(odbcinst|unixodbc-common)$/],
  [/^\/etc\/locale\.gen$/, /^locales$/],
];

const PLACES = /^\/(?:etc|usr\/share|(?:usr\/)?lib(?:\/\w+-linux-\w+)?|usr\/libexec)\/([^/]+)/;

/** The package may have brought the file: nobody has read what it holds, but nothing else is called like it. */
export function mayBring(name: string, path: string): boolean {
  for (const [files, packages] of OTHERS) if (files.test(path)) return packages.test(name);
  const place = PLACES.exec(path)?.[1]
    ?.toLowerCase()
    .replace(/\.(d|conf|ini|so)\b.*$/, '')
    .replace(/-?\d[\d.]*$/, '');
  if (place === undefined || place === '' || !name.startsWith(place)) return false;
  return name.length === place.length || /^[-\d.]/.test(name.slice(place.length));
}

/**
 * Packages that are nothing but files of data, which programs read by their names: all that such a package has outside
 * /usr/share/doc and /usr/share/bug (its list of files in bullseye, bookworm and trixie).
 */
const DATA: ReadonlyMap<string, readonly string[]> = new Map([['media-types', ['/etc/mime.types']]]);

/** The files that are all of a package; `undefined`: it has more than data, or nobody knows. */
export function dataFilesOf(name: string): readonly string[] | undefined {
  return DATA.get(name);
}
