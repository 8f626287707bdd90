// How many commands of RUN instructions nobody can follow, and which.

/** Counts the commands of one simulated file into a tally. */
export function countCommands(tally, analysis) {
  const kinds = analysis.file.instructions.map((one) => one.kind);
  for (const atom of analysis.simulation?.atoms ?? []) {
    if (kinds[atom.instruction] !== 'run') continue;
    tally.all++;
    if (atom.effect.opaque === undefined) continue;
    tally.opaque++;
    const name = nameOf(atom.effect.opaque.name);
    tally.names.set(name, (tally.names.get(name) ?? 0) + 1);
  }
}

/** Scripts differ in name from file to file: one row for all of them. */
function nameOf(name) {
  if (/\||^(sh|bash)\b/.test(name)) return name.replace(/^.*\| ?/, '… | ');
  if (name.includes('$')) return '(a variable)';
  return name.includes('/') || /\.(sh|bash|py|pl|rb|js)$/.test(name) ? '(a file)' : name;
}

export function newTally() {
  return { all: 0, opaque: 0, names: new Map() };
}

/** One line with the share, one with the commonest. */
export function printCommands(tally) {
  const share = tally.all === 0 ? 0 : (100 * tally.opaque) / tally.all;
  console.log(`commands of RUN: ${tally.all}, opaque ${tally.opaque} (${share.toFixed(1)} %)`);
  const common = [...tally.names].sort((a, b) => b[1] - a[1]).slice(0, 30);
  if (common.length > 0) console.log(`opaque by name: ${common.map(([name, count]) => `${name} ${count}`).join(', ')}`);
}
