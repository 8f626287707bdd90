/**
 * Commands that change nothing in the image: they print, test or wait
 * (POSIX.1-2017 utilities, GNU coreutils and procps manuals).
 */
import type { Handler } from '../call.ts';

const query: Handler = (call, machine) => {
  machine.role('query');
  for (const arg of call.args) if (arg.text.startsWith('/')) machine.effect.reads.push(machine.path(arg));
};

const NAMES = `
[ [[ test true false : echo printf cat ls pwd which type hash id whoami who groups uname arch hostname date sleep
head tail sort uniq wc cut tr grep egrep fgrep zgrep awk gawk mawk nawk basename dirname readlink realpath stat file du df
expr seq yes nproc getconf env-print printenv diff cmp md5sum sha1sum sha256sum sha384sum sha512sum b2sum cksum shasum od xxd hexdump strings
ps top free uptime lsb_release dpkg-query dpkg-architecture apt-cache ldd objdump readelf nm jq yq xmllint column fold nl rev tac
return exit break continue wait trap kill pgrep jobs logger tty stty clear test-path getent command_not_found nslookup dig ping host
envsubst scanelf paste comm join less more man whereis locate sync bc dc getopts openssl-version ar-t
`;

export const queries: Readonly<Record<string, Handler>> = Object.fromEntries(
  NAMES.trim()
    .split(/\s+/)
    .map((name) => [name, query]),
);
