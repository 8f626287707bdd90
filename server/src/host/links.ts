/** Name under which every diagnostic of ours is shown. */
export const source = 'dockerfile-stages';

const pages = 'https://github.com/dockerfile-stages/dockerfile-stages/blob/main/docs/codes';

/** The documentation page of a code. */
export function codePage(code: string): string {
  return `${pages}/${encodeURIComponent(code)}.md`;
}
