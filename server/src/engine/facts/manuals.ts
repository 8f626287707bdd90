/**
 * Debian's slim images leave out /usr/share/man with its directories. Installation scripts that link manual pages there
 * from another place fail (debuerreotype/debuerreotype#10; built on bookworm-slim; the scripts of Debian 13 do the same).
 */
import type { BaseFacts } from './types.ts';

/** What the full images have. */
export const MANUALS = '/usr/share/man/man1';

const LINKS = /^(openjdk-\d+|default)-(jre|jdk)(-headless)?$/;

/** A package whose installation needs the directory; `undefined` when none of them does. */
export function linksManuals(names: Iterable<string>): string | undefined {
  for (const name of names) if (LINKS.test(name)) return name;
  return undefined;
}

/** The image is one of those without the directory. */
export function lacksManuals(base: BaseFacts | undefined): boolean {
  return base?.os.id === 'debian' && base.kind === 'slim';
}
