/** Rule 3 on a front end: of a project of which one directory is served nothing else is missed (design, 2.1.3). */
import { isUnserved, type Served } from '../demand/served.ts';
import { isBelow, resolvePath } from '../model/path.ts';
import type { Write } from '../model/state.ts';
import { aliveIndex } from './alive.ts';
import { type Side, writerOf } from './images.ts';

/** Part of the project that nothing reads, or what the build made of it where the served directory is copied whole. */
export function isLeftOfServed(write: Write, served: Served, after: Side): boolean {
  if (isUnserved(write, served)) return true;
  const { directory, project } = served;
  const around = write.kind === 'tree' && isBelow(write.path, project) && isBelow(directory, write.path);
  return (
    around &&
    aliveIndex(after)
      .exactly(directory)
      .some((one) => one.write.key === write.key && isWhole(one.write, directory, after))
  );
}

/** `COPY --from` of this very directory, to the place where it lay. */
function isWhole(write: Write, directory: string, side: Side): boolean {
  const instruction = side.file.instructions[writerOf(write, side).instruction];
  return (
    write.copied === true &&
    write.pattern === undefined &&
    instruction?.kind === 'copy' &&
    instruction.sources.length === 1 &&
    resolvePath('/', instruction.sources[0]?.raw ?? '') === directory &&
    instruction.flags.every(({ name }) => name !== 'exclude' && name !== 'parents')
  );
}
