/** What the scripts of a project may write: below its directory, into a neighbour of it, or where a command line says. */
import { joinPath, parentOf, resolvePath } from '../../model/path.ts';
import type { Span } from '../../model/span.ts';
import { known } from '../../model/value.ts';
import { baseHolds } from '../../simulate/base.ts';
import type { Call } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { runScript } from '../../simulate/shell.ts';
import type { Arg } from '../../simulate/words.ts';
import { type PackageJson, packageJson } from './manifest.ts';

/** Never the directory of one application. */
const OF_THE_SYSTEM =
  /^\/(usr(\/(local(\/(bin|lib|share))?|share|lib|bin|src))?|etc|var(\/(lib|www))?|root|home|tmp|bin|lib|opt|srv)?$/;

/**
 * The outermost directory that this file made around a project: `vite build --outDir ../server/public` and its like in
 * a configuration that nobody has read write into a neighbour.
 */
export function projectRoot(machine: Machine, directory: string): string {
  let root = directory;
  for (;;) {
    const parent = parentOf(root);
    if (!isOwn(machine, parent)) return root;
    root = parent;
  }
}

function isOwn(machine: Machine, path: string): boolean {
  const { state } = machine;
  const named = state.writes.index
    .exactly(path)
    .some((write) => write.kind === 'dir' || (write.kind === 'tree' && write.context !== undefined));
  if (OF_THE_SYSTEM.test(path)) return named && /^\/(opt|srv|var\/www)$/.test(path);
  for (const { home } of state.principals.values()) if (home === path) return named;
  return named || !baseHolds(state, path);
}

/** Names of the scripts that an installation runs of the project itself (npm documentation, "scripts", life cycle). */
const LIFECYCLE = ['preinstall', 'install', 'postinstall', 'preprepare', 'prepare', 'postprepare', 'prepublish'];

/** The project's own scripts that `npm install` runs; `undefined`: nobody has read them. */
export function lifecycleScripts(manifest: PackageJson | undefined, call: Call): readonly string[] | undefined {
  if (call.args.some((arg) => arg.text === '--ignore-scripts')) return [];
  return manifest === undefined
    ? undefined
    : LIFECYCLE.map((name) => manifest.scripts[name]).filter((text) => text !== undefined);
}

/** Records that a script of the project may have written anything of it; `sure`: it certainly writes something. */
export function mayWriteProject(machine: Machine, directory: string, sure = false): void {
  const root = projectRoot(machine, directory);
  // Where only the manifest was copied to `/`, a script has no sources to make something of.
  const bare = OF_THE_SYSTEM.test(root) && !hasSources(machine, root);
  if (!bare) machine.write(root, { kind: 'tree', class: 'app', sure: sure && root === directory });
}

function hasSources(machine: Machine, directory: string): boolean {
  return machine.state.writes.index
    .exactly(directory)
    .some((write) => write.kind === 'tree' && write.context !== undefined);
}

/** Options that say where a result goes (`--help` of tsc, webpack, vite, ng, esbuild, rollup, parcel, swc, babel, next, storybook, sass). */
const OUTPUTS =
  /^(-o|-d|--out|--outdir|--out-dir|--outDir|--outfile|--outFile|--out-file|--output|--output-path|--outputPath|--output-dir|--dest|--dist|--dist-dir|--destination|--dir)$/;

/** Records a build step of the project, with the places that its command line names. */
export function writeBuild(call: Call, machine: Machine, directory: string): void {
  machine.write(directory, { kind: 'tree', class: 'app' });
  const root = projectRoot(machine, directory);
  if (root !== directory) machine.write(root, { kind: 'tree', class: 'app', sure: false });
  const target = (arg: Arg, text: string): void => {
    if (!/^(\/|\.\.\/)/.test(text)) return;
    const path = resolvePath(directory, text);
    if (path !== root && !path.startsWith(`${root}/`))
      machine.write({ ...arg, text: path }, { kind: 'tree', class: 'artifact' });
  };
  call.args.forEach((arg, at) => {
    const [name, value] = arg.text.split(/=(.*)/s);
    if (value !== undefined && OUTPUTS.test(name as string)) target(arg, value);
    else if (OUTPUTS.test(call.args[at - 1]?.text ?? '')) target(arg, arg.text);
  });
  // Create React App builds there (its documentation, "Advanced configuration").
  const place = machine.lookup('BUILD_PATH');
  if (place !== undefined && place.text.startsWith('/'))
    machine.write(place, {
      kind: 'tree',
      class: 'artifact',
      sure: packageJson(machine, directory)?.versions['react-scripts'] !== undefined,
    });
}

/** The directory of a package that is installed by its path. */
export function isDirectory(text: string): boolean {
  return /^(\.{0,2}\/|\.$|\.\.$|~\/|file:)/.test(text) && !/\.(tgz|tar\.gz)$/.test(text);
}

/** Runs lines of package.json in its directory: node_modules/.bin is on PATH there, so that other names are commands of packages. */
export function runScripts(lines: readonly string[], directory: string, span: Span, machine: Machine): void {
  if (machine.depth >= 3) return;
  const { cwd } = machine;
  const saved = machine.vars;
  machine.vars = new Map(saved);
  machine.vars.set('PATH', known([joinPath(directory, 'node_modules/.bin'), ...machine.searchPath()].join(':')));
  machine.cwd = { text: directory, open: [], args: [] };
  for (const line of lines) runScript(line, machine, span);
  machine.cwd = cwd;
  machine.vars = saved;
}
