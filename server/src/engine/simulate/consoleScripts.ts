/** Commands that installers of language packages put on PATH. */
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';

/**
 * A bare name that no package of the distribution has, while an installer of
 * language packages has filled a directory of PATH: a script that came with them.
 */
export function isConsoleScript(call: Call, machine: Machine): boolean {
  if (call.path !== undefined || !call.command.known) return false;
  const os = machine.state.root.facts?.os;
  const index = os === undefined ? undefined : machine.facts.packageIndex(os)?.index;
  const filled = machine
    .searchPath()
    .filter((directory) =>
      machine.state.writes.index.upwards(directory, (writes) =>
        writes.some((write) => write.class === 'dependencies' && write.kind === 'tree'),
      ),
    );
  // Scripts of package.json look there first (npm documentation, "scripts", path).
  if (filled.some((directory) => directory.endsWith('/node_modules/.bin'))) return true;
  return filled.length > 0 && !(index !== undefined && index.providers(call.name).length > 0);
}
