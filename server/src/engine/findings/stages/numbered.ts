/**
 * Stages that are referred to by their number: another stage before them changes
 * what is copied, and nothing says so. The fix gives the stage a name and writes it
 * wherever the number stood; it is offered when both files mean the same stages.
 */
import type { Finding, Fix, TextEdit } from '../../model/analysis.ts';
import type { Dockerfile, FromInstruction, Stage } from '../../model/dockerfile.ts';
import type { Span } from '../../model/span.ts';
import { baseName } from '../../model/path.ts';
import { parseDockerfile } from '../../parse/dockerfile.ts';
import { finding, fromFlag, isOff, referenceSpan, type StagesView } from './view.ts';

export interface Reference {
  /** As written. */
  readonly name: string;
  readonly span: Span;
  /** The stage that refers. */
  readonly stage: number;
}

/** One hint for each stage that some number means, at the first number. */
export function numberedStages(view: StagesView): Finding[] {
  const { file } = view;
  if (isOff(view, 'numbered-stage')) return [];
  const byStage = new Map<number, Reference[]>();
  for (const reference of referencesOf(file)) {
    const target = targetOf(file, reference);
    if (target === undefined || !/^\d+$/.test(reference.name)) continue;
    byStage.set(target, [...(byStage.get(target) ?? []), reference]);
  }
  const names = new Set<string>();
  return [...byStage].flatMap(([index, references]) => {
    const [first, ...others] = references as [Reference, ...Reference[]];
    const stage = file.stages[index] as Stage;
    const name = stage.name ?? freeName(file, wantedName(stage, view.settings.builderName), names);
    names.add(name);
    const fix = (): Fix | undefined => {
      const edits = renaming(file, stage, references, name);
      return isSame(file, edits)
        ? { title: `Refer to stage ${first.name} as ${spelled(stage, name)}`, edits }
        : undefined;
    };
    const related = [
      { span: stage.from.span, message: `Stage ${first.name}` },
      ...others.map(({ span }) => ({ span, message: 'The same stage, by its number' })),
    ];
    const one = finding(view, 'numbered-stage', first.span, { number: first.name }, { related, fix });
    return one === undefined ? [] : [one];
  });
}

/** Every COPY --from and RUN --mount=from of the file, in order. */
export function referencesOf(file: Dockerfile): Reference[] {
  const out: Reference[] = [];
  for (const stage of file.stages) {
    for (const instruction of stage.instructions) {
      if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from !== undefined) {
        const span = referenceSpan(file, fromFlag(instruction), instruction.from);
        out.push({ name: instruction.from, span, stage: stage.index });
      }
      if (instruction.kind === 'run') {
        for (const mount of instruction.mounts) {
          if (mount.from === undefined) continue;
          const span = referenceSpan(file, mount.span, mount.from);
          out.push({ name: mount.from, span, stage: stage.index });
        }
      }
    }
  }
  return out;
}

/** The stage that a reference means; a name wins over a number. */
export function targetOf({ stages }: Dockerfile, { name, stage }: Reference): number | undefined {
  const named = stages.findLast((one) => one.index < stage && one.name === name.toLowerCase());
  if (named !== undefined) return named.index;
  const number = /^\d+$/.test(name) ? Number(name) : Number.POSITIVE_INFINITY;
  return number < stage ? number : undefined;
}

/** A stage that runs nothing only brings an image's files: it is called like the image. */
function wantedName({ instructions, from }: Stage, builder: string): string {
  const image = baseName((from.image?.raw ?? '').replace(/[:@].*$/, '')).toLowerCase();
  const runs = instructions.some((one) => one.kind === 'run' || one.kind === 'copy' || one.kind === 'add');
  return runs || !/^[a-z][\w.-]*$/.test(image) || image === 'scratch' ? builder : image;
}

/** A name that no stage has and that no image of the file is called by. */
function freeName(file: Dockerfile, wanted: string, given: ReadonlySet<string>): string {
  const taken = new Set(given);
  for (const stage of file.stages) {
    if (stage.name !== undefined) taken.add(stage.name);
    taken.add((stage.from.image?.raw ?? '').toLowerCase().replace(/[:@].*$/, ''));
  }
  for (const { name } of referencesOf(file)) taken.add(name.toLowerCase().replace(/[:@].*$/, ''));
  let name = wanted;
  for (let at = 2; taken.has(name); at++) name = `${wanted}-${at}`;
  return name;
}

function spelled(stage: Stage, name: string): string {
  return stage.from.alias?.raw ?? name;
}

function renaming(file: Dockerfile, stage: Stage, references: readonly Reference[], name: string): TextEdit[] {
  const edits = references.map(({ span }) => ({ span, newText: spelled(stage, name) }));
  const at = stage.from.image?.span.end;
  if (stage.name !== undefined || at === undefined) return edits;
  return [{ span: { start: at, end: at }, newText: ` ${isLower(file, stage.from) ? 'as' : 'AS'} ${name}` }, ...edits];
}

/** BuildKit wants AS to be written like FROM (check FromAsCasing). */
function isLower(file: Dockerfile, { keywordSpan }: FromInstruction): boolean {
  return /^[a-z]/.test(file.text.slice(keywordSpan.start, keywordSpan.end));
}

/** Every reference means the same stage in both files, and nothing else has changed. */
function isSame(file: Dockerfile, edits: readonly TextEdit[]): boolean {
  let { text } = file;
  for (const { span, newText } of [...edits].reverse())
    text = text.slice(0, span.start) + newText + text.slice(span.end);
  const changed = parseDockerfile(text);
  if (changed.instructions.length !== file.instructions.length || changed.problems.length !== file.problems.length)
    return false;
  const before = referencesOf(file);
  const after = referencesOf(changed);
  const images = changed.stages.every((stage, at) => stage.from.image?.raw === file.stages[at]?.from.image?.raw);
  return (
    images &&
    before.length === after.length &&
    before.every((one, at) => targetOf(file, one) === targetOf(changed, after[at] as Reference))
  );
}
