/**
 * Releases that the mirrors no longer carry: an installation of packages fails there
 * until the sources are pointed at the archive. Sources: debian.org, "Distribution
 * Archives" and wiki.debian.org/LTS (archive.debian.org holds everything up to buster);
 * 2026-11.
 */
import type { BaseFacts } from './types.ts';

const ARCHIVED: Readonly<Record<string, RegExp>> = {
  debian: /^(wheezy|jessie|stretch|buster)$/,
};

/** True when the package index of the release is gone from where the base image looks for it. */
export function isArchived(os: BaseFacts['os']): boolean {
  return ARCHIVED[os.id]?.test(os.release) ?? false;
}
