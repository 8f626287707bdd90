/** Contents that are written or changed in place (POSIX.1-2017 tee; sed(1), perlrun(1)). */
import { type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { globRoot, unsure } from './patterns.ts';

const tee: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set());
  machine.role('setup');
  for (const arg of options.rest)
    machine.write(arg, { kind: has(options, '-a', '--append') ? 'edit' : 'file', ...unsure(arg) });
};

/** `sed` without -i prints; with it the files change in place. */
const sed: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-e', '--expression', '-f', '--file', '-l']));
  const inPlace = call.args.some((arg) => /^-[a-zA-Z]*i|^--in-place/.test(arg.text));
  machine.role(inPlace ? 'setup' : 'query');
  if (!inPlace) return;
  const given = options.values.has('-e') || options.values.has('--expression') || options.values.has('-f');
  for (const arg of options.rest.slice(given ? 0 : 1)) edit(arg, machine);
};

function edit(arg: Arg, machine: Machine): void {
  const path = machine.path(arg);
  machine.effect.reads.push(arg.glob ? globRoot(path) : path);
  machine.write(arg.glob ? globRoot(path) : arg, { kind: 'edit', ...unsure(arg) });
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
