/**
 * Commands that change nothing in the image: they print, test or wait
 * (POSIX.1-2017 utilities, GNU coreutils and procps manuals).
 */
import { resolvePath } from '../../model/path.ts';
import type { Call, Handler } from '../call.ts';
import type { Machine } from '../machine.ts';
import { editFound, globRoot, unsure } from './patterns.ts';

const query: Handler = (call, machine) => {
  machine.role('query');
  if (NOT_IN_EVERY_IMAGE.has(call.name)) machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  if (editsInPlace(call, machine)) return;
  if (call.name === 'echo' || call.name === 'printf') {
    // What a pattern finds depends on what is there.
    for (const arg of call.args)
      if (arg.glob && arg.text.startsWith('/')) machine.effect.reads.push(globRoot(machine.path(arg)));
    return;
  }
  for (const arg of call.args) {
    if (arg.text.startsWith('-')) continue;
    // A word is a file where there is one; `cat` takes nothing else.
    const here = resolvePath(machine.cwd.text, arg.text);
    if (call.name === 'cat' || arg.text.startsWith('/') || machine.state.writes.index.exactly(here).length > 0)
      machine.read(arg);
  }
};

/** Options with which these write: yq(1) `-i`; gawk(1) `-i inplace`; sort(1) `-o`; xmllint(1) `--output`. */
function editsInPlace(call: Call, machine: Machine): boolean {
  const { name, args } = call;
  const at = /^(sort|xmllint)$/.test(name) ? args.findIndex(({ text }) => /^(-o|--output)$/.test(text)) : -1;
  const into = args[at + 1];
  if (at >= 0 && into !== undefined) machine.write(into, { kind: 'edit', ...unsure(into) });
  const isEdited =
    (name === 'yq' && args.some(({ text }) => /^(-[a-zA-Z]*i[a-zA-Z]*|--inplace|--in-place)$/.test(text))) ||
    (/^g?awk$/.test(name) && args.some(({ text }) => text === 'inplace'));
  if (isEdited)
    for (const arg of args.filter(({ text }) => !/^(-.*|inplace|e|ea|eval|eval-all)$/s.test(text)).slice(1)) {
      machine.effect.reads.push(machine.path(arg));
      editFound(arg, machine);
    }
  if (isEdited || (at >= 0 && into !== undefined)) machine.role('setup');
  return isEdited;
}

/** Commands of packages that a base may lack, and that may leave with another one (coreutils, grep, sed, gawk's kin are in all). */
const NOT_IN_EVERY_IMAGE = new Set(
  `envsubst jq yq xmllint bc dc xxd hexdump strings objdump readelf nm scanelf locate file less man ps top free pgrep uptime
nslookup dig ping host lsb_release
gdal-config geos-config pg_config mysql_config mariadb_config curl-config xml2-config xslt-config icu-config net-snmp-config llvm-config`.split(
    /\s+/,
  ),
);

const NAMES = `
[ [[ test true false : echo printf cat ls pwd which type hash id whoami who groups uname arch hostname date sleep
head tail sort uniq wc cut tr grep egrep fgrep zgrep awk gawk mawk nawk basename dirname readlink realpath stat file du df
expr seq yes nproc getconf env-print printenv diff cmp md5sum sha1sum sha256sum sha384sum sha512sum b2sum cksum shasum od xxd hexdump strings
ps top free uptime lsb_release dpkg-query dpkg-architecture apt-cache ldd objdump readelf nm jq yq xmllint column fold nl rev tac
return exit break continue wait trap kill pgrep jobs logger tty stty clear test-path getent command_not_found nslookup dig ping host
gdal-config geos-config pg_config mysql_config mariadb_config curl-config xml2-config xslt-config icu-config net-snmp-config llvm-config
envsubst scanelf paste comm join less more man whereis locate sync bc dc getopts openssl-version ar-t
`;

export const queries: Readonly<Record<string, Handler>> = Object.fromEntries(
  NAMES.trim()
    .split(/\s+/)
    .map((name) => [name, query]),
);
