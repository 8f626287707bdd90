/** What the installation of npm packages writes and needs, below a project. */
import { joinPath } from '../../model/path.ts';
import type { Call, Options } from '../../simulate/call.ts';
import type { ContextReader } from '../../simulate/context.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { knowledgeOf, startsOrLoads } from './knowledge.ts';
import { type Manager, pnpm, PNPM_STATE, directoryOf, home } from './managers.ts';
import type { Locked } from './locks.ts';
import { lockedPackages, type PackageJson, packageJson } from './manifest.ts';
import { browsersOfInstall, NEWEST } from './browsers.ts';
import { lifecycleScripts, mayWriteProject, runScripts } from './project.ts';
import { yarnPlace } from './yarn.ts';

/** Why an installation runs Python (github.com/nodejs/node-gyp, README, "Installation": Python, make, a compiler). */
export const NODE_GYP = 'node-gyp runs it to compile native modules';

/** A package whose install script compiles, or nobody knows what it does. */
export function isNative(name: string): boolean {
  const knowledge = knowledgeOf(name);
  return knowledge === undefined || knowledge.native === true;
}

export function mayCompile(what: string, call: Call, machine: Machine): void {
  machine.need('compiler', 'cc', `${what} is compiled`, false, call.span);
  machine.need('exe', 'python3', NODE_GYP, false, call.span);
}

export function packageName(arg: Arg): string {
  return arg.text.replace(/(?!^)@.*$/, '');
}

/** Something has written the file, or may have written it below a directory. */
function mayHold(path: string, machine: Machine): boolean {
  return machine.state.writes.index.upwards(path, (writes) =>
    writes.some(({ kind }) => kind === 'file' || kind === 'tree'),
  );
}

/** Packages that a command names, by the version that it states or else by what `otherwise` says. */
export function versionsOf(names: readonly Arg[], otherwise: (name: string) => string): Record<string, string> {
  return Object.fromEntries(
    names.map((arg) => {
      const name = packageName(arg);
      return [name, arg.text.slice(name.length + 1) || otherwise(name)];
    }),
  );
}

/** Dependencies for development are left out (npm documentation, "omit"; yarn and pnpm, "install"). */
function isProduction(call: Call, machine: Machine): boolean {
  const said = call.args.map((arg) => arg.text);
  if (said.some((word) => /^--(include=dev|also=dev|production=false|prod=false)$/.test(word))) return false;
  return (
    said.some((word) => /^(--omit=dev|--only=prod(uction)?|--prod(uction)?(=true)?|-P)$/.test(word)) ||
    machine.lookup('NODE_ENV')?.text === 'production'
  );
}

function only(
  versions: Readonly<Record<string, string>> | undefined,
  names: readonly string[] | undefined,
): Readonly<Record<string, string>> | undefined {
  if (versions === undefined || names === undefined) return versions;
  return Object.fromEntries(Object.entries(versions).filter(([name]) => names.includes(name)));
}

/**
 * Where there is no lock file npm and bun make one, unless told otherwise (`package-lock` and `save` of npm's settings,
 * `frozenLockfile` of bun's); what Yarn and pnpm write of a project is not told apart. A package that is named is
 * written into package.json, which npm 7 makes where there is none (npm documentation, "npm install"; tried).
 */
function makesLock(call: Call, kind: Manager, directory: string, named: boolean, machine: Machine): void {
  const told = /^(ci|clean-install|rebuild|--no-package-lock|--no-save|--frozen-lockfile)$/;
  if ((kind.name !== 'npm' && kind.name !== 'bun') || call.args.some((arg) => told.test(arg.text))) return;
  const at = (name: string): ReturnType<ContextReader['fileAt']> =>
    machine.context.fileAt(joinPath(directory, name), machine.state.writes);
  const sure =
    kind.name === 'npm' && at('.npmrc') === 'unknown' && machine.lookup('npm_config_package_lock') === undefined;
  const locks = [kind.lock, ...kind.olderLocks].map(at);
  if (locks.every((found) => typeof found === 'string'))
    machine.write(joinPath(directory, kind.lock), {
      kind: 'file',
      class: 'app',
      sure: sure && locks.every((found) => found === 'unknown'),
    });
  if (!named) return;
  const manifest = joinPath(directory, 'package.json');
  const { facts } = machine.state.root;
  const major = facts?.image === 'node' ? Number.parseInt(facts.tagVersion, 10) : Number.NaN;
  if (at('package.json') !== 'unknown') machine.write(manifest, { kind: 'edit', class: 'app' });
  else if (!(major < 15)) machine.write(manifest, { kind: 'file', class: 'app', sure: sure && major >= 15 });
}

/** Records what package.json and the lock file of a directory bring, or that nobody has read them. */
export function dependOn(
  call: Call,
  kind: Manager,
  directory: string,
  machine: Machine,
): { manifest: PackageJson | undefined; locked: Locked | undefined } {
  const manifest = packageJson(machine, directory);
  const locked = lockedPackages(machine, directory, kind);
  if (manifest === undefined) machine.unread('package.json', 'dependencies', call.span, 'node');
  else {
    for (const name of manifest.dependencies)
      machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
    if (locked?.scripts === undefined) machine.unread(kind.lock, 'dependencies', call.span, 'node');
    const { dependencies, devDependencies } = manifest;
    const told = locked?.development === true;
    const needy =
      locked?.names.filter(
        (name) => !dependencies.includes(name) && (told || !devDependencies.includes(name)) && startsOrLoads(name),
      ) ?? [];
    for (const name of needy) machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
    for (const name of locked?.scripts ?? [])
      machine.depend({ ecosystem: 'node', name: `script:${name}`, version: undefined, span: call.span });
  }
  return { manifest, locked };
}

