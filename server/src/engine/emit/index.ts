/**
 * The plan as text. What is kept is a slice of the original by type; what is
 * generated carries the reason it is there.
 */
import type { EngineSettings, TextEdit } from '../model/analysis.ts';
import type { Comment, Dockerfile, FromInstruction, Instruction } from '../model/dockerfile.ts';
import { countWhile } from '../model/sorted.ts';
import type { Span } from '../model/span.ts';
import { cutRun } from '../parse/cut.ts';
import type { Plan, RuntimeItem } from '../plan/types.ts';

/** A slice of the original, or generated text with the decision it comes from. */
export type Piece = { readonly src: Span } | { readonly gen: string; readonly why: string };

export interface Emitted {
  readonly text: string;
  readonly pieces: readonly Piece[];
  readonly names: { readonly base: string | undefined; readonly builder: string; readonly runtime: string };
}

/** Writes the plan; `undefined` when a RUN cannot be cut as planned. Line ends and keyword casing follow the file. */
export function emit(file: Dockerfile, plan: Plan, settings: EngineSettings): Emitted | undefined {
  return new Emitter(file, plan, settings).run();
}

class Emitter {
  private readonly pieces: Piece[] = [];
  private readonly from: FromInstruction;
  private readonly names: { base: string | undefined; builder: string; runtime: string };
  private readonly lower: boolean;
  /** Every cut that the plan asks for could be made. */
  private whole = true;

  constructor(
    private readonly file: Dockerfile,
    private readonly plan: Plan,
    private readonly settings: EngineSettings,
  ) {
    this.from = file.stages[0]?.from as FromInstruction;
    this.lower = settings.keywordCasing === 'lower' || (settings.keywordCasing === 'auto' && isLower(file, this.from));
    const taken = takenNames(file);
    const free = (wanted: string): string => {
      let name = wanted;
      for (let n = 2; taken.has(name.toLowerCase()); n++) name = `${wanted}-${n}`;
      taken.add(name.toLowerCase());
      return name;
    };
    const own = this.from.alias?.raw;
    if (own !== undefined) taken.add(own.toLowerCase());
    this.names = {
      builder: free(settings.builderName),
      base: plan.shape === 'shared-base' ? free(settings.baseName) : undefined,
      runtime: own ?? free(settings.runtimeName),
    };
  }

  run(): Emitted | undefined {
    const { file, plan } = this;
    const { instructions } = file;
    const eol = file.eol;
    const endOf = (index: number): number => (instructions[index] as Instruction).span.end;
    if (plan.shape === 'shared-base') {
      const before = plan.builderStart - 1;
      this.header(this.names.base ?? '', endOf(before));
      this.generate(
        `${eol}${eol}${this.keyword('FROM')} ${this.names.base} ${this.keyword('AS')} ${this.names.builder}${eol}`,
        'the builder shares what comes before the build tools',
      );
      this.slice(
        this.lineOf(endOf(before), (instructions[plan.builderStart] as Instruction).span.start),
        endOf(plan.builderEnd),
      );
    } else this.header(this.names.builder, endOf(plan.builderEnd));
    this.runtime();
    this.suffix(endOf(plan.builderEnd));
    if (!this.whole) return undefined;
    const text = this.pieces
      .map((piece) => ('src' in piece ? file.text.slice(piece.src.start, piece.src.end) : piece.gen))
      .join('');
    return { text, pieces: this.pieces, names: this.names };
  }

  private slice(start: number, end: number): void {
    if (end > start) this.pieces.push({ src: { start, end } });
  }

  private generate(text: string, why: string): void {
    if (text !== '') this.pieces.push({ gen: text, why });
  }

  private keyword(word: string): string {
    return this.lower ? word.toLowerCase() : word;
  }

  /** The file up to `end`, with the name of its stage. */
  private header(name: string, end: number): void {
    const { alias, image } = this.from;
    if (alias !== undefined) {
      this.slice(0, alias.span.start);
      this.generate(name, 'the name stays on the last stage');
      this.slice(alias.span.end, end);
      return;
    }
    const at = (image ?? this.from).span.end;
    this.slice(0, at);
    this.generate(` ${this.keyword('AS')} ${name}`, 'the stage gets a name');
    this.slice(at, end);
  }

  /** Skips blank lines: the first comment or instruction after `start`. */
  private lineOf(start: number, end: number): number {
    const gap = this.file.text.slice(start, end);
    const first = /[^\s]/.exec(gap);
    return first === null ? end : start + first.index;
  }

  private runtime(): void {
    const { plan, file } = this;
    const eol = file.eol;
    const image =
      plan.shape === 'shared-base'
        ? (this.names.base ?? '')
        : plan.base.counterpart === undefined
          ? (this.from.image?.raw ?? '')
          : plan.base.ref;
    const platform =
      plan.shape === 'shared-base'
        ? []
        : this.from.flags.map((flag) => `${file.text.slice(flag.span.start, flag.span.end)} `);
    this.generate(`${eol}${eol}`, 'a new stage begins');
    if (this.settings.comments)
      this.generate(`# The image that runs: no build tools.${eol}`, 'says what the stage is for');
    this.pragmas(this.from);
    this.generate(
      `${this.keyword('FROM')} ${platform.join('')}${image} ${this.keyword('AS')} ${this.names.runtime}`,
      'the stage that runs',
    );
    for (const item of plan.runtime) this.item(item);
  }

