/** Commands of an `&&` list that may not run although the RUN goes on: what stands before them is a question. */
import type { ShellNode } from '../model/shell.ts';
import { baseName } from '../model/path.ts';
import type { ChainItem } from '../parse/chain.ts';

/** Commands whose failure is an answer (POSIX.1-2017, exit status of test, grep, cmp, diff, command, type, id, expr, false). */
const QUESTIONS =
  /^(\[|test|[efz]?grep|rg|cmp|diff|which|type|hash|id|getent|expr|false|pgrep|pidof|mountpoint|dpkg-query|ls|stat|readlink)$/;

/** True for a command that asks something; a pipeline ends with its last one. */
export function isQuestion(node: ShellNode): boolean {
  switch (node.k) {
    case 'simple': {
      const [name, option] = node.words.map(({ raw }) => raw);
      if (name === 'command') return /^-[vV]$/.test(option ?? '');
      return name !== undefined && QUESTIONS.test(baseName(name));
    }
    case 'pipeline': {
      const last = node.commands.at(-1);
      return node.negated || (last !== undefined && isQuestion(last));
    }
    case 'group':
    case 'subshell':
      return node.body.items.length === 1 && isQuestion(node.body.items[0] as ShellNode);
    case 'other':
      return !node.opaque;
    default:
      return false;
  }
}

/** For each command of a chain: it stands behind a question, in an `&&` list that more follows. */
export function conditionalItems(chain: readonly ChainItem[]): readonly boolean[] {
  const out = chain.map(() => false);
  let asked = false;
  chain.forEach(({ operator }, at) => {
    asked = operator === '&&' && (asked || (chain[at - 1]?.nodes.some(isQuestion) ?? false));
    out[at] = asked;
  });
  let goesOn = false;
  for (let at = chain.length - 1; at >= 0; at--) {
    out[at] = out[at] === true && goesOn;
    goesOn ||= chain[at]?.operator !== '&&';
  }
  return out;
}
