/** Owner and mode of files (GNU coreutils manual 9.x, "Changing file attributes"). */
import { type Handler, has, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import type { Arg } from '../words.ts';
import { globRoot, unsure } from './patterns.ts';

const own: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['--reference', '--from']));
  const [owner, ...paths] = options.rest;
  machine.role('setup');
  if (owner === undefined) return;
  const name = call.name === 'chgrp' ? `:${owner.text}` : owner.text;
  meta(paths, { owner: name }, has(options, '-R', '--recursive'), machine);
};

const mode: Handler = (call, machine) => {
  // `chmod -x file`: a mode may begin with a minus.
  const rest = call.args.filter((arg) => !/^(-[Rvfc]+|--(recursive|verbose|silent|quiet|changes))$/.test(arg.text));
  const recursive = call.args.some((arg) => /^(-[vfc]*R[vfc]*|--recursive)$/.test(arg.text));
  const [bits, ...paths] = rest;
  machine.role('setup');
  if (bits !== undefined) meta(paths, { mode: bits.text }, recursive, machine);
};

function meta(
  paths: readonly Arg[],
  what: { owner?: string; mode?: string },
  recursive: boolean,
  machine: Machine,
): void {
  for (const arg of paths) {
    const path = machine.path(arg);
    machine.effect.reads.push(arg.glob ? globRoot(path) : path);
    const options = {
      kind: 'meta' as const,
      class: machine.classOfMade(path),
      ...what,
      ...(recursive ? { recursive: true } : {}),
    };
    // What a pattern finds lies below the directory that it looks in.
    if (arg.glob) machine.write(globRoot(path), { ...options, below: true, pattern: path });
    else machine.write(arg, { ...options, ...unsure(arg) });
  }
}

export const attributes: Readonly<Record<string, Handler>> = { chown: own, chgrp: own, chmod: mode };
