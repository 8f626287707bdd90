/** Compose files: `services.*.build`, and what the services run in the image. */
import { folderOf, resolveBelow } from '../files/files.ts';
import { type Build, interpolate, isRemote, list, type Parsed, table, text } from './build.ts';

/** Names of compose files, overrides among them. */
export const composeName = /^(?:docker-)?compose(?:[.-][\w.-]+)?\.ya?ml$/;

/**
 * The builds of the compose files of one folder. A service without `build` counts to
 * those of its name in the other files (an override), or of its image.
 */
export function composeBuilds(files: readonly Parsed[]): Build[] {
  const services = files.flatMap(({ path, content }) =>
    Object.entries(table(table(content)['services'])).map(([name, value]) => ({ path, name, service: table(value) })),
  );
  const runs = services.map(({ service }) => runsOf(service));
  return services.flatMap(({ path, name, service }, at) => {
    const place = placeOf(service['build'], folderOf(path));
    if (place === undefined) return [];
    const image = text(service['image']);
    const others = services.flatMap((other, index) => {
      if (index === at || placeOf(other.service['build'], folderOf(other.path)) !== undefined) return [];
      const same = other.name === name || (image !== undefined && text(other.service['image']) === image);
      return same ? (runs[index] ?? []) : [];
    });
    return [{ file: path, name: `service ${name}`, ...place, runs: [...(runs[at] ?? []), ...others] }];
  });
}

type Place = Pick<Build, 'context' | 'dockerfile' | 'target'>;

function placeOf(build: unknown, folder: string): Place | undefined {
  const parts = typeof build === 'string' ? { context: build } : table(build);
  if (Object.keys(parts).length === 0 || 'dockerfile_inline' in parts) return undefined;
  const context = interpolate(text((parts as { context?: unknown }).context) ?? '.');
  const dockerfile = interpolate(text((parts as { dockerfile?: unknown }).dockerfile) ?? 'Dockerfile');
  if (context === undefined || dockerfile === undefined || isRemote(context) || context.startsWith('/'))
    return undefined;
  const root = resolveBelow(folder, context);
  const file = root === undefined || dockerfile.startsWith('/') ? undefined : resolveBelow(root, dockerfile);
  const target = text((parts as { target?: unknown }).target);
  return root === undefined || file === undefined
    ? undefined
    : { context: root, dockerfile: file, target: target === undefined ? undefined : interpolate(target) };
}

function runsOf(service: Readonly<Record<string, unknown>>): (readonly string[] | string)[] {
  const test = table(service['healthcheck'])['test'];
  return [service['entrypoint'], service['command'], test].flatMap((value): (readonly string[] | string)[] => {
    if (typeof value === 'string') return value.trim() === '' ? [] : [value];
    const argv = list(value).map((word) => text(word) ?? '');
    const [first, ...rest] = argv;
    if (first === undefined || first === 'NONE') return [];
    if (value === test && first === 'CMD-SHELL') return [rest.join(' ')];
    return [value === test && first === 'CMD' ? rest : argv];
  });
}
