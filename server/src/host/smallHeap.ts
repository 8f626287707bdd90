/**
 * What V8 may take; imported before anything else allocates. A language server lives for
 * days beside the editor and works in short bursts: the large young generation that V8 gives to
 * servers of another kind would stay taken between the bursts. (`--optimize-for-size` takes a
 * quarter less memory and twice the time of a code action: measured, not taken.)
 * All flags are read while V8 runs, so that they hold however the process was started.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** UTF-16 units from which a document is long: what one keystroke leaves behind no longer fits the smallest young generation. */
const LONG = 16_000;
/** Bytes of the young generation for a long document: two halves of 4 MB. */
const ROOM = 8 * 1024 * 1024;
/** Milliseconds between two looks at its size. */
const PAUSE = 10;

const GROW = '--semi-space-growth-factor=4';
const STAY = '--semi-space-growth-factor=1';

// The young generation stays as small as it begins (two halves of 1 MB), until `makeRoom`.
setFlagsFromString(STAY);

let timer: NodeJS.Timeout | undefined;

/** Lets the young generation grow, once, to what a document of that many UTF-16 units needs. */
export function makeRoom(units: number): void {
  if (units < LONG || timer !== undefined || youngBytes() >= ROOM) return;
  setFlagsFromString(GROW);
  // It grows when it is collected next; then it is enough.
  timer = setInterval(() => {
    if (youngBytes() < ROOM) return;
    setFlagsFromString(STAY);
    clearInterval(timer);
    timer = undefined;
  }, PAUSE).unref();
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? ROOM;
}
