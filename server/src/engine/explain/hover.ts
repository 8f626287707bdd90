/**
 * Hovers: what a stage is for and what it gains (smaller image, fewer tools to
 * attack, cleaner separation), in terms of this very file.
 */
import type { Facts } from '../facts/index.ts';
import type { Analysis, Hover, Split } from '../model/analysis.ts';
import type { CopyInstruction, Dockerfile, FromInstruction, Instruction } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import type { ImageState, Simulation } from '../model/state.ts';
import { isCompiler } from '../assess/tools.ts';

export interface HoverInput {
  readonly analysis: Analysis;
  /** The simulated file; `undefined` when it could not be simulated. */
  readonly simulation: Simulation | undefined;
  readonly facts: Facts;
}

/** The hover at an offset of the analysed text; `undefined` where there is nothing to say. */
export function hoverAt(input: HoverInput, offset: number): Hover | undefined {
  const { file } = input.analysis;
  const instruction = instructionAt(file, offset);
  if (instruction === undefined) return undefined;
  const word = onWord(input, offset);
  if (word !== undefined) return word;
  if (instruction.kind === 'from') return onFrom(input, instruction);
  if ((instruction.kind === 'copy' || instruction.kind === 'add') && instruction.from !== undefined)
    return onCopy(input, instruction, offset);
  return undefined;
}

function instructionAt(file: Dockerfile, offset: number): Instruction | undefined {
  let low = 0;
  let high = file.instructions.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const one = file.instructions[middle] as Instruction;
    if (offset < one.span.start) high = middle - 1;
    else if (offset > one.span.end) low = middle + 1;
    else return one;
  }
  return undefined;
}

/** A word that a decision is about: a package that leaves or stays, a diagnostic. */
function onWord({ analysis }: HoverInput, offset: number): Hover | undefined {
  const inside = (span: Span): boolean => span.start <= offset && offset <= span.end && span.end > span.start;
  const split = analysis.best;
  const left = split?.leftBehind.find((one) => inside(one.span) && !isImage(analysis, one.span));
  if (left !== undefined) return { span: left.span, markdown: `**${left.what}** leaves with a split: ${left.why}.` };
  const kept = split?.kept.find((one) => inside(one.span) && !isImage(analysis, one.span));
  if (kept !== undefined) return { span: kept.span, markdown: `**${kept.what}** stays: ${kept.why}.` };
  const finding = analysis.findings.find((one) => inside(one.span) && !isImage(analysis, one.span));
  return finding === undefined ? undefined : { span: finding.span, markdown: finding.message };
}

function isImage(analysis: Analysis, span: Span): boolean {
  return analysis.file.stages.some(
    (stage) => stage.from.image !== undefined && stage.from.image.span.start === span.start,
  );
}

function onFrom(input: HoverInput, from: FromInstruction): Hover | undefined {
  const { analysis, simulation } = input;
  const index = analysis.file.stages.findIndex((stage) => stage.from === from);
  const state = simulation?.stages[index]?.state;
  if (index < 0 || state === undefined || simulation === undefined) return undefined;
  const span = { start: from.keywordSpan.start, end: (from.alias ?? from.image ?? from).span.end };
  if (analysis.file.stages.length === 1) return { span, markdown: singleStage(input, state) };
  const last = simulation.stages[simulation.stages.length - 1];
  if (last === undefined) return undefined;
  return {
    span,
    markdown:
      index === last.index
        ? runtimeStage(input, last.state, simulation)
        : builderStage(analysis.file.stages[index]?.name, index, state, last.state),
  };
}

function singleStage({ analysis }: HoverInput, state: ImageState): string {
  const { best, reasons } = analysis;
  const base = `\`${state.root.ref}\`${megabytes(state)}`;
  if (best === undefined) {
    const why = reasons[0]?.message;
    return analysis.status === 'refused'
      ? `One stage builds and runs on ${base}.\n\nNo split is offered: ${why ?? 'it could not be proved'}`
      : `One stage on ${base}. ${why ?? 'A split would leave nothing behind.'}`;
  }
  return [`One stage builds and runs on ${base}. With a builder and a runtime stage:`, '', ...gains(best)].join('\n');
}

function gains(split: Split): string[] {
  const names = split.leftBehind.map((one) => `\`${one.what}\``);
  const last = split.stages[split.stages.length - 1];
  // A stage that both share is named in the file; the image it starts from says more.
  const runtime = split.stages.find((stage) => stage.name === last?.base) ?? last;
  const lines = [
    `- **Smaller image**: ${split.savedMB === undefined ? 'what only the build needs' : `about ${split.savedMB} MB`} stays in the builder${runtime === undefined ? '' : `; the container runs on \`${runtime.base}\``}.`,
    `- **Fewer tools to attack**: ${listed(names)} ${names.length === 1 ? 'is' : 'are'} not in the image that runs.`,
    `- **Cleaner separation**: ${split.copies.length === 0 ? 'the build leaves nothing behind' : `only ${listed(split.copies.map((copy) => `\`${copy.source}\``))} ${split.copies.length === 1 ? 'comes' : 'come'} over from the build`}.`,
  ];
  for (const one of split.assumptions) lines.push(`- Assumed: ${one.why}`);
  return lines;
}

