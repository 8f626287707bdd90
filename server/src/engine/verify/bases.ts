/** Rule 5: what is copied fits where it lands: release, libc, interpreter version; and the users are the same. */
import type { Span } from '../model/span.ts';
import type { BaseFacts } from '../facts/types.ts';
import type { ImageState, Simulation } from '../model/state.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

type Root = ImageState['root'];
type Stage = Simulation['stages'][number];

/** Compares the bases of the original, the builder and the last stage, and the users. */
export function checkBases(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const a = before.state.root;
  const b = after.state.root;
  checkBuilders(pair, report);
  checkStages(after, a.platform, report);
  if (a.ref === b.ref) return;
  if (b.ref === 'scratch') {
    // Nothing is there: neither a libc nor a loader for what is linked against the original's.
    report.result('release', b.span, { before: a.ref, after: 'scratch' });
    return;
  }
  if (b.facts === undefined || a.facts === undefined) {
    report.result('unknown-base', b.span, { base: b.facts === undefined ? b.ref : a.ref });
    return;
  }
  const release = (facts: BaseFacts): string => `${facts.os.id} ${facts.os.release} (${facts.libc})`;
  if (release(a.facts) !== release(b.facts) && b.facts.os.id !== 'distroless')
    report.result('release', b.span, { before: release(a.facts), after: release(b.facts) });
  const version = (facts: BaseFacts): string => `${facts.image} ${minor(facts)}`;
  const language = a.facts.image === b.facts.image;
  if (language && differs(a.facts, b.facts))
    report.result('interpreter-version', b.span, { before: version(a.facts), after: version(b.facts) });
  if (
    !language &&
    takesInterpreter(
      before.alive.some((write) => write.class === 'dependencies'),
      a.facts,
    )
  )
    report.result('interpreter-version', b.span, { before: version(a.facts), after: version(b.facts) });
}

/** Each builder starts from what a stage of the original starts from, and one of all stages from what its last one does. */
function checkBuilders({ before, after }: Pair, report: Report): void {
  const reached = after.simulation.stages.filter(({ index }) => after.reachable.has(index));
  const builders = reached.filter(({ state }) => state !== after.state);
  const isOriginal = ({ state }: Stage): boolean =>
    before.simulation.stages.some((stage) => sameBase(stage.state.root, state.root));
  const other = reached.some(({ state }) => sameBase(before.state.root, state.root))
    ? builders.find((stage) => !isOriginal(stage))
    : reached[0];
  if (other === undefined) return;
  const { root } = other.state;
  report.result('builder-base', root.span, { before: before.state.root.ref, after: root.ref });
}

function sameBase(a: Root, b: Root): boolean {
  return a.raw === b.raw || (sameBuild(a.facts, b.facts) && a.digest === b.digest);
}

/** Every stage is for the platform of the original, and has a name of its own. */
function checkStages(after: Side, platform: string | undefined, report: Report): void {
  const names = new Set<string>();
  for (const { index, name, state } of after.simulation.stages) {
    const { root, base } = state;
    if (after.reachable.has(index) && root.platform !== platform)
      report.result('platform', base.span, { before: platformOf(platform), after: platformOf(root.platform) });
    if (name === undefined) continue;
    if (names.has(name)) report.result('duplicate-stage', base.span, { name });
    names.add(name);
  }
}

function platformOf(platform: string | undefined): string {
  return platform === undefined ? 'the platform that is asked for' : `\`${platform}\``;
}

/** The installed packages are of an interpreter that the other base does not have. */
function takesInterpreter(dependencies: boolean, a: BaseFacts): boolean {
  return dependencies && /^(python|pypy|node|ruby|php|perl)$/.test(a.image);
}

/** Versions differ as far as both are known; a tag without one is compared by the tag. */
function differs(a: BaseFacts, b: BaseFacts): boolean {
  if (a.version !== undefined && b.version !== undefined) return minor(a) !== minor(b);
  return a.tagVersion !== b.tagVersion;
}

function minor(facts: BaseFacts): string {
  const text = facts.version ?? facts.tagVersion;
  return /^\d+(\.\d+)?/.exec(text)?.[0] ?? text;
}

function sameBuild(a: BaseFacts | undefined, b: BaseFacts | undefined): boolean {
  return a !== undefined && b !== undefined && a.image === b.image && a.canonicalTag === b.canonicalTag;
}

/** Users and groups are there with the same numbers. */
export function checkPrincipals({ before, after }: Pair, report: Report): void {
  for (const [key, record] of before.state.principals) {
    const other = after.state.principals.get(key);
    const span = (): Span | undefined => before.atoms.find((atom) => atom.effect.principals.includes(record))?.span;
    if (other === undefined) {
      if (record.from === 'command' || before.state.config.user?.value.text.split(':')[0] === record.name)
        report.original('lost-user', span(), { kind: record.kind, name: record.name });
    } else if (record.id !== other.id && (record.from === 'command' || other.from === 'command')) {
      report.original('user-number', span(), {
        kind: record.kind,
        name: record.name,
        before: String(record.id),
        after: String(other.id),
      });
    }
  }
}
