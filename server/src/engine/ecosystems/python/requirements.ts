/** Requirement lines as pip reads them (pip documentation, "Requirements File Format"; PEP 508). */

export interface Requirement {
  /** PEP 503 normalised; `undefined` for a path or a URL without a name. */
  readonly name: string | undefined;
  readonly extras: readonly string[];
  /** The one it is pinned to, or the greatest it may have. */
  readonly version: string | undefined;
  /** `git+https://…`. */
  readonly vcs: boolean;
  /** A directory or file. */
  readonly path: string | undefined;
}

export interface RequirementsFile {
  readonly requirements: readonly Requirement[];
  /** Other files it names with -r or -c, relative to it. */
  readonly includes: readonly string[];
}

/** PEP 503: runs of `-`, `_`, `.` are one `-`, lower case. */
export function normaliseName(name: string): string {
  return name.toLowerCase().replace(/[-_.]+/g, '-');
}

/** One requirement as written on a command line or in a file. */
export function parseRequirement(text: string): Requirement {
  const bare = text.trim();
  const vcs = /^(?:[\w.-]+\s*(?:\[[^\]]*\])?\s*@\s*)?(git|hg|svn|bzr)\+/.test(bare);
  const egg = /[#&]egg=([\w.-]+)/.exec(bare)?.[1];
  const named = /^([A-Za-z0-9](?:[\w.-]*[A-Za-z0-9])?)\s*(?:\[([^\]]*)\])?\s*(.*)$/s.exec(bare);
  const rest = named?.[3] ?? '';
  const isName =
    named !== null && /^($|[=<>!~;@,(\s])/.test(rest) && !/^\.{0,2}\//.test(bare) && !/\.(whl|tar\.gz|zip)$/.test(bare);
  if (!isName) {
    const wheel = /(?:^|\/)([A-Za-z0-9][\w.]*)-\d[^/]*\.whl$/.exec(bare)?.[1];
    const name = egg ?? wheel;
    return {
      name: name === undefined ? undefined : normaliseName(name),
      extras: [],
      version: undefined,
      vcs,
      path: /^[a-z+]+:\/\//.test(bare) ? undefined : bare.replace(/\[.*$/, ''),
    };
  }
  return {
    name: normaliseName(named[1] as string),
    extras: (named[2] ?? '')
      .split(',')
      .map((extra) => extra.trim().toLowerCase())
      .filter((extra) => extra !== ''),
    version: /(?:^|[\s,(])(?:===?|~=|<=?)\s*([\w.!+*-]+)/.exec(rest)?.[1],
    vcs,
    path: undefined,
  };
}

/** Reads a requirements file. Lines that say nothing about packages are passed over. */
export function parseRequirements(text: string): RequirementsFile {
  const requirements: Requirement[] = [];
  const includes: string[] = [];
  const joined = text.replace(/\\\r?\n/g, ' ');
  for (const raw of joined.split(/\r?\n/)) {
    const line = raw.replace(/(^|\s)#.*$/, '').trim();
    if (line === '') continue;
    const include = /^(?:-r|--requirement|-c|--constraint)[ =]?\s*(\S+)/.exec(line);
    if (include !== null) {
      if (!/^(-c|--constraint)/.test(line)) includes.push(include[1] as string);
      continue;
    }
    const editable = /^(?:-e|--editable)[ =]?\s*(\S+)/.exec(line);
    if (editable !== null) requirements.push(parseRequirement(editable[1] as string));
    else if (!line.startsWith('-')) requirements.push(parseRequirement(line.replace(/\s+--?\w[\w-]*[= ].*$/, '')));
  }
  return { requirements, includes };
}
