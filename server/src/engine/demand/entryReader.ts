/** Follows the commands of the container through shells, wrappers, scripts and the files of supervisors, as far as anybody has read them. */
import { djangoTool } from '../ecosystems/python/django.ts';
import { COMPILES, pythonSources } from '../ecosystems/python/program.ts';
import { scriptOf } from '../ecosystems/node/scripts.ts';
import { baseName } from '../model/path.ts';
import type { Span } from '../model/span.ts';
import type { ImageState } from '../model/state.ts';
import { known, type Value } from '../model/value.ts';
import { isShellScript } from '../parse/shell.ts';
import type { ContextReader } from '../simulate/context.ts';
import { type Command, commandsOfText } from './collect.ts';
import { CommandFiles } from './commandFiles.ts';
import { nestedCommands, nestedLines } from './nested.ts';
import { scriptsAt } from './packageScript.ts';
import { startedBy } from './starters.ts';
import { firstOperand, RUN_TEXT, SYSTEM_PROGRAM, WRAPPERS } from './wrappers.ts';

export interface DemandedCommand extends Command {
  readonly span: Span | undefined;
  /** Where it is named: `CMD`, `ENTRYPOINT`, `HEALTHCHECK`, the script, or a file of the surroundings. */
  readonly by: string;
}

const SHELLS = /^(ba|da|a|k|z)?sh$/;
/** These run scripts of all packages of a repository. */
const TASK_RUNNER = /^(turbo|lerna|nx)$/;
/** s6-overlay runs a shell with the container's environment. */
const WITH_ENVIRONMENT = /^#!\S*with-contenv[ \t]+(\S*\/)?(ba|da|a)?sh\b/;

/** Follows what is started, and collects the commands on the way. */
export class EntryReader {
  readonly commands: DemandedCommand[] = [];
  readonly unread: { what: string; span: Span | undefined }[] = [];
  readonly texts: string[] = [];
  shell = false;
  unreadScript = false;
  private readonly seen = new Set<string>();
  private readonly files: CommandFiles;

  constructor(
    private readonly state: ImageState,
    private readonly context: ContextReader,
  ) {
    this.files = new CommandFiles(state, context);
  }

  /** An argument list that the container starts; `by`: the instruction or file that has it. */
  process(argv: readonly string[], span: Span | undefined, by: string): void {
    if (argv.length === 0) return;
    this.texts.push(argv.join(' '));
    this.command({ argv, known: !(argv[0] ?? '').includes('$'), maybe: false }, span, by, 0);
  }

  /** A command that the surroundings run in the container. */
  outside(run: readonly string[] | string, by: string): void {
    if (typeof run === 'string') this.text(run, undefined, by, 0);
    else this.process(run, undefined, by);
  }

  private lookup = (name: string): Value | undefined =>
    this.state.config.env.get(name)?.value ?? (name === 'HOME' ? known('/root') : undefined);

  private command(command: Command, span: Span | undefined, by: string, depth: number): void {
    const [name, ...rest] = command.argv;
    if (name === undefined || depth > 8) return;
    this.commands.push({ ...command, span, by });
    const base = baseName(name);
    if (SHELLS.test(base)) {
      this.shell = true;
      this.shellArguments(rest, command, span, by, depth);
      return;
    }
    if (WRAPPERS.has(base) && !this.files.isFromContext(name)) {
      // One word with the command line in it (GNU coreutils, env).
      const split = base === 'env' ? /^(?:-\w*S|--split-string=?)(.*)$/.exec(rest[0] ?? '')?.[1] : undefined;
      if (split !== undefined) this.text(split === '' ? (rest[1] ?? '') : split, span, by, depth);
      const at = firstOperand(rest, base);
      if (at >= 0) this.command({ ...command, argv: rest.slice(at) }, span, by, depth + 1);
      else this.nested(command, span, by, depth);
      return;
    }
    this.nested(command, span, by, depth);
    this.startedByFiles(command, span, depth);
    this.startedByArguments(command, span, by, depth);
    // A program that stands in the command itself.
    const inline = /^python[\d.]*$/.test(base) ? rest[rest.indexOf('-c') + 1] : undefined;
    if (inline !== undefined && rest.includes('-c') && COMPILES.test(inline))
      this.commands.push({ argv: ['gcc'], known: true, maybe: command.maybe, span, by });
    if (inline !== undefined && rest.includes('-c'))
      for (const [, line] of inline.matchAll(pythonSources.calls))
        if (line !== undefined) this.text(line, span, by, depth);
    const tool = djangoTool(command.argv);
    if (tool !== undefined) this.commands.push({ argv: [tool], known: true, maybe: command.maybe, span, by });
    const script = scriptOf(base, rest);
    if (script !== undefined) this.packageScript(script, command.argv, span, by, depth);
    if (TASK_RUNNER.test(base) && this.context.present)
      this.unread.push({ what: `the scripts that \`${base}\` runs`, span });
    if (name.includes('/') || this.files.isFromContext(name)) this.script(name, command, span, depth);
  }

  /** Cron and its like: what their files say. */
  private startedByFiles(command: Command, span: Span | undefined, depth: number): void {
    const key = command.argv.join(' ');
    const started = this.seen.has(key) ? undefined : startedBy(command.argv, this.state, this.context);
    if (started === undefined) return;
    this.seen.add(key);
    for (const line of started.lines) this.text(line.text, span, line.by, depth);
    for (const path of started.scripts) this.script(path, command, span, depth);
    for (const what of started.unread) this.unread.push({ what, span });
  }

