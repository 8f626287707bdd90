/** One Debian release as a graph: real packages, virtual names, resolved dependencies. */
import { parseRelations, satisfies } from './debianControl.mjs';
import { byCode } from './text.mjs';

const PRIORITY = { required: 0, important: 1, standard: 2, optional: 3, extra: 4 };

export class Release {
  /**
   * @param {Map<string, Record<string, string>>} packages of `readPackages`
   * @param {ReadonlySet<string>} minbase packages of the minimal image
   */
  constructor(packages, minbase) {
    this.packages = packages;
    this.minbase = minbase;
    this.providers = new Map();
    for (const [name, fields] of packages) {
      for (const [one] of parseRelations(fields.Provides)) {
        if (!this.providers.has(one.name)) this.providers.set(one.name, []);
        this.providers.get(one.name).push({ name, version: one.version });
      }
    }
    for (const list of this.providers.values())
      list.sort((a, b) => this.rank(a.name) - this.rank(b.name) || byCode(a.name, b.name));
    this.memo = new Map();
  }

  /** apt prefers what is installed, then what is more important. */
  rank(name) {
    const { Priority = 'optional' } = this.packages.get(name);
    return (this.minbase.has(name) ? 0 : 10) + (PRIORITY[Priority] ?? 3);
  }

  /** The real packages that stand for one alternative, the one that apt takes first; none when the release has none. */
  resolve(one) {
    const real = this.packages.get(one.name);
    const providers = (this.providers.get(one.name) ?? [])
      .filter(({ version }) => (one.op === undefined ? true : version !== undefined && satisfies(version, one)))
      .map(({ name }) => name);
    const itself = real !== undefined && satisfies(real.Version, one) ? [one.name] : [];
    const present = providers.filter((name) => this.minbase.has(name));
    return [...new Set([...present, ...itself, ...providers])];
  }

  /**
   * For each group the packages that satisfy it: first what the minimal image has, else the first alternative that the
   * release has; then the others, of which one that is there already is enough.
   */
  resolveAll(text) {
    const out = new Map();
    for (const group of parseRelations(text)) {
      const found = [...new Set(group.flatMap((one) => this.resolve(one)))];
      const name = found.find((candidate) => this.minbase.has(candidate)) ?? found[0];
      if (name === undefined) continue;
      const others = found.filter((other) => other !== name);
      // Two groups that begin with the same name: only what satisfies both is enough.
      const known = out.get(name);
      out.set(name, known === undefined ? others : known.filter((other) => others.includes(other)));
    }
    return out;
  }

  /**
   * Resolved Depends (with Pre-Depends) and Recommends: lists of the packages that satisfy each, the one that apt takes
   * first; what the minimal image has is left out.
   */
  relations(name) {
    let known = this.memo.get(name);
    if (known === undefined) {
      const fields = this.packages.get(name);
      const outside = (...texts) =>
        texts
          .flatMap((text) => [...this.resolveAll(text)])
          .filter(([other]) => other !== name && (!this.minbase.has(other) || this.minbase.has(name)));
      const depends = new Map();
      for (const [other, others] of outside(fields['Pre-Depends'], fields.Depends))
        depends.set(
          other,
          (depends.get(other) ?? others).filter((one) => others.includes(one)),
        );
      const lists = (pairs) =>
        pairs.filter(([, others]) => !others.includes(name)).map(([one, others]) => [one, ...others]);
      known = {
        depends: lists([...depends]),
        recommends: lists(outside(fields.Recommends).filter(([other]) => !depends.has(other))),
      };
      this.memo.set(name, known);
    }
    return known;
  }

  /** A virtual name with one provider: apt installs that one. */
  onlyProvider(name) {
    if (this.packages.has(name)) return undefined;
    const names = [...new Set((this.providers.get(name) ?? []).map((one) => one.name))];
    return names.length === 1 ? names[0] : undefined;
  }

  /** Everything that the seeds bring, over Depends or over both. */
  closure(seeds, recommends) {
    const out = new Set();
    const queue = [...seeds].filter((name) => this.packages.has(name));
    while (queue.length > 0) {
      const name = queue.pop();
      if (out.has(name)) continue;
      out.add(name);
      const relations = this.relations(name);
      for (const [first] of [...relations.depends, ...(recommends ? relations.recommends : [])]) queue.push(first);
    }
    return out;
  }
}
