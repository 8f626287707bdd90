/** Every room is entered here, once. */
import { nodeCommands } from '../ecosystems/node/index.ts';
import { pythonCommands, pythonInstallers, pythonShells } from '../ecosystems/python/index.ts';
import { apkCommands } from '../packages/apk.ts';
import { aptCommands } from '../packages/apt.ts';
import { rpmCommands } from '../packages/rpm.ts';
import { archivers } from './commands/archives.ts';
import { clouds } from './commands/cloud.ts';
import { compilers } from './commands/compile.ts';
import { fetchers } from './commands/fetch.ts';
import { attributes } from './commands/attributes.ts';
import { edits } from './commands/edits.ts';
import { files } from './commands/files.ts';
import { finders } from './commands/find.ts';
import { queries } from './commands/query.ts';
import { system } from './commands/system.ts';
import { users } from './commands/users.ts';
import { wrappers } from './commands/wrappers.ts';
import { register, registerInstallers, registerShells } from './registry.ts';

let done = false;

/** Registers the commands of all rooms; called by the simulation before its first run. */
export function openRooms(): void {
  if (done) return;
  done = true;
  for (const room of [
    wrappers,
    queries,
    attributes,
    edits,
    files,
    finders,
    fetchers,
    archivers,
    clouds,
    users,
    system,
    compilers,
    aptCommands,
    apkCommands,
    rpmCommands,
    nodeCommands,
    pythonCommands,
  ])
    register(room);
  registerInstallers(pythonInstallers);
  registerShells(pythonShells);
}
