/** Generators of RUN instructions in many layouts, with what each is made of. */
import fc from 'fast-check';

export interface GeneratedRun {
  /** The whole instruction. */
  readonly text: string;
  readonly escape: '\\' | '`';
  readonly eol: string;
  /** The commands, as the shell sees them. */
  readonly commands: readonly string[];
  /** `operators[i]` precedes command i. */
  readonly operators: readonly string[];
  /** A comment that stands above command i, if any. */
  readonly comments: readonly (string | undefined)[];
  /** Commands on the line below that comment, command i included. */
  readonly below: readonly (readonly number[])[];
}

/** `x && a || true` is one command of the chain; in brackets `a || true` is one by itself. */
function alone(text: string, operator: string): string {
  return operator === '&&' && text.includes('||') ? `(${text})` : text;
}

const command = fc.constantFrom(
  'cmd -x',
  'echo "a && b; c"',
  "printf '%s;' x",
  'make | tee log',
  'a || true',
  '! grep -q x y',
  '(cd /x && make; ls)',
  'if test -f x; then cmd; fi',
  'for i in a b; do echo $i; done',
  '{ one; two; }',
  'V=$(cat x | head) cmd > /dev/null 2>&1',
  '>&2 echo x',
  'export A=1',
  'echo a\\ b',
  'echo ${V:-"#x"}',
);

const blanks = fc.constantFrom(' ', '  ', '\t', '    ');
const indent = fc.constantFrom('', ' ', '    ', '\t');

interface Gap {
  readonly operator: string;
  readonly where: 'same' | 'start' | 'end' | 'own';
  readonly before: string;
  readonly after: string;
  readonly indent: string;
  readonly comment: boolean;
  readonly blankLine: boolean;
}

const gap: fc.Arbitrary<Gap> = fc.record({
  operator: fc.constantFrom('&&', '&&', '&&', ';'),
  where: fc.constantFrom('same', 'start', 'end', 'own'),
  before: blanks,
  after: blanks,
  indent,
  comment: fc.boolean(),
  blankLine: fc.boolean(),
});

function gapText(one: Gap, index: number, escape: string, eol: string): { text: string; comment: string | undefined } {
  if (one.where === 'same') return { text: `${one.before}${one.operator}${one.after}`, comment: undefined };
  const next = `${escape}${eol}`;
  const name = `# about ${index}.`;
  const middle = `${one.blankLine ? eol : ''}${one.comment ? `${one.indent}${name}${eol}` : ''}`;
  const text = {
    start: `${one.before}${next}${middle}${one.indent}${one.operator}${one.after}`,
    end: `${one.before}${one.operator}${one.after}${next}${middle}${one.indent}`,
    own: `${one.before}${next}${one.indent}${one.operator}${one.after}${next}${middle}${one.indent}`,
  }[one.where];
  return { text, comment: one.comment ? name : undefined };
}

/** `RUN a && b; c` in every layout: operators at line start, line end or between, comments, blank lines, CRLF. */
export const generatedRun: fc.Arbitrary<GeneratedRun> = fc
  .record({
    lead: fc.constantFrom(
      'RUN ',
      'run\t',
      'RUN --mount=type=cache,target=/x ',
      'RUN --network=none --security=sandbox  ',
    ),
    leadBreak: fc.boolean(),
    leadComment: fc.boolean(),
    commands: fc.array(command, { minLength: 2, maxLength: 7 }),
    gaps: fc.array(gap, { minLength: 7, maxLength: 7 }),
    tail: fc.constantFrom('', '', ' ', ';', ' ;', ' # done'),
    escape: fc.constantFrom('\\' as const, '\\' as const, '`' as const),
    eol: fc.constantFrom('\n', '\n', '\r\n'),
  })
  .map(({ lead, leadBreak, leadComment, commands, gaps, tail, escape, eol }) => {
    const numbered = commands.map((text, index) =>
      alone(text.replace(/cmd|echo|cat|make/, `$&${index}`), index === 0 ? '' : (gaps[index - 1] as Gap).operator),
    );
    const comments: (string | undefined)[] = [leadBreak && leadComment ? '# about 0.' : undefined];
    const operators = [''];
    let text = lead;
    if (leadBreak) text += `${escape}${eol}${leadComment ? `  # about 0.${eol}` : ''}    `;
    text += numbered[0];
    numbered.slice(1).forEach((one, at) => {
      const made = gapText(gaps[at] as Gap, at + 1, escape, eol);
      text += made.text + one;
      comments.push(made.comment);
      operators.push((gaps[at] as Gap).operator);
    });
    return {
      text: text + tail,
      escape,
      eol,
      commands: numbered,
      operators,
      comments,
      below: numbered.map((_, index) => [index]),
    };
  });

