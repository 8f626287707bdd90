/** pip and what speaks its language (pip documentation, 24.x; `uv pip` of uv 0.8). */
import { joinPath, parentOf, resolvePath } from '../../model/path.ts';
import { type Call, type Handler, has, type Options, parseOptions } from '../../simulate/call.ts';
import type { FileText } from '../../simulate/context.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { cacheOf, isSet, keepsNothing } from './caches.ts';
import { isGuessed, settingsOf } from './configuration.ts';
import { type Environment, environmentOf } from './environment.ts';
import { applyInstallation } from './install.ts';
import { pyproject } from './manifest.ts';
import { parseRequirement, parseRequirements, type Requirement } from './requirements.ts';

const VALUED = new Set(
  `-r --requirement -c --constraint -e --editable -t --target --prefix --root -i --index-url --extra-index-url -f --find-links
--no-binary --only-binary --platform --python-version --abi --implementation --src --cache-dir --log --proxy --retries --timeout
--trusted-host --cert --client-cert --upgrade-strategy --progress-bar -d --dest -w --wheel-dir --global-option --install-option
--config-settings --root-user-action --python -p --build -b --index-strategy --exists-action --group --report --use-feature --no-deps-for
--break-system-packages-for --index --default-index --torch-backend`.split(/\s+/),
);

export const pip: Handler = (call, machine) => runPip(call, call.args, machine, call.path);

/** Runs `pip ARGS`; `path` is the command as given when it has a slash. */
export function runPip(call: Call, args: readonly Arg[], machine: Machine, path: string | undefined): void {
  const at = args.findIndex((arg, i) => !arg.text.startsWith('-') && !VALUED.has(args[i - 1]?.text ?? ''));
  const verb = args[at]?.text;
  const options = parseOptions([...args.slice(0, Math.max(0, at)), ...args.slice(at + 1)], VALUED);
  switch (verb) {
    case 'install':
      return install(call, options, machine, path);
    case 'sync': {
      // `uv pip sync FILE…`: its operands are files.
      const files = options.rest.map((value) => ({ name: '-r', value }));
      return install(call, { ...options, all: [...options.all, ...files], rest: [] }, machine, path);
    }
    case 'uninstall':
      return uninstall(call, options, machine, path);
    case 'download':
      return stash(call, options, machine, '-d', '--dest');
    case 'wheel':
      return stash(call, options, machine, '-w', '--wheel-dir');
    case 'cache':
      if (!/^(purge|remove)$/.test(options.rest[0]?.text ?? '')) return machine.role('query');
      machine.role('cleanup');
      machine.write(cacheOf(call, options, machine), { kind: 'gone' });
      return;
    case 'config':
      machine.role('setup');
      machine.write(has(options, '--global') ? '/etc/pip.conf' : `${machine.home().text}/.config/pip/pip.conf`, {
        kind: 'edit',
        class: 'config',
      });
      return;
    default:
      // check, list, freeze, show, --version
      machine.role('query');
      machine.need('exe', 'pip', 'it runs pip', true, call.span);
  }
}

interface Asked {
  readonly requirements: Requirement[];
  readonly unread: { what: string; span: Arg['span'] }[];
}

/** What the operands, `-r` and `-e` ask for. */
function askedFor(options: Options, machine: Machine): Asked {
  const requirements: Requirement[] = [];
  const unread: Asked['unread'] = [];
  for (const { name, value } of options.all) {
    if (name === '-r' || name === '--requirement') readRequirements(value, machine, requirements, unread, 0);
    else if (name === '-e' || name === '--editable') editable(value, machine, requirements, unread);
  }
  for (const arg of options.rest) operand(arg, machine, requirements, unread);
  return { requirements, unread };
}

function install(call: Call, options: Options, machine: Machine, path: string | undefined): void {
  const { requirements, unread } = askedFor(options, machine);
  // It may be pip's own package that brings a compiler, by its Recommends.
  if (call.name !== 'uv')
    machine.need('exe', /^pip/.test(call.name) ? call.name : 'pip3', 'it installs', false, call.span);
  const only = options.values.get('--only-binary')?.text;
  const source = options.values.get('--no-binary')?.text ?? machine.lookup('PIP_NO_BINARY')?.text ?? '';
  applyInstallation(
    {
      environment: { ...targetOf(options, machine, path), guessed: isGuessed(call, options, machine) },
      requirements,
      unread,
      span: call.span,
      wheels: only === ':all:' ? 'only' : /^(|:none:)$/.test(source) ? 'either' : 'not-all',
      noCache: keepsNothing(call, options, machine),
      cache: cacheOf(call, options, machine),
    },
    machine,
  );
}

