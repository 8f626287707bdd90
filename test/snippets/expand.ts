/** Expands a snippet as an editor does when every tab stop keeps its default. */
export function expand(body: readonly string[]): string {
  const text = body.join('\n');
  const defaults = new Map([...text.matchAll(/\$\{(\d+):([^}]*)\}/g)].map((match) => [match[1], match[2] ?? '']));
  return text.replace(
    /\\([$}\\])|\$\{(\d+)(?::[^}]*)?\}|\$(\d+)/g,
    (_, escaped?: string, braced?: string, bare?: string) => escaped ?? defaults.get(braced ?? bare) ?? '',
  );
}
