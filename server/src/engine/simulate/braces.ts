/** Which shells spread `{a,b}` into two words. */
import { baseName } from '../model/path.ts';
import type { StageBase } from '../model/state.ts';

/** dash and busybox leave it as it stands (POSIX.1-2017, 2.6 knows no such expansion); bash does it as `sh` too (Bash manual, 6.11). */
export function spreadsBraces(shell: string, root: StageBase): boolean {
  const name = baseName(shell);
  if (name === 'dash' || name === 'ash') return false;
  if (name !== 'sh') return true;
  // /bin/sh of these is dash or busybox; of an unknown base nobody knows, and whoever writes braces has tried them.
  const os = root.facts?.os.id;
  return os !== 'debian' && os !== 'ubuntu' && os !== 'alpine';
}
