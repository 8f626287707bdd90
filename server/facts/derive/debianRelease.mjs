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

  /** The real package that stands for one alternative; `undefined` when the release has none. */
  resolve(one) {
    const real = this.packages.get(one.name);
    const providers = (this.providers.get(one.name) ?? []).filter(({ version }) =>
      one.op === undefined ? true : version !== undefined && satisfies(version, one),
    );
    const present = providers.find(({ name }) => this.minbase.has(name));
    if (present === undefined && real !== undefined && satisfies(real.Version, one)) return one.name;
    return (present ?? providers[0])?.name;
  }

  /** Names for each group: what the minimal image has, else the first alternative that the release has. */
  resolveAll(text) {
    const out = [];
    for (const group of parseRelations(text)) {
      const found = group.map((one) => this.resolve(one)).filter((name) => name !== undefined);
      const name = found.find((candidate) => this.minbase.has(candidate)) ?? found[0];
      if (name !== undefined && !out.includes(name)) out.push(name);
    }
    return out;
  }

  /** Resolved Depends (with Pre-Depends) and Recommends; what the minimal image has is left out. */
  relations(name) {
    let known = this.memo.get(name);
    if (known === undefined) {
      const fields = this.packages.get(name);
      const outside = (text) =>
        this.resolveAll(text).filter((other) => other !== name && (!this.minbase.has(other) || this.minbase.has(name)));
      const depends = [...new Set([...outside(fields['Pre-Depends']), ...outside(fields.Depends)])];
      known = { depends, recommends: outside(fields.Recommends).filter((other) => !depends.includes(other)) };
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
      queue.push(...relations.depends, ...(recommends ? relations.recommends : []));
    }
    return out;
  }
}
