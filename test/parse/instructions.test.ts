import { describe, expect, it } from 'vitest';
import { parseDockerfile } from '../../server/src/engine/parse/dockerfile.ts';
import { instructionsOf, only, problemCodes, slice } from './read.ts';

describe('flags', () => {
  it('stand before the arguments, without their quotes, however many there are', () => {
    const copy = only('COPY --from=b --chown="1:1" --link a--b --from=x /d', 'copy');
    expect(copy.flags.map(({ name, value }) => [name, value])).toEqual([
      ['from', 'b'],
      ['chown', '1:1'],
      ['link', undefined],
    ]);
    expect(copy.sources.map((word) => word.raw)).toEqual(['a--b', '--from=x']);
    expect(copy.from).toBe('b');
  });

  it('end at --', () => {
    expect(only('RUN --network=host -- --x', 'run').args.text).toBe('--x');
  });

  it('are refused when unknown, doubled, without a value or not boolean', () => {
    for (const text of [
      'RUN --user=x y',
      'COPY --from=a --from=b c d',
      'COPY --from c d',
      'COPY --link=x a b',
      'CMD --x',
    ]) {
      expect(problemCodes(`FROM a\n${text}`)).toEqual(['bad-flag!']);
    }
    expect(problemCodes('FROM a\nRUN --mount=type=tmpfs,target=/a --mount=target=/b x\nARG --x y')).toEqual([]);
  });

  it('give the mounts of RUN', () => {
    const run = only(
      'RUN --mount=type=cache,id=c,dst=/c --mount=from=b,src=/s,target=/t --mount=\'type=secret,"id=a,b"\' x',
      'run',
    );
    expect(run.mounts.map(({ type, target, source, from, id }) => ({ type, target, source, from, id }))).toEqual([
      { type: 'cache', target: '/c', source: undefined, from: undefined, id: 'c' },
      { type: 'bind', target: '/t', source: '/s', from: 'b', id: undefined },
      { type: 'secret', target: undefined, source: undefined, from: undefined, id: 'a,b' },
    ]);
  });
});

describe('exec form', () => {
  it('keeps blanks and escapes of its strings, with their places', () => {
    const file = parseDockerfile('FROM a\nCMD ["nginx", "-g", "daemon off;\\t\\u0041"]');
    const cmd = file.instructions[1];
    if (cmd?.kind !== 'cmd' || cmd.command.form !== 'exec') throw new Error('exec form expected');
    expect(cmd.command.argv).toEqual(['nginx', '-g', 'daemon off;\tA']);
    expect(cmd.command.argSpans.map((span) => slice(file, span))).toEqual(['nginx', '-g', 'daemon off;\\t\\u0041']);
  });

  it('goes on below a comment line', () => {
    expect(only('CMD ["a", \\\n# c\n"d"]', 'cmd').command).toMatchObject({ form: 'exec', argv: ['a', 'd'] });
  });

  it('is the shell form when it is no JSON array', () => {
    for (const text of ['CMD ["a"] # c', 'CMD ["a"] x', "CMD ['a']", 'CMD ["a",]']) {
      expect(only(text, 'cmd').command.form).toBe('shell');
    }
  });

  it('is refused when it holds something else than strings', () => {
    expect(problemCodes('FROM a\nRUN ["a", 1]')).toEqual(['bad-form!']);
  });

  it('may stand in COPY and VOLUME', () => {
    const copy = only('COPY ["a b", "/c d"]', 'copy');
    expect([copy.sources.map((word) => word.raw), copy.target?.raw]).toEqual([['a b'], '/c d']);
    expect(only('VOLUME ["/a", "/b"]', 'volume').words.map((word) => word.raw)).toEqual(['/a', '/b']);
  });
});

