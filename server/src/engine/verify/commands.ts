/** Rules 3 and 8: no command is lost, none is added but for the closed list. */
import { undoingIn } from '../demand/rerun.ts';
import { lacksManuals, MANUALS } from '../facts/manuals.ts';
import { baseName } from '../model/path.ts';
import type { Atom } from '../model/state.ts';
import { directoryOf } from '../simulate/keys.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Compares the commands of the original with those of all stages that are built. */
export function checkCommands(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const accounts = new Set<string>();
  for (const atom of before.atoms) {
    const isNew = creates(atom, accounts);
    if (!after.byKey.has(atom.key)) {
      if (!mayChange(atom)) report.original('lost-command', atom.span, { command: textOf(atom, before.file.text) });
      continue;
    }
    const { roles } = atom.effect;
    const inFinal = after.finalKeys.has(atom.key);
    const whole = roles.has('install') && atom.effect.installs.every((install) => install.words.length === 0);
    // A file operation whose place is not in the file (`mkdir "$DIR"` after `. env`).
    const somewhere = roles.has('setup') && atom.effect.writes.some(({ sure, path }) => !sure && path.includes('$'));
    // Packages of which only an unread configuration says where they go.
    const anywhere = atom.effect.writes.some((write) => write.guessed === true && write.class === 'dependencies');
    if ((atom.effect.opaque !== undefined || whole || somewhere || anywhere) && !inFinal)
      report.original('lost-effects', atom.span, { command: textOf(atom, before.file.text) });
    else if (roles.has('principal') && !inFinal && !isNew)
      report.original('lost-effects', atom.span, { command: textOf(atom, before.file.text) });
    else if (roles.has('program') && !inFinal && !copied(atom, { before, after }))
      report.original('lost-effects', atom.span, { command: textOf(atom, before.file.text) });
  }
  checkReruns(pair, report);
  const installers = installersOf(before.atoms);
  const careless = before.atoms.some((atom) => atom.effect.roles.has('install') && atom.effect.mayFail);
  for (const atom of after.atoms) {
    if (before.byKey.has(atom.key)) continue;
    const { effect } = atom;
    // An installation whose failure nobody sees, or that hangs on another command, is another one.
    const strange =
      effect.roles.has('install') &&
      ((effect.mayFail && !careless) || !effect.commands.every((name) => installers.has(baseName(name))));
    if (mayBeAdded(atom, pair) && !strange) continue;
    report.result('added-command', atom.span, { command: textOf(atom, after.file.text) });
  }
}

/** It makes a user or a group, which are compared by themselves; what it does with one that is there is not seen there. */
function creates({ effect }: Atom, accounts: Set<string>): boolean {
  const { size } = accounts;
  for (const { kind, name, from } of effect.principals) if (from === 'command') accounts.add(`${kind}:${name}`);
  return accounts.size > size;
}

/** A program that runs in the last stage, where a later command of the builder has taken away already what it works with. */
function checkReruns({ before, after }: Pair, report: Report): void {
  const isFinal = ({ id }: Atom): boolean => after.final.has(id);
  const undoing = undoingIn(before.atoms);
  for (const atom of before.atoms) {
    const again = atom.effect.roles.has('program') ? after.byKey.get(atom.key)?.find(isFinal) : undefined;
    if (again === undefined) continue;
    const undone = undoing(atom);
    if (undone === undefined || after.byKey.get(undone.key)?.every(isFinal) !== false) continue;
    report.result('order', again.span, {
      path: directoryOf(atom.key) ?? '/',
      later: `\`${textOf(undone, before.file.text)}\``,
      earlier: `\`${textOf(atom, before.file.text)}\``,
    });
  }
}

/** The directory a program ran in is taken along from the builder. */
function copied(atom: Atom, { after }: Pick<Pair, 'before' | 'after'>): boolean {
  const place = directoryOf(atom.key);
  return after.alive.some((write) => write.copied === true && write.path === place);
}

/** An installation may lose words, with the scaffolding around it; packages are compared by themselves. */
function mayChange(atom: Atom): boolean {
  const { roles, installs, removed } = atom.effect;
  if (installs.some((install) => install.words.length > 0)) return true;
  // What removes packages is a step of the file, wherever they are gone.
  if (removed.length > 0) return false;
  const around =
    roles.has('scaffold') || (roles.has('cleanup') && atom.effect.writes.every((write) => write.class === 'cache'));
  return around;
}

/** Stage scaffolding, copies between stages, packages that stand for others, the loader's cache, certificates. */
function mayBeAdded(atom: Atom, pair: Pair): boolean {
  const { roles, commands, writes, removed } = atom.effect;
  if (roles.has('copy-stage')) return true;
  if (roles.has('config')) return isRestated(atom, pair);
  // Nobody can tell how often the commands of a loop or a condition run.
  if (/^(if|for|while|until|case|[({])(?!\w)/.test(textOf(atom, pair.after.file.text))) return false;
  if (removed.some((name) => !pair.before.atoms.some(({ effect }) => effect.removed.includes(name)))) return false;
  if (roles.has('install') || roles.has('scaffold')) return true;
  if (roles.has('cleanup')) return writes.every((write) => write.class === 'cache');
  // A directory that the original's base has.
  if (writes.length > 0 && writes.every(({ kind, path }) => kind === 'dir' && path === MANUALS))
    return !atom.effect.mayFail && !lacksManuals(pair.before.state.root.facts);
  return commands.length > 0 && commands.every((name) => name === 'ldconfig' || name === 'update-ca-certificates');
}

/** Configuration of the original that is said again in the last stage; elsewhere commands would run with it. */
function isRestated(atom: Atom, { before, after }: Pair): boolean {
  const instruction = after.file.instructions[atom.instruction];
  switch (instruction?.kind) {
    case 'env':
      // What is set again later was for the commands in between.
      return (
        after.final.has(atom.id) &&
        instruction.pairs.every(({ key }) => after.state.config.env.get(key)?.from === atom.id)
      );
    case 'shell':
      return after.final.has(atom.id) && after.state.config.shell?.from === atom.id;
    case 'arg':
      return instruction.pairs.every(({ key }) => isDeclared(key, before));
    default:
      return /^(WORKDIR|USER|EXPOSE|VOLUME|STOPSIGNAL|ENTRYPOINT|CMD|LABEL|HEALTHCHECK)\b/.test(atom.key);
  }
}

function isDeclared(name: string, { file }: Side): boolean {
  return file.instructions.some(
    (instruction) => instruction.kind === 'arg' && instruction.pairs.some(({ key }) => key === name),
  );
}

/** The name of the command, or else its words. */
export function nameOf({ effect, key }: Atom): string {
  return effect.commands[0] ?? key;
}

/** The words of a command, on one line. */
export function textOf(atom: Atom, text: string): string {
  const words = text.slice(atom.span.start, atom.span.end).replace(/(?:\\?\s)+/g, ' ');
  return words.length > 80 ? `${words.slice(0, 79)}…` : words;
}

/** Base names of the commands with which packages are installed in the original. */
function installersOf(atoms: readonly Atom[]): ReadonlySet<string> {
  const out = new Set(['apt-get', 'apt', 'apk', 'rm']);
  for (const { effect } of atoms)
    if (effect.roles.has('install')) for (const name of effect.commands) out.add(baseName(name));
  return out;
}
