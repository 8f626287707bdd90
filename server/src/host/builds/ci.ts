/** Continuous integration: workflows of GitHub and `.gitlab-ci.yml`. */
import { resolveBelow } from '../files/files.ts';
import { type Build, list, type Parsed, table, text } from './build.ts';
import { readScript, type RunCommand } from './commandLine.ts';

/** Folder of the workflows, below the workspace folder. */
export const workflowFolder = '.github/workflows';
export const gitlabFile = '.gitlab-ci.yml';

/** What a script runs, for the builds of other files. */
export interface CiFile {
  readonly builds: readonly Build[];
  /** Runs in services of compose files. */
  readonly runs: readonly (RunCommand & { readonly file: string; readonly name: string })[];
}

/** The builds and runs of a workflow. */
export function workflow({ path, content }: Parsed): CiFile {
  const jobs = Object.entries(table(table(content)['jobs']));
  return join(
    jobs.map(([name, value]) => {
      const job = table(value);
      const folder = text(table(table(job['defaults'])['run'])['working-directory']) ?? '';
      const steps = list(job['steps']).map(table);
      const scripts = steps.map((step) => ({
        text: text(step['run']) ?? '',
        folder: resolveBelow('', text(step['working-directory']) ?? folder),
      }));
      const actions = steps.flatMap((step) => {
        const used = text(step['uses']) ?? '';
        return /^docker\/build-push-action(?:@|$)/.test(used) ? buildAction(table(step['with'])) : [];
      });
      return jobOf(path, `job ${name}`, scripts, actions);
    }),
  );
}

/** The builds and runs of `.gitlab-ci.yml`. */
export function gitlab({ path, content }: Parsed): CiFile {
  const jobs = Object.entries(table(content)).filter(([, value]) => 'script' in table(value));
  return join(
    jobs.map(([name, value]) => {
      const lines = ['before_script', 'script', 'after_script'].flatMap((part) => {
        const script = table(value)[part];
        return (typeof script === 'string' ? [script] : list(script).flat(2)).map((line) => text(line) ?? '');
      });
      return jobOf(path, `job ${name}`, [{ text: lines.join('\n'), folder: '' }], []);
    }),
  );
}

type Action = Pick<Build, 'context' | 'dockerfile' | 'target'> & { readonly tags: readonly string[] };

/** Inputs of docker/build-push-action. Without `context` it builds the repository itself. */
function buildAction(inputs: Readonly<Record<string, unknown>>): Action[] {
  const context = text(inputs['context']) ?? '.';
  const file = text(inputs['file']);
  if (/\$\{\{|:\/\//.test(`${context}${file ?? ''}`)) return [];
  const root = resolveBelow('', context);
  const dockerfile = root === undefined ? undefined : resolveBelow('', file ?? `${root}/Dockerfile`);
  if (root === undefined || dockerfile === undefined) return [];
  const tags = (text(inputs['tags']) ?? '').split(/[\s,]+/).filter((tag) => tag !== '');
  return [{ context: root, dockerfile, target: text(inputs['target']), tags }];
}

function jobOf(
  file: string,
  name: string,
  scripts: readonly { readonly text: string; readonly folder: string | undefined }[],
  actions: readonly Action[],
): CiFile {
  // An expression of the workflow language is one unknown word.
  const read = scripts.map((script) =>
    readScript(script.text.replace(/\$\{\{[\s\S]*?\}\}/g, '$EXPRESSION'), script.folder ?? ''),
  );
  const runs = read.flatMap((script) => script.runs);
  const builds = [...actions, ...read.flatMap((script) => script.builds)].map(({ tags, ...build }) => ({
    ...build,
    file,
    name,
    runs: runs.filter(({ image }) => image !== undefined && tags.includes(image)).map(({ argv }) => argv),
  }));
  return { builds, runs: runs.filter(({ service }) => service !== undefined).map((run) => ({ ...run, file, name })) };
}

function join(parts: readonly CiFile[]): CiFile {
  return { builds: parts.flatMap(({ builds }) => builds), runs: parts.flatMap(({ runs }) => runs) };
}
