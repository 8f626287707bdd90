/**
 * Compilers and build systems of C and C++ (GNU make, Autoconf, CMake, Meson manuals).
 * `make install` without a prefix: /usr/local for Makefiles written by configure
 * and CMake (GNU Coding Standards, 7.2.5; CMAKE_INSTALL_PREFIX); for others nobody knows.
 */
import { isPythonImage } from '../../facts/bases.ts';
import { isBelow, parentOf, resolvePath } from '../../model/path.ts';
import { type Call, type Handler, type Options, parseOptions } from '../call.ts';
import type { Machine } from '../machine.ts';
import { runScript } from '../shell.ts';
import type { Arg } from '../words.ts';
import { installingLines } from './makefile.ts';
import { editFound } from './patterns.ts';
import { linkedByFiles, linkedByOptions } from './runtimes.ts';

function built(call: Call, machine: Machine, compiler: boolean): void {
  machine.role('build');
  machine.effect.replayable = false;
  machine.need('exe', call.name, 'it builds from sources', true, call.span);
  if (compiler) machine.need('compiler', 'cc', 'it compiles', true, call.span);
}

/** The arguments without `-j`, `-l` and their kin: what follows them is theirs only where it is a number (GNU make manual, "Parallel"). */
function withoutJobs(args: readonly Arg[]): readonly Arg[] {
  return args.filter(({ text, known }, at) => {
    if (JOBS.test(text)) return false;
    return !JOBS.test(args[at - 1]?.text ?? '') || !(/^[\d.]+$/.test(text) || !known);
  });
}

const JOBS = /^(-[jl]|--jobs|--parallel|--load-average|--max-load)$/;

/** A directory that stands before the prefix of all that is installed (GNU Coding Standards, 7.2.4). */
function staged(prefix: string, destination: string | undefined): string {
  return destination === undefined || destination === '' ? prefix : resolvePath(destination, `./${prefix}`);
}

const compiler: Handler = (call, machine) => {
  built(call, machine, true);
  // "You may not group multiple single-letter options" (GCC manual, "Invoking GCC"): `-lopenblas` is no `-o`.
  const options = parseOptions(
    call.args,
    new Set(['-o', '-I', '-L', '-x', '-include', '-isystem', '-MF', '-MT']),
    false,
  );
  const output = options.values.get('-o');
  for (const arg of call.args) {
    const library = /^-l(\w[\w.+-]*)$/.exec(arg.text)?.[1];
    if (library !== undefined) machine.needAtRun('library', library, `${call.name} links it`, true, arg.span);
    if (!arg.text.startsWith('-')) machine.effect.reads.push(machine.path(arg));
  }
  linkedByOptions(call, machine);
  if (output !== undefined) machine.write(output, { class: 'artifact' });
  else if (call.args.some((arg) => arg.text === '-c'))
    machine.write(machine.cwd, { kind: 'tree', class: 'intermediate', sure: false });
  else machine.write('a.out', { class: 'artifact' });
};

const configure: Handler = (call, machine) => {
  built(call, machine, true);
  linkedByFiles(call, machine, undefined);
  const prefix = prefixOf(call) ?? '/usr/local';
  const place = machine.read(machine.cwd);
  machine.state.configured.set(place, { prefix, beside: call.args.flatMap((arg) => ownPlaces(arg.text)) });
  machine.write(machine.cwd, { kind: 'tree', class: machine.classOfSources(machine.cwd) });
};

/**
 * Where a configured program installs beside its prefix: directories (GNU Coding Standards, 7.2.5),
 * nginx's own paths ("Building nginx from Sources"), and apxs, which installs into the httpd that is there.
 */
function ownPlaces(option: string): readonly string[] {
  if (/^--with-apxs2?(=|$)/.test(option)) return HTTPD;
  const [, name = '', path = ''] = /^--([\w-]+)=(\/.+)$/.exec(option) ?? [];
  if (/dir$/.test(name) && !/^(with|enable|src|build)/.test(name)) return [path];
  if (name === 'sbin-path') return [path];
  if (/^(conf|error-log|http-log)-path$/.test(name) && !path.startsWith('/dev/')) return [parentOf(path)];
  return [];
}

