/** What a Makefile of the build context installs (GNU make manual, "Rule Syntax", "Recipe Syntax", "How to Use Variables"). */

/** Commands that write outside the directory they run in: installers of packages. */
const INSTALLS =
  /(^|[\s;&|(/])(pip[\d.]*|pipenv|poetry|uv|pdm|conda|mamba|npm|yarn|pnpm|bun|apt-get|apt|apk|playwright)(?=\s)/;

/** The lines that install packages, of `targets` (the first one where none is named) and of what they depend on. */
export function installingLines(makefile: string, targets: readonly string[]): readonly string[] {
  const rules = new Map<string, { readonly needs: string[]; readonly lines: string[] }>();
  const variables = new Map<string, string>();
  let open: readonly string[] = [];
  for (const line of makefile.replace(/\\\r?\n\s*/g, ' ').split(/\r?\n/)) {
    const [, name, value] = /^\s*(?:export\s+)?([\w.-]+)\s*(?:::?|\?|\+)?=\s*(.*)$/.exec(line) ?? [];
    const [, heads, needs = '', first = ''] = /^([^\t#=:][^=:]*?)\s*::?(?![=:])\s*([^;]*)(?:;(.*))?$/.exec(line) ?? [];
    if (line.startsWith('\t')) for (const head of open) rules.get(head)?.lines.push(line.trim());
    else if (name !== undefined) variables.set(name, value as string);
    else if (heads !== undefined) {
      open = heads.split(/\s+/);
      for (const head of open) {
        const rule = rules.get(head) ?? { needs: [], lines: [] };
        rule.needs.push(...needs.replace(/#.*/, '').split(/\s+/));
        if (first !== '') rule.lines.push(first.trim());
        rules.set(head, rule);
      }
    }
  }
  const out: string[] = [];
  const seen = new Set<string>();
  const visit = (target: string, depth: number): void => {
    const rule = seen.has(target) || depth > DEEPEST ? undefined : rules.get(target);
    seen.add(target);
    for (const need of rule?.needs ?? []) visit(need, depth + 1);
    for (const line of rule?.lines ?? []) {
      const text = expanded(line.replace(/^[@+-]+\s*/, ''), variables, { left: MOST });
      out.push(text);
      for (const other of madeBy(text)) visit(other, depth + 1);
    }
  };
  const all = [...rules.keys()].find((name) => !name.startsWith('.'));
  for (const target of targets.length > 0 || all === undefined ? targets : [all]) visit(target, 0);
  return out.filter((line) => INSTALLS.test(line));
}

/** Targets of the same Makefile that a line of a recipe makes: `$(MAKE) -s deps` (GNU make manual, "Recursive Use of make"). */
function madeBy(line: string): readonly string[] {
  return [...line.matchAll(/(?:^|[;&|]\s*)(?:\$[({]MAKE[)}]|make)(\s[^;&|]*)/g)].flatMap(([, rest = '']) =>
    / (-C|-f|--(directory|file|makefile))/.test(rest)
      ? []
      : rest.split(/\s+/).filter((word) => /^[\w./%-]+$/.test(word) && !word.startsWith('-')),
  );
}

/** Variables of a line that are replaced, and targets that need one another: more than any Makefile has, where they name themselves. */
const [MOST, DEEPEST] = [500, 200];

function expanded(text: string, variables: ReadonlyMap<string, string>, budget: { left: number }): string {
  const value = (name: string): string | undefined => {
    const found = variables.get(name);
    return found === undefined || budget.left-- <= 0 ? undefined : expanded(found, variables, budget);
  };
  return text.replace(/\$(?:\((\w+)\)|\{(\w+)\}|(\$))/g, (whole, round?: string, curly?: string, dollar?: string) =>
    dollar === '$' ? '$' : (value(round ?? curly ?? '') ?? whole),
  );
}
