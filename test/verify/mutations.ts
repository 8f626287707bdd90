/** Wrong splits made from right ones, one change each. */

export interface Mutant {
  /** What was changed, in words that name it. */
  readonly what: string;
  readonly text: string;
}

/** The instructions of a Dockerfile as blocks of lines (with continuation lines and heredocs). */
interface Block {
  readonly from: number;
  readonly to: number;
  readonly text: string;
  readonly stage: number;
}

function blocksOf(lines: readonly string[]): Block[] {
  const out: Block[] = [];
  let stage = -1;
  for (let at = 0; at < lines.length; at++) {
    const first = lines[at] as string;
    if (/^\s*(#|$)/.test(first)) continue;
    const from = at;
    const heredoc = /<<-?["']?(\w+)/.exec(first)?.[1];
    if (heredoc !== undefined) {
      while (at + 1 < lines.length && (lines[at] as string).trim() !== heredoc) at++;
    } else
      while (
        at + 1 < lines.length &&
        (/\\\s*$/.test(lines[at] as string) || (at > from && /^\s*#/.test(lines[at] as string)))
      )
        at++;
    if (/^\s*from\s/i.test(first)) stage++;
    out.push({ from, to: at, text: lines.slice(from, at + 1).join('\n'), stage });
  }
  return out;
}

const RELEASES: readonly (readonly [RegExp, string])[] = [
  [/bookworm/, 'bullseye'],
  [/bullseye/, 'bookworm'],
  [/trixie/, 'bullseye'],
  [/buster/, 'bookworm'],
  [/-alpine[\d.]*/, '-slim'],
  [/-slim$/, '-alpine'],
  [/:(\d+)\.(\d+)/, ':$1.1'],
  [/:(\d+)(?=$|-)/, ':9'],
];

/** All wrong splits that one change makes of `text`; `before` is what was split. */
export function mutantsOf(text: string, before: string): Mutant[] {
  const newline = text.includes('\r\n') ? '\r\n' : '\n';
  const lines = text.split(newline);
  const blocks = blocksOf(lines);
  const last = Math.max(...blocks.map((block) => block.stage));
  const out: Mutant[] = [];
  const put = (what: string, from: number, to: number, by: readonly string[]): void => {
    out.push({ what, text: [...lines.slice(0, from), ...by, ...lines.slice(to + 1)].join(newline) });
  };
  for (const block of blocks) {
    const name = /^\s*(\w+)/.exec(block.text)?.[1]?.toUpperCase() ?? '';
    const label = `${block.stage === last ? 'last stage' : 'builder'}: ${block.text.split('\n')[0]?.trim().slice(0, 70)}`;
    const replaced = (what: string, by: string): void => {
      if (by !== block.text) put(`${what} (${label})`, block.from, block.to, by.split('\n'));
    };
    if (name !== 'FROM') put(`drop (${label})`, block.from, block.to, []);
    if (block.stage !== last) continue;
    switch (name) {
      case 'FROM':
        for (const [pattern, by] of RELEASES) {
          const [, ref = ''] = /^\s*from\s+(\S+)/i.exec(block.text) ?? [];
          if (pattern.test(ref)) replaced(`another image, ${by}`, block.text.replace(ref, ref.replace(pattern, by)));
        }
        replaced('scratch', block.text.replace(/^(\s*from\s+)\S+/i, '$1scratch'));
        break;
      case 'COPY': {
        replaced('another source', block.text.replace(/(--from=\S+ )(\/\S+)/, '$1$2-other'));
        replaced('another target', block.text.replace(/(\S+)(\s*)$/, '/elsewhere$2'));
        replaced('from the context', block.text.replace(/--from=\S+ /, ''));
        replaced('another owner', block.text.replace(/--chown=\S+/, '--chown=4242:4242'));
        replaced('no owner', block.text.replace(/--chown=\S+ /, ''));
        break;
      }
      case 'RUN': {
        const install = /(apt-get|apt|apk)\b[^\n&;]*?\b(install|add)\b((?:[^&;|<>\n]|\\\n)*)/.exec(block.text);
        const words = (install?.[3] ?? '').split(/[\s\\]+/).filter((word) => /^[a-z0-9][\w.+-]*$/.test(word));
        for (const word of words)
          replaced(
            `without ${word}`,
            block.text.replace(install?.[0] ?? '', (whole) =>
              whole.replace(new RegExp(`(\\s)${word.replace(/[.+]/g, '\\$&')}(?=\\s|$)`), '$1'),
            ),
          );
        if (words.length > 0)
          replaced(
            'with g++',
            block.text.replace(install?.[0] ?? '', (whole) => whole.replace(words[0] as string, `${words[0]} g++`)),
          );
        if (!/<<|^RUN\s+\[|--mount/i.test(block.text)) replaced('fails silently', `${block.text.trimEnd()} || true`);
        break;
      }
      case 'ENV':
        replaced('another value', block.text.replace(/([= ])(\S+)\s*$/, '$1other'));
        break;
      case 'USER':
        replaced('another user', 'USER 4242');
        break;
      case 'WORKDIR':
        replaced('another directory', `${block.text.trimEnd()}/other`);
        break;
      case 'CMD':
      case 'ENTRYPOINT':
      case 'HEALTHCHECK':
        replaced('another command', block.text.replace(/[A-Za-z](?=[^A-Za-z]*$)/, 'zz'));
        break;
      default:
    }
  }
  lines.forEach((line, at) => {
    // The comments that a split brings itself may go.
    if (/^\s*#/.test(line) && before.includes(line.trim()) && text.split(line.trim()).length === 2)
      put(`drop comment (${line.trim().slice(0, 50)})`, at, at, []);
  });
  return out;
}