function operand(
  arg: Arg,
  machine: Machine,
  requirements: Requirement[],
  unread: { what: string; span: Arg['span'] }[],
): void {
  if (arg.open.length > 0 || arg.text.includes('$(')) {
    unread.push({ what: arg.raw, span: arg.span });
    return;
  }
  // A file of requirements without -r is a mistake that pip refuses; a glob of wheels is a local install.
  const requirement = parseRequirement(arg.text);
  requirements.push(requirement);
  if (requirement.path === undefined) {
    // An archive or a repository by URL: nobody has read what it depends on.
    if (requirement.name === undefined || requirement.vcs) unread.push({ what: arg.text, span: arg.span });
    return;
  }
  const place = machine.read({ ...arg, text: requirement.path });
  if (/\.(whl|tar\.gz|zip)$/.test(requirement.path) || arg.glob) {
    if (!isStash(parentOf(place), machine)) unread.push({ what: arg.text, span: arg.span });
    return;
  }
  projectDirectory(place, arg, machine, requirements, unread);
}

/** Build back ends that compile, and what setup.py imports for it (their documentation). */
const COMPILING =
  /\b(maturin|scikit-build(-core)?|mesonpy|meson-python|setuptools[-_]rust|py-build-cmake|[cC]ython|pybind11|cffi|nanobind)\b/;