  /** `su app -c "git pull"`, `find … -exec sh -c '…'`, `start-stop-daemon --exec /usr/bin/git`: arguments that are run. */
  private startedByArguments({ argv, maybe }: Command, span: Span | undefined, by: string, depth: number): void {
    const runsText = RUN_TEXT.has(baseName(argv[0] ?? ''));
    argv.forEach((word, at) => {
      if (at === 0) return;
      if (SYSTEM_PROGRAM.test(word)) this.commands.push({ argv: [word], known: true, maybe, span, by });
      const ofShell = SHELLS.test(baseName(argv[at - 2] ?? '')) && /^-[a-z]*c$/.test(argv[at - 1] ?? '');
      if (ofShell || (runsText && /\s/.test(word) && commandsOfText(word, this.lookup) !== undefined))
        this.text(word, span, by, depth);
    });
  }

  /** Commands that stand in the arguments: of an entry script that ends with `exec "$@"`, of npx, of a process manager. */
  private nested(command: Command, span: Span | undefined, by: string, depth: number): void {
    for (const argv of nestedCommands(command.argv))
      this.command({ argv, known: true, maybe: true }, span, by, depth + 1);
    for (const line of nestedLines(command.argv)) this.text(line, span, by, depth);
    for (const word of command.argv.slice(1))
      if (word.includes('/') && this.files.isFromContext(word) && this.files.isReadScript(word))
        this.script(word, command, span, depth);
  }

  /** `npm start`: the commands of package.json, when somebody has read it. */
  private packageScript(
    name: string,
    [manager = '', ...words]: readonly string[],
    span: Span | undefined,
    by: string,
    depth: number,
  ): void {
    const { read, missing } = scriptsAt(name, baseName(manager), words, this.files.places, (path) => {
      const file = this.files.read(path);
      return file === 'unread' || file === 'unknown' ? undefined : file.text;
    });
    for (const { directory, lines } of read) {
      const key = `${directory} ${name}`;
      if (this.seen.has(key)) continue;
      this.seen.add(key);
      this.files.within([directory], () => {
        for (const line of lines) this.text(line, span, by, depth);
      });
    }
    if (missing === undefined) return;
    this.unreadScript = true;
    if (this.context.present) this.unread.push({ what: missing, span });
  }

  private shellArguments(
    rest: readonly string[],
    command: Command,
    span: Span | undefined,
    by: string,
    depth: number,
  ): void {
    const inline = rest.findIndex((word) => /^-[a-z]*c$/.test(word));
    if (inline >= 0) {
      this.text(rest[inline + 1] ?? '', span, by, depth);
      return;
    }
    const file = rest.find((word) => !word.startsWith('-') && !word.startsWith('+'));
    if (file !== undefined) this.script(file, command, span, depth, true);
  }

  private text(text: string, span: Span | undefined, by: string, depth: number): void {
    this.texts.push(text);
    const commands = commandsOfText(text, this.lookup);
    if (commands === undefined) {
      this.unread.push({ what: text.slice(0, 40), span });
      return;
    }
    this.files.within(this.files.places, () => {
      for (const one of commands) {
        const [name, directory] = one.argv;
        if ((name === 'cd' || name === 'pushd') && directory !== undefined && !/^-|[$]/.test(directory))
          this.files.enter(directory);
        this.command(one, span, by, depth + 1);
      }
    });
  }

  private script(name: string, command: Command, span: Span | undefined, depth: number, shell = false): void {
    const path = this.files.pathOfCommand(name);
    if (this.seen.has(path)) return;
    this.seen.add(path);
    const file = this.files.read(path);
    if (file === 'unknown') {
      // Not of the build context: a program of a package, or something a RUN wrote.
      if ((shell || /\.(sh|bash)$/.test(path)) && this.files.isWritten(path)) this.unread.push({ what: name, span });
      return;
    }
    if (file === 'unread') {
      if (looksLikeScript(path, shell)) this.unread.push({ what: name, span });
      return;
    }
    if (shell || isShellScript(file.text) || WITH_ENVIRONMENT.test(file.text)) {
      this.shell = true;
      this.text(stripped(file.text), span, name, depth);
    } else {
      const interpreter = /^#!\s*(\S+)(?:\s+(\S+))?/.exec(file.text);
      const program = interpreter?.[1]?.endsWith('/env') === true ? interpreter[2] : interpreter?.[1];
      // Not followed: execline has no shell's syntax.
      if (program !== undefined && baseName(program) === 'execlineb') this.unread.push({ what: name, span });
      if (program !== undefined)
        this.commands.push({ argv: [program], known: true, maybe: command.maybe, span, by: name });
    }
  }
}

/** Compiled programs and interpreted programs are not entry scripts: what they need is their manifest's matter. */
function looksLikeScript(path: string, shell: boolean): boolean {
  return shell || /\.(sh|bash)$/.test(path) || !/\.(py|js|mjs|cjs|ts|rb|php|pl|jar|war|dll|exe)$/.test(path);
}

function stripped(text: string): string {
  return text.replace(/^#!.*/, '').replace(/\r\n/g, '\n');
}
