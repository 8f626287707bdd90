/** `python …`: modules, scripts, setup.py, inline code (python.org, "Command line and environment"). */
import { baseName, joinPath, parentOf } from '../../model/path.ts';
import { type Call, type Handler, parseOptions } from '../../simulate/call.ts';
import { linkedByFiles } from '../../simulate/commands/runtimes.ts';
import { knownInstaller } from '../../simulate/installers.ts';
import type { Machine } from '../../simulate/machine.ts';
import { findHandler } from '../../simulate/registry.ts';
import type { Arg } from '../../simulate/words.ts';
import { djangoNeeds } from './django.ts';
import { environmentOf } from './environment.ts';
import { applyInstallation } from './install.ts';
import { MODULES } from './packagers.ts';
import { runPip } from './pip.ts';
import { createEnvironment, runVirtualenv } from './tools.ts';

export const python: Handler = (call, machine) => {
  let at = 0;
  while (
    at < call.args.length &&
    /^-[a-zA-Z]/.test((call.args[at] as Arg).text) &&
    !/^-[a-zA-Z]*[mc]$/.test((call.args[at] as Arg).text)
  ) {
    at += /^-[WXQ]$/.test((call.args[at] as Arg).text) ? 2 : 1;
  }
  const first = call.args[at];
  const rest = call.args.slice(at + 1);
  machine.need('exe', call.name, 'it runs Python', true, call.span);
  if (first === undefined || first.text === '-') {
    if (call.stdin !== undefined) piped(call, machine);
    else machine.role('query');
  } else if (first.text === '--version' || first.text === '-V') machine.role('query');
  else if (/^-[a-zA-Z]*m$/.test(first.text)) runModule(call, rest, machine);
  else if (/^-[a-zA-Z]*c$/.test(first.text)) machine.role('program');
  else runFile(call, first, rest, machine);
};

/** `curl …/get-pip.py | python` installs pip; any other script that comes through a pipe is opaque. */
function piped(call: Call, machine: Machine): void {
  if (call.stdin?.args.some((arg) => /get-pip\.py$/.test(arg.text)) === true) bootstrapPip(call, machine);
  else if (!knownInstaller(call, machine)) machine.opaque(`${call.stdin?.name ?? ''} | ${call.name}`, call.span);
}

function bootstrapPip(call: Call, machine: Machine): void {
  applyInstallation(
    {
      environment: environmentOf(machine, undefined),
      requirements: [{ name: 'pip', extras: [], version: undefined, vcs: false, path: undefined }],
      unread: [],
      span: call.span,
      wheels: 'only',
      noCache: true,
      cache: '',
    },
    machine,
  );
}

const CHECKS = /^(pytest|unittest|nose|tox|flake8|pylint|mypy|black|isort|bandit|coverage|doctest)$/;

function runModule(call: Call, args: readonly Arg[], machine: Machine): void {
  const [module, ...rest] = args;
  const name = module?.text ?? '';
  if (name === 'pip') runPip(call, rest, machine, call.path);
  else if (name === 'venv') createEnvironment(rest, machine, undefined);
  else if (name === 'virtualenv') runVirtualenv(rest, machine);
  else if (name === 'ensurepip') bootstrapPip(call, machine);
  else if (name === 'compileall') machine.role('query');
  else if (name === 'grpc_tools.protoc' || name === 'grpc.tools.protoc')
    findHandler('protoc')?.({ ...call, name: 'python', args: rest }, machine);
  else if (MODULES[name] !== undefined)
    findHandler(MODULES[name])?.({ ...call, name: MODULES[name], args: rest }, machine);
  else if (CHECKS.test(name)) machine.role('check');
  else if (name === 'ipykernel' || name.startsWith('ipykernel.')) kernelspec(rest, machine);
  else if (name === 'spacy' && rest[0]?.text === 'download') download(call, rest[1], machine);
  else {
    machine.role('program');
    if (name === 'django') djangoNeeds(call, rest, machine);
  }
}

/** `ipykernel install` writes its kernelspec below share/jupyter of the prefix (or of the user). */
function kernelspec(args: readonly Arg[], machine: Machine): void {
  const user = args.some((arg) => arg.text === '--user');
  const environment = environmentOf(machine, undefined);
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.write(user ? `${machine.home().text}/.local/share/jupyter` : `${environment.prefix}/share/jupyter`, {
    kind: 'tree',
    class: 'dependencies',
  });
}

/** `spacy download MODEL` runs pip. */
function download(call: Call, model: Arg | undefined, machine: Machine): void {
  if (model !== undefined) runPip(call, [{ ...model, text: 'install' }, model], machine, undefined);
}

function runFile(call: Call, file: Arg, rest: readonly Arg[], machine: Machine): void {
  const path = machine.read(file);
  const name = baseName(path);
  if (name === 'get-pip.py') bootstrapPip(call, machine);
  else if (name === 'get-poetry.py' || name === 'install-poetry.py') {
    machine.role('dependencies');
    machine.effect.replayable = false;
    machine.write(machine.lookup('POETRY_HOME') ?? `${machine.home().text}/.local`, {
      kind: 'tree',
      class: 'toolchain',
    });
  } else if (name === 'setup.py') setup(call, parentOf(path), rest, machine);
  else {
    machine.role('program');
    if (name === 'manage.py') djangoNeeds(call, rest, machine, path);
  }
}

function setup(call: Call, directory: string, args: readonly Arg[], machine: Machine): void {
  const verbs = parseOptions(args, new Set(['--prefix', '--root', '--install-dir', '-d', '--record'])).rest.map(
    (arg) => arg.text,
  );
  const prefix = parseOptions(args, new Set(['--prefix', '--root'])).values.get('--prefix');
  if (verbs.some((verb) => verb === 'install' || verb === 'develop')) {
    const develop = verbs.includes('develop');
    const environment = environmentOf(machine, call.path);
    applyInstallation(
      {
        environment:
          prefix === undefined
            ? environment
            : { ...environment, prefix: machine.path(prefix), site: machine.path(prefix), kind: 'venv' },
        requirements: [],
        unread: [{ what: 'setup.py', span: call.span }],
        span: call.span,
        wheels: 'either',
        noCache: true,
        cache: '',
      },
      machine,
    );
    machine.write(develop ? directory : joinPath(directory, 'build'), {
      kind: 'tree',
      class: develop ? 'app' : 'intermediate',
    });
  } else if (verbs.some((verb) => /^(build|build_ext|bdist_wheel|sdist|bdist)/.test(verb))) {
    machine.role('build');
    machine.effect.replayable = false;
    machine.need('compiler', 'cc', 'setup.py may compile an extension', false, call.span);
    const script = machine.context.fileAt(joinPath(directory, 'setup.py'), machine.state.writes);
    linkedByFiles(call, machine, typeof script === 'string' ? undefined : script.text);
    machine.write(directory, { kind: 'tree', class: 'app' });
  } else if (verbs.includes('test')) machine.role('check');
  else machine.role('program');
}
