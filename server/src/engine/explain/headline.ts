/** One line on what a file ships or why nothing is offered, for lenses and the status of the editor. */
import type { Analysis, Split } from '../model/analysis.ts';
import type { StageRole } from './stages.ts';

/** "ships build-essential, libpq-dev, about 320 MB — Split into builder and runtime". */
export function splitHeadline(split: Split): string {
  const names = [...new Set(split.leftBehind.map((one) => one.what))];
  const shown = names.length > 4 ? [...names.slice(0, 3), `${names.length - 3} more`] : names;
  const size = split.savedMB === undefined || split.savedMB < 1 ? [] : [`about ${Math.round(split.savedMB)} MB`];
  return `ships ${[...shown, ...size].join(', ')} — Split into builder and runtime`;
}

const ROLES: Readonly<Record<StageRole, string>> = {
  runtime: 'runtime: this is the image that runs',
  continued: 'shared: the last stage continues this one',
  'left-behind': 'left behind: only what is copied goes on',
  unreached: 'not built: nothing reaches this stage',
};

/** "builder: left behind …"; the number stands for a stage without a name. */
export function roleHeadline(name: string | undefined, index: number, role: StageRole): string {
  return name === role ? ROLES[role] : `${name ?? `stage ${index}`}: ${ROLES[role]}`;
}

/** What was found in a file, or why there is nothing; never empty. */
export function statusHeadline(analysis: Analysis): { readonly label: string; readonly detail: string } {
  const reason = analysis.reasons[0]?.message;
  switch (analysis.status) {
    case 'split': {
      const { best } = analysis;
      const size = best?.savedMB === undefined || best.savedMB < 1 ? '' : `, about ${Math.round(best.savedMB)} MB`;
      return {
        label: `Can be split${size}`,
        detail: [...new Set(best?.leftBehind.map((one) => one.what))].join(', '),
      };
    }
    case 'refused':
      return { label: 'No split is offered', detail: reason ?? '' };
    case 'nothing-to-gain':
      return { label: 'Left as it is', detail: reason ?? '' };
    case 'already-multi-stage':
      return { label: `${analysis.file.stages.length} stages`, detail: 'The file has several stages already.' };
    case 'invalid':
      return { label: 'Not a valid Dockerfile', detail: reason ?? '' };
  }
}
