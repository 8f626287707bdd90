/** What one application, file or fixture gave, or all of them together; it can be kept in a file between two runs. */
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Counts } from './count.mjs';

/** Kinds of which no single statement is certain; a command that finds its work done changes nothing. */
const DOUBTFUL = /^(packages by Recommends|libraries of packages|path changed by this very command)/;
const LISTS = ['rows', 'failures', 'notBuilt'];
const NUMBERS = ['passed', 'compared', 'built', 'images'];
const COUNTS = ['kinds', 'paths', 'packages'];

export class Tally {
  constructor() {
    for (const one of LISTS) this[one] = [];
    for (const one of NUMBERS) this[one] = 0;
    for (const one of COUNTS) this[one] = new Counts();
  }

  /** Adds another one, or what was kept of it. */
  add(other) {
    for (const one of LISTS) this[one].push(...other[one]);
    for (const one of NUMBERS) this[one] += other[one];
    for (const one of COUNTS) this[one].add(other[one]);
  }

  /** Markdown tables of the simulation against what was built. */
  report() {
    return [
      `Of ${this.images} images.`,
      this.kinds.table('fact'),
      this.paths.table('paths of the command', (name) => `\`${name}\``),
      this.packages.table('packages of the command', (name) => `\`${name}\``),
    ].join('\n\n');
  }

  /** What was said for certain and is not so. */
  get wrong() {
    return this.kinds.wrong.filter((what) => !DOUBTFUL.test(what));
  }

  /** Commands of which too little was foreseen. */
  get low() {
    return [this.paths, this.packages].flatMap((counts) =>
      [...counts.all].flatMap(([name, one]) =>
        one.there >= 20 && one.found / one.there < 0.95 && !name.startsWith('(')
          ? [`recall of ${name}: ${one.found} of ${one.there}`]
          : [],
      ),
    );
  }
}

/**
 * Results of an earlier run that was cut off, in a file: each counts as long as engine, harness and the files of its
 * folder are the same.
 */
export class Kept {
  #all;

  constructor(file, engineFiles) {
    this.file = file;
    this.engine = digest(engineFiles);
    this.#all = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  get(name, folder) {
    const found = this.#all[name];
    return found !== undefined && found.key === this.#key(folder) ? found.tally : undefined;
  }

  /** What failed is tried again. */
  put(name, folder, tally) {
    if (this.file === undefined || tally.failures.length > 0 || tally.wrong.length > 0) return;
    this.#all[name] = { key: this.#key(folder), tally };
    writeFileSync(this.file, JSON.stringify(this.#all));
  }

  #key(folder) {
    return digest([folder], this.engine);
  }
}

function digest(paths, seed = '') {
  const hash = createHash('sha256').update(seed);
  const add = (path) => {
    if (!statSync(path).isDirectory()) hash.update(`${path}\0`).update(readFileSync(path));
    else for (const name of readdirSync(path).sort()) add(join(path, name));
  };
  for (const path of paths) add(path);
  return hash.digest('hex');
}
