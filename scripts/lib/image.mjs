// What the last image of a text holds, as the engine simulates it; for scripts that compare it with what people said.

/** Looks into the last image of a Dockerfile. */
export function lastImage({ parseDockerfile, simulate }, facts, text) {
  const { stages } = simulate(parseDockerfile(text), facts, undefined);
  const { state } = stages[stages.length - 1];
  const base = state.root.facts;
  const packages = new Set(state.packages.keys());
  for (const name of (base && facts.packagesOfBase(base)) ?? [])
    if (!state.removedFromBase.has(name)) packages.add(name);
  const index = base && facts.packageIndex(base.os)?.index;
  const written = state.writes.all.filter((write) => write.kind !== 'gone' && write.kind !== 'meta');
  const gone = (path, at) =>
    state.writes.all.some(
      (write, later) => later > at && write.kind === 'gone' && write.sure && below(path, write.path),
    );
  const has = (path) =>
    written.some(
      (write) =>
        (below(write.path, path) || (write.kind === 'tree' && below(path, write.path))) &&
        !gone(path, state.writes.all.indexOf(write)),
    );
  const search = (state.config.env.get('PATH')?.value.text ?? '').split(':');
  return {
    packages,
    env: new Map([...state.config.env].map(([name, { value }]) => [name, value.text])),
    users: new Set([...state.principals.values()].map((one) => one.name)),
    has,
    /** Nobody wrote there: what the base has at the path is still there. */
    inherited: (path) => !written.some((write) => below(path, write.path) && write.path !== '/'),
    runs: (name) =>
      packages.has(name) ||
      (index?.providers(name).some((one) => packages.has(one)) ?? false) ||
      (base?.tools.some((tool) => tool === name || (name === 'python' && tool === 'python3')) ?? false) ||
      (name === 'sh' && base?.os.id !== 'scratch' && base?.os.id !== 'distroless') ||
      [base?.image, ...(base?.from ?? [])].some((image) => image?.split(/[:/]/).includes(name.replace(/3$/, ''))) ||
      search.some((directory) => has(`${directory}/${name}`)),
  };
}

function below(path, parent) {
  return path === parent || parent === '/' || path.startsWith(`${parent}/`);
}
