/**
 * What the engine tells its hosts (language server, command line). A host
 * decides nothing: it turns offsets into its own positions and prints.
 */
import type { Dockerfile } from './dockerfile.ts';
import type { Span } from './span.ts';

export type Severity = 'error' | 'warning' | 'information' | 'hint';

/** How far a split goes, smallest image first (design, section 3). */
export type Tier = 'distroless' | 'slim' | 'same';

/** A sentence at the words that cause it. Codes are stable; the registry (`messages/registry.ts`) lists them all. */
export interface Reason {
  readonly code: string;
  readonly message: string;
  /** Offsets into the original text; `undefined` when the whole file is meant. */
  readonly span: Span | undefined;
}

/** A diagnostic on the original text. */
export interface Finding {
  readonly code: string;
  readonly severity: Severity;
  readonly message: string;
  readonly span: Span;
  readonly related: readonly { readonly span: Span; readonly message: string }[];
  /** The diagnostic is solved by a split (the quick fix is attached to it). */
  readonly solvedBySplit: boolean;
  /** A fix of its own (not a split), proved; worked out when somebody asks. */
  readonly fix?: Fix | undefined;
}

export interface Fix {
  readonly title: string;
  readonly edits: readonly TextEdit[];
}

export interface TextEdit {
  readonly span: Span;
  readonly newText: string;
}

export interface StageSummary {
  readonly name: string;
  readonly base: string;
  readonly role: 'base' | 'builder' | 'runtime';
}
export interface CopySummary {
  readonly from: string;
  readonly source: string;
  readonly target: string;
  readonly why: string;
}
/** Something left behind or kept, at a place of the original. */
export interface ItemSummary {
  /** The bare name: a package, a path, an image. */
  readonly what: string;
  readonly why: string;
  readonly span: Span;
}
export interface AssumptionSummary extends ItemSummary {
  readonly kind: string;
}

/** A proved split. */
export interface Split {
  readonly tier: Tier;
  /** "Split into builder and runtime stages (python:3.12-slim)". Begins with "Split". */
  readonly title: string;
  /** The whole new file. */
  readonly text: string;
  /** Minimal edits that turn the original into `text`; not overlapping, in order. */
  readonly edits: readonly TextEdit[];
  readonly stages: readonly StageSummary[];
  readonly copies: readonly CopySummary[];
  readonly leftBehind: readonly ItemSummary[];
  readonly kept: readonly ItemSummary[];
  readonly assumptions: readonly AssumptionSummary[];
  /** Estimated megabytes that leave, by the facts; `undefined` when unknown. */
  readonly savedMB: number | undefined;
  /** Free of assumptions and the first such tier. */
  readonly preferred: boolean;
}

export interface TierOutcome {
  readonly tier: Tier;
  readonly title: string;
  readonly split: Split | undefined;
  /** Why it is not offered. */
  readonly reasons: readonly Reason[];
}

export type Status = 'split' | 'refused' | 'nothing-to-gain' | 'already-multi-stage' | 'invalid';

export interface Analysis {
  readonly file: Dockerfile;
  readonly status: Status;
  readonly findings: readonly Finding[];
  /** In the order in which they are shown; only tiers that make sense for the file. */
  readonly tiers: readonly TierOutcome[];
  /** The split that `split` prints: the first tier without assumptions, else the fewest, then the smallest. */
  readonly best: Split | undefined;
  /** Why there is no split (refused, invalid), or why nothing is gained; also that the original no longer builds. */
  readonly reasons: readonly Reason[];
  /** Files and directories of the build context that would have been read: the host reads them and runs again. Directories end in `/`. */
  readonly wants: readonly string[];
}

/** A breach of the contract (design, section 2), at the result text (or at the original when something is missing). */
export interface Violation {
  /** Stable name of the rule (`missing-env`, `lost-path`, …). */
  readonly rule: string;
  readonly class: 'breaks' | 'style';
  readonly message: string;
  /** Offsets into the *result* when `in` is `result`, else into the original. */
  readonly in: 'original' | 'result';
  readonly span: Span | undefined;
}

export interface Hover {
  readonly span: Span;
  /** GitHub-flavoured Markdown. */
  readonly markdown: string;
}

/**
 * The build context as a snapshot. `unread` is not `absent`: nobody has looked.
 * Paths are relative to the context root, `/`-separated, without a leading `./`.
 */
export interface Context {
  /** Another number whenever an answer may differ from an earlier one; without it nothing is carried from one analysis to the next. */
  readonly revision?: number;
  read(path: string): { readonly text: string } | 'absent' | 'unread';
  /** Names in a directory (directories end in `/`); '' is the root. */
  list(directory: string): readonly string[] | 'unread';
  /** What compose files, jobs and tasks run in the container beside what the Dockerfile says, as far as anybody has looked. */
  readonly runs?: readonly OutsideRun[];
}

/** A command of the surroundings that runs in the container. */
export interface OutsideRun {
  /** Where it stands: `docker-compose.yml (service api)`. */
  readonly by: string;
  /** An argument list, or a line that is split into words as a shell does it. */
  readonly run: readonly string[] | string;
}

/** Settings that change what the engine says. All optional in the host; these are the resolved values. */
export interface EngineSettings {
  /** Megabytes below which nothing is said to be gained. */
  readonly minimumGainMB: number;
  readonly builderName: string;
  readonly runtimeName: string;
  readonly baseName: string;
  /** Keyword casing of generated instructions. `auto` follows the file. */
  readonly keywordCasing: 'auto' | 'upper' | 'lower';
  /** Write a one-line comment above each generated group. */
  readonly comments: boolean;
  /** Severity per finding code; `off` hides it. */
  readonly severities: Readonly<Record<string, Severity | 'off'>>;
  /**
   * `COPY --from` keeps owners, modes and capabilities, as BuildKit, buildah 1.28 and the legacy builder of Docker 28 do
   * (measured). False: what is copied belongs to root, and special modes and capabilities are lost.
   */
  readonly copiesKeepOwners: boolean;
  /** Images of the user's own: name, with or without a tag → the published image they are built from (`{tag}`: the same tag). */
  readonly bases: Readonly<Record<string, string>>;
}

/** The engine as the hosts see it; the default implementation is `createEngine(facts)` in `engine/index.ts`. */
export interface Engine {
  /**
   * Never throws, whatever the text is. Cost grows linearly with the text. `previous`,
   * the analysis before a keystroke, only saves time: the answer is the same without it.
   */
  analyse(text: string, settings: EngineSettings, context: Context | undefined, previous?: Analysis): Analysis;
  /** Date of the built-in facts, ISO 8601. */
  readonly factsDate?: string | undefined;
  /** The hover at an offset of the analysed text. */
  hover(analysis: Analysis, offset: number): Hover | undefined;
  /** Judges any split, hand-made ones too. Empty: nothing breaks. `invalid` reasons when a text cannot be read. */
  verify(
    original: string,
    result: string,
    context: Context | undefined,
    settings?: Pick<EngineSettings, 'copiesKeepOwners'>,
  ): readonly Violation[];
}
