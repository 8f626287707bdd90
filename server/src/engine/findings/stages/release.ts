/**
 * Programs that are built on one release and copied to another on which they do not
 * start (pitfalls 9 and 10): another C library, an older one, or none at all. Only
 * programs that the stage itself compiles are spoken of; what is downloaded, a jar
 * or a front end may run anywhere.
 */
import { GLIBC_BARRIER, glibcMinor } from '../../facts/glibc.ts';
import type { BaseFacts } from '../../facts/types.ts';
import type { Finding, Fix, Severity } from '../../model/analysis.ts';
import type { ImageState, StageBase } from '../../model/state.ts';
import { goCallsC } from './goSources.ts';
import { programAt, programsOf, type Program } from './programs.ts';
import { datedBy, named, sameReleaseTag } from './releases.ts';
import { finding, isOff, type StageCopy, type StagesView } from './view.ts';

/** A finding at each source of the final image's copies that brings a program which does not run there. */
export function mismatchedReleases(view: StagesView): Finding[] {
  if (isOff(view, 'release-mismatch')) return [];
  const out: Finding[] = [];
  const seen = new Set<string>();
  for (const copy of view.copies) {
    if (!view.chain.has(copy.to.index)) continue;
    const from = copy.from.state.root;
    const to = view.last.state.root;
    const clash = clashOf(view, from, to);
    if (clash === undefined) continue;
    for (const source of copy.sources) {
      const program = programAt(programsOf(view, copy.from), source.path);
      if (program === undefined || !concerns(view, copy, program, clash)) continue;
      // Several programs of one pair of stages are one matter.
      const key = `${copy.from.index} ${program.language}`;
      if (seen.has(key)) continue;
      seen.add(key);
      const one = finding(
        view,
        'release-mismatch',
        source.word.span,
        {
          what: `The ${program.language} program of \`${program.command}\``,
          before: named(from),
          after: named(to),
          why: clash.why,
          date: datedBy(view, [from, to]),
        },
        {
          severity: clash.severity,
          related: [
            { span: from.span, message: `Built on ${named(from)}` },
            { span: to.span, message: `Runs on ${named(to)}` },
          ],
          fix: () => fixOf(view, from, to),
        },
      );
      if (one !== undefined) out.push(one);
    }
  }
  return out;
}

interface Clash {
  readonly kind: 'libc' | 'older' | 'perhaps' | 'nothing';
  readonly why: string;
  readonly severity: Severity;
}

/** Why a program that is linked in one image does not run in the other. */
function clashOf(view: StagesView, from: StageBase, to: StageBase): Clash | undefined {
  const a = from.facts;
  const b = to.facts;
  if (a === undefined || a.libc === 'none' || a.libc === 'unknown' || from.platform?.includes('BUILDPLATFORM') === true)
    return undefined;
  if (isEmpty(to)) {
    return bringsLibrary(view)
      ? undefined
      : { kind: 'nothing', why: `it is linked with ${a.libc}, which ${to.ref} does not have`, severity: 'warning' };
  }
  if (b === undefined || b.libc === 'none' || b.libc === 'unknown') return undefined;
  if (a.libc !== b.libc) {
    return hasOtherLibc(view.last.state)
      ? undefined
      : { kind: 'libc', why: `it is linked with ${a.libc}, and ${to.ref} has ${b.libc}`, severity: 'warning' };
  }
  return olderGlibc(a, b);
}

function olderGlibc(a: BaseFacts, b: BaseFacts): Clash | undefined {
  const built = glibcMinor(a);
  const there = glibcMinor(b);
  if (built === undefined || there === undefined || built <= there) return undefined;
  if (built >= GLIBC_BARRIER && there < GLIBC_BARRIER)
    return {
      kind: 'older',
      why: `it asks for glibc 2.${GLIBC_BARRIER} or later, and there is glibc 2.${there}`,
      severity: 'warning',
    };
  // New names for old functions (strtol since 2.38): many programs ask for them, not all.
  if (built >= 38 && there < 38)
    return {
      kind: 'perhaps',
      why: `it was linked with glibc 2.${built}, and there is glibc 2.${there}`,
      severity: 'information',
    };
  return undefined;
}

/** No C library at all. */
function isEmpty({ ref, facts }: StageBase): boolean {
  return ref === 'scratch' || (facts?.os.id === 'distroless' && facts.libc === 'none');
}

/** The C library is copied along, or the copied tree may hold it. */
function bringsLibrary({ copies, chain }: StagesView): boolean {
  return copies.some(
    ({ to, sources }) =>
      chain.has(to.index) && sources.some(({ path }) => path === '/' || /^\/(usr\/)?lib(64)?(\/|$)/.test(path)),
  );
}

/** Alpine's packages that run programs for glibc, Debian's musl. */
function hasOtherLibc({ packages }: ImageState): boolean {
  return ['gcompat', 'libc6-compat', 'glibc', 'musl'].some((name) => packages.has(name));
}

/** The clash is one for this program: Go programs are static unless something calls C. */
function concerns(view: StagesView, copy: StageCopy, program: Program, clash: Clash): boolean {
  if (program.language !== 'Go' || program.sure) return true;
  return clash.kind !== 'perhaps' && goCallsC(view, copy.from);
}

/** The builder's tag of the release that the program runs on. */
function fixOf(view: StagesView, from: StageBase, to: StageBase): Fix | undefined {
  const tag = from.facts?.libc === to.facts?.libc ? sameReleaseTag(view.facts, from, to) : undefined;
  return tag === undefined
    ? undefined
    : { title: `Build on ${tag.ref}`, edits: [{ span: tag.span, newText: tag.tag }] };
}
