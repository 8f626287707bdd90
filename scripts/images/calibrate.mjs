/**
 * What the simulation says of an image against the image that was built: configuration,
 * paths, packages, numbers of users and groups, owners. Facts of the base are none of its
 * business: only what the file's own commands did is counted.
 */
import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { configOf, inside, listing } from './docker.mjs';

/** Written by the package manager, the loader and the engine, not by a command of the file. */
const OF_THE_SYSTEM =
  /^\/(var\/(lib\/(dpkg|apt|systemd|pam|python|ucf|polkit-1)|cache|log)|etc\/(ld\.so\.cache|passwd-?|group-?|g?shadow-?|sub[ug]id-?|\.pwd\.lock|hostname|hosts|resolv\.conf|mtab|apt|alternatives|rc\d\.d|ssl\/certs)|dev|proc|sys|run|tmp|\.dockerenv|var\/tmp|usr\/share\/(mime|glib-2\.0|info|applications|icons|fonts)|usr\/lib\/\S+\/(gdk-pixbuf-2\.0|gconv))(\/|$)/;

/** Counts of one kind of fact: what was said, what of it is so, what there is, what of it was said. */
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

export class Calibration {
  kinds = new Map();
  commands = new Map();

  of(map, name) {
    if (!map.has(name)) map.set(name, new Count());
    return map.get(name);
  }

  /** Compares one image. `simulation` is of the Dockerfile it was built from, `base` the image it starts from. */
  add(name, image, base, simulation) {
    const { state } = simulation.stages[0];
    this.config(name, image, state);
    const before = listing(base);
    const after = listing(image);
    const packages = this.packages(name, image, base, state);
    const ids = this.principals(name, image, base, state);
    this.paths(name, simulation, state, before, after, ids);
    this.coverage(name, state, before, after, packages);
  }

  config(name, image, state) {
    const real = configOf(image);
    const count = this.of(this.kinds, 'configuration');
    const { config } = state;
    for (const [key, { value, from }] of config.env)
      if (from !== 'base')
        count.claim(real.env[key] === value.text, `${name}: ENV ${key} ${value.text} / ${real.env[key]}`);
    count.claim(
      real.workdir === config.workdir.value.text,
      `${name}: WORKDIR ${config.workdir.value.text} / ${real.workdir}`,
    );
    const user = config.user?.value.text ?? 'root';
    count.claim(real.user === user, `${name}: USER ${user} / ${real.user}`);
    const argv = (process) =>
      process === undefined ? null : process.form === 'exec' ? process.argv : [...process.shell, process.text];
    for (const key of ['entrypoint', 'cmd'])
      if (config[key]?.from !== 'base')
        count.claim(
          JSON.stringify(real[key]) === JSON.stringify(argv(config[key]?.value)),
          `${name}: ${key} ${JSON.stringify(argv(config[key]?.value))} / ${JSON.stringify(real[key])}`,
        );
    for (const port of config.expose.keys())
      count.claim(
        real.expose.some((one) => one.startsWith(port.replace(/\/.*/, ''))),
        `${name}: EXPOSE ${port}`,
      );
    for (const path of config.volume.keys()) count.claim(real.volume.includes(path), `${name}: VOLUME ${path}`);
  }

  packages(name, image, base, state) {
    const query = "dpkg-query -W -f '${db:Status-Abbrev}${Package}\\n' 2>/dev/null | sed -n 's/^ii *//p'";
    const old = new Set(inside(base, query).split('\n'));
    const now = new Set(inside(image, query).split('\n'));
    const count = this.of(this.kinds, 'packages');
    // Recommends are taken of what is new: a base that holds more than the facts say brings fewer. Not said for certain.
    const recommended = this.of(this.kinds, 'packages by Recommends');
    for (const [one, { by }] of state.packages)
      if (!old.has(one)) (by === 'recommends' ? recommended : count).claim(now.has(one), `${name}: ${one} (${by})`);
    for (const one of now) if (!old.has(one)) count.recall(state.packages.has(one), `${name}: ${one}`);
    return new Set(inside(image, 'cat /var/lib/dpkg/info/*.list 2>/dev/null').split('\n'));
  }

  principals(name, image, base, state) {
    const read = (ref) => inside(ref, "sed 's/^/user:/' /etc/passwd; sed 's/^/group:/' /etc/group").split('\n');
    const old = new Set(read(base).map((line) => line.split(':').slice(0, 2).join(':')));
    const ids = new Map(read(image).map((line) => [line.split(':').slice(0, 2).join(':'), Number(line.split(':')[3])]));
    const count = this.of(this.kinds, 'users and groups');
    for (const [key, one] of state.principals)
      if (one.from === 'command' && one.id !== undefined)
        count.claim(ids.get(key) === one.id, `${name}: ${key} ${one.id} / ${ids.get(key)}`);
    for (const key of ids.keys())
      if (!old.has(key) && !old.has(key.replace('group', 'user')))
        count.recall(state.principals.has(key), `${name}: ${key}`);
    return ids;
  }

