/** The Node room: npm, yarn, pnpm, bun and the build tools of front ends (their documentation, 2024–2026). */
import { type Call, type Handler, has, type Options, parseOptions } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';
import { corepack, corepackHome, isShim } from './corepack.ts';
import { downloadsBrowser } from './browsers.ts';
import { globalInstall, globalRemoval, isGlobal, link, prefixKey } from './globalInstall.ts';
import { install, prune } from './install.ts';
import { bun, directoryOf, home, type Manager, npm, pnpm, VALUED, yarn } from './managers.ts';
import { startsOrLoads } from './knowledge.ts';
import { type PackageJson, packageJson } from './manifest.ts';
import { runScripts, writeBuild } from './project.ts';
import { setVersion } from './yarn.ts';

/** Words after which a package manager runs a script of package.json. */
const RUN = new Set(['run', 'run-script', 'exec', 'x', 'dlx', 'start', 'build']);

function manager(kind: Manager): Handler {
  return (call, machine) => {
    const options = parseOptions(call.args, VALUED);
    const [verb, ...rest] = options.rest;
    const word = verb?.text ?? (kind.name === 'yarn' ? 'install' : '');
    machine.need('exe', kind === npm ? call.name : kind.name, `it runs ${kind.name}`, true, call.span);
    if (isShim(kind.name, machine))
      machine.write(corepackHome(machine), { kind: 'tree', class: 'toolchain', serves: [kind.name] });
    if (isGlobal(kind, word, options)) return globalInstall(call, kind, rest, machine);
    if (/^(uninstall|un|remove|rm|r)$/.test(word) && has(options, '-g', '--global'))
      return globalRemoval(call, kind, rest, machine);
    switch (word) {
      case 'install':
      case 'i':
      case 'ci':
      case 'add':
      case 'clean-install':
      case 'rebuild':
      case 'update':
      case 'fetch':
        return install(call, kind, options, rest, machine);
      case 'link':
        return link(call, kind, options, rest, machine);
      case 'prune':
      case 'dedupe':
        return prune(call, word, directoryOf(options, machine), machine);
      case 'cache':
      case 'store':
        if (/^(dir|path|ls|list|verify|status)$/.test(rest[0]?.text ?? '')) {
          machine.role('query');
          return;
        }
        machine.role('cleanup');
        machine.write(kind.cache(machine, options), { kind: 'gone' });
        return;
      case 'config':
      case 'set':
        if (kind.name === 'yarn' && rest[0]?.text === 'version') {
          setVersion(rest[1], machine);
          return;
        }
        machine.role('setup');
        rememberPrefix(kind, textsOf(rest), machine);
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
  if (text === undefined && name !== undefined && name.text !== 'build') {
    // `npm run prisma:generate` of a package.json that nobody has read.
    for (const one of name.text.split(/[:._-]/))
      if (startsOrLoads(one)) machine.depend({ ecosystem: 'node', name: one, version: undefined, span: call.span });
    const words = call.args.slice(call.args.findIndex((arg) => arg.span.start === name.span.start) + 1);
    if (downloadsBrowser(name.text, textsOf(words), directory, call, machine)) return;
  }
  built(call, machine, directory);
  if (text === undefined || name === undefined) return;
  const { scripts } = packageJson(machine, directory) as PackageJson;
  const around = (prefix: string): void => {
    const line = scripts[prefix + name.text];
    if (line === undefined) return;
    // Yarn 2 and pnpm before 9 leave them out.
    if (kind.name !== 'npm') machine.maybe++;
    runScripts([line], directory, call.span, machine);
    if (kind.name !== 'npm') machine.maybe--;
  };
  around('pre');
  runScripts([text], directory, call.span, machine);
  around('post');
}

/** `npm config set prefix DIR`, `npm set prefix=DIR`: where global packages go from then on. */
function rememberPrefix(kind: Manager, words: readonly string[], machine: Machine): void {
  const [key = '', value = ''] = words.filter((word) => word !== 'set').flatMap((word) => word.split(/=(.*)/s, 2));
  if (key === 'prefix' && value !== '') machine.state.told.set(prefixKey(kind), machine.path(value));
}

function textsOf(args: readonly Arg[]): string[] {
  return args.map((arg) => arg.text);
}

function built(call: Call, machine: Machine, directory: string): void {
  machine.role('build');
  machine.effect.replayable = false;
  machine.effect.reads.push(directory);
  machine.need('exe', 'node', 'it runs Node', true, call.span);
  writeBuild(call, machine, directory);
}

/** Build tools write below the project's directory (dist, build, .next …): it is taken whole. */
const tool: Handler = (call, machine) => built(call, machine, machine.path(machine.cwd));

const npx: Handler = (call, machine) => {
  const at = call.args.findIndex(
    (arg, index) => !arg.text.startsWith('-') && !/^(-p|--package|-c|--call)$/.test(call.args[index - 1]?.text ?? ''),
  );
  const name = call.args[at]?.text.replace(/(?!^)@[^@/]*$/, '') ?? '';
  const directory = machine.path(machine.cwd);
  // A tool that is run from node_modules is a dependency, whoever lists it (prisma loads openssl).
  if (name !== '') machine.depend({ ecosystem: 'node', name, version: undefined, span: call.span });
  if (downloadsBrowser(name, textsOf(call.args.slice(at + 1)), directory, call, machine)) return;
  if (/^(eslint|jest|prettier|mocha|vitest)$/.test(name)) machine.role('check');
  else built(call, machine, directory);
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
