/** Images that are an environment to work in: what they start is a shell, a REPL or a tool for the terminal. */
import { baseName } from '../model/path.ts';
import { WRAPPERS } from './wrappers.ts';

const REPL =
  /^(ba|da|a|z|fi|k|c)?sh$|^(python[\d.]*|ipython|node|irb|jshell|ghci|iex|erl|scala|psql|bpython|pypy3?|R|julia|php|perl|lua|bash|top|tmux|byobu)$/;

/** True for the argument list of such an image; `command`: it is of CMD, so that whoever starts the image may give another. */
export function isEnvironment(argv: readonly string[], command: boolean): boolean {
  let at = 0;
  while (
    at < argv.length &&
    (WRAPPERS.has(baseName(argv[at] ?? '')) || argv[at] === '--' || (at > 0 && (argv[at] ?? '').startsWith('-')))
  )
    at++;
  const name = baseName(argv[at] ?? '');
  const rest = argv.slice(at + 1);
  if (name === 'sh' || name === 'bash') {
    const inline = rest[0] === '-c' ? (rest[1] ?? '').trim() : undefined;
    if (inline !== undefined) return REPL.test(baseName(inline.replace(/^exec\s+/, '')));
    return rest.every((word) => word.startsWith('-'));
  }
  // An interpreter as ENTRYPOINT with nothing after it runs what the caller gives.
  return (
    name !== '' &&
    REPL.test(name) &&
    rest.every((word) => word.startsWith('-') && word.length <= 3) &&
    (command || rest.length === 0)
  );
}
