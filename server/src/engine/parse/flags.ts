import type { Flag, ProblemCode } from '../model/dockerfile.ts';
import type { RawFlag } from './command.ts';
import type { MappedText } from './joined.ts';
import { sourceSpan } from './joined.ts';

type FlagType = 'boolean' | 'string' | 'strings';

/** The flags that BuildKit v0.34 accepts (`frontend/dockerfile/instructions/parse.go`, commands_run*.go). */
const KNOWN: Readonly<Record<string, Readonly<Record<string, FlagType>>>> = {
  FROM: { platform: 'string' },
  RUN: { mount: 'strings', network: 'string', security: 'string', device: 'strings' },
  COPY: { from: 'string', chown: 'string', chmod: 'string', link: 'boolean', exclude: 'strings', parents: 'boolean' },
  ADD: {
    chown: 'string',
    chmod: 'string',
    link: 'boolean',
    'keep-git-dir': 'boolean',
    checksum: 'string',
    unpack: 'boolean',
    exclude: 'strings',
  },
  HEALTHCHECK: {
    interval: 'string',
    timeout: 'string',
    'start-period': 'string',
    'start-interval': 'string',
    retries: 'string',
  },
};

/** Instructions whose flags BuildKit reads and forgets. */
const UNCHECKED = new Set(['ARG', 'STOPSIGNAL']);

/** Typed flags with their source spans. */
export function toFlags(raw: readonly RawFlag[], joined: MappedText): Flag[] {
  return raw.map(({ text, start, end }) => {
    const equals = text.indexOf('=');
    return {
      name: equals < 0 ? text.slice(2) : text.slice(2, equals),
      value: equals < 0 ? undefined : text.slice(equals + 1),
      span: sourceSpan(joined, start, end),
    };
  });
}

/** Reports the flags that BuildKit refuses for this keyword (upper case). */
export function checkFlags(
  keyword: string,
  flags: readonly Flag[],
  report: (code: ProblemCode, flag: Flag, detail: string) => void,
): void {
  if (UNCHECKED.has(keyword)) return;
  const known = KNOWN[keyword] ?? {};
  const seen = new Set<string>();
  for (const flag of flags) {
    const type = Object.hasOwn(known, flag.name) ? known[flag.name] : undefined;
    if (type === undefined) report('bad-flag', flag, `unknown flag --${flag.name}`);
    else if (seen.has(flag.name) && type !== 'strings') report('bad-flag', flag, `--${flag.name} given twice`);
    else if (type === 'boolean' ? flag.value === '' : flag.value === undefined)
      report('bad-flag', flag, `--${flag.name} needs a value`);
    else if (type === 'boolean' && !/^(true|false)?$/i.test(flag.value ?? ''))
      report('bad-flag', flag, `--${flag.name} is true or false`);
    seen.add(flag.name);
  }
}
