/**
 * What V8 may take; imported before anything else allocates. A language server lives for
 * days beside the editor and works in short bursts: what V8 gives to servers of another kind would stay
 * taken between the bursts. All flags are read while V8 runs, so that they hold however the process was started.
 */
import { getHeapSpaceStatistics, setFlagsFromString } from 'node:v8';

/** UTF-16 units to which a document is short: analysed in a few milliseconds by code that is not optimised. */
const SHORT = 4_000;
/** UTF-16 units from which a document is long: what one keystroke leaves behind no longer fits the smallest young generation. */
const LONG = 16_000;
/** Bytes of the young generation for a long document: two halves of 4 MB. */
const ROOM = 8 * 1024 * 1024;
/** Elements of an array of 64 KB, and how many of those are taken at most to let it grow. */
const [BLOCK, BLOCKS] = [8_192, 512];

const GROW = '--semi-space-growth-factor=4';
const STAY = '--semi-space-growth-factor=1';

// The young generation stays as small as it begins (two halves of 1 MB), until `makeRoom`.
setFlagsFromString(STAY);
// The old one is collected when it has grown by a third, not to its fourfold.
setFlagsFromString('--heap-growing-percent=30');
// The optimising compiler and what its threads keep are a sixth of the process of one short document.
setFlagsFromString('--no-opt');

let optimises = false;

/** Lets V8 take what a document of that many UTF-16 units needs; it keeps it. */
export function makeRoom(units: number): void {
  if (units > SHORT && !optimises) {
    setFlagsFromString('--opt');
    optimises = true;
  }
  if (units > LONG && youngBytes() < ROOM) grow();
}

/** It grows only while it is collected and much of it is still in use; left to an analysis it would grow more than once. */
function grow(): void {
  setFlagsFromString(GROW);
  const inUse: unknown[] = [];
  while (youngBytes() < ROOM && inUse.length < BLOCKS) inUse.push(new Array(BLOCK).fill(0));
  setFlagsFromString(STAY);
}

function youngBytes(): number {
  return getHeapSpaceStatistics().find((space) => space.space_name === 'new_space')?.space_size ?? ROOM;
}
