/**
 * Commands that no package's file list has: links that update-alternatives makes
 * when the package is configured (its postinst or *.alternatives file), and wrappers
 * of another package. Source: the packages' maintainer scripts, from general
 * knowledge of Debian; only well-known commands.
 */
const words = (text) => text.split(' ');

/** [package name, commands, the only releases in which its scripts make them (all, where there are none)] */
export const EXTRA = [
  [/^dash$/, ['sh']],
  [/^debianutils$/, ['which']],
  [/^gcc$/, words('cc c89 c99')],
  [/^g\+\+$/, ['c++']],
  [/^mawk$/, words('awk nawk')],
  [/^gawk$/, words('awk nawk')],
  [/^original-awk$/, words('awk nawk')],
  [/^less$/, ['pager']],
  [/^nano$/, words('editor pico')],
  [/^vim-tiny$/, words('editor ex rview vi view')],
  [/^vim(-nox|-gtk3)?$/, words('editor ex rview vi view vim vimdiff rvim')],
  [/^netcat-(openbsd|traditional)$/, words('nc netcat')],
  [/^procps$/, ['w']],
  [/^xz-utils$/, words('lzma unlzma lzcat lzmore lzless lzgrep')],
  [/^automake$/, words('automake aclocal')],
  [/^bison$/, ['yacc']],
  [/^fakeroot$/, ['fakeroot']],
  // "Remove obsolete alternatives" (postinst since 1:9.1p1-1; built: none is there in bookworm).
  [/^openssh-client$/, words('rsh rlogin rcp'), ['bullseye']],
  [/^(inetutils-telnet|telnet-ssl)$/, ['telnet']],
  [/^(tnftp|inetutils-ftp)$/, ['ftp']],
  [
    /^imagemagick-6\.q16(hdri)?$/,
    words('animate compare composite conjure convert display identify import mogrify montage stream'),
  ],
  [
    /^imagemagick-7\.q16(hdri)?$/,
    words('animate compare composite conjure convert display identify import magick mogrify montage stream'),
  ],
  [/^openjdk-\d+-jre-headless$/, words('java jexec keytool rmiregistry jpackage')],
  [
    /^openjdk-\d+-jdk-headless$/,
    words(
      'javac jar jarsigner javadoc javap jcmd jdb jdeprscan jdeps jfr jhsdb jimage jinfo jlink jmap jmod jps jrunscript jshell jstack jstat jstatd rmic serialver',
    ),
  ],
  [/^openjdk-\d+-jdk$/, ['jconsole']],
  [/^php\d\.\d-cli$/, words('php phar phar.phar')],
  [/^php\d\.\d-dev$/, words('phpize php-config')],
  [/^php\d\.\d-fpm$/, ['php-fpm']],
  [/^php\d\.\d-cgi$/, words('php-cgi')],
  // /usr/bin/psql is a wrapper of postgresql-client-common; the programs lie in /usr/lib/postgresql/N/bin.
  [
    /^postgresql-client-\d+$/,
    words('psql pg_dump pg_dumpall pg_restore pg_isready createdb dropdb createuser dropuser'),
  ],
  [/^lua5\.\d$/, words('lua luac')],
  [/^pinentry-(curses|tty|gnome3)$/, ['pinentry']],
  [/^mono-runtime-sgen$/, ['mono']],
];
