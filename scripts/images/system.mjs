/** What the distribution's own files say of an image: packages and their files, users and groups. */
import { inside } from './docker.mjs';

const SCRIPT = `dpkg-query -W -f 'package \${db:Status-Abbrev}\${Package}\\n' 2>/dev/null | sed -n 's/^package ii */package /p'
sed 's/^/user /' /etc/passwd
sed 's/^/group /' /etc/group
cd /var/lib/dpkg/info 2>/dev/null && for f in *.list; do n=\${f%.list}; sed "s|^|file \${n%%:*} |" "$f"; done
true`;

/** `packages`; `ids`: numbers by `user:NAME` and `group:NAME`; `files`: package by path. */
export function systemOf(image) {
  const packages = new Set();
  const ids = new Map();
  const files = new Map();
  for (const line of inside(image, SCRIPT).split('\n')) {
    const [kind, first, ...rest] = line.split(' ');
    if (kind === 'package') packages.add(first);
    else if (kind === 'file')
      // /bin, /lib … are links to what lies below /usr.
      files.set(rest.join(' ').replace(/^\/(bin|sbin|lib|lib64)\//, '/usr/$1/'), first);
    else if (kind === 'user' || kind === 'group') {
      const [name, , id] = first.split(':');
      ids.set(`${kind}:${name}`, Number(id));
    }
  }
  return { packages, ids, files };
}
