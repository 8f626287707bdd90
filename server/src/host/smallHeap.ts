/**
 * What V8 may take; imported before anything else allocates. A language server lives for
 * days beside the editor and works in short bursts: the large young generation and the room
 * to grow that V8 gives to servers of another kind would stay taken between the bursts.
 * Both flags are read while V8 runs, so that they hold however the process was started.
 */
import { setFlagsFromString } from 'node:v8';

// The young generation stays as small as it begins: what a keystroke leaves behind fits.
setFlagsFromString('--semi-space-growth-factor=1');
// The old generation is collected when it has grown by a third, not by a multiple.
setFlagsFromString('--optimize-for-size');
