/** Reading of the text tables: lines that start with `#` are the header, lines with `@` start a section. */

/** A section of a table: the rest of its `@` line, and where its lines lie in the text. */
export interface Section {
  readonly title: string;
  readonly start: number;
  readonly end: number;
}

/** The sections of a table in order; titles are without `@`. Only `@` lines are read. */
export function sectionsOf(text: string): Section[] {
  const out: Section[] = [];
  let at = text.startsWith('@') ? 0 : text.indexOf('\n@') + 1;
  while (at > 0 || (at === 0 && text.startsWith('@') && out.length === 0)) {
    const eol = lineEnd(text, at);
    const next = text.indexOf('\n@', eol);
    out.push({ title: text.slice(at + 1, eol), start: eol + 1, end: next < 0 ? text.length : next + 1 });
    at = next + 1;
  }
  return out;
}

/** The lines of a section; they do not keep the text in memory. */
export function linesOf(text: string, section: Section | undefined): string[] {
  if (section === undefined || section.start >= section.end) return [];
  return detach(text.slice(section.start, section.end)).replace(/\n$/, '').split('\n');
}

/** A copy that does not keep the text alive of which `text` may be a slice. */
function detach(text: string): string {
  return ` ${text}`.slice(1);
}

/** The lines of a table without sections, header left out. */
export function plainLines(text: string): string[] {
  return text.split('\n').filter((line) => line !== '' && !line.startsWith('#'));
}

/** The lines of the header without `# `: what the table is, source, date, licence, command, format. */
export function headerOf(text: string): string[] {
  const out: string[] = [];
  for (let at = 0; text.charCodeAt(at) === 35; ) {
    const eol = lineEnd(text, at);
    out.push(text.slice(at + 1, eol).trim());
    at = eol + 1;
  }
  return out;
}

/** Offset of the line feed that ends the line at `at`, or of the end of the text. */
export function lineEnd(text: string, at: number): number {
  const eol = text.indexOf('\n', at);
  return eol < 0 ? text.length : eol;
}

/** The words of a field; none for the empty field. */
export function wordsOf(field: string | undefined): string[] {
  return field === undefined || field === '' ? [] : field.split(' ');
}

/** A number as the tables write it. */
export function fromBase36(text: string): number {
  return Number.parseInt(text, 36);
}

/** `make` is called once per key. */
export function memo<K, V>(make: (key: K) => V): (key: K) => V {
  const known = new Map<K, V>();
  return (key) => {
    const old = known.get(key);
    if (old !== undefined || known.has(key)) return old as V;
    const value = make(key);
    known.set(key, value);
    return value;
  };
}

/** `make` is called on first use. */
export function lazy<T>(make: () => T): () => T {
  let made: { readonly value: T } | undefined;
  return () => {
    made ??= { value: make() };
    return made.value;
  };
}

/** Reads a large text when it is needed; it may be forgotten and read again when nobody uses it. */
export function weakly(read: () => string): () => string {
  let held: WeakRef<{ readonly text: string }> | undefined;
  return () => {
    const known = held?.deref();
    if (known !== undefined) return known.text;
    const fresh = { text: read() };
    held = new WeakRef(fresh);
    return fresh.text;
  };
}
