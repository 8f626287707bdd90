// Writes a page for every code from the registry and the fixtures: `npm run docs`; `-- --check` only compares.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { loadRegistry } from './lib/engine.mjs';

const root = new URL('..', import.meta.url).pathname;
const pages = join(root, 'docs/codes');
const fixtures = join(root, 'test/fixtures');

const kinds = [
  ['FINDINGS', 'Diagnostics', 'diagnostic'],
  ['REFUSALS', 'Why no split is offered', 'refusal'],
  ['ASSUMPTIONS', 'What a split may assume', 'assumption'],
  ['REMARKS', 'What is said beside a split', 'remark'],
  ['RULES', 'Rules of the verifier', 'rule of the verifier'],
  ['PROBLEMS', 'Files that are not read', 'problem of the file'],
];

/** Fixtures whose outcome names the code; a short one says most. */
function exampleOf(code, kind) {
  let best;
  for (const room of readdirSync(fixtures)) {
    for (const name of readdirSync(join(fixtures, room))) {
      const folder = join(fixtures, room, name);
      const expected = JSON.parse(readFileSync(join(folder, 'expected.json'), 'utf8'));
      const named =
        kind === 'diagnostic'
          ? (expected.findings ?? []).some((finding) => finding.split(' ')[1] === `${code}:`)
          : kind === 'assumption'
            ? expected.assumptions?.includes(code)
            : kind === 'refusal' && expected.reasons?.includes(code);
      if (!named) continue;
      const before = readFileSync(join(folder, 'before.Dockerfile'), 'utf8');
      if (best === undefined || before.length < best.before.length) best = { folder, before };
    }
  }
  if (best === undefined) return '';
  const after = join(best.folder, 'after.Dockerfile');
  const block = (text) => `\`\`\`dockerfile\n${text.trimEnd()}\n\`\`\`\n`;
  const result = existsSync(after) && kind !== 'refusal' ? `\nbecomes\n\n${block(readFileSync(after, 'utf8'))}` : '';
  return `\n## Example\n\n${block(best.before)}${result}`;
}

const places = /\{(\w+)\}/g;

/** One code may be a refusal and a rule at once: one page, a part for each. */
function pageOf(code, entries) {
  const parts = entries.map(({ kind, message }) => {
    const severity =
      message.severity === undefined
        ? ''
        : ` Its severity is *${message.severity}* unless \`dockerfileStages.severity\` says otherwise.`;
    const advice = message.advice === undefined ? '' : `\n## What to do\n\n${message.advice}\n`;
    const silence =
      kind === 'diagnostic'
        ? `\n## To silence it\n\n\`# dockerfile-stages ignore=${code}\` above the instruction, \`# dockerfile-stages global ignore=${code}\` for the whole file, or \`"dockerfileStages.severity": { "${code}": "off" }\`.\n`
        : '';
    return `A ${kind}.${severity}\n\n> ${message.text.replace(places, '*$1*').trim()}\n${advice}${exampleOf(code, kind)}${silence}`;
  });
  return `<!-- Made by \`npm run docs\` from the registry and the fixtures. -->\n\n# ${entries[0].message.title} (\`${code}\`)\n\n${parts.join('\n---\n\n')}`;
}

const registry = await loadRegistry();
const byCode = new Map();
let index = '<!-- Made by `npm run docs` from the registry. -->\n\n# Codes\n';
for (const [name, heading, kind] of kinds) {
  index += `\n## ${heading}\n\n`;
  for (const [code, message] of Object.entries(registry[name])) {
    index += `- [\`${code}\`](${code}.md): ${message.title}\n`;
    byCode.set(code, [...(byCode.get(code) ?? []), { kind, message }]);
  }
}
const files = new Map([['README.md', index]]);
for (const [code, entries] of byCode) files.set(`${code}.md`, pageOf(code, entries));

mkdirSync(pages, { recursive: true });
const there = readdirSync(pages);
const stale = [
  ...there.filter((name) => !files.has(name)),
  ...[...files]
    .filter(([name, text]) => !there.includes(name) || readFileSync(join(pages, name), 'utf8') !== text)
    .map(([name]) => name),
];
if (process.argv.includes('--check')) {
  for (const name of stale)
    console.error(`docs/codes/${name} is not what the registry and the fixtures give; run npm run docs.`);
  process.exitCode = stale.length > 0 ? 1 : 0;
} else {
  for (const name of there) if (!files.has(name)) rmSync(join(pages, name));
  for (const [name, text] of files) writeFileSync(join(pages, name), text);
  console.log(`${files.size} pages, ${stale.length} changed`);
}
