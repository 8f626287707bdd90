/** What makes two commands, or two instructions, the same. */
import type { Instruction } from '../model/dockerfile.ts';
import type { ImageState } from '../model/state.ts';
import type { KeyParts, Machine } from './machine.ts';

function squeeze(text: string): string {
  if (!/[^\S ]|\s\s|^\s|\s$/.test(text)) return text;
  return text.replace(/\s+/g, ' ').trim();
}

/** ` as USER` where commands do not run as root. */
export function userOf(state: ImageState): string {
  const user = state.config.user?.value.text;
  return user === undefined ? '' : ` as ${user}`;
}

/** Same text, same directory, same user, same variables: the same command. */
export function commandKey(text: string, machine: Machine): KeyParts {
  let variables = '';
  for (const [name, value] of machine.vars) {
    if (name !== 'OLDPWD' && !name.startsWith('dir:')) variables += ` ${name}=${value.text}`;
  }
  return {
    text: squeeze(text),
    directory: machine.cwd.text,
    user: userOf(machine.state),
    variables: variables === '' ? '' : ` {${variables} }`,
  };
}

/** An instruction as a whole: its flags, its text and its heredocs; for those that touch files, where. */
export function textKey(instruction: Instruction, state: ImageState): string {
  const flags = instruction.flags.map((flag) => ` --${flag.name}=${flag.value ?? ''}`).join('');
  const place =
    instruction.kind === 'copy' || instruction.kind === 'add' || instruction.kind === 'run'
      ? ` @${state.config.workdir.value.text}`
      : '';
  const bodies = instruction.heredocs.map((heredoc) => heredoc.content).join('');
  return `${instruction.keyword}${flags} ${squeeze(instruction.args.text)}${place}${bodies}`;
}
