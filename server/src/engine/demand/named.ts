/**
 * Files in a place for what programs leave behind (/tmp, /run, caches, logs) that the container names: by its command, a
 * variable, the working directory, or a link. They are data, wherever they lie.
 */
import { isBelow } from '../model/path.ts';
import type { Atom, ImageState, ProcessForm, Role, Write } from '../model/state.ts';
import type { Entry } from './entry.ts';

const PASSING = /^\/(tmp|var\/(tmp|cache|log)|run|root\/\.cache)\/./;
const INSTALLERS: readonly Role[] = ['dependencies', 'install', 'scaffold'];
const PATH = /\/[\w./@+~-]+/g;

/** Says of a write whether it is at, above or below a path that the container names; an installer's own cache is none. */
export function namedByContainer(
  { config, writes }: ImageState,
  { commands }: Entry,
  atoms: readonly Atom[],
): (write: Write) => boolean {
  const words: string[] = [config.workdir.value.text];
  for (const { value } of config.env.values()) words.push(value.text);
  for (const process of [config.entrypoint?.value, config.cmd?.value, config.healthcheck?.value.process])
    if (process !== undefined) words.push(textOf(process));
  for (const { argv } of commands) words.push(...argv);
  for (const write of writes.all) if (write.link !== undefined && write.kind === 'link') words.push(write.link);
  const named = new Set<string>();
  for (const word of words)
    if (word.includes('/')) for (const [path] of word.matchAll(PATH)) if (PASSING.test(path)) named.add(path);
  const paths = [...named];
  if (paths.length === 0) return () => false;
  return ({ kind, path, atom }) =>
    kind !== 'gone' &&
    path !== '/' &&
    paths.some((one) => isBelow(path, one) || isBelow(one, path)) &&
    !INSTALLERS.some((role) => atoms[atom]?.effect.roles.has(role) === true);
}

function textOf(process: ProcessForm): string {
  return process.form === 'exec' ? process.argv.join(' ') : process.text;
}
