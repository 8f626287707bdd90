/** The Node room: npm, yarn, pnpm, bun and the build tools of front ends (their documentation, 2024–2026). */
import { joinPath } from '../../model/path.ts';
import type { Span } from '../../model/span.ts';
import { type Call, type Handler, has, type Options, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { runScript } from '../../simulate/shell.ts';
import type { Arg } from '../../simulate/words.ts';
import { type GlobalPackage, globalPackage } from './globals.ts';
import { knowledgeOf, startsOrLoads } from './knowledge.ts';
import { lockedPackages, packageJson } from './manifest.ts';
import { yarnPlace } from './yarn.ts';

const VALUED = new Set(
  `-C --dir --cwd --prefix --registry --cache -w --workspace --filter -F --loglevel --omit --only --include --userconfig --network-timeout
--cache-folder --modules-folder --store-dir --network-concurrency --fetch-timeout --fetch-retries --unsafe-perm-for --frozen-store
--mutex --global-folder --tag --legacy-bundling-for --node-linker --reporter --jobs`.split(/\s+/),
);

/** Words after which a package manager runs a script of package.json. */
const RUN = new Set(['run', 'run-script', 'exec', 'x', 'dlx', 'start', 'build']);

function directoryOf(options: Options, machine: Machine): string {
  const stated =
    options.values.get('-C') ??
    options.values.get('--dir') ??
    options.values.get('--cwd') ??
    options.values.get('--prefix');
  return machine.path(stated ?? machine.cwd);
}

function home(machine: Machine, rest: string): string {
  return `${(machine.lookup('HOME') ?? machine.home()).text}/${rest}`;
}

/** Why an installation runs Python (github.com/nodejs/node-gyp, README, "Installation": Python, make, a compiler). */
export const NODE_GYP = 'node-gyp runs it to compile native modules';

/** A package whose install script compiles, or nobody knows what it does. */
function isNative(name: string): boolean {
  const knowledge = knowledgeOf(name);
  return knowledge === undefined || knowledge.native === true;
}

function mayCompile(what: string, call: Call, machine: Machine): void {
  machine.need('compiler', 'cc', `${what} is compiled`, false, call.span);
  machine.need('exe', 'python3', NODE_GYP, false, call.span);
}

interface Manager {
  readonly name: string;
  readonly cache: (machine: Machine, options: Options) => string;
}

const npm: Manager = {
  name: 'npm',
  cache: (machine, options) =>
    options.values.get('--cache')?.text ?? machine.lookup('npm_config_cache')?.text ?? home(machine, '.npm'),
};
const yarn: Manager = {
  name: 'yarn',
  cache: (machine, options) =>
    options.values.get('--cache-folder')?.text ??
    machine.lookup('YARN_CACHE_FOLDER')?.text ??
    (machine.isRoot() ? '/usr/local/share/.cache/yarn' : home(machine, '.cache/yarn')),
};
/** Beside its store (pnpm.io, settings: `cacheDir`, `stateDir`). */
const PNPM_STATE = ['.cache/pnpm', '.local/state/pnpm'];

const pnpm: Manager = {
  name: 'pnpm',
  cache: (machine, options) => options.values.get('--store-dir')?.text ?? home(machine, '.local/share/pnpm/store'),
};
const bun: Manager = { name: 'bun', cache: (machine) => home(machine, '.bun/install/cache') };

function manager(kind: Manager): Handler {
  return (call, machine) => {
    const options = parseOptions(call.args, VALUED);
    const [verb, ...rest] = options.rest;
    const word = verb?.text ?? (kind.name === 'yarn' ? 'install' : '');
    machine.need('exe', kind === npm ? call.name : kind.name, `it runs ${kind.name}`, true, call.span);
    if (isShim(kind.name, machine))
      machine.write(corepackHome(machine), { kind: 'tree', class: 'toolchain', serves: [kind.name] });
    if (isGlobal(kind, word, options)) return globalInstall(call, kind, rest, machine);
    switch (word) {
      case 'install':
      case 'i':
      case 'ci':
      case 'add':
      case 'clean-install':
      case 'rebuild':
      case 'update':
      case 'fetch':
      case 'link':
        return install(call, kind, options, rest, machine);
      case 'prune':
      case 'dedupe':
        machine.role('dependencies');
        machine.effect.replayable = false;
        machine.write(joinPath(directoryOf(options, machine), 'node_modules'), { kind: 'edit', class: 'dependencies' });
        return;
      case 'cache':
      case 'store':
        machine.role('cleanup');
        machine.write(kind.cache(machine, options), { kind: 'gone' });
        return;
      case 'config':
      case 'set':
        machine.role('setup');
        machine.write(home(machine, kind.name === 'yarn' ? '.yarnrc' : '.npmrc'), { kind: 'edit', class: 'config' });
        return;
      case 'deploy': {
        const target = rest[0];
        built(call, machine, target === undefined ? directoryOf(options, machine) : machine.path(target));
        return;
      }
      case 'test':
      case 't':
      case 'lint':
      case 'audit':
        machine.role('check');
        return;
      case '':
      case 'version':
      case '-v':
      case '--version':
      case 'ls':
      case 'list':
      case 'bin':
      case 'root':
      case 'view':
      case 'info':
      case 'why':
        machine.role('query');
        return;
      default:
        return script(call, kind, word, rest, options, machine);
    }
  };
}

function isGlobal(kind: Manager, word: string, options: Options): boolean {
  if (kind.name === 'yarn') return word === 'global';
  return has(options, '-g', '--global') && /^(install|i|add|update|link)$/.test(word);
}

/** Global packages: below the prefix of the Node that runs (npm documentation, "folders"). */
function globalInstall(call: Call, kind: Manager, names: readonly Arg[], machine: Machine): void {
  const prefix = globalPrefix(machine);
  const known = names.map((arg) => (arg.known ? globalPackage(packageName(arg)) : undefined));
  if (kind.name !== 'yarn' && names.length > 0 && known.every((one) => one !== undefined)) {
    commandsOnly(call, kind, names, machine, prefix);
    return;
  }
  machine.role('dependencies');
  machine.effect.replayable = false;
  for (const arg of names) {
    const name = packageName(arg);
    if (name === 'add') continue;
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
  else machine.write(`${prefix}/lib/node_modules`, { kind: 'tree', class: 'dependencies' });
  machine.write(`${prefix}/bin`, { kind: 'tree', class: 'dependencies' });
  machine.write(kind.cache(machine, parseOptions([], VALUED)), { kind: 'tree', class: 'cache' });
}

function packageName(arg: Arg): string {
  return arg.text.replace(/(?!^)@.*$/, '');
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
    machine.write(`${prefix}/lib/node_modules/${name}`, { kind: 'tree', class: use });
    for (const command of commands)
      machine.write(`${prefix}/bin/${command}`, { kind: 'file', class: use, sure: false });
  }
  machine.write(kind.cache(machine, parseOptions([], VALUED)), { kind: 'tree', class: 'cache' });
}

function globalPrefix(machine: Machine): string {
  const stated = machine.lookup('NPM_CONFIG_PREFIX')?.text ?? machine.lookup('npm_config_prefix')?.text;
  return stated ?? nodePrefix(machine);
}

/** nodesource's and Alpine's packages keep npm's own prefix, /usr; docker-library puts Node into /usr/local. */
function nodePrefix(machine: Machine): string {
  return machine.state.packages.has('nodejs') ? '/usr' : '/usr/local';
}

function install(call: Call, kind: Manager, options: Options, names: readonly Arg[], machine: Machine): void {
  const directory = directoryOf(options, machine);
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.effect.reads.push(directory);
  machine.need('certificates', 'https', 'it downloads packages', true, call.span);
  const manifest = packageJson(machine, directory);
  const locked = lockedPackages(machine, directory);
  if (manifest === undefined) machine.unread('package.json', 'dependencies', call.span, 'node');
  else {
    for (const name of manifest.dependencies)
      machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
    if (locked === undefined) machine.unread('package-lock.json', 'dependencies', call.span, 'node');
    const needy = locked?.names.filter((name) => !manifest.dependencies.includes(name) && startsOrLoads(name)) ?? [];
    for (const name of needy) machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
    for (const name of locked?.scripts ?? [])
      machine.depend({ ecosystem: 'node', name: `script:${name}`, version: undefined, span: call.span });
  }
  for (const arg of names)
    machine.depend({ ecosystem: 'node', name: arg.text.replace(/(?!^)@.*$/, ''), version: undefined, span: arg.span });
  if (locked === undefined || locked.scripts.some(isNative))
    mayCompile('a package without a prebuilt binary', call, machine);
  machine.write(joinPath(directory, 'node_modules'), { kind: 'tree', class: 'dependencies' });
  if (kind.name === 'yarn' || kind.name === 'pnpm' || manifest?.workspaces === true)
    machine.write(directory, { kind: 'tree', class: 'app', sure: false });
  machine.write(kind.cache(machine, options), { kind: 'tree', class: 'cache' });
  const lock = joinPath(directory, 'package-lock.json');
  const fixed = call.args.some((arg) => /^(ci|clean-install|--no-package-lock)$/.test(arg.text));
  if (kind.name === 'npm' && !fixed && typeof machine.context.fileAt(lock, machine.state.writes) === 'string')
    machine.write(lock, { kind: 'file', class: 'intermediate', sure: false });
  if (kind.name === 'yarn') {
    const place = yarnPlace(machine, directory);
    const archives = home(machine, '.yarn/berry');
    if (place === 'unread') machine.write(archives, { kind: 'tree', class: 'dependencies', sure: false });
    else if (place === 'home') machine.write(archives, { kind: 'tree', class: 'dependencies' });
    else machine.write(archives, { kind: 'tree', class: 'cache', sure: false });
  }
  if (kind.name === 'pnpm')
    for (const path of PNPM_STATE) machine.write(home(machine, path), { kind: 'tree', class: 'cache', sure: false });
}

/** `npm run NAME`, `yarn NAME`: the commands of package.json when it is there, else a build step of the directory. */
function script(
  call: Call,
  kind: Manager,
  word: string,
  rest: readonly Arg[],
  options: Options,
  machine: Machine,
): void {
  const directory = directoryOf(options, machine);
  const name =
    RUN.has(word) && word !== 'build' && word !== 'start' ? rest[0] : ({ ...(call.args[0] as Arg), text: word } as Arg);
  const text = packageJson(machine, directory)?.scripts[name?.text ?? ''];
  if (/(^|:)(test|lint|check|audit|typecheck)\b/.test(name?.text ?? '')) {
    machine.role('check');
    return;
  }
  void kind;
  built(call, machine, directory);
  if (text !== undefined && machine.depth < 3) inDirectory(text, directory, call.span, machine);
}

/** A script may run anything; what it does beyond the directory is read from its commands. */
function inDirectory(text: string, directory: string, span: Span, machine: Machine): void {
  const { cwd } = machine;
  machine.cwd = { text: directory, open: [], args: [] };
  runScript(text, machine, span);
  machine.cwd = cwd;
}

function built(call: Call, machine: Machine, directory: string): void {
  machine.role('build');
  machine.effect.replayable = false;
  machine.effect.reads.push(directory);
  machine.need('exe', 'node', 'it runs Node', true, call.span);
  machine.write(directory, { kind: 'tree', class: 'app' });
}

/** Build tools write below the project's directory (dist, build, .next …): it is taken whole. */
const tool: Handler = (call, machine) => built(call, machine, machine.path(machine.cwd));

const npx: Handler = (call, machine) => {
  const name = call.args.find((arg) => !arg.text.startsWith('-'))?.text ?? '';
  // A tool that is run from node_modules is a dependency, whoever lists it (prisma loads openssl).
  if (name !== '') machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
  if (/^(eslint|jest|prettier|mocha|vitest)$/.test(name)) machine.role('check');
  else built(call, machine, machine.path(machine.cwd));
};

const node: Handler = (call, machine) => {
  const file = call.args.find((arg) => !arg.text.startsWith('-'));
  machine.need('exe', 'node', 'it runs Node', true, call.span);
  if (file === undefined) {
    machine.role(call.args.some((arg) => /^(-e|-p|--eval|--print)$/.test(arg.text)) ? 'program' : 'query');
    return;
  }
  machine.read(file);
  machine.role('program');
};

/** Where corepack keeps the package managers that its links start (github.com/nodejs/corepack, README, "COREPACK_HOME"). */
function corepackHome(machine: Machine): string {
  return machine.lookup('COREPACK_HOME')?.text ?? home(machine, '.cache/node/corepack');
}

/** The command is corepack's link: it fetches the package manager when it first runs. */
function isShim(name: string, machine: Machine): boolean {
  return machine.state.writes.index
    .exactly(`${nodePrefix(machine)}/bin/${name}`)
    .some((write) => write.link === COREPACK);
}

/** What the links of `corepack enable` lead to. */
const COREPACK = 'corepack';

/** The commands of each manager (corepack's config.json). */
const SHIMS: Readonly<Record<string, readonly string[]>> = {
  yarn: ['yarn', 'yarnpkg'],
  pnpm: ['pnpm', 'pnpx'],
  npm: ['npm', 'npx'],
};

/** `corepack enable` links yarn and pnpm into the directory of node; `prepare` fills its cache, which the links need. */
const corepack: Handler = (call, machine) => {
  machine.role('setup');
  machine.need('exe', 'corepack', 'it runs corepack', true, call.span);
  const verb = call.args[0]?.text;
  if (verb === 'enable') {
    const named = call.args.slice(1).filter((arg) => !arg.text.startsWith('-'));
    const managers = named.length > 0 ? named.map(packageName) : ['yarn', 'pnpm'];
    for (const name of managers.flatMap((one) => SHIMS[one] ?? [one]))
      machine.write(`${nodePrefix(machine)}/bin/${name}`, {
        kind: 'link',
        class: 'dependencies',
        sure: false,
        link: COREPACK,
      });
  } else machine.write(corepackHome(machine), { kind: 'tree', class: 'dependencies' });
};

const TOOLS =
  'tsc webpack webpack-cli vite rollup parcel esbuild next nuxt nuxi ng nest react-scripts vue-cli-service gatsby ember gulp grunt turbo nx lerna rush tsup swc babel bower craco prisma remix astro svelte-kit quasar expo node-gyp'.split(
    ' ',
  );

export const nodeCommands: Readonly<Record<string, Handler>> = {
  npm: manager(npm),
  // npmmirror.com's clients take npm's words (github.com/cnpm/cnpm, README).
  cnpm: manager(npm),
  tnpm: manager(npm),
  yarn: manager(yarn),
  yarnpkg: manager(yarn),
  pnpm: manager(pnpm),
  bun: manager(bun),
  npx,
  bunx: npx,
  node,
  nodejs: node,
  corepack,
  ...Object.fromEntries(TOOLS.map((name) => [name, tool])),
  ...Object.fromEntries(
    'jest mocha vitest eslint prettier'
      .split(' ')
      .map((name): [string, Handler] => [name, (_call, machine) => machine.role('check')]),
  ),
};
