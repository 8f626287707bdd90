/** Variables in instructions other than RUN: ENV before ARG, and what build arguments went in. */
import type { ImageState } from '../model/state.ts';
import { known, union, type Value } from '../model/value.ts';
import { expandWord, processWords } from '../parse/expand.ts';

interface Tracker {
  open: readonly string[];
  args: readonly string[];
}

function lookupIn(state: ImageState, seen: Tracker): (name: string) => string | undefined {
  return (name) => {
    const value = state.config.env.get(name)?.value ?? state.args.get(name);
    if (value === undefined) return undefined;
    seen.open = union(seen.open, value.open);
    seen.args = union(seen.args, value.args);
    return value.text;
  };
}

/** The value of one word (quotes removed, variables replaced). Unset variables stay as `${NAME}` and are listed as open. */
export function expandIn(state: ImageState, raw: string, escape: '\\' | '`'): Value {
  if (!/[$"'\\`]/.test(raw)) return known(raw);
  const seen: Tracker = { open: [], args: [] };
  const { text, unresolved } = expandWord(raw, lookupIn(state, seen), escape);
  return { text, open: union(seen.open, unresolved), args: seen.args };
}

/** The words of a text after expansion, as EXPOSE and VOLUME read theirs. */
export function expandWords(state: ImageState, raw: string, escape: '\\' | '`'): Value[] {
  const seen: Tracker = { open: [], args: [] };
  const { words, unresolved } = processWords(raw, lookupIn(state, seen), escape);
  return words.map((text) => ({ text, open: union(seen.open, unresolved), args: seen.args }));
}
