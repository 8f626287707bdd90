/** Command-line tools of clouds that bring more of themselves (cloud.google.com/sdk/docs, "gcloud components", "Installing from archive"). */
import { parentOf } from '../../model/path.ts';
import type { Call, Handler } from '../call.ts';
import type { Machine } from '../machine.ts';
import { unknownCommand } from '../shell.ts';

const SDK = /^(.*\/google-cloud-sdk)(\/|$)/;

/** The directory of the SDK that the command is of: by its path, by PATH, by the archive that was unpacked. */
function homeOf(call: Call, machine: Machine): string | undefined {
  const own = call.path === undefined ? undefined : SDK.exec(machine.path(call.path))?.[1];
  if (own !== undefined) return own;
  for (const directory of machine.searchPath()) {
    const home = SDK.exec(directory)?.[1];
    if (home !== undefined) return home;
  }
  return undefined;
}

/** `gcloud components …` changes the SDK, any other verb its configuration. */
const gcloud: Handler = (call, machine) => {
  const home = homeOf(call, machine);
  const verb = call.args.find((arg) => !arg.text.startsWith('-'))?.text;
  machine.need('exe', call.name, `it runs ${call.name}`, true, call.span);
  if (verb === 'components' && home === undefined) machine.opaque(`${call.name} components`, call.span);
  else if (verb === 'components') {
    machine.role('fetch');
    machine.effect.replayable = false;
    machine.write(home as string, { kind: 'tree', class: 'app' });
  } else if (verb === 'config' || verb === 'auth') {
    machine.role('setup');
    machine.write(machine.lookup('CLOUDSDK_CONFIG') ?? `${machine.home().text}/.config/gcloud`, {
      kind: 'tree',
      class: 'config',
    });
    if (home !== undefined) machine.write(home, { kind: 'tree', class: 'app', sure: false });
  } else machine.role(verb === undefined || verb === 'version' || verb === 'info' ? 'query' : 'program');
};

/** The SDK's own installer, unpacked with it: writes beside itself; a profile is only changed where it asks nobody not to. */
const installScript: Handler = (call, machine) => {
  const home = call.path === undefined ? undefined : machine.path(call.path);
  if (home === undefined || !SDK.test(home)) return unknownCommand(call, machine);
  machine.role('fetch');
  machine.effect.replayable = false;
  machine.read(home);
  machine.write(parentOf(home), { kind: 'tree', class: 'app' });
};

export const clouds: Readonly<Record<string, Handler>> = {
  gcloud,
  gsutil: gcloud,
  'install.sh': installScript,
};
