/** Packages that npm and its like install for everybody, and links between projects: where they go, and what they need. */
import { joinPath } from '../../model/path.ts';
import { type Call, has, type Options, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { browsersOfInstall, NEWEST } from './browsers.ts';
import { type GlobalPackage, globalPackage } from './globals.ts';
import { dependOn, install, isNative, mayCompile, packageName, versionsOf } from './install.ts';
import { knowledgeOf } from './knowledge.ts';
import { directoryOf, home, type Manager, nodePrefix, VALUED } from './managers.ts';
import { isDirectory, mayWriteProject } from './project.ts';

export function isGlobal(kind: Manager, word: string, options: Options): boolean {
  if (kind.name === 'yarn') return word === 'global';
  return has(options, '-g', '--global') && /^(install|i|add|update|link)$/.test(word);
}

/** Global packages: below the prefix of the Node that runs (npm documentation, "folders"). */
export function globalInstall(call: Call, kind: Manager, names: readonly Arg[], machine: Machine): void {
  const prefix = globalPrefix(kind, machine, parseOptions(call.args, VALUED));
  const known = names.map((arg) => (arg.known ? globalPackage(packageName(arg)) : undefined));
  if (kind.name !== 'yarn' && names.length > 0 && known.every((one) => one !== undefined)) {
    commandsOnly(call, kind, names, machine, prefix);
    return;
  }
  machine.role('dependencies');
  machine.effect.replayable = false;
  const packages = names.filter((arg) => arg.known && !isDirectory(arg.text));
  // What an unknown package depends on is not known either.
  const read = packages.every(
    (arg) => (globalPackage(packageName(arg)) ?? knowledgeOf(packageName(arg))) !== undefined,
  );
  browsersOfInstall(
    versionsOf(packages, () => NEWEST),
    read ? {} : undefined,
    machine.path(machine.cwd),
    machine,
  );
  for (const arg of names) {
    const name = packageName(arg);
    if (name === 'add') continue;
    // npm 7 and later link a directory, and install what it depends on there.
    if (isDirectory(arg.text)) {
      const directory = machine.path(arg);
      mayWriteProject(machine, directory);
      const { manifest, locked } = dependOn(call, kind, directory, machine);
      browsersOfInstall(manifest?.versions, locked?.versions, directory, machine);
      mayCompile('a package without a prebuilt binary', call, machine);
      continue;
    }
    machine.depend({ ecosystem: 'node', name, version: undefined, span: arg.span });
    if (globalPackage(name) !== undefined) continue;
    if (knowledgeOf(name) === undefined) machine.unread(name, 'dependencies', arg.span, 'node');
    if (isNative(name)) mayCompile(name, call, machine);
  }
  if (kind.name === 'yarn')
    machine.write(machine.isRoot() ? '/usr/local/share/.config/yarn/global' : home(machine, '.config/yarn/global'), {
      kind: 'tree',
      class: 'dependencies',
    });
  else if (kind.name !== 'npm') machine.write(prefix, { kind: 'tree', class: 'dependencies' });
  else machine.write(`${prefix}/lib/node_modules`, { kind: 'tree', class: 'dependencies' });
  if (kind.name === 'npm' || kind.name === 'yarn')
    machine.write(`${prefix}/bin`, { kind: 'tree', class: 'dependencies' });
  machine.write(kind.cache(machine, parseOptions([], VALUED)), { kind: 'tree', class: 'cache' });
}

/**
 * Packages of which it is known that they compile nothing: the same command gives the
 * same in every stage that has npm. Their commands are links, which COPY would follow.
 */
function commandsOnly(call: Call, kind: Manager, names: readonly Arg[], machine: Machine, prefix: string): void {
  machine.role('setup');
  machine.effect.replayable = true;
  machine.need('certificates', 'https', 'it downloads packages', true, call.span);
  for (const arg of names) {
    const name = packageName(arg);
    const { commands, build } = globalPackage(name) as GlobalPackage;
    const use = build ? 'toolchain' : 'dependencies';
    // pnpm and bun keep the packages of all names in one place.
    const shared = kind.name === 'pnpm' ? 'global' : 'install/global';
    const place = joinPath(prefix, kind.name === 'npm' ? `lib/node_modules/${name}` : shared);
    machine.write(place, { kind: 'tree', class: use, ...(kind.name === 'npm' || !build ? {} : { serves: commands }) });
    for (const command of commands)
      machine.write(joinPath(kind.name === 'pnpm' ? prefix : `${prefix}/bin`, command), {
        kind: 'file',
        class: use,
        sure: false,
      });
  }
  machine.write(kind.cache(machine, parseOptions([], VALUED)), { kind: 'tree', class: 'cache' });
}

/** Under which setting of a file the prefix of a package manager is remembered. */
export function prefixKey({ name }: Manager): string {
  return `${name}:prefix`;
}

/**
 * Where global packages go: as the line, a setting or a variable says (npm documentation, "config", prefix; yarn, "global";
 * pnpm.io, PNPM_HOME; bun.sh, BUN_INSTALL), else below the Node that runs, or below the home of pnpm and bun.
 */
function globalPrefix(kind: Manager, machine: Machine, options?: Options): string {
  const variable = (name: string): string | undefined => machine.lookup(name)?.text;
  if (kind.name === 'pnpm') return variable('PNPM_HOME') ?? home(machine, '.local/share/pnpm');
  if (kind.name === 'bun') return variable('BUN_INSTALL') ?? home(machine, '.bun');
  const stated = options?.values.get('--prefix');
  if (stated !== undefined) return machine.path(stated);
  const told = kind.name === 'npm' ? (variable('NPM_CONFIG_PREFIX') ?? variable('npm_config_prefix')) : undefined;
  return told ?? machine.state.told.get(prefixKey(kind)) ?? nodePrefix(machine);
}

/** What images of Node bring themselves (docker-library/node). */
const OF_BASE = /^(npm|yarn|corepack)$/;

/** `npm uninstall -g`: what the base has comes back in every stage that starts from it, and goes there too. */
export function globalRemoval(call: Call, kind: Manager, names: readonly Arg[], machine: Machine): void {
  const prefix = globalPrefix(kind, machine, parseOptions(call.args, VALUED));
  machine.role(names.some((arg) => OF_BASE.test(arg.text)) ? 'program' : 'dependencies');
  machine.effect.replayable = false;
  for (const path of kind.name === 'npm' ? [`${prefix}/lib/node_modules`, `${prefix}/bin`] : [prefix])
    machine.write(path, { kind: 'edit', class: 'dependencies' });
}

/** `npm link`: links below the prefix of the Node that runs lead to the project, and from another project to them. */
export function link(call: Call, kind: Manager, options: Options, names: readonly Arg[], machine: Machine): void {
  if (names.length > 0) install(call, kind, options, names, machine);
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.effect.reads.push(directoryOf(options, machine));
  const prefix = globalPrefix(kind, machine);
  if (kind.name === 'npm') {
    machine.write(`${prefix}/lib/node_modules`, { kind: 'tree', class: 'dependencies' });
    machine.write(`${prefix}/bin`, { kind: 'tree', class: 'dependencies' });
  } else
    machine.write(home(machine, kind.name === 'yarn' ? '.config/yarn' : '.local/share/pnpm'), {
      kind: 'tree',
      class: 'dependencies',
    });
}
