/** Table `alpine.txt`: Alpine packages, what stands for them at run time, what they hold and bring. */
import { join } from 'node:path';
import { sorted, writeTable } from './text.mjs';

/**
 * Commands by package, where they are not just the package's name.
 * Source: general knowledge of Alpine packaging (no index was at hand); only common packages.
 */
const EXECUTABLES = {
  busybox:
    'sh ash awk basename cat chgrp chmod chown cp cut date dd df diff dirname du echo egrep env expr false find fgrep getopt grep gunzip gzip head hostname id install kill killall less ln logger ls md5sum mkdir mknod mktemp more mount mv nc netstat nproc nslookup od pgrep pidof ping pkill printenv printf ps pwd readlink realpath reset rm rmdir sed seq sha1sum sha256sum sha512sum sleep sort split stat stty su sync sysctl tail tar tee test time timeout top touch tr traceroute true truncate tty umount uname uniq unlink unzip uptime vi watch wc wget which whoami xargs xxd yes zcat adduser addgroup deluser delgroup crond crontab syslogd',
  gcc: 'gcc cc cpp gcc-ar gcc-nm gcc-ranlib gcov',
  'g++': 'g++ c++',
  gfortran: 'gfortran',
  binutils: 'ar as ld nm objcopy objdump ranlib readelf size strings strip addr2line',
  make: 'make',
  pkgconf: 'pkgconf pkg-config',
  autoconf: 'autoconf autoheader autom4te autoreconf autoscan autoupdate ifnames',
  automake: 'automake aclocal',
  libtool: 'libtool libtoolize',
  bison: 'bison yacc',
  flex: 'flex lex flex++',
  samurai: 'samu ninja',
  go: 'go gofmt',
  rust: 'rustc rustdoc',
  cargo: 'cargo',
  clang: 'clang clang++ clang-cpp',
  python3: 'python3 pydoc3',
  'py3-pip': 'pip pip3',
  'py3-virtualenv': 'virtualenv',
  'python3-dev': 'python3-config',
  nodejs: 'node',
  'nodejs-current': 'node',
  npm: 'npm npx',
  yarn: 'yarn yarnpkg',
  ruby: 'ruby erb gem irb',
  'ruby-bundler': 'bundle bundler',
  perl: 'perl cpan perldoc prove pod2man',
  git: 'git git-receive-pack git-upload-pack git-upload-archive git-shell',
  mercurial: 'hg',
  subversion: 'svn svnadmin svnversion',
  openssh: 'ssh scp sftp ssh-keygen sshd',
  'openssh-client': 'ssh scp sftp ssh-keygen ssh-add ssh-agent ssh-keyscan',
  'openssh-client-default': 'ssh scp sftp ssh-keygen ssh-add ssh-agent ssh-keyscan',
  gnupg: 'gpg gpg-agent gpgconf gpgv',
  curl: 'curl',
  wget: 'wget',
  bash: 'bash',
  coreutils:
    'coreutils cat cp cut date dd env head install ln ls mv nproc readlink realpath rm sort stat tail tee timeout touch tr wc',
  procps: 'ps top free kill pgrep pkill sysctl uptime vmstat w watch',
  shadow: 'useradd usermod userdel groupadd groupmod groupdel passwd chpasswd',
  'util-linux': 'mount umount lsblk fdisk flock',
  findutils: 'find xargs',
  xz: 'xz unxz xzcat lzma',
  zstd: 'zstd unzstd zstdcat',
  unzip: 'unzip zipinfo funzip',
  zip: 'zip zipnote',
  openssl: 'openssl',
  'postgresql-client': 'psql pg_dump pg_restore pg_isready createdb dropdb',
  'mysql-client': 'mysql mysqldump mysqladmin',
  'mariadb-client': 'mariadb mysql mysqldump mysqladmin mariadb-dump',
  'mariadb-dev': 'mysql_config mariadb_config',
  'mariadb-connector-c-dev': 'mysql_config mariadb_config',
  'libpq-dev': 'pg_config',
  'postgresql-dev': 'pg_config',
  'curl-dev': 'curl-config',
  sqlite: 'sqlite3',
  redis: 'redis-server redis-cli',
  imagemagick: 'magick convert identify mogrify montage compare composite',
  ffmpeg: 'ffmpeg ffprobe',
  'su-exec': 'su-exec',
  tini: 'tini',
  'dumb-init': 'dumb-init',
  jq: 'jq',
  gettext: 'gettext msgfmt xgettext msgmerge envsubst',
  patch: 'patch',
  cmake: 'cmake ctest cpack',
  maven: 'mvn',
  gradle: 'gradle',
};

