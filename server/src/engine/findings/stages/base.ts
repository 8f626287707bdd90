/**
 * A last stage on the full image of a language, an SDK or a JDK, in which nothing is
 * built: the smaller image of the same release runs the result.
 */
import type { BaseFacts, Counterpart } from '../../facts/types.ts';
import type { Finding, Fix, TextEdit } from '../../model/analysis.ts';
import { baseName } from '../../model/path.ts';
import { parseImageRef } from '../../parse/imageRef.ts';
import type { PlanInput } from '../../plan/types.ts';
import { isProved } from '../hints.ts';
import { finishedStage, isOwn } from './lastStage.ts';
import { chainOf, finding, isOff, type StagesView } from './view.ts';

/** At most one finding, on the image of the FROM that the final image goes back to. */
export function fullBaseOfLastStage(view: StagesView): Finding[] {
  if (isOff(view, 'last-stage-full-base')) return [];
  const { root } = view.last.state;
  const { facts } = root;
  const smaller = facts === undefined ? undefined : smallerOf(facts);
  if (facts === undefined || smaller === undefined || root.args.length > 0) return [];
  const bottom = chainOf(view.simulation, view.last.index).at(-1);
  if (bottom === undefined || [...view.chain].some((stage) => !isOwn(view, stage))) return [];
  const input = finishedStage(view);
  if (input === undefined || usesWhatIsLost(view, input, smaller, facts)) return [];
  const jdk = facts.kind === 'jdk';
  // What is compiled may link any library of a full image; Java brings its own, and JavaScript without packages needs none.
  const alone = facts.image === 'node' && !input.state.writes.all.some((write) => write.class === 'dependencies');
  if (!jdk && !alone) return [];
  const what = jdk ? 'a compiler and tools of the JDK' : 'compilers, headers and tools';
  const severity = jdk && input.entry.unread.length === 0 ? ('information' as const) : ('hint' as const);
  const values = { base: root.ref.replace(/@.*$/, ''), counterpart: smaller.ref, what };
  const one = finding(view, 'last-stage-full-base', root.span, values, {
    severity,
    fix: () => fixOf(view, input, smaller),
  });
  return one === undefined ? [] : [one];
}

/** The image that runs what the full one builds; of the same repository, so that it certainly exists. */
function smallerOf(facts: BaseFacts): Counterpart | undefined {
  const full = facts.kind === 'full' || facts.kind === 'jdk';
  return full
    ? facts.counterparts.find(
        (one) => one.sameRepository && !one.containsToolchain && !one.osDiffers && /^(slim|jre)/.test(one.relation),
      )
    : undefined;
}

/** Commands of a JDK that its JRE lacks (JDK tool specifications). */
const OF_THE_JDK =
  /^(javac|javadoc|javap|jar|jarsigner|jcmd|jconsole|jdb|jdeprscan|jdeps|jhsdb|jimage|jinfo|jlink|jmap|jmod|jpackage|jps|jshell|jstack|jstat|jstatd|serialver|jhat|native2ascii)$/;

/** A command of this stage, or one that it runs, is not in the smaller image; or a debugger is attached to it. */
function usesWhatIsLost(
  view: StagesView,
  { state, entry }: PlanInput,
  smaller: Counterpart,
  facts: BaseFacts,
): boolean {
  const lost = new Set([...smaller.toolsLost, ...facts.compilers].map((name) => name.replace(/ .*$/, '')));
  for (const { argv } of entry.commands) {
    if (argv.some((word) => /^-(agentlib|Xrunjdwp|javaagent)|^--inspect/.test(word))) return true;
    if (argv.some((word) => lost.has(baseName(word)) || OF_THE_JDK.test(baseName(word)))) return true;
  }
  return state.atoms.some((id) => {
    const effect = view.simulation.atoms[id]?.effect;
    return effect?.needs.some((need) => need.kind === 'exe' && lost.has(baseName(need.name))) === true;
  });
}

/** The smaller image, when the verifier finds no fault with the file that names it. */
function fixOf({ last }: StagesView, input: PlanInput, { ref }: Counterpart): Fix | undefined {
  const { root } = last.state;
  const written = parseImageRef(root.raw);
  const other = parseImageRef(ref);
  const place = written?.spans.tag;
  if (written?.digest !== undefined || place === undefined || other?.tag === undefined) return undefined;
  if (root.raw.length !== root.span.end - root.span.start) return undefined;
  const edit: TextEdit = {
    span: { start: root.span.start + place.start, end: root.span.start + place.end },
    newText: other.tag,
  };
  const { text } = input.file;
  const changed = text.slice(0, edit.span.start) + edit.newText + text.slice(edit.span.end);
  return isProved(input, changed, true) ? { title: `Run on ${ref}`, edits: [edit] } : undefined;
}
