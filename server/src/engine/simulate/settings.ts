/** What commands write into files of settings, as far as later commands go by it. */
import type { Call } from './call.ts';
import type { Machine } from './machine.ts';

/** Which file tells apt to leave Recommends out, in what a state was told. */
export const RECOMMENDS_OFF = 'apt:recommends-off';

const OF_APT = /^\/etc\/apt\/apt\.conf(\.d\/[\w.-]+)?$/;

/** `echo 'APT::Install-Recommends "false";' > /etc/apt/apt.conf.d/x` (apt.conf(5)). */
export function noteSetting(call: Call | undefined, path: string, machine: Machine): void {
  if (!OF_APT.test(path) || (call?.name !== 'echo' && call?.name !== 'printf') || machine.maybe > 0) return;
  const text = call.args.map((arg) => arg.text).join(' ');
  if (/Install-Recommends["']?[\s=]+["']?(0|false|no|off)\b/i.test(text)) machine.state.told.set(RECOMMENDS_OFF, path);
  else if (machine.state.told.get(RECOMMENDS_OFF) === path || /Install-Recommends/i.test(text))
    machine.state.told.delete(RECOMMENDS_OFF);
}
