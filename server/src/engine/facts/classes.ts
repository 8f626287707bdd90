/** Reader of the table `debian-classes`. */
import { memo, plainLines } from './table.ts';
import type { PackageClass } from './types.ts';

export interface Classified {
  readonly class: PackageClass;
  /** `compiler`, `headers`, `vcs` …; '' for an unknown package. */
  readonly group: string;
  readonly reason: string;
}

const HEADERS: Classified = {
  class: 'build-only',
  group: 'headers',
  reason: 'headers and link files',
};
const UNKNOWN: Classified = { class: 'unknown', group: '', reason: 'no rule names it' };

/** Classes of Debian and Ubuntu packages by the rules of the table. */
export class DebianClasses {
  readonly classify: (name: string) => Classified;

  constructor(text: string) {
    let rules: { readonly pattern: RegExp; readonly verdict: Classified }[] | undefined;
    this.classify = memo((name: string) => {
      rules ??= plainLines(text).map(ruleOf);
      if (name.endsWith('-dev')) return { ...HEADERS, ...groupOfDev(rules, name) };
      return rules.find(({ pattern }) => pattern.test(name))?.verdict ?? UNKNOWN;
    });
  }
}

function ruleOf(line: string): { readonly pattern: RegExp; readonly verdict: Classified } {
  const [kind = 'unknown', group = '', pattern = '$^', reason = ''] = line.split('\t');
  // What follows is for those who keep the table.
  const short = /^[^;(]*/.exec(reason)?.[0].trim() ?? reason;
  return { pattern: new RegExp(pattern), verdict: { class: kind as PackageClass, group, reason: short } };
}

/** A rule may say more of a -dev package than that it holds headers; its class stays build-only. */
function groupOfDev(
  rules: readonly { readonly pattern: RegExp; readonly verdict: Classified }[],
  name: string,
): Partial<Classified> {
  const found = rules.find(({ pattern, verdict }) => verdict.class === 'build-only' && pattern.test(name));
  return found === undefined ? {} : { group: found.verdict.group, reason: found.verdict.reason };
}
