import type { Flag, Mount } from '../model/dockerfile.ts';
import { type FlagOptionText, mountOptions } from './ast.ts';

/** One record of comma-separated values, as `--mount` is written: quoted fields, doubled quotes inside. */
function csvOptions(value: string): readonly FlagOptionText[] {
  const fields = value.match(/(?:^|,)(?:"(?:[^"]|"")*"|[^,]*)/g) ?? [];
  return fields.map((match) => {
    const raw = match.startsWith(',') ? match.slice(1) : match;
    const field = raw.startsWith('"') ? raw.slice(1, -1).replaceAll('""', '"') : raw;
    const equals = field.indexOf('=');
    return equals < 0
      ? { name: field, value: undefined }
      : { name: field.slice(0, equals), value: field.slice(equals + 1) };
  });
}

/** The mounts of a RUN, in order. Option names and aliases: moby/buildkit `instructions/commands_runmount.go`. */
export function readMounts(flags: readonly Flag[]): Mount[] {
  return flags
    .filter((flag) => flag.name === 'mount')
    .map((flag) => {
      const options = mountOptions(flag.value ?? '') ?? csvOptions(flag.value ?? '');
      const last = (...names: string[]): string | undefined =>
        options.filter((option) => names.includes(option.name.toLowerCase())).at(-1)?.value;
      return {
        type: last('type')?.toLowerCase() ?? 'bind',
        target: last('target', 'dst', 'destination'),
        source: last('source', 'src'),
        from: last('from'),
        id: last('id'),
        span: flag.span,
      };
    });
}
