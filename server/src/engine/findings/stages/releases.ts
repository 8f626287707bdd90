/** Releases of base images in words, and tags of the same image on another release. */
import type { Facts } from '../../facts/index.ts';
import type { BaseFacts } from '../../facts/types.ts';
import type { Span } from '../../model/span.ts';
import type { StageBase } from '../../model/state.ts';
import { parseImageRef } from '../../parse/imageRef.ts';
import type { StagesView } from './view.ts';

/** `golang:1.22 (Debian bookworm)`. */
export function named({ ref: written, facts }: StageBase): string {
  const ref = written.replace(/@.*$/, '');
  const os = facts?.os;
  if (os === undefined || os.id === 'scratch' || os.id === 'distroless' || os.release === 'unknown') return ref;
  const system = { debian: 'Debian', ubuntu: 'Ubuntu', alpine: 'Alpine' }[os.id as string];
  const release = os.id === 'ubuntu' && os.versionId !== '' ? os.versionId : os.release;
  const words = system === undefined ? release : `${system} ${release}`;
  return ref.includes(os.release) ? ref : `${ref} (${words})`;
}

/** Words that say of when the facts are, where a tag does not fix its release. */
export function datedBy({ facts }: StagesView, bases: readonly StageBase[]): string {
  const floats = bases.some((base) => base.facts?.floatingOs === true && base.digest === undefined);
  return floats && facts.date !== undefined ? ` (tags as of ${facts.date})` : '';
}

/**
 * The tag of `from` that stands for the same image on the release of `to`, with the
 * place where it is to be written; `undefined` when the facts know none, or the tag
 * is a variable or pinned by a digest.
 */
export function sameReleaseTag(
  facts: Facts,
  from: StageBase,
  to: StageBase,
): { readonly tag: string; readonly ref: string; readonly span: Span } | undefined {
  const ref = parseImageRef(from.raw);
  const release = to.facts?.os.release;
  if (ref?.tag === undefined || ref.variable || ref.digest !== undefined || ref.spans.tag === undefined)
    return undefined;
  if (from.facts === undefined || release === undefined || from.raw.length !== from.span.end - from.span.start)
    return undefined;
  for (const tag of spellings(ref.tag, from.facts, release)) {
    const other = facts.base({ familiar: ref.familiar, tag });
    if (other?.os.release !== release || other.kind !== from.facts.kind || other.version !== from.facts.version)
      continue;
    const span = { start: from.span.start + ref.spans.tag.start, end: from.span.start + ref.spans.tag.end };
    return { tag, ref: `${ref.text.slice(0, ref.spans.tag.start)}${tag}`, span };
  }
  return undefined;
}

/** How docker-library and others write a release into a tag: `1.22-bookworm`, `20-bookworm-slim`, `3.12-slim-bookworm`. */
function spellings(tag: string, { os }: BaseFacts, release: string): string[] {
  if (tag.includes(os.release)) return [tag.replace(os.release, release)];
  return [
    `${tag}-${release}`,
    tag.replace(/-slim$/, `-slim-${release}`),
    tag.replace(/-slim$/, `-${release}-slim`),
    ...(tag === 'latest' ? [release] : []),
  ];
}