  /** What was said to be there is there, and what was said to be deleted is not. */
  paths(name, simulation, state, before, after, ids) {
    const writes = state.writes.all;
    writes.forEach((write, at) => {
      if (!write.sure || /[$*?[]/.test(write.path)) return;
      const later = writes.slice(at + 1);
      const command =
        simulation.atoms[write.atom]?.effect.commands[0] ?? simulation.atoms[write.atom]?.key.split(' ')[0] ?? '?';
      const kind = this.of(this.kinds, `path, ${write.kind}`);
      const own = this.of(this.commands, command);
      const claim = (ok, what) => {
        kind.claim(ok, what);
        own.claim(ok, what);
      };
      const deleted = later.some(
        (one) => one.kind === 'gone' && (one.path === write.path || write.path.startsWith(`${one.path}/`)),
      );
      if (write.kind === 'gone') {
        const back = later.some(
          (one) =>
            one.kind !== 'gone' &&
            one.kind !== 'meta' &&
            (one.path === write.path || one.path.startsWith(`${write.path}/`)),
        );
        if (!back && write.below !== true && write.pattern === undefined)
          claim(!after.has(write.path), `${name}: ${write.path} is still there (${command})`);
        return;
      }
      if (deleted) return;
      const entry = after.get(write.path);
      if (write.class === 'cache' || /^\/(tmp|run|var\/cache)\//.test(write.path)) return;
      claim(entry !== undefined, `${name}: ${write.path} is not there (${command}, ${write.kind})`);
      if (entry === undefined || write.owner === undefined || write.owner.includes('$')) return;
      const user = write.owner.split(/[:.]/)[0];
      if (
        later.some(
          (one) =>
            one.owner !== undefined &&
            (one.path === write.path || (one.recursive && write.path.startsWith(`${one.path}/`))),
        )
      )
        return;
      const id = /^\d+$/.test(user) ? Number(user) : ids.get(`user:${user}`);
      // COPY leaves the owner of a directory that is there already.
      if (id !== undefined && entry.type !== 'd')
        this.of(this.kinds, 'owners').claim(
          entry.uid === id,
          `${name}: ${write.path} is ${entry.uid}, said ${write.owner}`,
        );
    });
  }

  /** What is new or changed was said to be written by something. */
  coverage(name, state, before, after, owned) {
    const count = this.of(this.kinds, 'new files');
    const exact = new Set();
    const trees = [];
    for (const write of state.writes.all) {
      if (write.kind === 'gone' || write.kind === 'meta') continue;
      exact.add(write.path);
      if (write.kind === 'tree' || write.kind === 'edit') trees.push(`${write.path === '/' ? '' : write.path}/`);
    }
    const roots = [...new Set(trees)];
    for (const [path, entry] of after) {
      if (
        entry.type === 'd' ||
        entry.target?.startsWith('/etc/alternatives/') ||
        OF_THE_SYSTEM.test(path) ||
        owned.has(path) ||
        owned.has(path.replace(/^\/usr/, ''))
      )
        continue;
      const old = before.get(path);
      if (old !== undefined && old.size === entry.size && old.time === entry.time) continue;
      const said = exact.has(path) || roots.some((root) => path.startsWith(root)) || /\/__pycache__\//.test(path);
      count.recall(said, `${name}: ${path}`);
    }
  }

  /** Markdown tables of what was found. */
  report() {
    const percent = (part, all) => (all === 0 ? '' : `${((100 * part) / all).toFixed(1)} %`);
    const lines = ['| fact | said | precision | there | recall |', '|---|---:|---:|---:|---:|'];
    for (const [kind, one] of [...this.kinds].sort())
      lines.push(
        `| ${kind} | ${one.said} | ${percent(one.right, one.said)} | ${one.there || ''} | ${percent(one.found, one.there)} |`,
      );
    lines.push('', '| paths of the command | said | precision |', '|---|---:|---:|');
    for (const [command, one] of [...this.commands].sort())
      lines.push(`| \`${command}\` | ${one.said} | ${percent(one.right, one.said)} |`);
    return lines.join('\n');
  }

  /** What was said for certain and is not so. */
  get wrong() {
    return [...this.kinds].flatMap(([kind, one]) => (kind === 'packages by Recommends' ? [] : one.wrong));
  }

  get missed() {
    return [...this.kinds].flatMap(([kind, one]) => one.missed.map((what) => `${kind}: ${what}`));
  }
}

/** The build context of a folder, as the engine reads it. */
export function folderContext(folder) {
  return {
    read: (path) => {
      try {
        return statSync(join(folder, path)).isFile() ? { text: readFileSync(join(folder, path), 'utf8') } : 'absent';
      } catch {
        return 'absent';
      }
    },
    list: (path) => {
      try {
        return readdirSync(join(folder, path), { withFileTypes: true }).map((one) =>
          one.isDirectory() ? `${one.name}/` : one.name,
        );
      } catch {
        return [];
      }
    },
  };
}