type Versions = Readonly<Record<string, string>> | undefined;

function without(versions: Versions, names: readonly string[]): Versions {
  return versions && Object.fromEntries(Object.entries(versions).filter(([name]) => !names.includes(name)));
}

/** Whether these are installed, or run what they bring, hangs on what nobody has read: any version may be. */
function doubted(versions: Versions, isSure: (name: string) => boolean): Versions {
  return versions && Object.fromEntries(Object.entries(versions).map(([name, one]) => [name, isSure(name) ? one : '']));
}

/** Remembered of a directory where the dependencies for development were installed too. */
const ALL = 'npm:all:';

/** `npm prune` takes away what is for development, where that is there and not wanted (npm documentation, "npm prune"). */
export function prune(call: Call, verb: string, directory: string, machine: Machine): void {
  machine.role('dependencies');
  machine.effect.replayable = false;
  const sure = verb === 'prune' && isProduction(call, machine) && machine.state.told.has(ALL + directory);
  machine.write(joinPath(directory, 'node_modules'), { kind: 'edit', class: 'dependencies', sure });
}

export function install(call: Call, kind: Manager, options: Options, names: readonly Arg[], machine: Machine): void {
  const directory = directoryOf(options, machine);
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.effect.reads.push(directory);
  machine.need('certificates', 'https', 'it downloads packages', true, call.span);
  const { manifest, locked } = dependOn(call, kind, directory, machine);
  for (const arg of names)
    machine.depend({ ecosystem: 'node', name: arg.text.replace(/(?!^)@.*$/, ''), version: undefined, span: arg.span });
  if (locked?.scripts === undefined || locked.scripts.some(isNative))
    mayCompile('a package without a prebuilt binary', call, machine);
  const place = kind.name === 'yarn' ? yarnPlace(machine, directory, call.args) : 'project';
  // Where archives are loaded there is no such directory.
  const loose = place === 'home' ? { sure: false } : {};
  machine.write(joinPath(directory, 'node_modules'), { kind: 'tree', class: 'dependencies', ...loose });
  const production = isProduction(call, machine);
  if (!production) machine.state.told.set(ALL + directory, '');
  // npm before 7 leaves what is there (npm documentation, "npm install", "npm ci"; yarnpkg.com, "yarn install --production").
  else if (
    machine.state.told.has(ALL + directory) &&
    (kind.name !== 'npm' || /^(ci|clean-install)$/.test(call.args[0]?.text ?? ''))
  )
    machine.write(joinPath(directory, 'node_modules'), { kind: 'edit', class: 'dependencies' });
  const told = locked?.development === true;
  const ofLock = told ? locked.names : [];
  const installed = production ? [...(manifest?.dependencies ?? []), ...ofLock] : undefined;
  // A package.json that nobody has read may hold back the version of what is named.
  const newest = manifest === undefined && mayHold(joinPath(directory, 'package.json'), machine) ? '' : NEWEST;
  const named = versionsOf(names, (name) => manifest?.versions[name] ?? newest);
  const stated = { ...only(manifest?.versions, installed), ...named };
  const given = manifest === undefined && names.length === 0 ? undefined : stated;
  // pnpm 10 runs no script of a dependency that the project does not allow (pnpm.io, "Supply chain security").
  const isSure = (name: string): boolean =>
    (kind !== pnpm || locked?.scripts !== undefined) && (installed === undefined || told || installed.includes(name));
  browsersOfInstall(
    doubted(given, isSure),
    production && !told
      ? doubted(without(locked?.versions, manifest?.devDependencies ?? []), isSure)
      : doubted(only(locked?.versions, installed), isSure),
    directory,
    machine,
  );
  const scripts = lifecycleScripts(manifest, call);
  if (kind.name === 'yarn' || kind.name === 'pnpm' || manifest?.workspaces === true || scripts?.length !== 0)
    mayWriteProject(machine, directory, (scripts?.length ?? 0) > 0);
  machine.write(kind.cache(machine, options), { kind: 'tree', class: 'cache' });
  makesLock(call, kind, directory, names.length > 0, machine);
  if (kind.name === 'yarn') {
    const archives = home(machine, '.yarn/berry');
    if (place === 'unread') machine.write(archives, { kind: 'tree', class: 'dependencies', sure: false });
    else if (place === 'home') machine.write(archives, { kind: 'tree', class: 'dependencies' });
    else machine.write(archives, { kind: 'tree', class: 'cache', sure: false });
  }
  for (const text of scripts ?? []) runScripts([text], directory, call.span, machine);
  if (kind.name === 'pnpm')
    for (const path of PNPM_STATE) machine.write(home(machine, path), { kind: 'tree', class: 'cache', sure: false });
}
