/** Other names under which a file calls what starts processes: promisified, renamed, as a member of a module, as a tag. */

/** An argument list begins: a literal command line (group 1), or something else. Node itself is there. */
const ARGUMENT = String.raw`\s*\(\s*(?!process\.(?:execPath|argv)\b)(?:["'${'`'}]([^"'${'`'}]*)["'${'`'}]|\[?[^)\s])`;
const FUNCTIONS = String.raw`(?:exec\w*|spawn\w*|\$)`;
const MODULES = String.raw`["'](?:node:)?(child_process|execa|cross-spawn|shelljs|node-pty|zx)["']`;

/** `const run = util.promisify(exec)`, `this.run = promisify(require('child_process').execFile)`. */
const PROMISIFIED =
  /([\w$]+)\s*=\s*(?:[\w$]+\.)?promisify\s*\((?:[^()]|\([^()]*\)){0,200}?\b(?:exec|execFile|spawn)\s*(?:as\s+[^)]*)?\)/g;
const MEMBERS = new RegExp(
  String.raw`\{([^{}]*)\}\s*(?:from|=\s*(?:await\s+import\s*\(|require\s*\())\s*${MODULES}`,
  'g',
);
const WHOLE = new RegExp(
  String.raw`(?:\bimport\s+(?:\*\s*as\s+)?([\w$]+)[^;"']*?\sfrom|([\w$]+)\s*=\s*(?:await\s+import\s*\(|require\s*\())\s*${MODULES}`,
  'g',
);
/** The tags of zx, execa and Bun. */
const TAGS = /(?<![\w$.])(?:\$|Bun\.\$|execa|execaSync|execaCommand)(?:\.sync)?(?:\([^()]*\))?`([^`]*)`/g;

/**
 * Command lines that a file starts under other names than those of child_process.
 * @returns `undefined` for each that is no literal, or that other files may call
 */
export function aliasedCalls(text: string): readonly (string | undefined)[] {
  const out: (string | undefined)[] = [...text.matchAll(TAGS)].map((found) => found[1]);
  const callsOf = (name: string): (string | undefined)[] =>
    [...text.matchAll(new RegExp(String.raw`(?<![.\w$])(?:this\.)?${name}${ARGUMENT}`, 'g'))].map((found) => found[1]);
  for (const [, alias = ''] of text.matchAll(PROMISIFIED)) {
    const calls = callsOf(escaped(alias));
    out.push(...calls);
    if (calls.length === 0 || isExported(text, alias)) out.push(undefined);
  }
  for (const [, list = ''] of text.matchAll(MEMBERS))
    for (const [, name = ''] of list.matchAll(new RegExp(String.raw`${FUNCTIONS}\s*(?:\bas\b|:)\s*([\w$]+)`, 'g')))
      out.push(...callsOf(escaped(name)));
  for (const [, imported, assigned, module] of text.matchAll(WHOLE)) {
    const name = escaped(imported ?? assigned ?? '');
    out.push(...callsOf(String.raw`${name}\.${FUNCTIONS}`));
    if (module === 'execa' || module === 'cross-spawn') out.push(...callsOf(name));
  }
  return out;
}

function escaped(name: string): string {
  return name.replace(/\$/g, String.raw`\$`);
}

/** Other files may call it. */
function isExported(text: string, name: string): boolean {
  const word = String.raw`(?<![\w$])${escaped(name)}(?![\w$])`;
  return new RegExp(
    String.raw`\bexport\s+(?:(?:const|let|var)\s+|default\s+|\{[^}]*?)${word}|\bexports\b[^;\n]*?${word}`,
  ).test(text);
}
