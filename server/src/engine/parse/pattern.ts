/**
 * The patterns of `${V#p}`, `${V%p}` and `${V/p/r}` in a Dockerfile: `*`, `?` and
 * escapes, no brackets (moby/buildkit `shell/lex.go`, convertShellPatternToRegex).
 */

/** The regular expression of a pattern, or `undefined` when BuildKit calls it invalid. */
function toRegExp(pattern: string, greedy: boolean, anchored: boolean, global: boolean): RegExp | undefined {
  let out = anchored ? '^' : '';
  for (let i = 0; i < pattern.length; i++) {
    const ch = pattern.charAt(i);
    if (ch === '*') out += greedy ? '.*' : '.*?';
    else if (ch === '?') out += '.';
    else if (ch === '\\') {
      const escaped = pattern.charAt(i + 1);
      // `}` and `/` need an escape to stand in `${…}`; it is no part of the pattern.
      if (escaped === '}' || escaped === '/') continue;
      if (escaped === '' || !'*?\\'.includes(escaped)) return undefined;
      out += `\\${escaped}`;
      i++;
    } else out += '[]{}.+()|^$/'.includes(ch) ? `\\${ch}` : ch;
  }
  return new RegExp(out, global ? 'gu' : 'u');
}

/** `value` without the shortest (or longest, when `greedy`) match at its beginning; `undefined` for a bad pattern. */
export function trimPrefixPattern(pattern: string, value: string, greedy: boolean): string | undefined {
  const match = toRegExp(pattern, greedy, true, false)?.exec(value);
  if (match === undefined) return undefined;
  return match === null ? value : value.slice(match[0].length);
}

/** `value` without the shortest (or longest) match at its end; `undefined` for a bad pattern. */
export function trimSuffixPattern(pattern: string, value: string, greedy: boolean): string | undefined {
  // The shortest match at the end is a prefix match on the reversed strings; escapes keep their order.
  const units = pattern.match(/\\[\s\S]|[\s\S]/gu) ?? [];
  const trimmed = trimPrefixPattern(units.reverse().join(''), [...value].reverse().join(''), greedy);
  return trimmed === undefined ? undefined : [...trimmed].reverse().join('');
}

/** `value` with the first (or every) longest match replaced; `undefined` for a bad pattern. */
export function replacePattern(pattern: string, value: string, replacement: string, all: boolean): string | undefined {
  const expression = toRegExp(pattern, true, false, all);
  return expression === undefined ? undefined : value.replace(expression, () => replacement);
}
