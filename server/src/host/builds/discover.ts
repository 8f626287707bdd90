/** Finds what builds a Dockerfile: compose, bake, tasks and CI files in its folder and the folders above. */
import type { ContextSnapshot } from '../contextSnapshot.ts';
import { folderOf, nameOf } from '../files/files.ts';
import { bakeBuilds, bakeName, bakeTable } from './bake.ts';
import type { Build, Parsed } from './build.ts';
import { type CiFile, gitlab, gitlabFile, workflow, workflowFolder } from './ci.ts';
import { composeBuilds, composeName } from './compose.ts';
import { readHcl } from './hcl.ts';
import { parsers } from './parsers.ts';
import { taskBuilds, tasksFile } from './tasks.ts';

/** Folders below an ancestor where compose and bake files are kept too. */
const customary = /^(?:\.?docker|compose|deploy|deployment|infra|ops|\.devcontainer)\/$/;
/** Longer files are generated; nobody keeps a build description of that length. */
const maximumLength = 256 * 1024;

export interface Discovery {
  /** Nearest folder first; compose before bake before tasks before CI. */
  readonly builds: readonly Build[];
  /** What is not loaded yet and may hold more. */
  readonly wants: readonly string[];
  /** Files wait for `loadParsers`. */
  readonly needsParsers: boolean;
}

/** Looks through what is loaded of a workspace folder. Keeps what it has parsed. */
export class Discoverer {
  private readonly kept = new Map<string, { readonly text: string; readonly content: unknown }>();
  private wants: string[] = [];
  private needsParsers = false;

  constructor(private readonly places: ContextSnapshot) {}

  /** `dockerfile`: its path below the workspace folder. */
  discover(dockerfile: string): Discovery {
    this.wants = [];
    this.needsParsers = false;
    const folders = upwards(folderOf(dockerfile)).flatMap((folder) => [folder, ...this.subfolders(folder)]);
    const near = [...new Set(folders)].flatMap((folder) => [
      ...composeBuilds(this.parsed(folder, composeName)),
      ...bakeBuilds(this.parsed(folder, bakeName)),
    ]);
    const tasks = this.parsed(folderOf(tasksFile), new RegExp(`^${nameOf(tasksFile)}$`)).flatMap(taskBuilds);
    const ci: CiFile[] = [
      ...this.parsed(workflowFolder, /\.ya?ml$/).map(workflow),
      ...this.parsed('', new RegExp(`^\\${gitlabFile}$`)).map(gitlab),
    ];
    const builds = [...near, ...tasks, ...ci.flatMap((file) => file.builds)].filter(
      (build) => build.dockerfile === dockerfile,
    );
    return { builds: [...builds, ...this.serviceRuns(builds, ci)], wants: this.wants, needsParsers: this.needsParsers };
  }

  /** What CI runs in a service of a compose file is run in its image. */
  private serviceRuns(builds: readonly Build[], ci: readonly CiFile[]): Build[] {
    return ci
      .flatMap(({ runs }) => runs)
      .flatMap(({ service, argv, file, name }) => {
        const build = builds.find((one) => service !== undefined && one.name === `service ${service}`);
        return build === undefined ? [] : [{ ...build, file, name, runs: [argv] }];
      });
  }

  private subfolders(folder: string): string[] {
    return this.names(folder)
      .filter((name) => customary.test(name))
      .map((name) => `${folder}${folder === '' ? '' : '/'}${name.slice(0, -1)}`);
  }

  /** A folder is listed when the one above it shows it; a link may be a folder. */
  private isThere(folder: string): boolean {
    if (folder === '' || this.places.list(folder) !== 'unread') return true;
    const name = nameOf(folder);
    return this.names(folderOf(folder)).some((one) => one === `${name}/` || one === name);
  }

  private names(folder: string): readonly string[] {
    if (!this.isThere(folder)) return [];
    const names = this.places.list(folder);
    if (names !== 'unread') return names;
    this.wants.push(`${folder}/`);
    return [];
  }

  private parsed(folder: string, pattern: RegExp): Parsed[] {
    return this.names(folder)
      .filter((name) => pattern.test(name))
      .flatMap((name) => {
        const path = folder === '' ? name : `${folder}/${name}`;
        const entry = this.places.read(path);
        if (entry === 'unread') this.wants.push(path);
        return typeof entry === 'string' || entry.text.length > maximumLength ? [] : this.content(path, entry.text);
      });
  }

  private content(path: string, text: string): Parsed[] {
    const kept = this.kept.get(path);
    if (kept?.text === text) return [{ path, content: kept.content }];
    const available = parsers();
    if (available === undefined && !path.endsWith('.hcl')) {
      this.needsParsers = true;
      return [];
    }
    const content = path.endsWith('.hcl')
      ? bakeTable(readHcl(text))
      : path.endsWith('.json')
        ? available?.json(text)
        : available?.yaml(text);
    this.kept.set(path, { text, content });
    return [{ path, content }];
  }
}

/** A folder and those above it, up to ''. */
export function upwards(folder: string): string[] {
  return folder === '' ? [''] : [folder, ...upwards(folderOf(folder))];
}
