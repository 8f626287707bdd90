/** Bake files (`docker-bake.hcl`, `.json`): targets with their inheritance. */
import { folderOf, resolveBelow } from '../files/files.ts';
import { type Build, isRemote, list, type Parsed, table, type Table, text } from './build.ts';
import type { Block } from './hcl.ts';

/** Names of bake files. */
export const bakeName = /^docker-bake(?:\.[\w-]+)*\.(?:hcl|json)$/;

/** The blocks of an HCL file in the shape of its JSON form. */
export function bakeTable(blocks: readonly Block[]): Table {
  const kind = (type: string): Table =>
    Object.fromEntries<unknown>(
      blocks
        .filter((block) => block.type === type)
        .flatMap(({ labels: [name], attributes }) => (name === undefined ? [] : [[name, attributes]])),
    );
  return { target: kind('target'), variable: kind('variable') };
}

/** The builds of the bake files of one folder; a later file overrides an earlier one. */
export function bakeBuilds(files: readonly Parsed[]): Build[] {
  const targets = new Map<string, { readonly file: string; readonly attributes: Table }>();
  const variables = new Map<string, string>();
  for (const { path, content } of files) {
    for (const [name, value] of Object.entries(table(table(content)['target'])))
      targets.set(name, { file: path, attributes: { ...targets.get(name)?.attributes, ...table(value) } });
    for (const [name, value] of Object.entries(table(table(content)['variable']))) {
      const fallback = text(table(value)['default']);
      if (fallback !== undefined) variables.set(name, fallback);
    }
  }
  const read = (name: string, attribute: string, seen: ReadonlySet<string> = new Set()): string | undefined => {
    const own = targets.get(name)?.attributes;
    if (own === undefined || seen.has(name)) return undefined;
    if (own[attribute] !== undefined) return text(own[attribute]);
    // Of several that are inherited the last one counts.
    for (const parent of [...list(own['inherits'])].reverse()) {
      const found = read(text(parent) ?? '', attribute, new Set([...seen, name]));
      if (found !== undefined) return found;
    }
    return undefined;
  };
  return [...targets].flatMap(([name, { file, attributes }]) => {
    if (attributes['dockerfile-inline'] !== undefined) return [];
    const context = filled(read(name, 'context') ?? '.', variables);
    const dockerfile = filled(read(name, 'dockerfile') ?? 'Dockerfile', variables);
    if (context === undefined || dockerfile === undefined || isRemote(context) || context.startsWith('/')) return [];
    const root = resolveBelow(folderOf(file), context);
    const path = root === undefined ? undefined : resolveBelow(root, dockerfile);
    const target = read(name, 'target');
    if (root === undefined || path === undefined) return [];
    const stage = target === undefined ? undefined : filled(target, variables);
    return [{ file, name: `target ${name}`, context: root, dockerfile: path, target: stage, runs: [] }];
  });
}

/** `${NAME}` by the defaults of the file; `undefined` for any other expression. */
function filled(value: string, variables: ReadonlyMap<string, string>): string | undefined {
  let open = false as boolean;
  const out = value.replace(/\$\{([^}]*)\}/g, (_all, name: string) => {
    const found = variables.get(name.trim());
    open ||= found === undefined;
    return found ?? '';
  });
  return open ? undefined : out;
}
