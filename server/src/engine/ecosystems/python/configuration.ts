/** What settings of pip say beside the command line (pip documentation, 24.x, "Configuration"). */
import { parentOf } from '../../model/path.ts';
import type { Call, Options } from '../../simulate/call.ts';
import type { Machine, PathLike } from '../../simulate/machine.ts';

/** Files of pip's configuration (pip documentation, "Configuration"). */
function configurations(machine: Machine): readonly string[] {
  const home = (machine.lookup('HOME') ?? machine.home()).text;
  const own = machine.lookup('PIP_CONFIG_FILE')?.text;
  const files = [`${home}/.config/pip/pip.conf`, `${home}/.pip/pip.conf`, '/etc/pip.conf'];
  return own === undefined ? files : [own, ...files];
}

/** Only a configuration could say another place: the command itself names none, and uv reads no pip.conf. */
export function isGuessed(call: Call, options: Options, machine: Machine): boolean {
  const states = options.values.has('-t') || options.values.has('--target');
  return call.name !== 'uv' && !states && (isConfiguredUnread(machine) || isConfiguredHere(machine));
}

/** Settings that say where packages go (pip documentation, "Configuration"), in a file or as `pip config set` has them. */
const PLACES = /(?:^|\\n|[\s"'.])(target|prefix|root|user)(\s*=|\s+\S)/;

/** A command of the file wrote a configuration, and its words name a place. */
function isConfiguredHere(machine: Machine): boolean {
  return configurations(machine).some((path) =>
    machine.state.writes.index
      .exactly(path)
      .some(
        ({ kind, key, context }) => kind !== 'gone' && kind !== 'meta' && context === undefined && PLACES.test(key),
      ),
  );
}

/** The file names a configuration of the build context that nobody has read: it may say where packages go. */
function isConfiguredUnread(machine: Machine): boolean {
  const { context, state } = machine;
  const named = machine.lookup('PIP_CONFIG_FILE')?.text;
  return configurations(machine).some((path) => {
    // What a copy of everything may hold is not named.
    const isCopied = (at: string): boolean =>
      state.writes.index.exactly(at).some((write) => write.context !== undefined && write.kind !== 'gone');
    const parent = parentOf(path);
    if (path !== named && !isCopied(path) && !(/pip$/.test(parent) && isCopied(parent))) return false;
    const source = context.sourceOf(path, state.writes);
    return source !== undefined && context.read(source) === 'unread';
  });
}

/**
 * Where an option of pip (`target`) is set beside the command line: `PIP_TARGET`, or `target = …` in a file that was
 * read. Each file is looked for once, and only when it is needed.
 */
export function settingsOf(machine: Machine): (name: string) => PathLike | undefined {
  let paths: readonly string[] | undefined;
  const texts: (string | undefined)[] = [];
  const textOf = (path: string): string | undefined => {
    const file = machine.context.fileAt(path, machine.state.writes);
    return typeof file === 'string' ? undefined : file.text;
  };
  return (name) => {
    const value = machine.lookup(`PIP_${name.toUpperCase()}`);
    if (value !== undefined && value.text !== '') return value;
    paths ??= configurations(machine);
    for (let at = 0; at < paths.length; at++) {
      if (at === texts.length) texts.push(textOf(paths[at] as string));
      const text = texts[at];
      const found = text === undefined ? undefined : new RegExp(`^${name}\\s*=\\s*(\\S+)`, 'm').exec(text)?.[1];
      if (found !== undefined) return found;
    }
    return undefined;
  };
}
