import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { instructionsOf, keywords, only, problemCodes, shellText, slice } from './read.ts';

// Expectations here were compared with BuildKit's own parser (v0.34.2).

describe('lines and continuations', () => {
  it('joins continuation lines and drops comment and blank lines between', () => {
    const run = only('RUN a \\\n# c\n\n  # d\n  b \\ \t\n  c', 'run');
    expect(shellText(run)).toBe('a   b   c');
    expect(run.comments.map((comment) => comment.text)).toEqual(['# c', '# d']);
  });

  it('reads an escaped escape character at the line end as text', () => {
    expect(keywords('FROM a\nRUN a \\\\\nRUN b')).toEqual(['FROM', 'RUN', 'RUN']);
  });

  it('honours escape=` as the continuation, and the backslash is then text', () => {
    const file = parseDockerfile('# escape=`\nFROM a\nRUN a `\n  b\nRUN c\\\nUSER x');
    expect(file.escape).toBe('`');
    expect(file.instructions.map((one) => one.args.text)).toEqual(['a', 'a   b', 'c\\', 'x']);
  });

  it('joins without adding a blank', () => {
    expect(shellText(only('RUN ec\\\nho x', 'run'))).toBe('echo x');
  });

  it('lets a lone continuation character begin an instruction', () => {
    const [run] = instructionsOf('\\\nRUN x');
    expect(run?.keyword).toBe('RUN');
    expect(run?.span.start).toBe(7);
  });

  it('keeps CRLF out of the text and does not take a lone CR for a line end', () => {
    const file = parseDockerfile('FROM a\r\nRUN a \\\r\n  b\r\nENV A=x\ry\r\n');
    expect(file.eol).toBe('\r\n');
    expect(file.instructions.map((one) => one.args.text)).toEqual(['a', 'a   b', 'A=x\ry']);
  });

  it('reads keywords in any case and tabs as blanks', () => {
    expect(parseDockerfile('from\ta\n\trun\tx').instructions.map((one) => [one.keyword, one.args.text])).toEqual([
      ['FROM', 'a'],
      ['RUN', 'x'],
    ]);
  });

  it('accepts a byte order mark', () => {
    const file = parseDockerfile('\ufeffFROM a');
    expect(file.bom).toBe(true);
    expect(file.instructions[0]?.span).toEqual({ start: 1, end: 7 });
  });

  it('reports a continuation that nothing follows, without refusing it', () => {
    expect(problemCodes('FROM a\nRUN b \\\n\n# end\n')).toEqual(['dangling-continuation']);
  });
});

describe('directives', () => {
  it('reads them at the top only, and in any case', () => {
    const file = parseDockerfile('#syntax=docker/dockerfile:1\n# Escape = `\n# check=skip=all\n# escape=\\\nFROM a');
    expect(file.directives.map(({ name, value }) => [name, value])).toEqual([
      ['syntax', 'docker/dockerfile:1'],
      ['escape', '`'],
      ['check', 'skip=all'],
      ['escape', '\\'],
    ]);
    expect(file.problems.map((problem) => problem.code)).toEqual(['bad-directive']);
  });

  it('ends them at an unknown name, which is a comment', () => {
    const file = parseDockerfile('# foo=bar\n# escape=`\nFROM a');
    expect(file.escape).toBe('\\');
    expect(file.comments.map((comment) => comment.text)).toEqual(['# foo=bar', '# escape=`']);
  });

  it('ends them at a blank line', () => {
    expect(parseDockerfile('\n# escape=`\nFROM a').escape).toBe('\\');
  });

  it('refuses an impossible escape', () => {
    expect(problemCodes('# escape=x\nFROM a')).toEqual(['bad-directive!']);
  });
});

describe('heredocs', () => {
  const names = (text: string): unknown[] => only(text, 'run').heredocs.map((heredoc) => heredoc.name);

  it('reads several, each with its own chomping', () => {
    const run = only('RUN cat <<-A <<B\n\tone\n\tA\n\tB\nB\n', 'run');
    expect(run.heredocs.map(({ name, chomp, content }) => ({ name, chomp, content }))).toEqual([
      { name: 'A', chomp: true, content: 'one\n' },
      { name: 'B', chomp: false, content: '\tB\n' },
    ]);
  });

  it('knows quoted delimiters, file descriptors and blanks after the operator', () => {
    const run = only('RUN x 3<<"A" << B <<C\'D\'\nA\nB\nCD', 'run');
    expect(run.heredocs.map(({ name, expand, fd }) => [name, expand, fd])).toEqual([
      ['A', false, 3],
      ['B', true, undefined],
      ['CD', false, undefined],
    ]);
  });

  it('takes a backslash off the delimiter but still expands, as BuildKit does', () => {
    expect(only('RUN <<\\EOF\nx\nEOF', 'run').heredocs[0]).toMatchObject({ name: 'EOF', expand: true });
  });

  it('sees none in quotes, in exec form, in here-strings, or where the line cannot be lexed', () => {
    expect(keywords('FROM a\nRUN echo "a <<EOF b"\nCMD x')).toEqual(['FROM', 'RUN', 'CMD']);
    expect(keywords('FROM a\nRUN ["sh","-c","cat <<EOF"]\nCMD x')).toEqual(['FROM', 'RUN', 'CMD']);
    expect(names('RUN cat <<<EOF')).toEqual([]);
    expect(names('RUN echo ${#V} <<EOF')).toEqual([]);
  });

  it('sees them only in RUN, COPY, ADD and ONBUILD of those', () => {
    expect(keywords('FROM a\nCMD cat <<EOF\nRUN x')).toEqual(['FROM', 'CMD', 'RUN']);
    expect(keywords('FROM a\nONBUILD RUN <<EOF\nUSER x\nEOF\nADD <<F /x\nF')).toEqual(['FROM', 'ONBUILD', 'ADD']);
  });

  it('takes the body as it is: comments, continuations and blank lines', () => {
    const file = parseDockerfile('FROM a\nRUN <<EOF\n# c\n\na \\\nb\nEOF\nUSER x');
    const run = file.instructions[1];
    expect(run?.heredocs.map((heredoc) => heredoc.content)).toEqual(['# c\n\na \\\nb\n']);
    expect(slice(file, run?.span ?? { start: 0, end: 0 })).toBe('RUN <<EOF\n# c\n\na \\\nb\nEOF');
    expect(file.comments).toEqual([]);
  });

  it('refuses one without its end', () => {
    expect(problemCodes('FROM a\nRUN <<EOF\nx\n')).toEqual(['unterminated-heredoc!']);
  });

  it('gives the shell what BuildKit gives it', () => {
    expect(shellText(only('RUN <<-EOF\n\ta\n\t\tb\n\tEOF', 'run'))).toBe('a\nb\n');
    expect(shellText(only('RUN cat <<EOF > /x && \\\n ls\nbody\nEOF', 'run'))).toBe('cat <<EOF > /x &&  ls\nbody\nEOF');
    const script = only('RUN <<EOF\nx\nEOF', 'run').command;
    expect(script.form === 'shell' && script.heredocScript).toBe(true);
  });

  it('maps the shell text back to the source', () => {
    const file = parseDockerfile('FROM a\nRUN <<-EOF\n\tone\n\t\ttwo\n\tEOF\nRUN cat <<A\nx\nA\n');
    for (const run of file.instructions) {
      if (run.kind !== 'run' || run.command.form !== 'shell') continue;
      const { text } = run.command;
      for (let at = 0; at < text.text.length; at++)
        expect(file.text.charAt(text.toSource(at))).toBe(text.text.charAt(at));
    }
  });
});