  private item(item: RuntimeItem): void {
    const eol = this.file.eol;
    if (item.kind === 'copies') {
      const lines = this.plan.copies.map(
        (copy) =>
          `${this.keyword('COPY')} --from=${this.names.builder}${copy.owner === undefined ? '' : ` --chown=${copy.owner}`} ${spell(copy.path)}`,
      );
      this.generate(eol + lines.join(eol), 'what the build made');
    } else if (item.kind === 'generated') {
      const text = item.text.replace(/^[A-Z]+/, (word) => this.keyword(word));
      this.generate(eol + text, 'restated or installed for the runtime stage');
    } else {
      const instruction = this.file.instructions[item.instruction] as Instruction;
      this.generate(eol, 'a line of its own');
      this.pragmas(instruction);
      this.instruction(item, instruction);
    }
  }

  private instruction(item: RuntimeItem, instruction: Instruction): void {
    const cut =
      item.kind === 'cut' && instruction.kind === 'run'
        ? cutRun(this.file, instruction, item.keep, item.words)
        : undefined;
    if (cut !== undefined)
      this.pieces.push(
        ...cut.flatMap((piece) =>
          typeof piece === 'string'
            ? [toPiece(piece)]
            : withoutComments(piece, instruction, this.file.text).map(toPiece),
        ),
      );
    else {
      this.whole = this.whole && item.kind !== 'cut';
      this.slice(instruction.span.start, instruction.span.end);
    }
  }

  /** Pragma comments stand above every copy of their instruction. */
  private pragmas(instruction: Instruction): void {
    const { text, comments } = this.file;
    const above: Span[] = [];
    let before = instruction.span.start;
    for (let i = countWhile(comments, ({ span }) => span.end <= instruction.span.start) - 1; i >= 0; i--) {
      const comment = comments[i] as Comment;
      if (!/^[ \t]*\r?\n[ \t]*$/.test(text.slice(comment.span.end, before))) break;
      if (/^#\s*(hadolint\b|check=|dockerfile-stages\b)/.test(comment.text)) above.unshift(comment.span);
      before = comment.span.start;
    }
    for (const span of above) {
      this.slice(span.start, span.end);
      this.generate(this.file.eol, 'a pragma goes with its instruction');
    }
  }

  /** The rest of the file as it is, less what the plan drops or cuts there. */
  private suffix(start: number): void {
    let at = start;
    for (const [index, change] of [...this.plan.suffix].sort((a, b) => a[0] - b[0])) {
      const instruction = this.file.instructions[index] as Instruction;
      this.slice(at, instruction.span.start);
      if (change === 'drop') at = this.afterLine(instruction.span.end);
      else {
        this.instruction(change, instruction);
        at = instruction.span.end;
      }
    }
    this.slice(at, this.file.text.length);
  }

  private afterLine(at: number): number {
    const end = this.file.text.indexOf('\n', at);
    return end < 0 ? this.file.text.length : end + 1;
  }
}

function toPiece(piece: Span | string): Piece {
  return typeof piece === 'string' ? { gen: piece, why: 'a package in place of another' } : { src: piece };
}

/** A comment stands once, with the copy of its instruction that is whole: the lines go from one that is cut. */
function withoutComments(span: Span, instruction: Instruction, text: string): Span[] {
  const out: Span[] = [];
  let at = span.start;
  for (const comment of instruction.comments) {
    const start = text.lastIndexOf('\n', comment.span.start) + 1;
    const end = text.indexOf('\n', comment.span.end) + 1;
    if (start < at || end === 0 || end > span.end) continue;
    out.push({ start: at, end: start });
    at = end;
  }
  out.push({ start: at, end: span.end });
  return out.filter((one) => one.end > one.start);
}

function spell(path: string): string {
  return /[\s"]/.test(path) ? `[${JSON.stringify(path)}, ${JSON.stringify(path)}]` : `${path} ${path}`;
}

function isLower(file: Dockerfile, from: FromInstruction): boolean {
  return /^[a-z]/.test(file.text.slice(from.keywordSpan.start, from.keywordSpan.end));
}

/** Names of stages and images that the file already uses (pitfall 48). */
function takenNames(file: Dockerfile): Set<string> {
  const taken = new Set<string>();
  for (const stage of file.stages) {
    const image = stage.from.image?.raw.toLowerCase();
    if (image !== undefined) taken.add(image.replace(/[:@].*$/, ''));
    for (const instruction of stage.instructions) {
      if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from !== undefined)
        taken.add(instruction.from.toLowerCase().replace(/[:@].*$/, ''));
      if (instruction.kind === 'run')
        for (const mount of instruction.mounts)
          if (mount.from !== undefined) taken.add(mount.from.toLowerCase().replace(/[:@].*$/, ''));
    }
  }
  return taken;
}

/** The edits that turn the original into the emitted text: insertions and deletions between slices in order. */
export function editsOf(file: Dockerfile, text: string): TextEdit[] {
  const { text: old } = file;
  let start = 0;
  while (start < old.length && start < text.length && old.charCodeAt(start) === text.charCodeAt(start)) start++;
  let end = 0;
  while (
    end < old.length - start &&
    end < text.length - start &&
    old.charCodeAt(old.length - 1 - end) === text.charCodeAt(text.length - 1 - end)
  )
    end++;
  return [{ span: { start, end: old.length - end }, newText: text.slice(start, text.length - end) }];
}