function listed(names: readonly string[]): string {
  if (names.length <= 6) return names.join(', ');
  return `${names.slice(0, 5).join(', ')} and ${names.length - 5} more`;
}

function megabytes(state: ImageState): string {
  const size = state.root.facts?.sizeMB;
  return size === undefined ? '' : ` (about ${size} MB)`;
}

/** A stage whose files are taken over, and whose tools are not. */
function builderStage(stage: string | undefined, index: number, state: ImageState, last: ImageState): string {
  const behind = [...state.packages.values()]
    .filter((record) => record.by === 'asked' && !last.packages.has(record.name))
    .map((record) => `\`${record.name}\``);
  const chained = last.root === state.root && last.base.stage === index;
  if (chained) return `A stage that the last one continues: everything in it is in the image that runs.`;
  const lines = [
    `**Builder stage** on \`${state.root.ref}\`${megabytes(state)}: it is left behind; only what COPY \`--from\` names goes on.`,
    '',
  ];
  const before = state.root.facts?.sizeMB;
  const after = last.root.facts?.sizeMB;
  if (before !== undefined && after !== undefined && before > after)
    lines.push(`- **Smaller image**: the runtime base \`${last.root.ref}\` is about ${before - after} MB smaller.`);
  else lines.push('- **Smaller image**: what is installed and written here stays here.');
  const compilers = (state.root.facts?.compilers ?? []).map((name) => `\`${name}\``);
  const tools = behind.length > 0 ? behind : compilers;
  lines.push(
    `- **Fewer tools to attack**: ${tools.length > 0 ? `${listed(tools)} do not ship` : 'build tools do not ship'}.`,
  );
  lines.push('- **Cleaner separation**: what builds stands apart from what runs.', '', lookInside(stage));
  return lines.join('\n');
}

function runtimeStage({ facts }: HoverInput, state: ImageState, simulation: Simulation): string {
  const copied = new Set<string>();
  for (const atom of simulation.atoms) {
    if (state.atoms.includes(atom.id) && atom.effect.roles.has('copy-stage'))
      for (const write of atom.effect.writes) if (write.within === undefined) copied.add(write.path);
  }
  const compilers = [...state.packages.values()]
    .filter((record) => record.by === 'asked' && isCompiler(facts, state.root.facts?.os, record.name))
    .map((record) => `\`${record.name}\``);
  const lines = [`**Runtime stage** on \`${state.root.ref}\`${megabytes(state)}: this is the image that runs.`, ''];
  lines.push(
    `- **Smaller image**: earlier stages leave only what is copied${copied.size > 0 ? ` (${listed([...copied].map((path) => `\`${path}\``))})` : ''}.`,
  );
  lines.push(
    compilers.length > 0
      ? `- **Fewer tools to attack**: ${listed(compilers)} still ship here.`
      : '- **Fewer tools to attack**: no compiler is installed here.',
  );
  lines.push('- **Cleaner separation**: nothing is built in this stage.');
  const builder = builderOf(state, simulation);
  if (builder !== undefined) lines.push('', `No tools here to debug with? ${lookInside(builder.name)}`);
  return lines.join('\n');
}

/** The stage that the last one copies from, the nearest with a name first. */
function builderOf(state: ImageState, simulation: Simulation): { readonly name: string | undefined } | undefined {
  const last = simulation.stages.at(-1);
  const left = simulation.stages.filter(({ index }) => last?.uses.has(index) === true && index !== state.base.stage);
  return left.findLast((stage) => stage.name !== undefined) ?? left.at(-1);
}

/** How to get a shell among the tools of a stage (docs/debugging.md); BuildKit finds a target by its name alone (measured). */
function lookInside(stage: string | undefined): string {
  const name = stage ?? 'builder';
  const command = `\`docker build --target ${name} -t ${name} . && docker run --rm -it --entrypoint sh ${name}\``;
  return stage === undefined
    ? `To look inside: name the stage (\`AS builder\`), then ${command}`
    : `To look inside: ${command}`;
}

function onCopy({ analysis, simulation }: HoverInput, copy: CopyInstruction, offset: number): Hover | undefined {
  const flag = copy.flags.find((one) => one.name === 'from');
  if (flag === undefined || simulation === undefined || offset > copy.span.end) return undefined;
  const stage = simulation.stages.find(
    (one) => one.name === copy.from?.toLowerCase() || String(one.index) === copy.from,
  );
  if (stage === undefined) return { span: flag.span, markdown: `Takes files from the image \`${copy.from ?? ''}\`.` };
  const sources = copy.sources.map((word) => word.raw);
  const writers = new Set<string>();
  for (const write of stage.state.writes.all) {
    if (!sources.some((source) => write.path === source || write.path.startsWith(`${source}/`))) continue;
    const atom = simulation.atoms[write.atom];
    if (atom !== undefined)
      writers.add(
        analysis.file.text
          .slice(atom.span.start, atom.span.end)
          .replace(/\\?\s+/g, ' ')
          .slice(0, 70),
      );
  }
  const made = [...writers].slice(-4).map((text) => `- \`${text}\``);
  const head = `Takes ${listed(sources.map((source) => `\`${source}\``))} from the stage **${stage.name ?? stage.index}**; its tools stay behind.`;
  return { span: copy.span, markdown: made.length === 0 ? head : `${head}\n\nWritten there by:\n${made.join('\n')}` };
}
