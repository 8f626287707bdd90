import type { Span } from '../model/span.ts';

/** The parts of an image reference. A part that holds a variable is `undefined`. */
export interface ImageRef {
  readonly text: string;
  /** Some part holds a `$`: what is `undefined` is unknown, not absent. */
  readonly variable: boolean;
  /** The empty image `scratch`. */
  readonly scratch: boolean;
  /** The registry as written; `undefined` for Docker Hub by default. */
  readonly registry: string | undefined;
  /** The path without registry, as written: `python`, `library/python`, `org/app`. */
  readonly repository: string | undefined;
  readonly tag: string | undefined;
  /** With its algorithm: `sha256:…`. */
  readonly digest: string | undefined;
  /** What Docker prints: `python` for `docker.io/library/python`, else with registry; without tag and digest. */
  readonly familiar: string | undefined;
  /** Spans relative to `text`. */
  readonly spans: {
    readonly name: Span;
    readonly registry: Span | undefined;
    readonly repository: Span | undefined;
    readonly tag: Span | undefined;
    readonly digest: Span | undefined;
  };
}

const DOCKER_HUB = new Set(['docker.io', 'index.docker.io']);
const COMPONENT = '[a-z0-9]+(?:(?:\\.|_{1,2}|-+)[a-z0-9]+)*';
const REPOSITORY = new RegExp(`^${COMPONENT}(?:/${COMPONENT})*$`);
const REGISTRY =
  /^(?:\[[0-9a-fA-F:]+\]|[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?(?:\.[a-zA-Z0-9](?:[a-zA-Z0-9-]*[a-zA-Z0-9])?)*)(?::\d+)?$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^[A-Za-z][A-Za-z0-9]*(?:[-_+.][A-Za-z][A-Za-z0-9]*)*:[0-9a-fA-F]{32,}$/;

/** `${…}` blanked out, so that the colons and slashes of a default are no separators. */
function mask(text: string): string {
  let depth = 0;
  let out = '';
  for (let at = 0; at < text.length; at++) {
    const ch = text.charAt(at);
    if (text.startsWith('${', at)) depth++;
    out += depth > 0 ? '$' : ch;
    if (ch === '}' && depth > 0) depth--;
  }
  return out;
}

/** Whether the first component of a path names a registry (distribution/reference, splitDockerDomain). */
function isRegistry(component: string): boolean {
  return /[.:]/.test(component) || component === 'localhost' || component !== component.toLowerCase();
}

/**
 * Parses an image reference as written in FROM or `COPY --from` (grammar and defaults:
 * distribution/reference). `undefined` for text that is none, such as an upper-case
 * name or an empty tag. Variables are allowed; see `variable`.
 */
export function parseImageRef(text: string): ImageRef | undefined {
  const masked = mask(text);
  const at = masked.indexOf('@');
  const digest = at < 0 ? undefined : { start: at + 1, end: text.length };
  const beforeDigest = at < 0 ? text.length : at;
  const colon = masked.lastIndexOf(':', beforeDigest - 1);
  const hasTag = colon > masked.lastIndexOf('/', beforeDigest - 1) && colon >= 0;
  const tag = hasTag ? { start: colon + 1, end: beforeDigest } : undefined;
  const name = { start: 0, end: hasTag ? colon : beforeDigest };
  const slash = masked.indexOf('/');
  const split =
    slash > 0 && slash < name.end && isRegistry(text.slice(0, slash)) && !masked.slice(0, name.end).includes('$');
  const registry = split ? { start: 0, end: slash } : undefined;
  const repository = { start: split ? slash + 1 : 0, end: name.end };
  const plain = (span: Span | undefined): string | undefined => {
    const part = span && text.slice(span.start, span.end);
    return part === undefined || part.includes('$') ? undefined : part;
  };
  const parts = { registry: plain(registry), repository: plain(repository), tag: plain(tag), digest: plain(digest) };
  const wrong = (part: string | undefined, rule: RegExp): boolean => part !== undefined && !rule.test(part);
  if (wrong(parts.registry, REGISTRY) || wrong(parts.repository, REPOSITORY)) return undefined;
  if (wrong(parts.tag, TAG) || wrong(parts.digest, DIGEST) || text === '') return undefined;
  return {
    text,
    variable: text.includes('$'),
    scratch: text === 'scratch',
    ...parts,
    familiar: parts.repository === undefined ? undefined : familiarName(parts.registry, parts.repository),
    spans: { name, registry, repository: parts.repository === undefined ? undefined : repository, tag, digest },
  };
}

function familiarName(registry: string | undefined, repository: string): string {
  if (registry !== undefined && !DOCKER_HUB.has(registry)) return `${registry}/${repository}`;
  return repository.startsWith('library/') && !repository.slice(8).includes('/') ? repository.slice(8) : repository;
}

/** The full name without tag and digest, `docker.io/library/python`; `undefined` when it holds a variable. */
export function normalisedName(ref: ImageRef): string | undefined {
  if (ref.repository === undefined) return undefined;
  if (ref.registry !== undefined && !DOCKER_HUB.has(ref.registry)) return `${ref.registry}/${ref.repository}`;
  return `docker.io/${ref.repository.includes('/') ? ref.repository : `library/${ref.repository}`}`;
}
