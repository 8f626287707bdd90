/** COPY and ADD (Dockerfile reference, "COPY", "ADD"; owner and mode as measured with BuildKit 0.2x). */
import type { CopyInstruction } from '../model/dockerfile.ts';
import { baseName, isBelow, joinPath, resolvePath } from '../model/path.ts';
import type { ImageState, Write } from '../model/state.ts';
import { union, type Value } from '../model/value.ts';
import { baseHolds } from './base.ts';
import type { Machine } from './machine.ts';
import { expandIn } from './values.ts';

export interface StageLookup {
  /** The state of an earlier stage by name or number; `undefined` for an image. */
  stage(name: string): { readonly index: number; readonly state: ImageState } | undefined;
}

/** Executes a COPY or ADD on the machine's state. Returns the index of the stage it reads, if any. */
export function executeCopy(
  instruction: CopyInstruction,
  machine: Machine,
  stages: StageLookup,
  escape: '\\' | '`',
): number | undefined {
  const { state } = machine;
  if (instruction.target === undefined) return undefined;
  const target = expandIn(state, instruction.target.raw, escape);
  const sources = instruction.sources.map((source) => expandIn(state, source.raw, escape));
  const owner = flag(instruction, 'chown', state, escape);
  const mode = flag(instruction, 'chmod', state, escape);
  const attributes = { ...(owner === undefined ? {} : { owner }), ...(mode === undefined ? {} : { mode }) };
  const args = union(target.args, target.text.startsWith('/') ? [] : state.config.workdir.value.args);
  const many =
    sources.length + instruction.heredocs.length > 1 ||
    /(^|\/)\.?\/?$/.test(target.text) ||
    sources.some((source) => /[*?[]/.test(source.text));
  const to = resolvePath(state.config.workdir.value.text, target.text);
  const place: Place = {
    to,
    directory: many || isDirectory(to, state),
    attributes,
    args,
    common: { class: 'app', ...attributes, ...(args.length > 0 ? { args } : {}) },
    exact: target.text.endsWith('/') || many,
    parents: instruction.flags.some((one) => one.name === 'parents'),
    excluded: instruction.flags.some((one) => one.name === 'exclude'),
  };
  if (instruction.from !== undefined) {
    const from = expandIn(state, instruction.from, escape).text;
    const stage = stages.stage(from);
    machine.role(stage === undefined ? 'copy' : 'copy-stage');
    for (const source of sources) {
      if (stage === undefined) fromImage(from, source, place, machine);
      else fromStage(stage.state, source, place, machine);
    }
    return stage?.index;
  }
  machine.role('copy');
  for (const heredoc of instruction.heredocs) {
    machine.write(place.directory ? joinPath(to, heredoc.name) : to, { ...place.common, kind: 'file' });
  }
  for (const source of sources) {
    if (instruction.kind === 'add' && /^(https?|git|ssh):\/\/|^git@|\.git(#|$)/.test(source.text))
      fromUrl(source, place, machine);
    else fromContext(instruction, source, place, machine);
  }
  return undefined;
}

interface Place {
  readonly to: string;
  readonly directory: boolean;
  readonly attributes: { readonly owner?: string; readonly mode?: string };
  readonly args: readonly string[];
  /** What all that is written there has in common. */
  readonly common: Pick<Write, 'class' | 'owner' | 'mode' | 'args'>;
  /** The text itself says that the target is a directory. */
  readonly exact: boolean;
  /** `--parents`: the source's own path is kept below the target. */
  readonly parents: boolean;
  /** `--exclude`: something of the source is left out. */
  readonly excluded: boolean;
}

function flag(instruction: CopyInstruction, name: string, state: ImageState, escape: '\\' | '`'): string | undefined {
  const raw = instruction.flags.find((one) => one.name === name)?.value;
  return raw === undefined ? undefined : expandIn(state, raw, escape).text;
}

function isDirectory(path: string, state: ImageState): boolean {
  return path === '/' || state.writes.isDirectory(path);
}

function fromUrl(source: Value, place: Place, machine: Machine): void {
  machine.role('fetch');
  const repository = /\.git(#|$)|^git/.test(source.text);
  const name = baseName(source.text.replace(/[?#].*$/, ''));
  const path = place.directory && !repository ? joinPath(place.to, name) : place.to;
  machine.write(path, { ...place.common, kind: repository ? 'tree' : 'file' });
}

const ARCHIVE = /\.(tar|tar\.gz|tgz|tar\.bz2|tbz2?|tar\.xz|txz|tar\.zst)$/;

function fromContext(instruction: CopyInstruction, source: Value, place: Place, machine: Machine): void {
  const path = resolvePath('/', source.text).slice(1);
  // A directory that is there already keeps its owner and mode; one that COPY makes gets the flag's (measured with BuildKit).
  const owned = place.attributes.owner !== undefined || place.attributes.mode !== undefined;
  const { common } = place;
  const contents = owned && isDirectory(place.to, machine.state) ? { ...common, below: true } : common;
  if (instruction.kind === 'add' && ARCHIVE.test(path)) {
    machine.write(place.to, { ...common, kind: 'tree' });
    return;
  }
  if (/[*?[]/.test(path)) {
    const directory = path.slice(0, path.lastIndexOf('/', path.search(/[*?[]/)) + 1).replace(/\/$/, '');
    machine.write(place.to, { ...contents, kind: 'tree', context: directory, pattern: path });
    return;
  }
  const parents = instruction.flags.some((one) => one.name === 'parents');
  if (parents) machine.write(joinPath(place.to, path), { ...common, kind: 'tree', context: path });
  else if (path !== '' && isFile(path, machine))
    machine.write(place.directory ? joinPath(place.to, baseName(path)) : place.to, {
      ...common,
      kind: 'file',
      context: path,
    });
  else machine.write(place.to, { ...contents, kind: 'tree', context: path });
}

const FILE_NAMES =
  /^(Dockerfile|Makefile|Procfile|Gemfile|Rakefile|Pipfile|LICENSE|README|NOTICE|VERSION|Caddyfile|Jenkinsfile|gradlew|mvnw|entrypoint|run|start|crontab|healthcheck|wait-for-it|config\.ru)$/i;

/** Folders of tools, by their own documentation; a name that begins with a dot is a file otherwise. */
const FOLDER_NAMES =
  /^\.(yarn|git|github|mvn|cargo|config|ssh|aws|docker|husky|storybook|bundle|gradle|circleci|vscode|devcontainer)$/;

/** Whether a source of the build context is a file: by looking, else by its name. */
function isFile(path: string, machine: Machine): boolean {
  const at = path.lastIndexOf('/');
  const listed = machine.context.list(at < 0 ? '' : path.slice(0, at));
  const name = path.slice(at + 1);
  if (listed !== 'unread') {
    if (listed.includes(`${name}/`)) return false;
    if (listed.includes(name)) return true;
  }
  if (/^[^.].*\.[A-Za-z0-9]{1,12}$/.test(name) && !/\.d$/.test(name)) return true;
  if (FOLDER_NAMES.test(name)) return false;
  return FILE_NAMES.test(name) || /^\.[a-z]+$|^\.[a-z]+rc\.[a-z]{1,4}$/.test(name);
}

function fromImage(image: string, source: Value, place: Place, machine: Machine): void {
  const name = baseName(source.text.replace(/\/+$/, ''));
  const file = place.directory && /\.[A-Za-z0-9]+$|^[a-z0-9_-]+$/i.test(name) && place.exact;
  machine.write(file ? joinPath(place.to, name) : place.to, {
    ...place.common,
    kind: 'tree',
    image,
  });
}

/**
 * Brings over what the other stage wrote below the source, with its owner and
 * mode. The directory that is named itself keeps the owner and mode it has in
 * this stage: COPY copies the contents of a directory (measured with BuildKit:
 * `chown app /a`, `COPY --from=x /a /a` gives `root root 0755 /a`).
 */
function fromStage(other: ImageState, source: Value, place: Place, machine: Machine): void {
  const glob = /[*?[]/.test(source.text);
  const full = resolvePath('/', source.text);
  const root = glob ? full.slice(0, full.lastIndexOf('/', full.search(/[*?[]/))) || '/' : full;
  const isFile =
    !glob && other.writes.index.exactly(full).some((write) => write.kind === 'file' || write.kind === 'link');
  const to = place.parents
    ? joinPath(place.to, root.slice(1))
    : isFile && place.directory
      ? joinPath(place.to, baseName(full))
      : place.to;
  const matched = glob && !place.parents ? matcher(full) : undefined;
  const move = (write: Write): string => {
    const { path } = write;
    if (path === root) return to;
    // Of a directory that a pattern matches, the contents are copied; a file keeps its name.
    const found = matched?.(path);
    if (found !== undefined && !(found === path && write.kind === 'file')) return to + path.slice(found.length);
    return root === '/' ? joinPath(to, path.slice(1)) : to + path.slice(root.length);
  };
  const base = baseHolds(other, root);
  const there = isDirectory(to, machine.state);
  const { length } = machine.effect.writes;
  const push = (write: Write): void => {
    machine.effect.writes.push(write);
    machine.state.writes.add(write);
  };
  if (base)
    push({
      key: `base:${other.root.ref}`,
      atom: machine.atom,
      path: to,
      kind: 'tree',
      sure: true,
      class: 'data',
      copied: true,
      base: other.root.ref,
      ...(to === root ? {} : { moved: true }),
      ...place.attributes,
    });
  for (const write of other.writes.around(root)) {
    const inside = isBelow(write.path, root);
    const around = !inside && write.kind === 'tree' && isBelow(root, write.path);
    const metaAround = !inside && write.kind === 'meta' && write.recursive === true && isBelow(root, write.path);
    if (!inside && !around && !metaAround) continue;
    if (write.kind === 'gone' && !base && write.path === root) continue;
    const named = write.path === root && !isFile;
    const { below, ...rest } = write;
    // Of what lies above, this directory is one below; a directory that is made here gets the owner of --chown itself.
    const kept = around || (named && place.attributes.owner !== undefined && !there) ? undefined : below;
    const only = (write.kind === 'meta' && metaAround) || (isAttribute(write, place) && named) || kept === true;
    push({
      ...rest,
      ...place.attributes,
      atom: machine.atom,
      path: inside ? move(write) : to,
      copied: true,
      ...(around || place.excluded || isFiltered(write, root, glob ? full : undefined) ? { within: write.path } : {}),
      ...(only ? { below: true } : {}),
      ...(place.args.length > 0 ? { args: place.args } : {}),
      ...(glob ? { pattern: full } : {}),
    });
  }
  if (!machine.effect.writes.slice(length).some((write) => write.sure && write.kind !== 'meta'))
    machine.need('path', source.text, 'nothing certainly makes it in the stage that COPY --from names');
}

/** A pattern takes only a part of the directory it looks in, unless the directory has nothing else. */
function isFiltered({ path, kind, pattern }: Write, root: string, full: string | undefined): boolean {
  if (full === undefined || path !== root || kind !== 'tree') return false;
  const name = baseName(full);
  return name !== '*' && (pattern === undefined || baseName(pattern) !== name);
}

/** The part of a path that a pattern matches (Go's filepath.Match: a star stays within a name). */
function matcher(pattern: string): (path: string) => string | undefined {
  const source = pattern
    .replace(/[.+^${}()|\\]/g, '\\$&')
    .replace(/\*/g, '[^/]*')
    .replace(/\?/g, '[^/]');
  let expression: RegExp;
  try {
    expression = new RegExp(`^${source}(?=/|$)`);
  } catch {
    return () => undefined;
  }
  return (path) => expression.exec(path)?.[0];
}

/** Owner and mode of a directory that is not set again by --chown or --chmod. */
function isAttribute(write: Write, place: Place): boolean {
  if (write.kind === 'meta') return true;
  return write.kind !== 'gone' && write.owner !== undefined && place.attributes.owner === undefined;
}