describe('instructions', () => {
  const pairs = (text: string, kind: 'env' | 'arg' | 'label'): unknown[] =>
    only(text, kind).pairs.map(({ key, raw }) => [key, raw]);

  it('FROM takes an image and a name', () => {
    const file = parseDockerfile('FROM --platform=$P org/img.name:1 As Build\n');
    const from = file.stages[0]?.from;
    expect([from?.image?.raw, from?.alias?.raw, file.stages[0]?.name, from?.flags[0]?.value]).toEqual([
      'org/img.name:1',
      'Build',
      'build',
      '$P',
    ]);
    expect(problemCodes('FROM a b')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a AS 1x')).toEqual(['bad-form!']);
    expect(problemCodes('FROM')).toEqual(['missing-argument!']);
  });

  it('ENV and LABEL take pairs or the old form', () => {
    expect(pairs('ENV A=1 B="x y" C=a\\ b', 'env')).toEqual([
      ['A', '1'],
      ['B', '"x y"'],
      ['C', 'a\\ b'],
    ]);
    expect(pairs('ENV A  b c  "d"', 'env')).toEqual([['A', 'b c  "d"']]);
    expect(pairs('LABEL "com.x"="y=z"', 'label')).toEqual([['com.x', '"y=z"']]);
    expect(problemCodes('FROM a\nENV A')).toEqual(['missing-argument!']);
    expect(problemCodes('FROM a\nENV A=1 B')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a\nENV =1')).toEqual(['bad-form!']);
  });

  it('ARG takes several names', () => {
    expect(pairs('ARG C D=4 E="x y"', 'arg')).toEqual([
      ['C', undefined],
      ['D', '4'],
      ['E', '"x y"'],
    ]);
  });

  it('ARG before FROM is global', () => {
    const file = parseDockerfile('ARG V=1\n\nFROM a:$V\nARG V\n');
    expect(file.globalArgs.map((one) => one.pairs[0]?.raw)).toEqual(['1']);
    expect(file.stages.map((stage) => stage.instructions.length)).toEqual([1]);
  });

  it('HEALTHCHECK takes CMD or NONE', () => {
    expect(only('HEALTHCHECK --interval=5s CMD ["curl", "x"]', 'healthcheck').command).toMatchObject({
      form: 'exec',
      argv: ['curl', 'x'],
    });
    expect(only('HEALTHCHECK cmd curl x || exit 1', 'healthcheck').command).toMatchObject({ form: 'shell' });
    expect(only('HEALTHCHECK NONE', 'healthcheck').command).toBeUndefined();
    expect(problemCodes('FROM a\nHEALTHCHECK curl x')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a\nHEALTHCHECK NONE x')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a\nHEALTHCHECK CMD')).toEqual(['missing-argument!']);
  });

  it('COPY takes heredocs as sources, not as the destination', () => {
    const copy = only('COPY a <<F /d/\nx\nF', 'copy');
    expect([copy.sources.map((word) => word.raw), copy.target?.raw, copy.heredocs[0]?.content]).toEqual([
      ['a'],
      '/d/',
      'x\n',
    ]);
    expect(problemCodes('FROM a\nCOPY a <<F\nF')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a\nCOPY a')).toEqual(['missing-argument!']);
  });

  it('USER and WORKDIR take the whole line', () => {
    expect(only('WORKDIR /a b', 'workdir').words.map((word) => word.raw)).toEqual(['/a b']);
    expect(only('EXPOSE 80 443/tcp', 'expose').words.map((word) => word.raw)).toEqual(['80', '443/tcp']);
    expect(problemCodes('FROM a\nUSER')).toEqual(['missing-argument!']);
  });

  it('SHELL takes a JSON array', () => {
    expect(only('SHELL ["bash", "-ec"]', 'shell').argv).toEqual(['bash', '-ec']);
    expect(problemCodes('FROM a\nSHELL bash -c')).toEqual(['bad-form!']);
    expect(problemCodes('FROM a\nSHELL []')).toEqual(['bad-form!']);
  });

  it('ONBUILD holds an instruction, which BuildKit checks when it triggers', () => {
    const onbuild = only('ONBUILD COPY --chown=1 a /b', 'onbuild');
    expect(onbuild.trigger).toMatchObject({ kind: 'copy', keyword: 'COPY', index: 1 });
    expect(problemCodes('FROM a\nONBUILD COPY a')).toEqual(['missing-argument']);
    expect(problemCodes('FROM a\nONBUILD FOO')).toEqual(['unknown-instruction']);
    expect(problemCodes('FROM a\nONBUILD ENV x')).toEqual(['missing-argument!']);
    expect(problemCodes('FROM a\nONBUILD FROM b')).toEqual(['bad-form!']);
  });
});

describe('the file as a whole', () => {
  it('needs instructions, a FROM, and nothing but ARG before it', () => {
    expect(problemCodes('')).toEqual(['empty-file!']);
    expect(problemCodes('# only this\n')).toEqual(['empty-file!']);
    expect(problemCodes('ARG A\n')).toEqual(['no-from!']);
    expect(problemCodes('RUN x\nFROM a\n')).toEqual(['instruction-before-from!']);
    expect(problemCodes('FROM a\nFOO x\n')).toEqual(['unknown-instruction!']);
  });

  it('shows conflict markers once, not in heredoc bodies', () => {
    const text = 'FROM a\n<<<<<<< HEAD\nUSER a\n=======\nUSER b\n>>>>>>> other\n';
    expect(problemCodes(text)).toEqual(['conflict-marker!', 'conflict-marker!', 'conflict-marker!']);
    expect(problemCodes('FROM a\nRUN <<EOF\n<<<<<<< HEAD\n=======\nEOF\n')).toEqual([]);
    expect(problemCodes('FROM a\nRUN echo \\\n=======\n')).toEqual([]);
  });

  it('knows templates, and what only looks like one', () => {
    expect(problemCodes('FROM a\n{% if x %}\nUSER x\n{% endif %}\n')).toEqual(['template!', 'template!']);
    expect(problemCodes('FROM a:{{version}}\n')).toEqual(['template!']);
    expect(problemCodes('FROM a:%%V%%\n')).toEqual(['template!']);
    expect(problemCodes('FROM a\nRUN echo <%= v %>\nENV W=%%W%%')).toEqual(['template', 'template']);
    expect(
      problemCodes("FROM a\nRUN docker inspect -f '{{.Id}}' x && docker ps --format {{.ID}} && echo ${V%%.*}\n"),
    ).toEqual([]);
  });

  it('knows what is no text, and stops at what is too large', () => {
    expect(problemCodes('FROM a\0\n')).toEqual(['binary!']);
    expect(problemCodes('FROM a\nRUN x\u0007\n')).toEqual(['binary']);
    const large = parseDockerfile(`FROM a\n${'# x\n'.repeat(600_000)}`);
    expect([large.instructions.length, large.problems.map((problem) => problem.code)]).toEqual([0, ['too-large']]);
    expect(problemCodes(`FROM a\nRUN ${'x'.repeat(70_000)}\n`)).toEqual(['too-large!']);
  });

  it('gives spans that are the text they name', () => {
    const file = parseDockerfile('FROM a\n\n# c\nRUN --network=none \\\n  # d\n  make é😀 x\nENV A=1 \\\n  B=2\n');
    const [, run, env] = file.instructions;
    expect(file.comments.map((comment) => slice(file, comment.span))).toEqual(['# c']);
    expect(run?.flags.map((flag) => slice(file, flag.span))).toEqual(['--network=none']);
    expect(run?.comments.map((comment) => slice(file, comment.span))).toEqual(['# d']);
    expect(env?.kind === 'env' && env.pairs.map((pair) => slice(file, pair.span))).toEqual(['A=1', 'B=2']);
    expect(instructionsOf('RUN x')[0]?.span).toEqual({ start: 7, end: 12 });
  });
});
