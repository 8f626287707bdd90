/**
 * What is said, in the language of the editor. The engine speaks English, whatever the language: what it decides and
 * writes into a file must not depend on who reads it. A sentence is recognised by the English one that it was filled
 * from and is filled into the other one; what no sentence matches stays as it is.
 */
import type { Catalogue } from './catalogue.ts';
import { FINDINGS } from '../engine/messages/findings.ts';
import { PROBLEMS } from '../engine/messages/problems.ts';
import { ASSUMPTIONS, fill, type Message, REFUSALS, REMARKS, RULES } from '../engine/messages/registry.ts';

/** The parts of the registry of codes, by their name in a catalogue. */
export const registry = {
  findings: FINDINGS,
  refusals: REFUSALS,
  assumptions: ASSUMPTIONS,
  remarks: REMARKS,
  rules: RULES,
  problems: PROBLEMS,
} as const satisfies Readonly<Record<Exclude<keyof Catalogue, 'sentences'>, Readonly<Record<string, Message>>>>;

interface Template {
  readonly pattern: RegExp;
  /** The longest fixed part: where it is missing the pattern is not tried. */
  readonly core: string;
  /** Fixed characters: what says more is tried first. */
  readonly weight: number;
  readonly other: string;
}

const maximumRemembered = 2000;

export class Language {
  private readonly fixed = new Map<string, string>();
  private readonly templates: Template[] = [];
  private readonly remembered = new Map<string, string>();

  /** Without a catalogue everything is said as the engine says it. `missed` is told what no sentence matches. */
  constructor(
    catalogue?: Catalogue,
    private readonly missed: (text: string) => void = () => undefined,
  ) {
    if (catalogue === undefined) return;
    for (const [english, other] of pairsOf(catalogue)) {
      if (!english.includes('{')) this.fixed.set(english, other);
      else this.templates.push(templateOf(english, other));
    }
    this.templates.sort((a, b) => b.weight - a.weight);
  }

  /** One text of the engine, line by line. */
  say(text: string): string {
    if (this.templates.length === 0) return text;
    const known = this.remembered.get(text);
    if (known !== undefined) return known;
    const said = text
      .split('\n')
      .map((line) => this.line(line))
      .join('\n');
    if (this.remembered.size >= maximumRemembered) this.remembered.clear();
    this.remembered.set(text, said);
    return said;
  }

  private line(text: string): string {
    // Blank lines, and what the file itself says (a list of its commands).
    if (text === '' || /^- `[^`]*`$/.test(text)) return text;
    const said = this.match(text);
    if (said === undefined) this.missed(text);
    return said ?? text;
  }

  private match(text: string): string | undefined {
    const fixed = this.fixed.get(text);
    if (fixed !== undefined) return fixed;
    for (const { core, pattern, other } of this.templates) {
      const groups = text.includes(core) ? pattern.exec(text)?.groups : undefined;
      if (groups === undefined) continue;
      return fill(other, Object.fromEntries(Object.entries(groups).map(([name, value]) => [name, this.part(value)])));
    }
    return undefined;
  }

  /** What was filled in: a name, a list of names, or a sentence of its own. */
  private part(value: string): string {
    const said = this.match(value);
    if (said !== undefined || !value.includes(', ')) return said ?? value;
    return value
      .split(', ')
      .map((one) => this.fixed.get(one) ?? one)
      .join(', ');
  }
}

function* pairsOf(catalogue: Catalogue): Iterable<readonly [string, string]> {
  yield* Object.entries(catalogue.sentences);
  for (const part of Object.keys(registry) as (keyof typeof registry)[]) {
    const messages: Readonly<Record<string, Message>> = registry[part];
    for (const [code, { text, advice }] of Object.entries(messages)) {
      const other = catalogue[part][code];
      if (other === undefined) continue;
      yield [text, other.text];
      if (part === 'problems') yield [`${text} ({detail})`, `${other.text} ({detail})`];
      if (advice !== undefined && other.advice !== undefined)
        yield [`${text} ${advice}`, `${other.text} ${other.advice}`];
    }
  }
}

function templateOf(english: string, other: string): Template {
  const fixed = english.split(/\{\w+\}/);
  const names = [...english.matchAll(/\{(\w+)\}/g)].map(([, name]) => name ?? '');
  const body = fixed.map((part, at) => {
    const name = names[at];
    const seen = name === undefined || names.indexOf(name) < at;
    // A sentence of its own may hold the words that come after it.
    const most = name === 'why' ? '.*' : '.*?';
    const place = name === undefined ? '' : seen ? `\\k<${name}>` : `(?<${name}>${most})`;
    return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&') + place;
  });
  return {
    pattern: new RegExp(`^${body.join('')}$`),
    core: fixed.reduce((longest, part) => (part.length > longest.length ? part : longest)),
    weight: fixed.join('').length,
    other,
  };
}