/** What a package brings, where a split depends on it. Same source. */
const DEPENDS = {
  'build-base': 'binutils file fortify-headers g++ gcc libc-dev make patch',
  'alpine-sdk': 'abuild build-base git tar curl',
  gcc: 'binutils libgcc libgomp libatomic libstdc++ gmp isl26 mpc1 mpfr4',
  'g++': 'gcc libc-dev libstdc++-dev musl-dev',
  gfortran: 'gcc libgfortran libquadmath',
  'libc-dev': 'musl-dev',
  clang: 'llvm-libs libgcc libstdc++',
  rust: 'gcc musl-dev',
  cargo: 'rust',
  go: 'binutils-gold gcc musl-dev',
  automake: 'autoconf perl',
  autoconf: 'm4 perl',
  libtool: 'bash libltdl',
  git: 'libcurl pcre2 libexpat ca-certificates-bundle',
  npm: 'nodejs',
  yarn: 'nodejs',
  'py3-pip': 'python3 py3-setuptools',
  'py3-virtualenv': 'python3',
  'python3-dev': 'python3 pkgconf',
  'ruby-dev': 'ruby gmp-dev',
  'ruby-bundler': 'ruby',
  'postgresql-client': 'libpq',
  'mysql-client': 'mariadb-client',
  curl: 'libcurl ca-certificates-bundle',
  maven: 'java-jre',
  openssh: 'openssh-client openssh-server',
};

/** Headers that the shared facts do not list, and the library that each belongs to. Same source. */
const HEADERS = {
  'libev-dev': 'libev',
  'linux-pam-dev': 'linux-pam',
  'bluez-dev': 'bluez-libs',
  'libbsd-dev': 'libbsd',
  'libxft-dev': 'libxft',
  'libxi-dev': 'libxi',
  'nspr-dev': 'nspr',
  'nss-dev': 'nss',
  'pulseaudio-dev': 'libpulse',
  'sdl2-dev': 'sdl2',
  'talloc-dev': 'talloc',
  'xmlsec-dev': 'xmlsec',
  'geoip-dev': 'geoip',
  'jansson-dev': 'jansson',
  'json-c-dev': 'json-c',
  'libmicrohttpd-dev': 'libmicrohttpd',
  'libsamplerate-dev': 'libsamplerate',
  'libtheora-dev': 'libtheora',
  'libvorbis-dev': 'libvorbis',
  'libogg-dev': 'libogg',
  'x264-dev': 'x264-libs',
  'cups-dev': 'cups-libs',
  'dbus-dev': 'dbus-libs',
  'glib-dev': 'glib',
  'gtk+3.0-dev': 'gtk+3.0',
  'gobject-introspection-dev': 'gobject-introspection',
  'libxcomposite-dev': 'libxcomposite',
  'libxcursor-dev': 'libxcursor',
  'libxdamage-dev': 'libxdamage',
  'libxfixes-dev': 'libxfixes',
  'libxrandr-dev': 'libxrandr',
  'libxtst-dev': 'libxtst',
  'libxinerama-dev': 'libxinerama',
  'mosquitto-dev': 'mosquitto-libs',
};

/** @param {{record: object, out: string, command: string, date: string}} input */
export function deriveAlpine({ record, out, command, date }) {
  const names = sorted([
    ...Object.keys(record.packages),
    ...Object.keys(HEADERS),
    ...Object.keys(EXECUTABLES),
    ...Object.keys(DEPENDS),
  ]);
  const lines = names.map((name) => {
    const known =
      record.packages[name] ??
      (HEADERS[name] === undefined
        ? undefined
        : { class: 'build-only', runtime: [HEADERS[name]], confidence: 'medium' });
    return [
      name,
      known?.class ?? '',
      known === undefined ? '' : known.runtime.length === 0 ? '=' : known.runtime.join(' '),
      known?.confidence ?? 'medium',
      DEPENDS[name] ?? '',
      EXECUTABLES[name] ?? '',
    ].join('\t');
  });
  writeTable(
    join(out, 'alpine.txt'),
    {
      what: 'common Alpine packages: class, what stands for them at run time, what they bring, their commands',
      source:
        'general knowledge of Alpine packaging (medium); library names seen in docker-library/repo-info listings of 3.24 confirm part of them; no index was read',
      date,
      licence: 'own compilation',
      command,
      format: [
        'name TAB class TAB run-time packages (`=` none, empty not known) TAB confidence TAB depends TAB executables (empty: not known)',
      ],
    },
    lines,
  );
}
