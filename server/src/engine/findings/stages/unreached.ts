/**
 * Stages from which nothing is built (pitfalls 24 and 26). Many files hold several
 * targets on purpose, so this is a hint, and only where a target is ruled out: a
 * stage without a name, or a name that nothing beside the Dockerfile mentions.
 */
import type { Finding } from '../../model/analysis.ts';
import type { Stage } from '../../model/dockerfile.ts';
import type { ContextReader } from '../../simulate/context.ts';
import { FOR_TOOLS } from './lastStage.ts';
import { finding, isOff, type StagesView } from './view.ts';

/** Names that speak of an image of their own. */
const FOR_ITSELF =
  /prod|release|deploy|final|runtime|export|publish|artifact|binar|target|image|server|worker|client|app\b|api\b|web\b/;

/** A hint at each stage that no other stage uses and nobody can want. */
export function unreachedStages(view: StagesView): Finding[] {
  const { file, simulation, last, context } = view;
  if (isOff(view, 'unreached-stage')) return [];
  const used = new Set<number>([last.index]);
  for (const { uses } of simulation.stages) for (const index of uses) used.add(index);
  const dead = file.stages.filter((stage) => !used.has(stage.index));
  // A reference that holds a variable may mean any stage.
  if (dead.length === 0 || hasOpenReference(view)) return [];
  const texts = dead.some((stage) => stage.name !== undefined) ? textsBeside(context) : undefined;
  return dead.flatMap((stage) => {
    if (!isDead(stage, texts)) return [];
    const span = stage.from.alias?.span ?? stage.from.image?.span ?? stage.from.span;
    const one = finding(view, 'unreached-stage', span, { stage: stage.name ?? String(stage.index) });
    return one === undefined ? [] : [one];
  });
}

function isDead({ name }: Stage, texts: readonly string[] | undefined): boolean {
  if (name === undefined) return true;
  if (texts === undefined || FOR_TOOLS.test(name) || FOR_ITSELF.test(name)) return false;
  const word = new RegExp(`(?<![\\w.-])${name.replace(/[^\w-]/g, '\\$&')}(?![\\w-])`, 'i');
  return !texts.some((text) => word.test(text));
}

function hasOpenReference({ file }: StagesView): boolean {
  return file.stages.some(
    ({ from, instructions }) =>
      from.image?.raw.includes('$') === true ||
      instructions.some(
        (one) =>
          ((one.kind === 'copy' || one.kind === 'add') && one.from?.includes('$') === true) ||
          (one.kind === 'run' && one.mounts.some((mount) => mount.from?.includes('$') === true)),
      ),
  );
}

/** Files that name targets: compose, bake, task runners, continuous integration, scripts. */
const NAMES_TARGETS =
  /^(docker-)?compose.*\.ya?ml$|^docker-bake.*|\.hcl$|^(GNU)?[Mm]akefile$|\.mk$|^[Jj]ustfile$|^Taskfile.*|^Jenkinsfile.*|^(skaffold|tilt|cloudbuild|devcontainer|azure-pipelines|bitbucket-pipelines|appveyor).*|^Tiltfile$|^Earthfile$|^\.(gitlab-ci|travis|drone|woodpecker).*\.yml$|\.(sh|bash|ps1|bat|cmd|py|rb)$|^package\.json$|\.md$/;

const DIRECTORIES = [
  '',
  '.github/workflows',
  '.circleci',
  '.devcontainer',
  '.woodpecker',
  'scripts',
  'script',
  'ci',
  'hack',
  'bin',
  'build',
  'docker',
  'tools',
];

/** At most so many files are read. */
const MOST = 80;

/** Their texts; `undefined` when there is no build context or something in it is unread. */
function textsBeside(context: ContextReader): readonly string[] | undefined {
  if (!context.present) return undefined;
  const texts: string[] = [];
  let unread = false;
  const root = context.listBeside('');
  if (root === 'unread') return undefined;
  for (const directory of DIRECTORIES) {
    const top = directory.split('/', 1)[0] ?? '';
    if (top !== '' && !root.includes(`${top}/`)) continue;
    const names = directory === '' ? root : context.listBeside(directory);
    if (names === 'unread') {
      unread = true;
      continue;
    }
    // Whatever lies in a folder of continuous integration may name a target.
    const wanted = names.filter(
      (name) => !name.endsWith('/') && (directory.startsWith('.') || NAMES_TARGETS.test(name)),
    );
    for (const name of wanted) {
      if (texts.length >= MOST) return undefined;
      const text = context.readBeside(directory === '' ? name : `${directory}/${name}`);
      if (text === 'unread') unread = true;
      else if (text !== 'absent') texts.push(text);
    }
  }
  return unread ? undefined : texts;
}
