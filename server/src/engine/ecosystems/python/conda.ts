/** conda, mamba, micromamba (conda documentation, "Managing environments"). */
import { joinPath } from '../../model/path.ts';
import { known } from '../../model/value.ts';
import { type Call, type Handler, has, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import type { InstallerFile } from '../../simulate/registry.ts';
import { addEnvironment, condaRoot } from './environment.ts';
import { applyInstallation } from './install.ts';
import { normaliseName, parseRequirement } from './requirements.ts';

const VALUED = new Set([
  '-n',
  '--name',
  '-p',
  '--prefix',
  '-f',
  '--file',
  '-c',
  '--channel',
  '--override-channels-for',
  '-r',
  '--root-prefix',
  '--platform',
]);

const conda: Handler = (call, machine) => {
  const options = parseOptions(call.args, VALUED);
  const [verb, second, ...rest] = options.rest;
  const root = condaRoot(machine);
  const name = options.values.get('-n') ?? options.values.get('--name');
  const stated = options.values.get('-p') ?? options.values.get('--prefix');
  const prefix = stated
    ? machine.path(stated)
    : name && name.text !== 'base'
      ? joinPath(root, `envs/${name.text}`)
      : root;
  switch (verb?.text) {
    case 'env':
      if (second?.text === 'create' || second?.text === 'update')
        fromFile(
          call,
          options.values.get('-f')?.text ?? options.values.get('--file')?.text ?? 'environment.yml',
          stated ? prefix : name ? prefix : joinPath(root, 'envs'),
          machine,
        );
      else machine.role('query');
      return;
    case 'create':
    case 'install':
    case 'update':
    case 'upgrade':
    case 'remove':
      environment(call, prefix, machine);
      for (const { name: option, value } of options.all)
        if (option === '-f' || option === '--file') listed(value, machine);
      for (const arg of [second, ...rest]) {
        if (arg !== undefined)
          machine.depend({
            ecosystem: 'python',
            name: normaliseName(arg.text.replace(/^.*::/, '').replace(/[=<>!~[ ].*$/, '')),
            version: undefined,
            span: arg.span,
          });
      }
      return;
    case 'clean':
      machine.role('cleanup');
      machine.write(joinPath(root, 'pkgs'), { kind: 'gone' });
      return;
    case 'activate':
      activate(second === undefined || second.text === 'base' ? root : second.text, root, machine);
      return;
    case 'config':
    case 'init':
    case 'deactivate':
      machine.role('setup');
      machine.write(
        verb.text === 'config' ? settingsOf(call, prefix, root, machine) : `${machine.home().text}/.bashrc`,
        {
          kind: 'edit',
          class: 'config',
        },
      );
      return;
    case 'run':
      machine.role('program');
      return;
    default:
      machine.role('query');
  }
};

/** Names of packages in a file, one a line (conda documentation, "conda install"). */
function listed(file: Arg, machine: Machine): void {
  const found = machine.context.fileAt(machine.read(file), machine.state.writes);
  if (typeof found === 'string') {
    machine.unread(file.text, 'dependencies', file.span, 'python');
    return;
  }
  for (const [, name = ''] of found.text.matchAll(/^\s*(?:[\w-]+::)?([A-Za-z][\w.-]*)/gm))
    machine.depend({ ecosystem: 'python', name: normaliseName(name), version: undefined, span: file.span });
}

/** Which file `conda config` writes: the user's, unless it is told another (conda documentation, "conda config"). */
function settingsOf({ args }: Call, prefix: string, root: string, machine: Machine): string {
  const has = (option: string): boolean => args.some(({ text }) => text === option);
  const directory = has('--system') ? root : has('--env') ? prefix : machine.home().text;
  return joinPath(directory, '.condarc');
}

/** What follows in this shell is found in the environment first; given by its name or its path. */
function activate(environment: string, root: string, machine: Machine): void {
  machine.role('shell');
  machine.effect.shell.add('variables');
  const prefix = environment.includes('/') ? machine.path(environment) : joinPath(root, `envs/${environment}`);
  addEnvironment(machine, prefix, 'conda');
  machine.effect.reads.push(prefix);
  machine.vars.set('CONDA_PREFIX', known(prefix));
  machine.vars.set('PATH', known(`${prefix}/bin:${machine.searchPath().join(':')}`));
}

function environment(call: Call, prefix: string, machine: Machine): void {
  machine.role('dependencies');
  machine.effect.replayable = false;
  machine.need('exe', 'conda', 'it runs conda', true, call.span);
  addEnvironment(machine, prefix, 'conda');
  machine.write(prefix, { kind: 'tree', class: 'dependencies' });
  machine.write(joinPath(condaRoot(machine), 'pkgs'), { kind: 'tree', class: 'cache' });
}

function fromFile(call: Call, file: string, prefix: string, machine: Machine): void {
  environment(call, prefix, machine);
  const found = machine.context.fileAt(machine.read(file), machine.state.writes);
  if (found === 'unknown' || found === 'unread') {
    machine.unread(file, 'dependencies', call.span, 'python');
    // Its part for pip may name a package without a wheel.
    machine.need('compiler', 'cc', 'a package without a wheel is compiled', false, call.span);
    return;
  }
  const { packages, pip } = environmentFile(found.text);
  for (const name of packages.filter((one) => !/^(python|pip)$/i.test(one)))
    machine.depend({ ecosystem: 'python', name: normaliseName(name), version: undefined, span: call.span });
  if (pip.length === 0) return;
  applyInstallation(
    {
      environment: { kind: 'conda', prefix, site: prefix, sure: true, floating: false },
      requirements: pip.map(parseRequirement),
      unread: pip.some((line) => line.startsWith('-')) ? [{ what: file, span: call.span }] : [],
      span: call.span,
      wheels: 'either',
      noCache: false,
      cache: `${machine.home().text}/.cache/pip`,
    },
    machine,
  );
}

/** Names of conda's packages and requirements of pip (conda documentation, "Creating an environment file manually"). */
function environmentFile(text: string): { readonly packages: readonly string[]; readonly pip: readonly string[] } {
  const packages: string[] = [];
  const pip: string[] = [];
  let below = -1;
  for (const line of text.split(/\r?\n/)) {
    const [, indent = '', word = ''] = /^(\s*)-\s+["']?([^#"']+)/.exec(line) ?? [];
    if (word === '') continue;
    if (indent.length <= below) below = -1;
    if (/^pip\s*:\s*$/.test(word)) below = indent.length;
    else if (below >= 0) pip.push(word.trim());
    else packages.push(...(/^[A-Za-z][\w.-]*/.exec(word) ?? []));
  }
  return { packages, pip };
}

export const condaCommands: Readonly<Record<string, Handler>> = { conda, mamba: conda, micromamba: conda };

/**
 * `bash Miniforge3-Linux-x86_64.sh -b -p PREFIX` (conda documentation, "Silent mode"): an interpreter and its packages
 * in one prefix. Unattended only with `-b`; the default prefix is named after the installer.
 */
const installer: Handler = (call, machine) => {
  const options = parseOptions(call.args, new Set(['-p']));
  if (!has(options, '-b')) {
    machine.opaque(call.name, call.span);
    return;
  }
  const own = /^[a-z]+3?/i.exec(call.name)?.[0].toLowerCase() ?? 'miniconda3';
  const prefix = machine.path(options.values.get('-p') ?? `${machine.home().text}/${own}`);
  machine.role('dependencies');
  machine.effect.replayable = false;
  addEnvironment(machine, prefix, 'conda');
  machine.write(options.values.get('-p') ?? prefix, { kind: 'tree', class: 'dependencies' });
};

export const condaInstallers: readonly InstallerFile[] = [
  { name: /^(mini(conda|forge|mamba)|mambaforge|anaconda)[\w.-]*\.sh$/i, run: installer },
];
