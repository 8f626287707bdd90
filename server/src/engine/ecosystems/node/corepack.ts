/** corepack: links that fetch a package manager when they first run. */
import type { Handler } from '../../simulate/call.ts';
import type { Machine } from '../../simulate/machine.ts';
import { home, nodePrefix } from './managers.ts';
import { prepareYarn } from './yarn.ts';

/** Where corepack keeps the package managers that its links start (github.com/nodejs/corepack, README, "COREPACK_HOME"). */
export function corepackHome(machine: Machine): string {
  return machine.lookup('COREPACK_HOME')?.text ?? home(machine, '.cache/node/corepack');
}

/** The command is corepack's link: it fetches the package manager when it first runs. */
export function isShim(name: string, machine: Machine): boolean {
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
export const corepack: Handler = (call, machine) => {
  machine.role('setup');
  machine.need('exe', 'corepack', 'it runs corepack', true, call.span);
  const verb = call.args[0]?.text;
  if (verb === 'enable') {
    const named = call.args.slice(1).filter((arg) => !arg.text.startsWith('-'));
    const managers = named.length > 0 ? named.map((arg) => arg.text.replace(/(?!^)@.*$/, '')) : ['yarn', 'pnpm'];
    for (const name of managers.flatMap((one) => SHIMS[one] ?? [one]))
      machine.write(`${nodePrefix(machine)}/bin/${name}`, {
        kind: 'link',
        class: 'dependencies',
        sure: false,
        link: COREPACK,
      });
  } else {
    for (const { text } of call.args.slice(1))
      if (text.startsWith('yarn@')) prepareYarn(text.slice('yarn@'.length), machine);
    machine.write(corepackHome(machine), { kind: 'tree', class: 'dependencies' });
  }
};
