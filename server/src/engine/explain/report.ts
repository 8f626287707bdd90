/** A report of a wrong split for its author to read before it leaves the machine: before, after, decisions, without secrets. */
import type { Analysis } from '../model/analysis.ts';

const SECRET_NAME = /(token|secret|password|passwd|api_?key|private_?key|access_?key|credential|auth)/i;

/** Values of variables whose names speak of secrets, and credentials in addresses, are replaced by `***`. */
export function redacted(text: string): string {
  return text
    .replace(/\b(\w+)=("[^"\n]*"|'[^'\n]*'|[^\s"']+)/g, (whole, name: string) =>
      SECRET_NAME.test(name) ? `${name}=***` : whole,
    )
    .replace(/^(\s*(?:ENV|ARG)\s+)(\w+)(\s+)(\S.*)$/gim, (whole, head: string, name: string, gap: string) =>
      SECRET_NAME.test(name) ? `${head}${name}${gap}***` : whole,
    )
    .replace(/([a-z][a-z0-9+.-]*:\/\/)[^/\s:@]+(:[^/\s@]*)?@/gi, '$1***@');
}

/** Markdown with everything that is needed to see what went wrong. */
export function reportOf({ file, best, status, reasons }: Analysis, factsDate: string | undefined): string {
  const fence = (text: string): string => `\`\`\`dockerfile\n${redacted(text).trimEnd()}\n\`\`\``;
  const list = (title: string, items: readonly { readonly what: string; readonly why: string }[]): string =>
    items.length === 0 ? '' : `\n**${title}**\n\n${items.map(({ what, why }) => `- ${what}: ${why}`).join('\n')}\n`;
  return [
    '# A wrong split',
    '',
    '_Read this before you send it: values that look like secrets are replaced, everything else is as it stands in your file._',
    '',
    '## What went wrong',
    '',
    '(the command you ran, what you expected, what happened)',
    '',
    '## Before',
    '',
    fence(file.text),
    '',
    '## After',
    '',
    best === undefined ? `No split was offered (${status}): ${reasons[0]?.message ?? ''}` : fence(best.text),
    best === undefined
      ? ''
      : `${list('Left behind', best.leftBehind)}${list('Kept', best.kept)}${list('Assumed', best.assumptions)}`,
    `Facts of ${factsDate ?? 'an unknown date'}.`,
    '',
  ].join('\n');
}
