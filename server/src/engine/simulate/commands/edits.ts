/** Contents that are written or changed in place (POSIX.1-2017 tee; sed(1), perlrun(1)). */
import { type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { editFound, globRoot, unsure } from './patterns.ts';

const tee: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('setup');
  for (const arg of options.rest)
    machine.write(arg, { kind: has(options, '-a', '--append') ? 'edit' : 'file', ...unsure(arg) });
};

/** What stands behind it is a suffix (sed(1)): `-i.orig`, and `-ie` too. */
const IN_PLACE = /^(?:-[nrEsuz]*i|--in-place=?)(.*)$/s;

/** `sed` without -i prints; with it the files change in place, and a suffix behind it names a copy of what they were. */
const sed: Handler = (call, machine) => {
  const inPlace = call.args.map(({ text }) => IN_PLACE.exec(text)?.[1]);
  const suffix = inPlace.find((found) => found !== undefined);
  const args = call.args.filter((_, at) => inPlace[at] === undefined);
  const options = parseOptions(args, new Set(['-e', '--expression', '-f', '--file', '-l', '--line-length']));
  machine.role(suffix === undefined ? 'query' : 'setup');
  const given = ['-e', '--expression', '-f', '--file'].some((name) => options.values.has(name));
  for (const arg of options.rest.slice(given ? 0 : 1)) {
    if (suffix === undefined) {
      machine.effect.reads.push(foundAt(arg, machine));
      continue;
    }
    if (suffix !== '' && !arg.glob && !/[*/]/.test(suffix))
      machine.write({ ...arg, text: arg.text + suffix }, { kind: 'file', ...unsure(arg) });
    edit(arg, machine);
  }
};

function edit(arg: Arg, machine: Machine): void {
  machine.effect.reads.push(foundAt(arg, machine));
  editFound(arg, machine);
}

/** The path of an operand, or of the directory that its pattern looks in. */
function foundAt(arg: Arg, machine: Machine): string {
  const path = machine.path(arg);
  return arg.glob ? globRoot(path) : path;
}

/** `perl -pi -e` rewrites files in place; any other program of perl does what nobody has read. */
const perl: Handler = (call, machine) => {
  const inPlace = call.args.some((arg) => /^-[a-z]*i/.test(arg.text));
  const inline = call.args.some((arg) => /^-[a-z]*e$/.test(arg.text));
  machine.need('exe', 'perl', 'it runs perl', true, call.span);
  if (inPlace && inline) {
    machine.role('setup');
    const script = call.args.findIndex((arg) => /^-[a-z]*e$/.test(arg.text));
    for (const arg of call.args.slice(script + 2)) edit(arg, machine);
  } else if (inline) machine.opaque('perl -e', call.span);
  else machine.opaque('perl', call.span);
};

export const edits: Readonly<Record<string, Handler>> = { tee, sed, gsed: sed, perl };