const EXTENSIONS = /\bext_modules\b|\bExtension\(|\bcythonize\(|\bcffi_modules\b|\brust_extensions\b|\bCMake/;

/** What of a project is compiled when it is installed, in words, so that nobody knows what it links; `undefined`: nothing. */
function compiles(place: string, project: FileText | 'unread' | 'unknown', machine: Machine): string | undefined {
  if (typeof project === 'string') return undefined;
  const { context, state } = machine;
  if (COMPILING.test(/^\[build-system\][^[]*(\[[^\]]*\])?/m.exec(project.text)?.[0] ?? ''))
    return 'what the build back end compiles';
  const source = context.sourceOf(joinPath(place, 'setup.py'), state.writes);
  const setup = source === undefined ? 'absent' : context.read(source);
  return setup === 'unread' || EXTENSIONS.test(setup) ? 'what `setup.py` compiles' : undefined;
}

/** A directory with pyproject.toml or setup.py: building it leaves build/ and *.egg-info in the sources. */
function projectDirectory(
  place: string,
  arg: Arg,
  machine: Machine,
  requirements: Requirement[],
  unread: { what: string; span: Arg['span'] }[],
): void {
  const project = machine.context.fileAt(joinPath(place, 'pyproject.toml'), machine.state.writes);
  const listed = typeof project === 'string' ? undefined : pyproject(project.text);
  if (listed === undefined) unread.push({ what: `${arg.text}/pyproject.toml`, span: arg.span });
  else requirements.push(...listed);
  const compiled = compiles(place, project, machine);
  if (compiled !== undefined) unread.push({ what: compiled, span: arg.span });
  for (const name of ['build', '*.egg-info', 'src/*.egg-info'])
    machine.write(joinPath(place, name), { kind: 'tree', class: 'intermediate', sure: false });
}

function editable(
  value: Arg,
  machine: Machine,
  requirements: Requirement[],
  unread: { what: string; span: Arg['span'] }[],
): void {
  const requirement = parseRequirement(value.text);
  requirements.push(requirement);
  if (requirement.path === undefined) {
    machine.write('src', { kind: 'tree', class: 'app' });
    return;
  }
  const place = machine.read({ ...value, text: requirement.path });
  // The environment points at this directory: it stays where it is, with its *.egg-info.
  machine.write(place, { kind: 'tree', class: 'app' });
  projectDirectory(place, value, machine, requirements, unread);
}

function readRequirements(
  file: Arg,
  machine: Machine,
  into: Requirement[],
  unread: { what: string; span: Arg['span'] }[],
  depth: number,
): void {
  const path = machine.read(file);
  const found = machine.context.fileAt(path, machine.state.writes);
  if (found === 'unknown' || found === 'unread' || file.open.length > 0) {
    unread.push({ what: file.text, span: file.span });
    return;
  }
  const parsed = parseRequirements(found.text);
  into.push(...parsed.requirements);
  // An archive or a repository by URL: nobody has read what it depends on, and links.
  for (const { name, vcs, path: local } of parsed.requirements)
    if (vcs || (name === undefined && local === undefined))
      unread.push({ what: `an address in ${file.text}`, span: file.span });
  for (const include of parsed.includes) {
    const next = { ...file, text: resolvePath(parentOf(path), include) };
    if (depth < 5) readRequirements(next, machine, into, unread, depth + 1);
  }
}

function targetOf(options: Options, machine: Machine, path: string | undefined): Environment {
  const told = settingsOf(machine);
  const target = options.values.get('-t') ?? options.values.get('--target') ?? told('target');
  if (target !== undefined) {
    const prefix = machine.path(target);
    return { kind: 'venv', prefix, site: prefix, sure: true, floating: false };
  }
  const prefix = options.values.get('--prefix') ?? options.values.get('--root') ?? told('prefix') ?? told('root');
  if (prefix !== undefined && machine.path(prefix) !== '/usr/local') {
    const at = machine.path(prefix);
    return { kind: 'venv', prefix: at, site: at, sure: true, floating: false };
  }
  const explicit = options.values.get('--python') ?? options.values.get('-p');
  const environment = environmentOf(machine, explicit?.text.includes('/') === true ? explicit.text : path);
  const user = has(options, '--user') || isSet(machine, 'PIP_USER');
  if (!user || environment.kind !== 'system') return environment;
  const base = machine.lookup('PYTHONUSERBASE')?.text ?? `${(machine.lookup('HOME') ?? machine.home()).text}/.local`;
  return { kind: 'user', prefix: base, site: base, sure: true, floating: false };
}

/** What images of Python bring themselves (docker-library/python). */
const OF_BASE = /^(pip|setuptools|wheel)$/i;

function uninstall(call: Call, options: Options, machine: Machine, path: string | undefined): void {
  const environment = environmentOf(machine, path);
  machine.effect.replayable = false;
  machine.need('exe', 'pip', 'it runs pip', true, call.span);
  // What the base has comes back in every stage that starts from it: it goes there too.
  const ofBase = environment.kind === 'system' && options.rest.some((arg) => OF_BASE.test(arg.text));
  machine.role(ofBase ? 'program' : 'dependencies');
  machine.write(environment.site, { kind: 'edit', class: 'dependencies' });
  if (environment.kind === 'system')
    machine.write(`${environment.prefix}/bin`, { kind: 'edit', class: 'dependencies' });
}

/** A directory that `pip wheel` or `pip download` filled: what lies there was asked for, and judged, there. */
function isStash(directory: string, machine: Machine): boolean {
  return machine.state.writes.index
    .exactly(directory)
    .some((write) => write.kind === 'tree' && write.class === 'data' && write.context === undefined);
}

/** `pip download` and `pip wheel` only fill a directory; what they were asked for is installed from there. */
function stash(call: Call, options: Options, machine: Machine, short: string, long: string): void {
  const directory = options.values.get(short) ?? options.values.get(long) ?? machine.cwd;
  machine.role('dependencies', 'fetch');
  machine.effect.replayable = false;
  machine.need('compiler', 'cc', 'a package without a wheel is compiled', false, call.span);
  const { requirements, unread } = askedFor(options, machine);
  for (const { what, span } of unread) machine.unread(what, 'dependencies', span, 'python');
  for (const { name, version, vcs } of requirements) {
    if (vcs) machine.need('exe', 'git', 'a dependency is fetched with git', true, call.span);
    if (name !== undefined) machine.depend({ ecosystem: 'python', name, version, span: call.span });
  }
  machine.write(directory, { kind: 'tree', class: 'data' });
}
