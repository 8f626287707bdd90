import { existsSync } from 'node:fs';
import { join } from 'node:path';

/** The path of a built file; the tests that use it run what ships. */
export function dist(file: string): string {
  const path = join(import.meta.dirname, '../../dist', file);
  if (!existsSync(path)) throw new Error(`${path} is missing: npm run build first`);
  return path;
}
