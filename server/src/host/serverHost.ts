/** What the language server needs from the machine it runs on. */
import type { Engine } from '../engine/model/analysis.ts';
import { Disk } from './files/disk.ts';
import type { Files } from './files/files.ts';
import { warmUp } from './warmUp.ts';

export interface ServerHost {
  /** The files of `file:` URIs with an authority ('' but for a Windows share), where there is a disk. */
  disk?(authority: string): Files;
  /** Gets the engine ready for quick answers while nobody waits for one. Returns how to stop it. */
  warmUp(engine: Engine): () => void;
  /** Told the length of each document before it is analysed, in UTF-16 units. */
  makeRoom?(units: number): void;
}

/** A host that reads contexts from disk. */
export const nodeHost: ServerHost = { disk: (authority) => new Disk(authority), warmUp };
