/** A file, its right split written by hand, and wrong ones that one change makes of it. */
export interface Family {
  readonly name: string;
  /** The build context; without it nothing has been read. */
  readonly files?: Readonly<Record<string, string>>;
  readonly original: string;
  readonly right: string;
  /** Changes that leave it right. */
  readonly harmless?: readonly (readonly [name: string, words: string, by: string])[];
  readonly wrong: readonly Wrong[];
}

/** A name, the words of the right split that are replaced (their last occurrence), by what, and what is said: `rule line`. */
export type Wrong = readonly [name: string, words: string, by: string, ...said: readonly string[]];

/** A file, a split of it, and what is said of it: nothing of a right one. */
export interface Judged {
  readonly name: string;
  readonly files?: Readonly<Record<string, string>> | undefined;
  readonly original: string;
  readonly result: string;
  readonly said: readonly string[];
}
