import type { Engine } from '../engine/model/analysis.ts';

/** What a command needs from its surroundings; tests give their own. */
export interface Io {
  readonly cwd: string;
  readonly version: string;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Made on first use. */
  engine(): Engine;
  /** Runs the language server on standard input and output until the client says `exit`. */
  serve(): Promise<void>;
}

export type ExitCode = 0 | 1 | 2;
