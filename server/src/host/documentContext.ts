/** The build context of one Dockerfile: found or given, then kept between analyses. */
import type { Analysis, Engine, EngineSettings, OutsideRun } from '../engine/model/analysis.ts';
import type { Dockerfile } from '../engine/model/dockerfile.ts';
import type { Build } from './builds/build.ts';
import { Discoverer } from './builds/discover.ts';
import { loadParsers } from './builds/parsers.ts';
import { chooseContext, contextSources } from './contextRoot.ts';
import { ContextSnapshot } from './contextSnapshot.ts';
import { type Answer, type Files, pathBelow } from './files/files.ts';

export interface ContextParts {
  readonly files: Files;
  /** Path of the Dockerfile; absolute, as in a URI, like the others. */
  readonly dockerfile: string;
  /** The workspace folder: the highest that `auto` may choose. */
  readonly top: string;
  /** `auto`, or a folder. */
  readonly setting: string;
}

/** A change of a file. */
export interface FileChange {
  readonly path: string;
  /** It is new, or is gone. */
  readonly cameOrWent: boolean;
}

export class DocumentContext {
  private readonly parts: ContextParts;
  /** Below the workspace folder. */
  private readonly name: string;
  /** What is looked at to find the context. */
  private readonly places: ContextSnapshot;
  private readonly discoverer: Discoverer;
  private snapshot: ContextSnapshot | undefined;
  private sourcesSeen: string | undefined;
  private found: { readonly by: Build | undefined; readonly builds: readonly Build[] } = { by: undefined, builds: [] };

  constructor(parts: ContextParts) {
    this.parts = parts;
    this.name = pathBelow(parts.top, parts.dockerfile) ?? parts.dockerfile.slice(1);
    this.places = new ContextSnapshot(parts.files, parts.top, undefined);
    this.discoverer = new Discoverer(this.places);
  }

  /** The context that the last analysis used. */
  get current(): ContextSnapshot | undefined {
    return this.snapshot;
  }

  /** What named the context: `setting`, a build, or `undefined` for what COPY takes. */
  get by(): 'setting' | Build | undefined {
    return this.parts.setting === 'auto' ? this.found.by : 'setting';
  }

  /** Who builds this Dockerfile, as far as it was found. */
  get builds(): readonly Build[] {
    return this.found.builds;
  }

  /** The context for a parsed file; files are looked at only when its sources changed or something was forgotten. */
  locate(file: Dockerfile): Answer<ContextSnapshot | undefined> {
    const sources = contextSources(file);
    const key = sources.join('\0');
    if (key === this.sourcesSeen) return this.snapshot;
    for (;;) {
      const discovery = this.discoverer.discover(this.name);
      const choice = chooseContext(this.name, sources, discovery.builds, this.places);
      const loading = this.places.load([...discovery.wants, ...choice.wants]);
      if (loading instanceof Promise || discovery.needsParsers)
        return Promise.all([loading, discovery.needsParsers ? loadParsers() : undefined]).then(() => this.locate(file));
      if (loading) continue;
      this.found = { by: choice.by, builds: discovery.builds };
      const root = choice.root === undefined ? undefined : joined(this.parts.top, choice.root);
      return this.use(this.parts.setting === 'auto' ? root : this.parts.setting, key);
    }
  }

  /** Forgets everything that was read. */
  clear(): void {
    this.sourcesSeen = undefined;
    this.places.clear();
    this.snapshot?.clear();
  }

  /** Forgets one file. True when an analysis may now differ. */
  forget({ path, cameOrWent }: FileChange): boolean {
    const known = [this.places, this.snapshot].map((one) => one?.forget(path, cameOrWent) ?? false).includes(true);
    if (known) this.sourcesSeen = undefined;
    return known;
  }

  /** What to watch: patterns below a folder. */
  watched(): readonly { readonly root: string; readonly patterns: readonly string[] }[] {
    return [this.places, this.snapshot].flatMap((one) =>
      one === undefined ? [] : [{ root: one.root, patterns: one.watched() }],
    );
  }

  private use(root: string | undefined, key: string): Answer<ContextSnapshot | undefined> {
    const settle = (snapshot: ContextSnapshot | undefined): ContextSnapshot | undefined => {
      snapshot?.setRuns(runsOf(this.found.builds));
      this.sourcesSeen = key;
      this.snapshot = snapshot;
      return snapshot;
    };
    if (root === undefined) return settle(undefined);
    const snapshot =
      root === this.snapshot?.root ? this.snapshot : new ContextSnapshot(this.parts.files, root, this.parts.dockerfile);
    if (this.parts.setting === 'auto') return settle(snapshot);
    // A folder that somebody named may not be there.
    const looked = snapshot.load(['./']);
    const chosen = (): ContextSnapshot | undefined => settle(snapshot.missing ? undefined : snapshot);
    return looked instanceof Promise ? looked.then(chosen) : chosen();
  }
}

/** What those who build an image run in it, each once. */
function runsOf(builds: readonly Build[]): OutsideRun[] {
  return builds.flatMap(({ file, name, runs }) => runs.map((run) => ({ by: `${file} (${name})`, run })));
}

function joined(top: string, path: string): string {
  if (path === '') return top;
  return top.endsWith('/') ? top + path : `${top}/${path}`;
}

/** An analysis, and what is still being read for a better one. */
export interface InContext {
  readonly analysis: Analysis;
  readonly loading: Promise<unknown> | undefined;
}

const maximumRounds = 4;

/**
 * Analyses a text in its context, if it has one, until the engine has seen every file that it asks
 * for: at most four times. `previous`, the analysis before the last keystroke, saves time.
 */
export function analyseInContext(
  engine: Engine,
  text: string,
  settings: EngineSettings,
  context: DocumentContext | undefined,
  previous?: Analysis,
): InContext {
  let used = context?.current;
  let revision = used?.revision;
  let analysis = engine.analyse(text, settings, used, previous);
  if (context === undefined) return { analysis, loading: undefined };
  for (let round = 1; ; round++) {
    const located = context.locate(analysis.file);
    if (located instanceof Promise) return { analysis, loading: located };
    const loaded = located?.load(analysis.wants) ?? false;
    if (loaded instanceof Promise) return { analysis, loading: loaded };
    const same = located === used && located?.revision === revision && !loaded;
    if (same || round === maximumRounds) return { analysis, loading: undefined };
    used = located;
    revision = used?.revision;
    analysis = engine.analyse(text, settings, used);
  }
}
