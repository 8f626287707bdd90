/** Where the stages of a file are named and meant, and what changes when one is renamed. */
import { type Reference, referencesOf, targetOf } from '../findings/stages/numbered.ts';
import type { TextEdit } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import { parseDockerfile } from '../parse/dockerfile.ts';

/** A place where a stage is named or meant. */
export interface Mention {
  /** Index of the stage. */
  readonly stage: number;
  readonly span: Span;
  /** `name`: after AS. `number`: it is meant by its number. */
  readonly kind: 'name' | 'reference' | 'number';
}

const NAME = /^[a-z][a-z0-9_.-]*$/;

/** Every mention of every stage, in the order of the text. Names are compared as BuildKit does: casing does not count. */
export function mentionsOf(file: Dockerfile): readonly Mention[] {
  const out: Mention[] = [];
  for (const { index, from } of file.stages)
    if (from.alias !== undefined) out.push({ stage: index, span: from.alias.span, kind: 'name' });
  for (const reference of allReferences(file)) {
    const stage = targetOf(file, reference);
    // FROM takes a stage by its name alone.
    const number = stage !== undefined && file.stages[stage]?.name !== reference.name.toLowerCase();
    if (stage === undefined || (number && reference.image)) continue;
    out.push({ stage, span: reference.span, kind: number ? 'number' : 'reference' });
  }
  return out.sort((a, b) => a.span.start - b.span.start);
}

/** The mention at an offset of the text. */
export function mentionAt(file: Dockerfile, offset: number): Mention | undefined {
  return mentionsOf(file).find(({ span }) => span.start <= offset && offset <= span.end);
}

/**
 * The edits that rename a stage, or the reason why it cannot be called so. Afterwards every FROM, COPY and mount
 * means the same stage or image as before; numbers stay.
 */
export function renaming(
  file: Dockerfile,
  stage: number,
  name: string,
): { readonly edits: readonly TextEdit[] } | { readonly reason: string } {
  if (!NAME.test(name.toLowerCase()))
    return { reason: 'A stage name begins with a letter and holds letters, digits, and the characters - _ . alone.' };
  if (file.stages.some((one) => one.from.image?.raw.includes('$') === true))
    return { reason: 'A FROM names its image by a variable: it may mean this stage.' };
  const edits = mentionsOf(file)
    .filter((one) => one.stage === stage && one.kind !== 'number')
    .map(({ span }) => ({ span, newText: name }));
  let { text } = file;
  for (const { span, newText } of [...edits].reverse())
    text = text.slice(0, span.start) + newText + text.slice(span.end);
  return meaning(parseDockerfile(text)) === meaning(file)
    ? { edits }
    : { reason: `Another stage or image of this file is called ${name}.` };
}

/** What every reference of a file means, in order: a stage, or an image by name. */
function meaning(file: Dockerfile): string {
  return allReferences(file)
    .map((one) => String(targetOf(file, one) ?? `image ${one.name}`))
    .join('\n');
}

/** References of COPY and RUN, and the images of FROM, which may be stages. */
function allReferences(file: Dockerfile): (Reference & { readonly image: boolean })[] {
  const images = file.stages.flatMap(({ index, from: { image } }) =>
    image === undefined ? [] : [{ name: image.raw, span: image.span, stage: index, image: true }],
  );
  return [...images, ...referencesOf(file).map((one) => ({ ...one, image: false }))];
}