const cmake: Handler = (call, machine) => {
  built(call, machine, true);
  const options = parseOptions(
    withoutJobs(call.args),
    new Set(['-B', '-S', '-G', '-D', '--build', '--install', '--prefix', '--install-prefix', '--config', '-C']),
  );
  const prefix =
    optionValue(call, /^(?:-D)?CMAKE_INSTALL_PREFIX(?::\w+)?=(.*)$/) ??
    (options.values.get('--prefix') ?? options.values.get('--install-prefix'))?.text;
  const install = options.values.get('--install');
  const build = options.values.get('--build') ?? options.values.get('-B') ?? install;
  const directory = build ?? machine.cwd;
  const path = machine.path(directory);
  if (install === undefined && !options.values.has('--build')) {
    machine.state.configured.set(path, { prefix: prefix ?? '/usr/local', beside: [] });
    for (const arg of options.rest) machine.effect.reads.push(machine.path(arg));
    linkedByFiles(call, machine, textAt(machine, options.values.get('-S') ?? options.rest[0], 'CMakeLists.txt'));
  }
  // Several targets may follow the option, and words for the build tool follow `--` (cmake(1), "Build a Project").
  const installs =
    options.values.has('--build') && call.args.some(({ text }) => /^(--target=)?install(\/strip)?$/.test(text));
  machine.write(directory, { kind: 'tree', class: machine.classOfSources(directory) });
  if (install !== undefined || installs) installed(path, machine, prefix);
};

const make: Handler = (call, machine) => {
  const options = parseOptions(
    withoutJobs(call.args),
    new Set(['-C', '--directory', '-f', '--file', '--makefile', '-o', '-W', '-I']),
  );
  const directory = options.values.get('-C') ?? options.values.get('--directory') ?? machine.cwd;
  const path = machine.path(directory);
  const targets = options.rest.filter((arg) => !arg.text.includes('=')).map((arg) => arg.text);
  const variables = new Map(
    options.rest.filter((arg) => arg.text.includes('=')).map((arg) => arg.text.split(/=(.*)/s, 2) as [string, string]),
  );
  built(call, machine, !targets.every((target) => target === 'clean' || target === 'distclean'));
  machine.effect.reads.push(path);
  // CPython's is `altinstall` as well.
  const install = targets.some((target) => /(^|[-_.])(alt)?install([-_.]|$)/.test(target));
  machine.write(directory, { kind: 'tree', class: machine.classOfSources(directory) });
  recipes(call, path, targets, options, machine);
  if (!install) return;
  installed(path, machine, variables.get('PREFIX') ?? variables.get('prefix'), variables.get('DESTDIR'));
};

/** Recipes of a Makefile that install packages are run; of one that nobody has read, those of an image with an installer may be. */
function recipes(call: Call, directory: string, targets: readonly string[], options: Options, machine: Machine): void {
  const { state, context } = machine;
  if ([...state.configured.keys()].some((path) => isRelated(directory, path))) return;
  const named = options.values.get('-f') ?? options.values.get('--file') ?? options.values.get('--makefile');
  const names = named === undefined ? ['GNUmakefile', 'makefile', 'Makefile'] : [named.text];
  const found = names.map((name) => context.fileAt(resolvePath(directory, name), state.writes));
  const file = found.find((one) => typeof one !== 'string');
  linkedByFiles(call, machine, file?.text);
  if (file === undefined) {
    if (found.includes('unread') && !context.present) mayInstall(call, machine);
    return;
  }
  const { cwd } = machine;
  machine.cwd = { text: directory, open: [], args: [] };
  for (const line of installingLines(file.text, targets)) runScript(line, machine, call.span);
  machine.cwd = cwd;
}

/** `make deps` and its like: images of Python and Node have their installers, and what these install, below /usr/local. */
function mayInstall(call: Call, machine: Machine): void {
  const { facts } = machine.state.root;
  if (facts === undefined || !(isPythonImage(facts.image, facts.from) || facts.image === 'node')) return;
  machine.unread('Makefile', 'dependencies', call.span, facts.image === 'node' ? 'node' : 'python');
  machine.write('/usr/local', { kind: 'tree', class: 'dependencies', sure: false });
}

/** The text of a build file in a directory (the current one), where it was read. */
function textAt(machine: Machine, directory: Arg | undefined, name: string): string | undefined {
  const found = machine.context.fileAt(resolvePath(machine.path(directory ?? machine.cwd), name), machine.state.writes);
  return typeof found === 'string' ? undefined : found.text;
}

/**
 * Where `make install` writes: the stated prefix, the configured one, or nobody knows; below a stated destination, which
 * every build system reads from the environment too (the same in CMake's and Meson's manuals, "DESTDIR").
 */
function installed(directory: string, machine: Machine, stated: string | undefined, destination?: string): void {
  const projects = [...machine.state.configured].filter(([path]) => isRelated(directory, path));
  const root = destination ?? machine.lookup('DESTDIR')?.text;
  const prefix = stated ?? projects.at(-1)?.[1].prefix ?? (root === undefined || root === '' ? undefined : '/');
  machine.role('build');
  if (prefix === undefined) {
    // Makefiles that nobody configured take a prefix from the environment, where they ask for one.
    const asked = machine.lookup('PREFIX')?.text;
    for (const path of asked === undefined ? ['/usr/local'] : [asked, '/usr/local'])
      machine.write(path, { kind: 'tree', class: 'artifact', sure: false, guessed: true });
    return;
  }
  machine.write(staged(prefix, root), { kind: 'tree', class: 'artifact' });
  for (const path of [...projects.flatMap(([, { beside }]) => beside), ...placesOfHosts(machine)])
    if (!isBelow(path, prefix)) machine.write(staged(path, root), { kind: 'tree', class: 'artifact' });
}

