/** What the plan says, before it is text. */
import type { Entry } from '../demand/entry.ts';
import type { Program } from '../demand/program.ts';
import type { BaseFacts, Counterpart } from '../facts/types.ts';
import type { Facts } from '../facts/index.ts';
import type { Context, EngineSettings, Reason, Tier } from '../model/analysis.ts';
import type { Dockerfile } from '../model/dockerfile.ts';
import type { Span } from '../model/span.ts';
import type { Atom, ImageState, Simulation } from '../model/state.ts';
import type { Steering } from '../parse/steering.ts';
import type { PackageView } from '../assess/tools.ts';

export interface PlanInput {
  readonly file: Dockerfile;
  readonly steering: Steering;
  readonly simulation: Simulation;
  readonly state: ImageState;
  readonly entry: Entry;
  readonly program: Program;
  readonly packages: PackageView;
  readonly facts: Facts;
  readonly settings: EngineSettings;
  readonly context: Context | undefined;
}

/** The base of the runtime stage. */
export interface RuntimeBase {
  readonly tier: Tier;
  /** Image reference of the runtime stage; the original one for the tier `same`. */
  readonly ref: string;
  readonly facts: BaseFacts | undefined;
  readonly counterpart: Counterpart | undefined;
}

export interface CopyPlan {
  readonly path: string;
  /** The whole tree belongs to this user, and the directory itself would not (measured with BuildKit). */
  readonly owner: string | undefined;
  readonly why: string;
}

/** How one instruction appears in the runtime stage. */
export type RuntimeItem =
  | { readonly kind: 'whole'; readonly instruction: number }
  /** Only these atoms of a RUN (indexes of its chain), with words of package lists dropped or replaced. */
  | {
      readonly kind: 'cut';
      readonly instruction: number;
      readonly keep: readonly number[];
      readonly words: readonly WordChange[];
    }
  | { readonly kind: 'copies' }
  | { readonly kind: 'generated'; readonly text: string };

/** Replaces (or drops, when `text` is empty) one word of the package list of a command. */
export interface WordChange {
  /** Index of the command in the chain. */
  readonly command: number;
  readonly span: Span;
  /** Index of the word in the command. */
  readonly word: number;
  readonly text: string;
}

export interface Decision {
  readonly what: string;
  readonly why: string;
  readonly span: Span;
  /** Gone from the files already, not from the layers. */
  readonly layer?: true;
}

export interface Assumption extends Decision {
  readonly kind: AssumptionKind;
}

export type AssumptionKind =
  | 'entry-script-unread'
  | 'dependencies-unread'
  | 'artifact-name'
  | 'base-unknown'
  | 'mirror-has-counterpart';

export interface Plan {
  readonly base: RuntimeBase;
  readonly shape: 'prefix' | 'shared-base';
  /** First instruction of the builder stage (after FROM); everything before it is in the shared base. */
  readonly builderStart: number;
  /** Last instruction of the builder stage. */
  readonly builderEnd: number;
  /** The runtime stage up to the part of the file that stays as it is. */
  readonly runtime: readonly RuntimeItem[];
  /** Instructions after `builderEnd` that change. */
  readonly suffix: ReadonlyMap<number, RuntimeItem | 'drop'>;
  readonly copies: readonly CopyPlan[];
  readonly left: readonly Decision[];
  readonly kept: readonly Decision[];
  readonly assumptions: readonly Assumption[];
  readonly savedMB: number | undefined;
}

export type PlanResult =
  | { readonly plan: Plan }
  | { readonly refused: readonly Reason[] }
  | {
      readonly nothing: string;
      /** Build tools are installed, and nothing uses them. */
      readonly unused?: true;
    };

export type { Atom, ImageState };
