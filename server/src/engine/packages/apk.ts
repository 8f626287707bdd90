/**
 * Alpine's package manager (apk(8), apk-add(8); Alpine wiki, "Alpine Package Keeper").
 * What a package brings comes from the table of common packages; another one is
 * known by its name alone.
 */
import type { InstallWord } from '../model/state.ts';
import { type Handler, type Options, parseOptions } from '../simulate/call.ts';
import type { Machine } from '../simulate/machine.ts';
import type { Arg } from '../simulate/words.ts';
import { addPackages, dropOrphans } from './records.ts';

const VALUED = new Set([
  '-t',
  '--virtual',
  '-X',
  '--repository',
  '-p',
  '--root',
  '--arch',
  '--keys-dir',
  '--repositories-file',
  '--cache-dir',
  '--wait',
  '--progress-fd',
  '--cache-max-age',
]);

const apk: Handler = (call, machine) => {
  const options = parseOptions(call.args, VALUED);
  const [verb, ...operands] = options.rest;
  switch (verb?.text) {
    case 'add':
      add(options, operands, machine);
      return;
    case 'del':
      machine.role('scaffold');
      for (const name of operands) remove(bareName(name.text), machine);
      dropOrphans(machine);
      return;
    case 'update':
    case 'cache':
      machine.role('scaffold');
      machine.write('/var/cache/apk', { kind: 'tree', class: 'cache' });
      return;
    case 'upgrade':
    case 'fix':
      machine.role('install');
      machine.effect.installs.push({ manager: 'apk', words: [], recommends: false, added: [], pinned: false });
      return;
    default:
      machine.role('query');
  }
};

function add(options: Options, operands: readonly Arg[], machine: Machine): void {
  machine.role('install');
  const group = (options.values.get('-t') ?? options.values.get('--virtual'))?.text;
  const words: InstallWord[] = [];
  for (const arg of operands) {
    if (/\.apk$/.test(arg.text)) machine.effect.reads.push(machine.path(arg));
    else if (arg.open.length > 0 || arg.text.includes('$('))
      machine.opaque('a package list that is not known', arg.span);
    else if (arg.text.startsWith('!')) remove(arg.text.slice(1), machine);
    else
      words.push({ name: bareName(arg.text), raw: arg.text, word: arg.word, span: arg.span, variable: arg.variable });
  }
  const pinned =
    options.values.has('-X') || options.values.has('--repository') || operands.some((arg) => arg.text.includes('@'));
  const added = addPackages(
    machine,
    words.map((word) => word.name),
    false,
    words,
    group,
  );
  machine.effect.installs.push({
    manager: 'apk',
    words,
    recommends: false,
    added,
    pinned,
    ...(group === undefined ? {} : { group }),
  });
}

/** Name without version, pin or repository tag: `foo=1.2-r0`, `foo~1`, `foo>1`, `foo@edge`. */
function bareName(word: string): string {
  return word.replace(/[=~<>@].*$/, '');
}

/** A virtual group goes with all its packages. */
function remove(name: string, machine: Machine): void {
  const { packages } = machine.state;
  machine.effect.removed.push(name);
  let group = false;
  for (const record of [...packages.values()]) {
    if (record.group !== name) continue;
    group = true;
    packages.delete(record.name);
    machine.effect.removed.push(record.name);
  }
  if (!group && !packages.delete(name)) machine.state.removedFromBase.add(name);
}

export const apkCommands: Readonly<Record<string, Handler>> = { apk };
