/** What one application, file or fixture gave, or all of them together; it can be kept in a file between two runs. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { Counts } from './count.mjs';

/**
 * Kinds of which no single statement is certain: what may be needed is kept, and a command that may write changes
 * nothing where it finds its work done.
 */
const DOUBTFUL = /^(packages by Recommends|libraries that a dependency may load|path changed by this very command)/;
const quote = (name) => `\`${name}\``;
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

  /** Notes and says what cannot be built here. */
  isNotBuilt(what) {
    this.notBuilt.push(what);
    console.log(`not built: ${what}`);
  }

  /** Markdown tables of the simulation against what was built. */
  report() {
    return [
      `Of ${this.images} images.`,
      this.kinds.table('fact', { only: (name) => !DOUBTFUL.test(name) }),
      this.paths.table('paths of the command', { quote }),
      this.packages.table('packages of the command', { quote }),
      'Said in doubt, so that nothing is lost: how much of it is so.',
      this.kinds.table('fact', { only: (name) => DOUBTFUL.test(name) }),
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

/** Results of an earlier run, in a file: each counts as long as its key (key.mjs) is the same. */
export class Kept {
  #all;

  constructor(file) {
    this.file = file;
    this.#all = file !== undefined && existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : {};
  }

  get(name, key) {
    const found = this.#all[name];
    return found !== undefined && found.key === key ? found.tally : undefined;
  }

  /** What failed, or could not be built, is tried again. */
  put(name, key, tally) {
    if (this.file === undefined || key === undefined) return;
    if (tally.failures.length > 0 || tally.notBuilt.length > 0) return;
    this.#all[name] = { key, tally };
    writeFileSync(this.file, JSON.stringify(this.#all));
  }
}
