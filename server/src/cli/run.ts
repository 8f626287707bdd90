/** Finds the command; turns every failure into one line and an exit status. */
import { check } from './check.ts';
import { explain } from './explain.ts';
import type { ExitCode, Io } from './io.ts';
import { parseOptions } from './options.ts';
import { split } from './split.ts';
import { help, UsageError } from './usage.ts';
import { verify } from './verify.ts';

type Command = (args: readonly string[], io: Io) => ExitCode | Promise<ExitCode>;

const commands: Readonly<Record<string, Command>> = { check, split, explain, verify, lsp };

/** Runs the command line; `argv` without the interpreter and the script. Never throws. */
export async function run(argv: readonly string[], io: Io): Promise<ExitCode> {
  try {
    return await dispatch(argv, io);
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    const [line = ''] = message.split('\n');
    io.stderr(`dockerfile-stages: ${error instanceof UsageError ? '' : 'internal error: '}${line}\n`);
    return 2;
  }
}

function dispatch(argv: readonly string[], io: Io): ExitCode | Promise<ExitCode> {
  const [name, ...rest] = argv;
  const ours = argv.slice(0, argv.includes('--') ? argv.indexOf('--') : undefined);
  if (ours.includes('--help') || ours.includes('-h') || name === 'help') {
    io.stdout(help);
    return 0;
  }
  if (name === '--version') {
    io.stdout(`${io.version}\n`);
    return 0;
  }
  if (name === undefined) throw new UsageError("missing command; see 'dockerfile-stages --help'");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command === undefined) throw new UsageError(`unknown command '${name}'; see 'dockerfile-stages --help'`);
  return command(rest, io);
}

/** `lsp --stdio`: the language server; standard input and output are the only transport. */
async function lsp(args: readonly string[], io: Io): Promise<ExitCode> {
  const { positionals } = parseOptions(args, { stdio: { type: 'boolean' }, clientProcessId: { type: 'string' } });
  if (positionals[0] !== undefined) throw new UsageError(`unexpected argument '${positionals[0]}'`);
  await io.serve();
  return 0;
}
