/** What every case works with: the engine, its facts, the calibration, a folder for Dockerfiles. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileFacts, loadEngine } from '../lib/engine.mjs';
import { Calibration } from './calibrate.mjs';
import { folderContext } from './context.mjs';

export class Lab {
  #calibration;

  constructor(engine) {
    this.engine = engine;
    this.facts = new engine.Facts(fileFacts());
    this.folder = mkdtempSync(join(tmpdir(), 'stages-images-'));
    this.#calibration = new Calibration(engine, this.facts);
  }

  static async open() {
    return new Lab(await loadEngine());
  }

  close() {
    rmSync(this.folder, { recursive: true });
  }

  /** A copy of a Dockerfile that asks no registry for its frontend (the engine's own is used). */
  prepared(name, text) {
    const file = join(this.folder, `${name}.Dockerfile`);
    writeFileSync(file, text.replace(/^# syntax=/i, '# (syntax) '));
    return file;
  }

  /** What the engine foresees of a text; `context`: the folder of its build context. */
  simulated(text, context) {
    const files = context === undefined ? undefined : folderContext(context);
    return this.engine.simulate(this.engine.parseDockerfile(text), this.facts, files);
  }

  /** The image that the last stage starts from. */
  baseOf(text) {
    return this.simulated(text).stages.at(-1).state.root.ref;
  }

  /** Compares what was foreseen with what was built; returns what was seen. */
  calibrate(tally, name, image, text, context) {
    const file = this.engine.parseDockerfile(text);
    return this.#calibration.add(tally, name, image, file, this.simulated(text, context), context);
  }
}
