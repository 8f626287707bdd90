/** Whatever the engine says of a fixture has a German sentence (`server/l10n/de.json`, "sentences"). */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { roleHeadline, splitHeadline, statusHeadline } from '../../server/src/engine/explain/headline.ts';
import { stageRoles } from '../../server/src/engine/explain/stages.ts';
import { steeringOffers } from '../../server/src/engine/explain/steering.ts';
import type { Context } from '../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../server/src/engine/settings.ts';
import { Language } from '../../server/src/host/language.ts';
import german from '../../server/l10n/de.json';
import { engine, folderContext } from '../engine/engine.ts';

const root = new URL('../fixtures/', import.meta.url).pathname;

/** All that an editor shows of a file, less the names of packages alone. */
function* said(text: string, context: Context | undefined): Iterable<string> {
  const analysis = engine.analyse(text, defaultSettings, context);
  for (const { message, related, fix } of analysis.findings)
    yield* [message, fix?.title ?? '', ...related.map((one) => one.message)];
  for (const { title, reasons, split } of analysis.tiers) {
    yield* [title, ...reasons.map((one) => one.message)];
    if (split === undefined) continue;
    for (const one of [...split.leftBehind, ...split.kept, ...split.assumptions, ...split.copies]) yield one.why;
    yield splitHeadline(split);
  }
  yield* analysis.reasons.map((one) => one.message);
  const { label, detail } = statusHeadline(analysis);
  yield* [label, analysis.status === 'split' ? '' : detail];
  const { file } = analysis;
  yield* stageRoles(file).map((role, index) => roleHeadline(file.stages[index]?.name, index, role));
  yield* steeringOffers(analysis).map((one) => one.title);
  for (const { span } of [...file.instructions, ...analysis.findings])
    yield engine.hover(analysis, span.start + 1)?.markdown ?? '';
}

for (const kind of readdirSync(root).sort())
  test(kind, { timeout: 120_000 }, () => {
    const missed = new Set<string>();
    const language = new Language(german, (text) => missed.add(text));
    for (const name of readdirSync(join(root, kind))) {
      const folder = join(root, kind, name);
      for (const file of ['before.Dockerfile', 'after.Dockerfile']) {
        if (!existsSync(join(folder, file))) continue;
        const text = readFileSync(join(folder, file), 'utf8');
        for (const one of said(text, folderContext(join(folder, 'context')))) language.say(one);
      }
    }
    expect([...missed]).toEqual([]);
  });
