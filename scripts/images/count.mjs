/** Counts of what was said and what there is, by kind of fact or by command, and tables of them. */

/** One kind: what was said, what of it is so, what there is, what of it was said. */
class Count {
  said = 0;
  right = 0;
  there = 0;
  found = 0;
  wrong = [];
  missed = [];

  claim(ok, what) {
    this.said++;
    if (ok) this.right++;
    else this.wrong.push(what);
  }

  recall(ok, what) {
    this.there++;
    if (ok) this.found++;
    else this.missed.push(what);
  }
}

export class Counts {
  all = new Map();

  of(name) {
    if (!this.all.has(name)) this.all.set(name, new Count());
    return this.all.get(name);
  }

  /** Adds other counts, or what JSON keeps of them. */
  add(other) {
    for (const [name, one] of other.all instanceof Map ? other.all : Object.entries(other)) {
      const own = this.of(name);
      for (const key of ['said', 'right', 'there', 'found']) own[key] += one[key];
      own.wrong.push(...one.wrong);
      own.missed.push(...one.missed);
    }
  }

  toJSON() {
    return Object.fromEntries(this.all);
  }

  get wrong() {
    return [...this.all].flatMap(([name, one]) => one.wrong.map((what) => `${name}: ${what}`));
  }

  get missed() {
    return [...this.all].flatMap(([name, one]) => one.missed.map((what) => `${name}: ${what}`));
  }

  /** Markdown. `heading` names the first column; `only`: which names; `quote`: how they are written. */
  table(heading, { only = () => true, quote = (name) => name } = {}) {
    const lines = [`| ${heading} | said | precision | there | recall |`, '|---|---:|---:|---:|---:|'];
    for (const [name, one] of [...this.all].sort(([a], [b]) => (a < b ? -1 : 1)))
      if (only(name) && one.said + one.there > 0)
        lines.push(
          `| ${quote(name)} | ${one.said || ''} | ${percent(one.right, one.said)} | ${one.there || ''} | ${percent(one.found, one.there)} |`,
        );
    return lines.join('\n');
  }
}

function percent(part, all) {
  if (all === 0) return '';
  // Nothing that is not complete is rounded to 100 %.
  const tenths = part === all ? 1000 : Math.min(999, Math.round((1000 * part) / all));
  return `${(tenths / 10).toFixed(1)} %`;
}
