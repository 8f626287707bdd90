/** Replaces a file as a whole: nobody ever sees it half written. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { reasonOf } from './source.ts';
import { UsageError } from './usage.ts';

/** Writes beside the file, then renames; the mode is kept, and of a link the target is replaced. */
export function replaceFile(file: string, text: string): void {
  let temporary: string | undefined;
  try {
    const target = fs.realpathSync(file);
    const { mode } = fs.statSync(target);
    const beside = path.join(path.dirname(target), `.${path.basename(target)}.${process.pid}.tmp`);
    const handle = fs.openSync(beside, 'wx', mode & 0o7777);
    temporary = beside;
    try {
      fs.writeFileSync(handle, text);
      fs.fchmodSync(handle, mode & 0o7777);
      fs.fsyncSync(handle);
    } finally {
      fs.closeSync(handle);
    }
    fs.renameSync(beside, target);
  } catch (error) {
    if (temporary !== undefined) fs.rmSync(temporary, { force: true });
    throw new UsageError(`cannot write '${file}': ${reasonOf(error)}`);
  }
}
