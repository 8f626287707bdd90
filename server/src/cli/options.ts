/** Command-line options, read with `node:util` and checked against their lists of values. */
import * as fs from 'node:fs';
import * as path from 'node:path';
import { type ParseArgsConfig, parseArgs } from 'node:util';
import { loadParsers } from '../host/builds/parsers.ts';
import type { EngineSettings } from '../engine/model/analysis.ts';
import { defaultSettings } from '../engine/settings.ts';
import { UsageError } from './usage.ts';

type Values = Readonly<Record<string, string | boolean | undefined>>;

export interface Parsed {
  readonly values: Values;
  readonly positionals: readonly string[];
}

/** Parses the arguments of one command; anything unknown is a `UsageError`. */
export function parseOptions(args: readonly string[], options: NonNullable<ParseArgsConfig['options']>): Parsed {
  try {
    const { values, positionals } = parseArgs({ args: [...args], options, allowPositionals: true, strict: true });
    return { values: values as Values, positionals };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    throw new UsageError(firstSentence(message));
  }
}

/** The value of an option out of a list; the first of the list is the default. */
export function choice<T extends string>(values: Values, name: string, allowed: readonly [T, ...T[]]): T {
  const value = values[name];
  if (value === undefined) return allowed[0];
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined)
    throw new UsageError(`--${name} must be one of ${allowed.join(', ')}, not '${String(value)}'`);
  return found;
}

/** The settings that options change: `--copies-as-root` is for builders whose `COPY --from` keeps no owners. */
export function settingsOf(values: Values): EngineSettings {
  return { ...defaultSettings, copiesKeepOwners: values['copies-as-root'] !== true };
}

/** Exactly as many file names as the command takes. */
export function files<N extends readonly string[]>(positionals: readonly string[], names: N): readonly string[] {
  if (positionals.length < names.length) throw new UsageError(`missing ${names.slice(positionals.length).join(' ')}`);
  if (positionals.length > names.length) throw new UsageError(`unexpected argument '${positionals[names.length]}'`);
  return positionals;
}

/**
 * `--context`: `auto`, an absolute folder, or `undefined` when it was not given. With a context, compose
 * and other files are looked at: what parses them is ready then.
 */
export async function contextOption(values: Values, cwd: string): Promise<string | undefined> {
  const value = values['context'];
  if (typeof value !== 'string') return undefined;
  await loadParsers();
  if (value === 'auto') return value;
  const folder = path.resolve(cwd, value);
  if (fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new UsageError(`--context: '${value}' is not a directory`);
  }
  return folder;
}

function firstSentence(message: string): string {
  const [line = message] = message.split('\n');
  const sentence = line.split(/\. (?=[A-Z])/)[0] ?? line;
  return sentence.charAt(0).toLowerCase() + sentence.slice(1);
}
