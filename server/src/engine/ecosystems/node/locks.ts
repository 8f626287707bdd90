/**
 * What lock files say of the packages that are installed. npm's tells all of it; yarn.lock lists names and versions (and
 * neither what is for development alone nor who runs a script when it is installed), pnpm-lock.yaml of pnpm 8 and before
 * tells both, that of later ones neither (docs.npmjs.com, "package-lock.json"; yarnpkg.com, "yarn.lock"; pnpm.io).
 */

export interface Locked {
  /** Those that run a script when they are installed; `undefined`: the file does not tell. */
  readonly scripts: readonly string[] | undefined;
  /** Those that are not there for development alone, as far as the file tells. */
  readonly names: readonly string[];
  /** It tells which are for development alone. */
  readonly development: boolean;
  /** Versions of all that are installed, for development too. */
  readonly versions: Readonly<Record<string, string>>;
}

/** Reads package-lock.json; `undefined` for one of npm before 7. */
export function npmLock(text: string): Locked | undefined {
  if (!/"lockfileVersion":\s*[23]/.test(text)) return undefined;
  const list = new List();
  // Line by line: lock files grow to megabytes.
  for (const line of text.split('\n')) {
    const key = /^ {4}"(?:.*node_modules\/)?([^"]+)": \{/.exec(line)?.[1];
    if (key !== undefined) list.begin(key);
    else if (line.startsWith('      "version": "')) list.version(line.slice(18).replace(/".*$/, ''));
    else if (line.includes('"hasInstallScript": true')) list.scripts.push(list.current);
    else if (/^ {6}"dev(Optional)?": true/.test(line)) list.development = true;
  }
  return list.end(true, true);
}

/** Reads yarn.lock of any version. */
export function yarnLock(text: string): Locked {
  const list = new List();
  for (const line of text.split('\n')) {
    const key = /^"?(@?[^@\s",#]+)@/.exec(line)?.[1];
    if (key !== undefined) list.begin(key);
    else if (/^\S/.test(line)) list.begin('');
    else list.version(/^ {2}version:? "?([^"\s]+)/.exec(line)?.[1]);
  }
  return list.end(false, false);
}

/** Reads pnpm-lock.yaml. */
export function pnpmLock(text: string): Locked {
  const told = Number(/^lockfileVersion: ['"]?(\d+)/m.exec(text)?.[1]) < 9;
  const list = new List();
  let inside = false;
  for (const line of text.split('\n')) {
    if (/^\S/.test(line)) inside = line.startsWith('packages:');
    else if (inside) {
      // `/name@1.0.0(peer@2.0.0):`, `/name/1.0.0_peer@2.0.0:`, `name@1.0.0:`
      const key = /^ {2}['"]?\/?(@[^/\s]+\/[^@/\s]+|[^@/\s'"]+)[@/]([^\s('":_]+)/.exec(line);
      if (key !== null) {
        list.begin(key[1] as string);
        list.version(key[2]);
      } else if (/^ {4}requiresBuild: true/.test(line)) list.scripts.push(list.current);
      else if (/^ {4}dev: true/.test(line)) list.development = true;
    }
  }
  return list.end(told, told);
}

/** The entries of a lock file, in order. */
class List {
  current = '';
  development = false;
  readonly scripts: string[] = [];
  private readonly names = new Set<string>();
  private readonly versions: Record<string, string> = {};

  begin(name: string): void {
    this.finish();
    this.current = name;
    this.development = false;
  }

  version(version: string | undefined): void {
    if (version !== undefined && this.current !== '') this.versions[this.current] ??= version;
  }

  end(scripts: boolean, development: boolean): Locked {
    this.finish();
    const { names, versions } = this;
    return { scripts: scripts ? this.scripts : undefined, names: [...names], development, versions };
  }

  /** A name may have several entries, one for each place: any that is there for more than development counts. */
  private finish(): void {
    if (this.current !== '' && !this.development) this.names.add(this.current);
  }
}
