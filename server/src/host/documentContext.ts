/** The build context of one Dockerfile on disk: found or given, then kept between analyses. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import type { Analysis, Engine, EngineSettings } from '../engine/model/analysis.ts';
import type { Dockerfile } from '../engine/model/dockerfile.ts';
import { analyse } from './analyse.ts';
import { contextSources, findContextRoot } from './contextRoot.ts';
import { ContextSnapshot } from './contextSnapshot.ts';

export class DocumentContext {
  private readonly dockerfile: string;
  /** `auto`, or an absolute folder. */
  private readonly setting: string;
  /** The highest folder that `auto` may choose. */
  private readonly top: string;
  private snapshot: ContextSnapshot | undefined;
  private sourcesSeen: string | undefined;

  constructor(dockerfile: string, setting: string, top: string) {
    this.dockerfile = dockerfile;
    this.setting = setting;
    this.top = top;
    if (setting !== 'auto' && isFolder(setting)) this.snapshot = new ContextSnapshot(setting, dockerfile);
  }

  /** The context that the last analysis used. */
  get current(): ContextSnapshot | undefined {
    return this.snapshot;
  }

  /** The context for a parsed file; the disk is looked at only when its sources changed or something was forgotten. */
  locate(file: Dockerfile): ContextSnapshot | undefined {
    if (this.setting !== 'auto') return this.snapshot;
    const sources = contextSources(file);
    const key = sources.join('\0');
    if (key === this.sourcesSeen) return this.snapshot;
    this.sourcesSeen = key;
    const root = findContextRoot(this.dockerfile, sources, this.top);
    if (root === undefined) this.snapshot = undefined;
    else if (root !== this.snapshot?.root) this.snapshot = new ContextSnapshot(root, this.dockerfile);
    return this.snapshot;
  }

  /** Forgets everything that was read. */
  clear(): void {
    this.sourcesSeen = undefined;
    this.snapshot?.clear();
  }

  /** Forgets one file (absolute path). True when an analysis may now differ. */
  forget(file: string): boolean {
    const known = this.snapshot?.forget(path.resolve(file)) ?? false;
    if (known) this.sourcesSeen = undefined;
    return known;
  }

  /** What to watch: patterns below the root. */
  watched(): { readonly root: string; readonly patterns: readonly string[] } | undefined {
    return this.snapshot && { root: this.snapshot.root, patterns: this.snapshot.watched() };
  }
}

/**
 * Analyses a text in its context, if it has one; a second pass only when the text
 * turns out to have another context. `previous`: the analysis before the last keystroke.
 */
export function analyseInContext(
  engine: Engine,
  text: string,
  settings: EngineSettings,
  context: DocumentContext | undefined,
  previous?: Analysis,
): Analysis {
  const assumed = context?.current;
  const analysis = analyse(engine, text, settings, assumed, previous);
  const located = context?.locate(analysis.file);
  return located === assumed ? analysis : analyse(engine, text, settings, located);
}

function isFolder(folder: string): boolean {
  try {
    return fs.statSync(folder).isDirectory();
  } catch {
    return false;
  }
}
