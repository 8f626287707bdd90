/**
 * As much of HCL as a bake file needs: blocks with labels, and attributes whose value is a text, a list of
 * texts, a number or a truth. Any other expression is skipped; text that is no HCL ends the reading.
 */

export interface Block {
  readonly type: string;
  readonly labels: readonly string[];
  readonly attributes: Readonly<Record<string, unknown>>;
}

const tokens =
  /\s+|#[^\n]*|\/\/[^\n]*|\/\*[\s\S]*?(?:\*\/|$)|"(?:[^"\\\n]|\\.)*"|<<-?([A-Za-z_]\w*)\r?\n[\s\S]*?(?:\n[ \t]*\1(?![\w-])|$)|[A-Za-z_][\w.-]*|-?\d[\w.]*|[^\s\w]/y;

/** The top-level blocks of a text. Linear in its length; never throws. */
export function readHcl(source: string): Block[] {
  const reader = new Reader(tokensOf(source));
  const blocks: Block[] = [];
  for (;;) {
    const block = reader.block();
    if (block === 'end') return blocks;
    if (block !== undefined) blocks.push(block);
  }
}

/** Without blanks and comments, but with line ends: an attribute ends with its line. */
function tokensOf(source: string): string[] {
  const out: string[] = [];
  tokens.lastIndex = 0;
  for (let match = tokens.exec(source); match !== null && match[0] !== ''; match = tokens.exec(source)) {
    const [token] = match;
    if (/^(?:#|\/\/|\/\*)/.test(token)) continue;
    if (!/^\s/.test(token)) out.push(token);
    else if (token.includes('\n')) out.push('\n');
  }
  return out;
}

const pairs: Readonly<Record<string, string>> = { '{': '}', '[': ']', '(': ')' };

class Reader {
  private at = 0;
  constructor(private readonly tokens: readonly string[]) {}

  /** The next block; `undefined` for something else that was skipped. */
  block(): Block | 'end' | undefined {
    this.blank();
    const type = this.tokens[this.at];
    if (type === undefined) return 'end';
    this.at++;
    if (!/^[A-Za-z_]/.test(type)) return undefined;
    if (this.tokens[this.at] === '=') {
      this.at++;
      this.value();
      return undefined;
    }
    const labels: string[] = [];
    for (let token = this.tokens[this.at]; token !== undefined && token !== '{'; token = this.tokens[++this.at]) {
      if (token === '\n') return undefined;
      labels.push(literal(token) ?? token);
    }
    if (this.tokens[this.at] === undefined) return 'end';
    this.at++;
    return { type, labels, attributes: this.body() };
  }

  /** Attributes up to the closing brace; blocks within are skipped. */
  private body(): Record<string, unknown> {
    const out: Record<string, unknown> = {};
    for (;;) {
      this.blank();
      const name = this.tokens[this.at];
      if (name === undefined) return out;
      this.at++;
      if (name === '}') return out;
      if (this.tokens[this.at] === '=') {
        this.at++;
        const value = this.value();
        if (value !== undefined) out[literal(name) ?? name] = value;
      } else {
        while (this.tokens[this.at] !== undefined && !['{', '\n', '}'].includes(this.tokens[this.at] as string))
          this.at++;
        if (this.tokens[this.at] === '{') this.skip();
      }
    }
  }

  /** A value up to the end of its line; `undefined` when it is none that we read. */
  private value(): unknown {
    const start = this.at;
    while (this.tokens[this.at] !== undefined && this.tokens[this.at] !== '\n' && this.tokens[this.at] !== '}') {
      if ((this.tokens[this.at] as string) in pairs) this.skip();
      else this.at++;
    }
    const words = this.tokens.slice(start, this.at).filter((token) => token !== '\n');
    const [first] = words;
    if (words.length === 1 && first !== undefined) return scalar(first);
    if (first !== '[' || words.at(-1) !== ']') return undefined;
    const items = words
      .slice(1, -1)
      .filter((token) => token !== ',')
      .map(literal);
    return items.every((item) => item !== undefined) ? items : undefined;
  }

  /** Over a bracket and all within it. */
  private skip(): void {
    const open: string[] = [];
    for (let token = this.tokens[this.at]; token !== undefined; token = this.tokens[++this.at]) {
      const close = pairs[token];
      if (close !== undefined) open.push(close);
      else if (token === open.at(-1)) open.pop();
      if (open.length === 0) break;
    }
    this.at++;
  }

  private blank(): void {
    while (this.tokens[this.at] === '\n') this.at++;
  }
}

function scalar(token: string): unknown {
  if (token === 'true' || token === 'false') return token === 'true';
  return literal(token) ?? (/^-?\d/.test(token) ? Number(token) : undefined);
}

/** The text of a quoted token, `${…}` as written. */
function literal(token: string): string | undefined {
  if (!token.startsWith('"')) return undefined;
  return token.slice(1, -1).replace(/\\(.)/g, (_all, char: string) => ({ n: '\n', t: '\t' })[char] ?? char);
}
