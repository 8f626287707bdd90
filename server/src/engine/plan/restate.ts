/** What the original's base brought of the configuration and the runtime's base does not: written out (design, 2.1.2). */
import type { BaseConfig } from '../facts/types.ts';
import type { ImageState } from '../model/state.ts';

/** Lines that restate what is lost, upper-case keywords. Values that change with each release are the same program's: they are left. */
export function restated(before: BaseConfig, after: BaseConfig, state: ImageState): string[] {
  const lines: string[] = [];
  for (const [name, value] of Object.entries(before.env)) {
    const now = after.env[name];
    // `null`: the variable is there, with a value that this build of the image decides (docker-library publishes both together).
    if (
      value === null ||
      now === null ||
      now === value ||
      (name === 'PATH' && state.config.env.get('PATH')?.from !== 'base')
    )
      continue;
    lines.push(`ENV ${name}=${quote(value)}`);
  }
  if (before.workdir !== undefined && before.workdir !== (after.workdir ?? '/'))
    lines.push(`WORKDIR ${before.workdir}`);
  else if (before.workdir === undefined && after.workdir !== undefined && after.workdir !== '/')
    lines.push('WORKDIR /');
  if (before.user !== after.user) lines.push(`USER ${before.user ?? 'root'}`);
  for (const port of before.expose ?? []) if (after.expose?.includes(port) !== true) lines.push(`EXPOSE ${port}`);
  for (const path of before.volume ?? []) if (after.volume?.includes(path) !== true) lines.push(`VOLUME ${path}`);
  if (before.stopsignal !== undefined && before.stopsignal !== after.stopsignal)
    lines.push(`STOPSIGNAL ${before.stopsignal}`);
  if (!same(before.entrypoint, after.entrypoint)) lines.push(`ENTRYPOINT ${JSON.stringify(before.entrypoint ?? [])}`);
  if (!same(before.cmd, after.cmd) && state.config.cmd?.from === 'base')
    lines.push(`CMD ${JSON.stringify(before.cmd ?? [])}`);
  return lines;
}

function same(a: readonly string[] | undefined, b: readonly string[] | undefined): boolean {
  return JSON.stringify(a ?? null) === JSON.stringify(b ?? null);
}

function quote(value: string): string {
  return /^[\w./:@%+,=-]*$/.test(value) ? value : JSON.stringify(value);
}
