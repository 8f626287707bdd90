/**
 * An engine whose answers are steered by words in the text, to test the hosts
 * without the real one: `build-essential` can be split, `REFUSE` refuses, `ASSUME`
 * assumes, `tidy-me` has a fix of its own, `BOOM` throws, `LATER` throws when
 * the findings are looked at, `# want: PATH` reads a
 * file of the context and reports it.
 */
import type {
  Analysis,
  Context,
  Engine,
  EngineSettings,
  Finding,
  TierOutcome,
} from '../../server/src/engine/model/analysis.ts';
import type { Dockerfile, Instruction, Problem } from '../../server/src/engine/model/dockerfile.ts';
import type { Span } from '../../server/src/engine/model/span.ts';

export interface FakeEngine extends Engine {
  /** Texts that were analysed, in order. */
  readonly analysed: string[];
  readonly settings: EngineSettings[];
}

export function fakeEngine(): FakeEngine {
  const analysed: string[] = [];
  const settings: EngineSettings[] = [];
  return {
    analysed,
    settings,
    analyse(text, used, context) {
      if (text.includes('BOOM')) throw new Error('boom\nwith a second line');
      analysed.push(text);
      settings.push(used);
      const analysis = analysisOf(text, used, context);
      if (!text.includes('LATER')) return analysis;
      return {
        ...analysis,
        get findings(): never {
          throw new Error('later');
        },
      };
    },
    hover(analysis, offset) {
      const span = spansOf(analysis.file.text, 'build-essential').find(
        ({ start, end }) => start <= offset && offset < end,
      );
      return span && { span, markdown: '**build-essential** leaves' };
    },
    verify(original, result) {
      const span = { start: 0, end: 4 };
      if (!original.includes('ENV') || result.includes('ENV')) return [];
      return [{ rule: 'missing-env', class: 'breaks', message: 'ENV is lost.', in: 'original', span }];
    },
  };
}

/** Every occurrence of a word. */
export function spansOf(text: string, word: string): Span[] {
  return [...text.matchAll(new RegExp(word, 'g'))].map(({ index }) => ({ start: index, end: index + word.length }));
}

/** What the fake makes of a text that can be split. */
export function fakeSplitText(text: string): string {
  return text.replaceAll('build-essential', 'NOTHING');
}

function analysisOf(text: string, settings: EngineSettings, context: Context | undefined): Analysis {
  const wanted = [...text.matchAll(/^# want: (.*)$/gm)].map((match) => ({ path: match[1] ?? '', index: match.index }));
  const wants = wanted.map(({ path }) => path).filter((path) => ['unread', 'no context'].includes(read(context, path)));
  const findings: Finding[] = [
    ...spansOf(text, 'build-essential').map((span) => finding('fake-tool', span, true)),
    ...spansOf(text, 'tidy-me').map((span) => ({
      ...finding('fake-tidy', span, false),
      fix: { title: 'Tidy', edits: [{ span, newText: 'tidied' }] },
    })),
    ...wanted.map(({ path, index }) => ({
      ...finding('fake-context', { start: index, end: index + 1 }, false),
      message: `${path}: ${read(context, path)}`,
    })),
  ].filter((entry) => settings.severities[entry.code] !== 'off');
  const base = { file: fileOf(text), findings, wants };
  if (text.includes('INVALID')) return { ...base, status: 'invalid', tiers: [], best: undefined, reasons: [refusal] };
  if (text.includes('REFUSE')) {
    return {
      ...base,
      status: 'refused',
      tiers: [refused('slim'), refused('same')],
      best: undefined,
      reasons: [refusal],
    };
  }
  if (!text.includes('build-essential')) {
    return { ...base, status: 'nothing-to-gain', tiers: [refused('slim')], best: undefined, reasons: [] };
  }
  const slim = offered(text);
  return { ...base, status: 'split', tiers: [slim, refused('same')], best: slim.split, reasons: [] };
}

const refusal = { code: 'fake-refusal', message: 'Because it is a test.', span: { start: 5, end: 6 } };

function refused(tier: 'slim' | 'same'): TierOutcome {
  return { tier, title: `Split (${tier})`, split: undefined, reasons: [refusal] };
}

function offered(text: string): TierOutcome {
  const assumptions = text.includes('ASSUME')
    ? [{ kind: 'artifact-name', what: 'app', why: 'It may be named otherwise.', span: { start: 0, end: 4 } }]
    : [];
  const [span = { start: 0, end: 0 }] = spansOf(text, 'build-essential');
  const title = 'Split into builder and runtime stages';
  return {
    tier: 'slim',
    title,
    reasons: [],
    split: {
      tier: 'slim',
      title,
      text: fakeSplitText(text),
      edits: spansOf(text, 'build-essential').map((place) => ({ span: place, newText: 'NOTHING' })),
      stages: [{ name: 'builder', base: 'python:3.12', role: 'builder' }],
      copies: [{ from: 'builder', source: '/venv', target: '/venv', why: 'the environment' }],
      leftBehind: [{ what: 'build-essential', why: 'it only builds', span }],
      kept: [{ what: 'libpq5', why: 'it is loaded', span }],
      assumptions,
      savedMB: 300,
      preferred: assumptions.length === 0,
    },
  };
}

function finding(code: string, span: Span, solvedBySplit: boolean): Finding {
  const related = [{ span: { start: 0, end: 4 }, message: 'the stage' }];
  return { code, severity: 'warning', message: `${code} here`, span, related, solvedBySplit };
}

function read(context: Context | undefined, path: string): string {
  if (context === undefined) return 'no context';
  if (path.endsWith('/')) {
    const names = context.list(path);
    return names === 'unread' ? names : `[${names.join(' ')}]`;
  }
  const entry = context.read(path);
  return typeof entry === 'string' ? entry : entry.text;
}

function fileOf(text: string): Dockerfile {
  const problems: Problem[] = text.includes('<<<<<<<')
    ? [{ code: 'conflict-marker', span: { start: 0, end: 7 }, fatal: true }]
    : [];
  const instructions = [...text.matchAll(/^(COPY) (.*) \S+$/gm)].map((match) => copyOf(match[2] ?? ''));
  return {
    text,
    bom: text.startsWith('\uFEFF'),
    eol: '\n',
    escape: '\\',
    directives: [],
    comments: [],
    instructions,
    globalArgs: [],
    stages: [],
    problems,
    lineStarts: [0],
  };
}

/** As much of a COPY as the hosts look at. */
function copyOf(sources: string): Instruction {
  const span = { start: 0, end: 0 };
  const from = /^--from=(\S+) /.exec(sources)?.[1];
  const words = sources.split(' ').filter((word) => !word.startsWith('--'));
  const partial = { kind: 'copy', from, sources: words.map((raw) => ({ raw, span })) } as const;
  return partial as unknown as Instruction;
}
