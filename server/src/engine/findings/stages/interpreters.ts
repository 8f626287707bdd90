/**
 * Installed packages of a language that are copied under another interpreter
 * (pitfalls 12, 13, 15): another version does not look where they lie, or cannot
 * load their compiled parts; another C library cannot either.
 */
import { isBinary } from '../../ecosystems/python/knowledge.ts';
import { knowledgeOf as nodeKnowledge } from '../../ecosystems/node/knowledge.ts';
import type { BaseFacts } from '../../facts/types.ts';
import type { Finding, Severity } from '../../model/analysis.ts';
import { isBelow } from '../../model/path.ts';
import type { ImageState, StageBase } from '../../model/state.ts';
import { datedBy, named } from './releases.ts';
import { finding, isOff, type CopySource, type StageCopy, type StagesView } from './view.ts';

interface Language {
  readonly name: string;
  readonly image: RegExp;
  /** Directories that hold installed packages, of those that an installation writes. */
  readonly directory: RegExp;
  /** What of a version must agree. */
  version(text: string): string | undefined;
  /** A known dependency has compiled parts. */
  native(state: ImageState): boolean;
}

const LANGUAGES: readonly Language[] = [
  {
    name: 'Python',
    image: /^(docker\.io\/)?python$/,
    directory: /^(?!.*\/(bin|share|etc|node_modules)(\/|$))/,
    version: (text) => /^\d+\.\d+/.exec(text)?.[0],
    native: ({ dependencies }) => dependencies.some((one) => one.ecosystem === 'python' && isBinary(one.name)),
  },
  {
    name: 'Node',
    image: /^node$|^gcr\.io\/distroless\/nodejs/,
    directory: /\/node_modules(\/|$)/,
    version: (text) => /^\d+/.exec(text)?.[0],
    native: ({ dependencies }) =>
      dependencies.some((one) => one.ecosystem === 'node' && nodeKnowledge(one.name)?.native === true),
  },
];

/** A finding at each source of the final image's copies that brings packages of another interpreter. */
export function mismatchedInterpreters(view: StagesView): Finding[] {
  if (isOff(view, 'interpreter-mismatch')) return [];
  const out: Finding[] = [];
  const seen = new Set<string>();
  for (const copy of view.copies) {
    if (!view.chain.has(copy.to.index)) continue;
    const from = copy.from.state.root;
    const to = view.last.state.root;
    for (const language of LANGUAGES) {
      const clash = clashOf(view, copy, language);
      const source = clash === undefined ? undefined : copy.sources.find((one) => bringsPackages(copy, one, language));
      const key = `${copy.from.index} ${language.name}`;
      if (clash === undefined || source === undefined || seen.has(key)) continue;
      seen.add(key);
      const values = {
        language: language.name,
        before: named(from),
        after: named(to),
        why: clash.why,
        date: datedBy(view, [from, to]),
      };
      const related = [
        { span: from.span, message: `Installed on ${named(from)}` },
        { span: to.span, message: `Runs on ${named(to)}` },
      ];
      const one = finding(view, 'interpreter-mismatch', source.word.span, values, {
        severity: clash.severity,
        related,
      });
      if (one !== undefined) out.push(one);
    }
  }
  return out;
}

function clashOf(
  view: StagesView,
  { from }: StageCopy,
  language: Language,
): { readonly why: string; readonly severity: Severity } | undefined {
  const a = from.state.root;
  const b = view.last.state.root;
  if (a.facts === undefined || b.facts === undefined || !language.image.test(a.facts.image)) return undefined;
  if (!language.image.test(b.facts.image)) return undefined;
  const before = versionOf(a, a.facts, language);
  const after = versionOf(b, b.facts, language);
  const native = language.native(from.state);
  if (before !== undefined && after !== undefined && before !== after) {
    const why = `they are of ${language.name} ${before}, and ${language.name} ${after} runs`;
    return { why, severity: language.name === 'Python' || native ? 'warning' : 'information' };
  }
  if (a.facts.libc === b.facts.libc || ![a.facts.libc, b.facts.libc].every((one) => one === 'glibc' || one === 'musl'))
    return undefined;
  const why = `compiled parts are for ${a.facts.libc}, and ${b.ref} has ${b.facts.libc}`;
  return native
    ? { why, severity: 'warning' }
    : { why: `${why}; packages without such parts work`, severity: 'information' };
}

/** The version that the tag names, else what the facts know of it. */
function versionOf({ args }: StageBase, facts: BaseFacts, language: Language): string | undefined {
  if (args.length > 0) return undefined;
  const distroless = /nodejs(\d+)/.exec(facts.image)?.[1];
  return (
    distroless ??
    language.version(facts.tagVersion) ??
    (facts.version === undefined ? undefined : language.version(facts.version))
  );
}

/** Packages were installed at, above or below the source. */
function bringsPackages({ from }: StageCopy, { path }: CopySource, { directory }: Language): boolean {
  return from.state.writes.all.some(
    (write) =>
      write.class === 'dependencies' &&
      write.kind !== 'gone' &&
      write.kind !== 'meta' &&
      (isBelow(write.path, path) || (write.kind === 'tree' && isBelow(path, write.path))) &&
      directory.test(write.path),
  );
}
