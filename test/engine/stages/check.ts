/** Findings of files with several stages, for tests that read like tables. */
import { expect, it } from 'vitest';
import type { Context, Finding } from '../../../server/src/engine/model/analysis.ts';
import { defaultSettings } from '../../../server/src/engine/settings.ts';
import { engine } from '../engine.ts';

/** All findings of a text. */
export function findings(text: string, context?: Context): readonly Finding[] {
  return engine.analyse(text, defaultSettings, context).findings;
}

/** `severity code: words` of each finding of a code, in order. */
export function said(text: string, code: string, context?: Context): string[] {
  return findings(text, context)
    .filter((one) => one.code === code)
    .map((one) => `${one.severity} ${text.slice(one.span.start, one.span.end)}`);
}

/** The text after the fix of the first finding of a code; `undefined` when there is none. */
export function fixed(text: string, code: string, context?: Context): string | undefined {
  const fix = findings(text, context).find((one) => one.code === code)?.fix;
  let out = text;
  for (const edit of [...(fix?.edits ?? [])].reverse())
    out = out.slice(0, edit.span.start) + edit.newText + out.slice(edit.span.end);
  return fix === undefined ? undefined : out;
}

/** A build context in which exactly these files are. */
export function contextOf(files: Readonly<Record<string, string>>): Context {
  const names = Object.keys(files);
  return {
    read: (path) => (files[path] === undefined ? 'absent' : { text: files[path] }),
    list: (directory) => {
      const prefix = directory === '' ? '' : `${directory}/`;
      const below = names.filter((name) => name.startsWith(prefix)).map((name) => name.slice(prefix.length));
      return [...new Set(below.map((name) => (name.includes('/') ? name.slice(0, name.indexOf('/') + 1) : name)))];
    },
  };
}

interface Case {
  readonly name: string;
  readonly text: string;
  /** `severity words` of every finding; none: nothing is said. */
  readonly says?: readonly string[];
  readonly context?: Readonly<Record<string, string>>;
}

/** One test for each case: what is said, and that nothing else is said of the code. */
export function cases(code: string, all: readonly Case[]): void {
  for (const { name, text, says = [], context } of all)
    it(name, () => {
      expect(said(text, code, context === undefined ? undefined : contextOf(context))).toEqual(says);
    });
}
