/** What an image says of itself: packages and their files, users and groups, compilers, libraries that are missing. */
import { imageOf, inside } from './docker.mjs';

const PLACES = '/usr/local /app /srv /opt /home /code /repo /site /usr/src';

const SCRIPT = `dpkg-query -W -f 'package \${db:Status-Abbrev}\${Package}\\n' 2>/dev/null | sed -n 's/^package [ih]i */package /p'
for t in gcc g++ cc make ld as cargo go javac; do command -v $t | sed 's/^/compiler /'; done
for d in ${PLACES}; do [ -d $d ] && find $d -xdev -type f \\( -name '*.so' -o -name '*.so.*' -o -name '*.node' -o -perm -100 \\) 2>/dev/null; done | head -4000 | tr '\\n' '\\0' | xargs -0 ldd /dev/null 2>/dev/null | awk '/^[^\\t].*:$/ {f = substr($0, 1, length($0) - 1)} /not found/ {print "missing " f " " $1}' | sort -u
sed 's/^/user /' /etc/passwd
sed 's/^/group /' /etc/group
cd /var/lib/dpkg/info 2>/dev/null && awk '{n = FILENAME; sub(/(:.*)?\\.list$/, "", n); print "file " n " " $0}' *.list
true`;

const known = new Map();

/**
 * `packages`; `ids`: numbers by `user:NAME` and `group:NAME`; `files`: package by path; `compilers`: their paths;
 * `missing`: `PROGRAM LIBRARY` for each library that is nowhere in the image.
 */
export function systemOf(image) {
  const { Id } = imageOf(image);
  if (!known.has(Id)) known.set(Id, read(image));
  return known.get(Id);
}

function read(image) {
  const packages = new Set();
  const ids = new Map();
  const files = new Map();
  const compilers = [];
  const missing = new Set();
  for (const line of inside(image, SCRIPT).split('\n')) {
    const [kind, first, ...rest] = line.split(' ');
    if (kind === 'package') packages.add(first);
    else if (kind === 'compiler') compilers.push(first);
    else if (kind === 'missing' && !/^ld-linux|musl/.test(rest[0])) missing.add(`${first} ${rest[0]}`);
    else if (kind === 'file') files.set(withoutLinks(rest.join(' ')), first);
    else if (kind === 'user' || kind === 'group') {
      const [name, , id] = first.split(':');
      ids.set(`${kind}:${name}`, Number(id));
    }
  }
  return { packages, ids, files, compilers, missing };
}

/** /bin, /lib … are links to what lies below /usr. */
export function withoutLinks(path) {
  return path.replace(/^\/(bin|sbin|lib|lib64)\//, '/usr/$1/');
}
