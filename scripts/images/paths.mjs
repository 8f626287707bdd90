/** Paths that commands were said to write or delete, against the layers of the image. */

/** Written by the package manager, the loader and the engine, not by a command of the file. */
export const OF_THE_SYSTEM =
  /^\/(var\/(lib\/(dpkg|apt|systemd|pam|python|ucf|polkit-1)|cache|log)|etc\/(ld\.so\.cache|passwd-?|group-?|g?shadow-?|sub[ug]id-?|\.pwd\.lock|hostname|hosts|resolv\.conf|mtab|apt|alternatives|rc\d\.d|ssl\/certs)|dev|proc|sys|run|tmp|root\/\.npm\/_logs|\.dockerenv|var\/tmp|usr\/share\/(mime|glib-2\.0|info|applications|icons|fonts)|usr\/lib\/\S+\/(gdk-pixbuf-2\.0|gconv))(\/|$)/;

/** Roles of commands that change files; the others cannot have written what nobody foresaw. */
export const WRITING = [
  'dependencies',
  'build',
  'toolchain',
  'fetch',
  'setup',
  'program',
  'copy',
  'opaque',
  'principal',
];

const ALTERNATIVES = '/etc/alternatives/';

/** `byCommand` counts apart for each command. */
export function comparePaths(one, byCommand) {
  const alternatives = new Set();
  for (const [index, layer] of one.layers) {
    const atoms = one.simulation.atoms.filter((atom) => atom.instruction === index && atom.stage === 0);
    said(one, atoms, layer, byCommand);
    foreseen(one, atoms, layer, byCommand, alternatives);
    for (const [path, { target }] of layer.paths) if (target?.startsWith(ALTERNATIVES)) alternatives.add(path);
  }
}

/** What was said to be written is there, and what was said to be deleted is not. */
function said({ name, state, after, kinds, commandOf }, atoms, layer, byCommand) {
  const writes = state.writes.all;
  const ids = new Set(atoms.map((atom) => atom.id));
  writes.forEach((write, at) => {
    if (!ids.has(write.atom) || !write.sure || /[$*?[]/.test(write.path)) return;
    const later = writes.slice(at + 1);
    const command = commandOf(write.atom);
    const claim = (ok, what) => {
      kinds.of(`path, ${write.kind}`).claim(ok, what);
      byCommand.of(command).claim(ok, what);
    };
    const below = (path, root) => path === root || path.startsWith(root === '/' ? '/' : `${root}/`);
    if (write.kind === 'gone') {
      // A later tree (`COPY . .`) may bring it again.
      const back = later.some(
        ({ kind, path }) =>
          kind !== 'gone' &&
          kind !== 'meta' &&
          (below(path, write.path) || (kind === 'tree' && below(write.path, path))),
      );
      if (!back && write.below !== true && write.pattern === undefined)
        claim(!after.has(write.path), `${name}: ${write.path} is still there (${command})`);
      return;
    }
    const deleted = later.some((other) => other.kind === 'gone' && below(write.path, other.path));
    if (deleted || write.class === 'cache' || /^\/(tmp|run|var\/cache)\//.test(write.path)) return;
    claim(after.has(write.path), `${name}: ${write.path} is not there (${command}, ${write.kind})`);
    if (!after.has(write.path) || write.kind === 'dir' || write.kind === 'meta') return;
    // Said is that it is there afterwards; that this command wrote it is more.
    const changed = layer.paths.has(write.path) || [...layer.paths.keys()].some((path) => below(path, write.path));
    kinds
      .of(`path changed by this very command, ${write.kind}`)
      .claim(changed, `${name}: ${write.path} (${command}, ${write.kind})`);
  });
}

/** What a layer brought or deleted was said by a command of its instruction. */
function foreseen({ name, state, before, kinds, owners, commandOf }, atoms, layer, byCommand, alternatives) {
  const writes = atoms.flatMap((atom) => atom.effect.writes);
  const exact = new Map();
  const trees = [];
  for (const write of writes) {
    exact.set(`${write.kind === 'gone'} ${write.path}`, write);
    // A file whose owner or mode changes is in the layer as a whole.
    if (write.kind !== 'file' && write.kind !== 'dir' && write.kind !== 'link') trees.push(write);
  }
  trees.reverse();
  const find = (path, gone) =>
    exact.get(`${gone} ${path}`) ??
    trees.find(
      (write) =>
        // An installation or a build replaces what was there.
        (gone || write.kind !== 'gone') &&
        (write.kind !== 'meta' || write.recursive === true || write.pattern !== undefined) &&
        (write.path === '/' || startsWith(path, write.path) || (gone && path === write.path)),
    );
  const candidates = atoms.filter((atom) => WRITING.some((role) => atom.effect.roles.has(role)));
  for (const [path, entry] of layer.paths) {
    if (entry.type === 'd' || OF_THE_SYSTEM.test(path) || /\/__pycache__(\/|$)/.test(path)) continue;
    const gone = entry.type === 'gone';
    if (owners.has(path) || (gone && state.removedFromBase.size > 0 && before.has(path))) continue;
    if (entry.target?.startsWith(ALTERNATIVES)) continue;
    const write = find(path, gone);
    // A package that leaves takes its alternatives along.
    if (write === undefined && gone && alternatives.has(path)) continue;
    const what = `${name}: ${path}${gone ? ' deleted' : ''}`;
    kinds.of(gone ? 'deleted files' : 'new files').recall(write !== undefined, what);
    if (write !== undefined) byCommand.of(commandOf(write.atom)).recall(true, what);
    // Any of them may have done it.
    else
      for (const command of new Set(candidates.map(({ id }) => commandOf(id))))
        byCommand.of(command).recall(false, what);
  }
}

/** The path lies below a root, which may have one `*`. */
export function startsWith(path, root) {
  const at = root.indexOf('*');
  if (at < 0) return path.startsWith(`${root}/`);
  const parts = root.split('/').length;
  const head = path.split('/').slice(0, parts).join('/');
  return head !== path && head.startsWith(root.slice(0, at)) && head.endsWith(root.slice(at + 1));
}
