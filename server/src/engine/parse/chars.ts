/**
 * Character classes as BuildKit's Dockerfile parser uses them. It has two: Unicode
 * blanks (Go's `unicode.IsSpace`) to trim, and a narrow set to split arguments.
 */

/** Whether a UTF-16 unit is white space in the sense of Go's `unicode.IsSpace`. */
export function isSpace(code: number): boolean {
  if (code < 0x80) return code === 32 || (code >= 9 && code <= 13);
  return (
    code === 0x85 ||
    code === 0xa0 ||
    code === 0x1680 ||
    (code >= 0x2000 && code <= 0x200a) ||
    code === 0x2028 ||
    code === 0x2029 ||
    code === 0x202f ||
    code === 0x205f ||
    code === 0x3000
  );
}

/** Whether a UTF-16 unit separates arguments (BuildKit's `reWhitespace`: tab, VT, FF, CR, blank). */
export function isSeparator(code: number): boolean {
  return code === 32 || code === 9 || code === 11 || code === 12 || code === 13;
}

/** The first offset in `[start, end)` that is not white space, or `end`. */
export function skipSpace(text: string, start: number, end: number): number {
  let at = start;
  while (at < end && isSpace(text.charCodeAt(at))) at++;
  return at;
}

/** `end` moved left over white space, not below `start`. */
export function trimSpaceEnd(text: string, start: number, end: number): number {
  let at = end;
  while (at > start && isSpace(text.charCodeAt(at - 1))) at--;
  return at;
}
