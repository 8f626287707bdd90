/** What files beside a Dockerfile say of its image: who builds it, and what is run in it. */

/** One place that builds an image from a Dockerfile. Paths lie below the workspace folder; '' is the folder itself. */
export interface Build {
  /** The file that says so. */
  readonly file: string;
  /** Where in the file: `service api`, `target web`, `task docker-build`, `job test`. */
  readonly name: string;
  readonly context: string;
  readonly dockerfile: string;
  /** The stage that is built; `undefined`: the last one. */
  readonly target: string | undefined;
  /** What is run in the container beside what the Dockerfile says: argument lists, or lines for a shell. */
  readonly runs: readonly (readonly string[] | string)[];
}

/** A file, parsed by whoever knows its format. `path`: below the workspace folder. */
export interface Parsed {
  readonly path: string;
  readonly content: unknown;
}

export type Table = Readonly<Record<string, unknown>>;

/** The value as a table; an empty one when it is none. */
export function table(value: unknown): Table {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Table) : {};
}

export function list(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}

export function text(value: unknown): string | undefined {
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : undefined;
}

/** `${NAME:-default}` and `${NAME-default}` as their defaults; `undefined` when a variable has none. */
export function interpolate(value: string): string | undefined {
  let open = false as boolean;
  const filled = value.replace(/\$\$|\$\{(\w+)(?::?-([^}]*))?\}|\$\w+|\$/g, (all, _name, fallback?: string) => {
    if (all === '$$') return '$';
    if (fallback === undefined) open = true;
    return fallback ?? '';
  });
  return open || filled.includes('${') ? undefined : filled;
}

/** True for a context that is no folder of this machine. */
export function isRemote(context: string): boolean {
  return /^[a-z][a-z0-9+.-]*:\/\/|^git@|^github\.com\/|^(docker-image|oci-layout|target):|^-$/i.test(context);
}