interface Line {
  readonly command: string;
  readonly joiner: 'newline' | 'semicolon' | 'and' | 'and-newline' | 'semicolon-newline';
  readonly trailing: boolean;
  readonly comment: boolean;
  readonly blankLine: boolean;
  readonly indent: string;
  readonly heredoc: boolean;
}

const line: fc.Arbitrary<Line> = fc.record({
  command,
  joiner: fc.constantFrom('newline', 'newline', 'newline', 'semicolon', 'and', 'and-newline', 'semicolon-newline'),
  trailing: fc.boolean(),
  comment: fc.boolean(),
  blankLine: fc.boolean(),
  indent,
  heredoc: fc.boolean(),
});

/** `RUN <<EOF` scripts: lines, `;` and `&&` within lines, comments of both kinds, inner heredocs. */
export const generatedScript: fc.Arbitrary<GeneratedRun> = fc
  .record({
    lines: fc.array(line, { minLength: 2, maxLength: 7 }),
    operator: fc.constantFrom('<<EOF', "<<'EOF'", '--'),
    eol: fc.constant('\n'),
  })
  .map(({ lines, operator, eol }) => {
    const commands: string[] = [];
    const operators: string[] = [''];
    const comments: (string | undefined)[] = [];
    const below: number[][] = [];
    let body = '';
    lines.forEach((one, index) => {
      const last = index === lines.length - 1;
      const ends = last || one.joiner === 'newline' || one.joiner === 'semicolon-newline';
      const startsLine = body === '' || body.endsWith(eol);
      if (startsLine && one.blankLine) body += eol;
      if (startsLine && one.comment) body += `${one.indent}# about ${index}.${eol}`;
      comments.push(startsLine && one.comment ? `# about ${index}.` : undefined);
      const heredoc = one.heredoc && ends && one.joiner !== 'semicolon-newline';
      const plain = alone(one.command.replace(/cmd|echo|cat|make/, `$&${index}`), operators[index] ?? '');
      const text = heredoc ? `cat${index} <<IN > /f` : plain;
      if (startsLine) below.push([]);
      below.at(-1)?.push(index);
      commands.push(text);
      body += (startsLine ? one.indent : '') + text;
      if (ends) {
        body += `${one.joiner === 'semicolon-newline' ? ';' : ''}${one.trailing ? ` # after ${index}.` : ''}${eol}`;
        if (heredoc) body += `in ${index}${eol}IN${eol}`;
      } else body += { semicolon: '; ', and: ' && ', 'and-newline': ` &&${eol}${one.indent}` }[one.joiner as 'and'];
      if (!last) operators.push(one.joiner.startsWith('and') ? '&&' : one.joiner.startsWith('semicolon') ? ';' : '\n');
    });
    const opener = operator === '--' ? '--mount=type=tmpfs,target=/t <<EOF' : operator;
    const lineOf = (index: number): number[] => below.find((line) => line.includes(index)) ?? [];
    return {
      text: `RUN ${opener}${eol}${body}EOF`,
      escape: '\\',
      eol,
      commands,
      operators,
      comments,
      below: commands.map((_, index) => lineOf(index)),
    };
  });
