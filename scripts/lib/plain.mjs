// Checks of a split that share no code with the verifier: words, ENV, COPY --from, comments, by regular expressions.

function joined(text) {
  return text.replace(/^[ \t]*#.*\r?\n/gm, '').replace(/\\[ \t]*\r?\n/g, ' ');
}

/** Problems of a split as sentences; empty when none is seen. */
export function plainChecks(original, result) {
  const problems = [];
  const after = joined(result);
  const afterWords = new Map();
  for (const word of after.split(/[\s;]+/)) afterWords.set(word, (afterWords.get(word) ?? 0) + 1);
  for (const line of joined(original).split(/\r?\n/)) {
    if (!/^\s*run\s/i.test(line)) continue;
    for (const word of line.trim().split(/[\s;]+/))
      if (!afterWords.has(word)) problems.push(`a word of a RUN is nowhere: ${word}`);
  }
  const last = after.slice(after.toLowerCase().lastIndexOf('\nfrom '));
  const shared = /^from\s+\S+\s+as\s+base\b/im.test(after) && /^\s*from\s+base\s/i.test(last) ? after : last;
  for (const found of joined(original).matchAll(/^\s*env\s+(\w+)[= ]/gim)) {
    if (!new RegExp(`^\\s*env\\s[^\\n]*\\b${found[1]}[= ]`, 'im').test(shared))
      problems.push(`ENV ${found[1]} is not in the last stage`);
  }
  for (const found of result.matchAll(/^\s*copy\s+--from=builder\S*(?:\s+--\S+)*\s+(\S+)\s+(\S+)/gim)) {
    if (!found[1].startsWith('/') && !found[1].startsWith('['))
      problems.push(`a source of COPY --from is not absolute: ${found[1]}`);
    if (found[1] !== found[2] && !found[1].startsWith('['))
      problems.push(`COPY --from moves ${found[1]} to ${found[2]}`);
  }
  for (const comment of original.matchAll(/^[ \t]*#.*$/gm))
    if (!result.includes(comment[0].trim())) problems.push(`a comment is lost: ${comment[0].trim()}`);
  const exec = (text) =>
    [
      ...joined(text).matchAll(
        /^\s*(cmd|entrypoint|user|workdir|expose|volume|healthcheck|stopsignal|label)\s+(.*)$/gim,
      ),
    ].map((one) => `${one[1].toUpperCase()} ${one[2].trim().replace(/\s+/g, ' ')}`);
  const there = new Set(exec(shared));
  for (const one of exec(original))
    if (!there.has(one) && !new Set(exec(result)).has(one))
      problems.push(`an instruction is nowhere: ${one.slice(0, 60)}`);
  return problems;
}
