/** Rule 4: every command that runs in the container, or while the last stage is built, is there. */
import { baseName } from '../model/path.ts';
import type { Need } from '../model/state.ts';
import type { Pair, Side } from './images.ts';
import type { Report } from './report.ts';

/** Compares what provides each demanded command. */
export function checkDemand(pair: Pair, report: Report): void {
  const { before, after } = pair;
  for (const command of before.entry.commands) {
    const first = command.argv[0];
    if (first === undefined || !command.known || first.startsWith('$')) continue;
    const name = baseName(first);
    if (provides(before, name, pair) && !mayProvide(after, name, pair)) report.original('missing-executable', command.span, { name });
  }
  if (before.entry.shell && after.state.root.facts !== undefined && hasNoShell(after)) report.result('missing-executable', after.state.base.span, { name: 'sh' });
  checkBuild(pair, report);
}

/** What the commands of the last stage itself call (pitfall 71). */
function checkBuild(pair: Pair, report: Report): void {
  const { before, after } = pair;
  const inBefore = new Set(before.atoms.map((atom) => atom.key));
  for (const atom of after.atoms) {
    if (!after.final.has(atom.id) || atom.effect.roles.has('install')) continue;
    for (const need of atom.effect.needs as Need[]) {
      if (need.kind !== 'exe' || !need.sure) continue;
      if (!inBefore.has(atom.key) && !atom.effect.roles.has('scaffold')) continue;
      if (provides(before, need.name, pair) && !mayProvide(after, need.name, pair)) {
        report.result('missing-build-tool', atom.span, { command: atom.effect.commands[0] ?? need.name, name: need.name });
      }
    }
  }
}

/** A package, the base or a written file certainly provides the command. */
function provides(side: Side, name: string, pair: Pair): boolean {
  return fromPackages(side, name, pair) || fromBase(side, name) || fromFiles(side, name, true);
}

function mayProvide(side: Side, name: string, pair: Pair): boolean {
  return fromPackages(side, name, pair) || fromBase(side, name) || fromFiles(side, name, false) || side.state.root.facts === undefined;
}

function fromPackages(side: Side, name: string, { facts }: Pair): boolean {
  const os = side.state.root.facts?.os;
  const index = os === undefined ? undefined : facts.debianIndex(os)?.index;
  if (side.packages.has(name)) return true;
  return index?.providers(name).some((one) => side.packages.has(one)) ?? false;
}

function fromBase(side: Side, name: string): boolean {
  const base = side.state.root.facts;
  if (base === undefined) return false;
  return base.tools.includes(name) || base.compilers.includes(name) || (name === 'python' && base.tools.includes('python3') && /python|pypy/.test(base.image));
}

function fromFiles(side: Side, name: string, sure: boolean): boolean {
  const search = (side.state.config.env.get('PATH')?.value.text ?? '').split(':');
  return side.alive.some((write) => {
    if (write.kind === 'gone' || write.kind === 'meta' || (sure && !write.sure)) return false;
    if (baseName(write.path) === name && search.includes(write.path.slice(0, -name.length - 1))) return true;
    return !sure && write.kind === 'tree' && search.some((directory) => directory === write.path || directory.startsWith(`${write.path}/`));
  });
}

function hasNoShell(side: Side): boolean {
  const { os, kind } = side.state.root.facts as NonNullable<Side['state']['root']['facts']>;
  return os.id === 'scratch' || (os.id === 'distroless' && !/debug/.test(side.state.root.ref)) || kind === 'static';
}