/**
 * Where an extension goes of a program that is there already: configure asks its apxs or pg_config where, and no option of the
 * line says so (mod_wsgi, "Quick Installation Guide"; PostgreSQL, "Extension Building Infrastructure").
 */
function placesOfHosts({ state }: Machine): readonly string[] {
  const out = new Set<string>();
  for (const name of state.packages.keys())
    for (const [pattern, places] of HOSTS) if (pattern.test(name)) for (const place of places) out.add(place);
  return [...out];
}

const HTTPD = ['/usr/lib/apache2/modules', '/etc/apache2'];
const HOSTS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/^apache2(-threaded|-prefork)?-dev$/, HTTPD],
  [/^postgresql-server-dev-/, ['/usr/lib/postgresql', '/usr/share/postgresql']],
];

/** One of the directories lies in the other: sources and a build directory of theirs. */
function isRelated(one: string, other: string): boolean {
  return isBelow(one, other) || isBelow(other, one);
}

const generate: Handler = (call, machine) => {
  built(call, machine, false);
  machine.effect.reads.push(machine.path(machine.cwd));
  machine.write(machine.cwd, { kind: 'tree', class: machine.classOfSources(machine.cwd) });
};

/** protoc writes below the directories of its --*_out options (protoc --help). */
const protoc: Handler = (call, machine) => {
  built(call, machine, false);
  let wrote = false;
  for (const arg of call.args) {
    const out = /^--\w+_out=(?:[^:]*:)?(.+)$/.exec(arg.text)?.[1];
    if (out === undefined) continue;
    machine.write({ ...arg, text: out }, { kind: 'tree', class: 'app' });
    wrote = true;
  }
  if (!wrote) machine.write(machine.cwd, { kind: 'tree', class: 'app', sure: false });
};

const strip: Handler = (call, machine) => {
  built(call, machine, false);
  for (const arg of call.args) if (!arg.text.startsWith('-')) editFound(arg, machine);
};

const meson: Handler = (call, machine) => {
  built(call, machine, true);
  linkedByFiles(call, machine, undefined);
  const prefix = prefixOf(call) ?? optionValue(call, /^(?:-D)?prefix=(.*)$/);
  const path = machine.path(machine.cwd);
  const sub = call.args[0]?.text ?? '';
  // Without a verb it sets up (mesonbuild.com, "Commands", setup).
  if (prefix !== undefined || !/^(compile|configure|install|test|dist|introspect|subprojects|-v|--version)$/.test(sub))
    machine.state.configured.set(path, { prefix: prefix ?? '/usr/local', beside: [] });
  machine.write(machine.cwd, { kind: 'tree', class: machine.classOfSources(machine.cwd) });
  const destination = call.args.findIndex(({ text }) => text === '--destdir');
  if (sub === 'install') installed(path, machine, undefined, call.args[destination < 0 ? -1 : destination + 1]?.text);
};

/** `--prefix=DIR`, `--prefix DIR`. */
function prefixOf(call: Call): string | undefined {
  const at = call.args.findIndex(({ text }) => text === '--prefix');
  return optionValue(call, /^--prefix=(.*)$/) ?? (at < 0 ? undefined : call.args[at + 1]?.text);
}

function optionValue(call: Call, pattern: RegExp): string | undefined {
  for (const arg of call.args) {
    const found = pattern.exec(arg.text)?.[1];
    if (found !== undefined) return found;
  }
  return undefined;
}

export const compilers: Readonly<Record<string, Handler>> = {
  gcc: compiler,
  'g++': compiler,
  cc: compiler,
  'c++': compiler,
  clang: compiler,
  'clang++': compiler,
  gfortran: compiler,
  ld: compiler,
  nasm: compiler,
  yasm: compiler,
  configure,
  config: configure,
  Configure: configure,
  cmake,
  make,
  gmake: make,
  ninja: make,
  'ninja-build': make,
  meson,
  autoconf: generate,
  automake: generate,
  autoreconf: generate,
  aclocal: generate,
  autoheader: generate,
  libtoolize: generate,
  'autogen.sh': generate,
  'bootstrap.sh': generate,
  buildconf: generate,
  qmake: configure,
  bison: generate,
  flex: generate,
  swig: generate,
  ar: generate,
  ranlib: generate,
  protoc,
  strip,
};
