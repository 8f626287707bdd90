/** Offers to settle a doubt: a comment that keeps a package, lets it go, or vouches for an assumption. */
import type { Analysis, TextEdit } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { pragmaAbove } from '../parse/steering.ts';

export interface SteeringOffer {
  readonly title: string;
  /** The package or words that the doubt is about. */
  readonly span: Span;
  readonly edit: TextEdit;
}

const NAME = /^[a-z0-9][\w.+-]*$/;

/** All offers for the best split of a file, in the order of their places. */
export function steeringOffers({ best, file }: Analysis): readonly SteeringOffer[] {
  if (best === undefined) return [];
  const out: SteeringOffer[] = [];
  const put = (title: string, span: Span, words: string): void => {
    const edit = pragmaAbove(file, span, words);
    if (edit !== undefined && !out.some((one) => one.title === title)) out.push({ title, span, edit });
  };
  for (const { what, span } of best.kept)
    if (NAME.test(what) && names(file, span, what))
      put(`Leave ${what} behind: nothing here runs it`, span, `leave=${what}`);
  for (const { what, span } of best.leftBehind)
    if (NAME.test(what) && names(file, span, what)) put(`Keep ${what} in the runtime stage`, span, `keep=${what}`);
  for (const { kind, span } of best.assumptions) put(`Accept the assumption ${kind}`, span, `accept=${kind}`);
  return out.sort((a, b) => a.span.start - b.span.start);
}

/** The place names the package itself: what is added stands on the base image, which is no word to steer. */
function names({ text }: Dockerfile, { start, end }: Span, what: string): boolean {
  return text.slice(start, end).startsWith(what);
}
