/**
 * A string as far as it is known. `text` keeps what is not known as `${NAME}`.
 * `open` lists the names without a value; `args` lists the build arguments
 * whose defaults went in, because somebody may build with other ones.
 */
export interface Value {
  readonly text: string;
  readonly open: readonly string[];
  readonly args: readonly string[];
}

const NONE: readonly string[] = [];

/** A value that is known for certain. */
export function known(text: string): Value {
  return { text, open: NONE, args: NONE };
}

/** The value of a variable that nobody has set: `${NAME}` stays in the text. */
export function openValue(name: string): Value {
  return { text: `\${${name}}`, open: [name], args: NONE };
}

/** Joins two lists of names without repeats; shares a list where it can. */
export function union(a: readonly string[], b: readonly string[]): readonly string[] {
  if (b.length === 0) return a;
  if (a.length === 0) return b;
  const extra = b.filter((name) => !a.includes(name));
  return extra.length === 0 ? a : [...a, ...extra];
}

/** `value` with another text and the same doubts. */
export function withText(value: Value, text: string): Value {
  return { text, open: value.open, args: value.args };
}
