/** Commands of unbash into the nodes of `model/shell.ts`. */
import type { ListNode, ShellAssignment, ShellNode, ShellRedirect, ShellWord, SimpleCommand } from '../model/shell.ts';
import type { Span } from '../model/span.ts';
import type { AndOr, Assignment, Command, CommandNode, CompoundList, Pipeline, Redirection, Statement } from 'unbash';
import { type AdaptScript, assignmentWord, opaqueWord, toWord } from './shellWord.ts';

type AnyNode = CommandNode | Pipeline | AndOr | CompoundList;

/** Adapts a list of statements. `span` is what encloses them. */
export function toList(statements: readonly Statement[], span: Span, text: string, adapt: AdaptScript): ListNode {
  return new Adapter(text, adapt).list(statements, span);
}

function spanOf(node: { readonly pos: number; readonly end: number }): Span {
  return { start: node.pos, end: node.end };
}

class Adapter {
  constructor(
    private readonly text: string,
    private readonly adapt: AdaptScript,
  ) {}

  list(statements: readonly Statement[], span: Span): ListNode {
    const items = statements.map((statement) => this.node(statement.command));
    const separators = statements.map((statement, index) => this.separator(statement, index === statements.length - 1));
    return { k: 'list', span, items, separators };
  }

  private separator(statement: Statement, last: boolean): ListNode['separators'][number] {
    if (statement.background === true) return '&';
    if (last) return '';
    // Blanks and escaped line ends may stand before the separator; a comment ends with the line.
    const match = /^(?:[ \t\r]|\\\n)*([;\n#])?/.exec(this.text.slice(statement.end, statement.end + 256));
    return match?.[1] === ';' ? ';' : '\n';
  }

  private block(list: CompoundList): ListNode {
    return this.list(list.commands, spanOf(list));
  }

  private words(words: readonly Parameters<typeof toWord>[0][] | undefined): readonly ShellWord[] | undefined {
    return words?.map((word) => toWord(word, this.text, this.adapt));
  }

  node(node: AnyNode, redirects: readonly ShellRedirect[] = [], span: Span = spanOf(node)): ShellNode {
    switch (node.type) {
      case 'Command':
        return this.simple(node);
      case 'Pipeline':
        return {
          k: 'pipeline',
          span,
          negated: node.prefixes.filter((prefix) => prefix.type === 'Negation').length % 2 === 1,
          commands: node.commands.map((command) => this.node(command)),
        };
      case 'AndOr':
        return {
          k: 'andor',
          span,
          items: node.commands.map((command) => this.node(command)),
          operators: node.operators,
        };
      case 'CompoundList':
        return this.block(node);
      case 'Redirected':
        return this.node(
          node.command,
          node.redirects.map((redirect) => this.redirect(redirect)),
          span,
        );
      case 'BraceGroup':
      case 'Subshell':
        return { k: node.type === 'Subshell' ? 'subshell' : 'group', span, body: this.block(node.body), redirects };
      case 'If': {
        const branches: { test: ListNode | undefined; body: ListNode }[] = [node, ...node.elif].map((branch) => ({
          test: this.block(branch.clause),
          body: this.block(branch.then),
        }));
        if (node.else !== undefined) branches.push({ test: undefined, body: this.block(node.else) });
        return { k: 'if', span, branches, redirects };
      }
      case 'For':
        return {
          k: 'for',
          span,
          variable: node.name.text,
          words: this.words(node.wordlist),
          test: undefined,
          body: this.block(node.body),
          redirects,
        };
      case 'ArithmeticFor':
        return {
          k: 'for',
          span,
          variable: undefined,
          words: undefined,
          test: undefined,
          body: this.block(node.body),
          redirects,
        };
      case 'While':
        return {
          k: node.kind,
          span,
          variable: undefined,
          words: undefined,
          test: this.block(node.clause),
          body: this.block(node.body),
          redirects,
        };
      case 'Case':
        return {
          k: 'case',
          span,
          subject: toWord(node.word, this.text, this.adapt),
          bodies: node.items.map((item) => this.block(item.body)),
          redirects,
        };
      case 'Function':
        return { k: 'function', span, name: node.name.value, body: this.node(node.body) };
      case 'TestCommand':
      case 'ArithmeticCommand':
        return { k: 'other', span, opaque: /\$\(|`|<\(/.test(this.text.slice(span.start, span.end)) };
      default:
        return { k: 'other', span, opaque: true };
    }
  }

  private simple(command: Command): SimpleCommand {
    const name = command.name === undefined ? [] : [toWord(command.name, this.text, this.adapt)];
    const args = command.args.map((arg) =>
      arg.type === 'Word' ? toWord(arg, this.text, this.adapt) : assignmentWord(arg, this.text, this.adapt),
    );
    return {
      k: 'simple',
      span: spanOf(command),
      assignments: command.prefix.flatMap((item) => (item.type === 'Assignment' ? [this.assignment(item)] : [])),
      words: [...name, ...args],
      redirects: command.redirects.map((redirect) => this.redirect(redirect)),
    };
  }

  private assignment(item: Assignment): ShellAssignment {
    const { value } = item;
    const array = value.type !== 'Word';
    const empty = !array && value.text === '';
    const word = array
      ? opaqueWord(this.text.slice(value.pos, value.end), spanOf(value))
      : toWord(value, this.text, this.adapt);
    return { name: item.name, value: empty ? undefined : word, append: item.append === true, span: spanOf(item) };
  }

  private redirect(item: Redirection): ShellRedirect {
    const fd = item.descriptor?.type === 'FileDescriptor' ? item.descriptor.value : undefined;
    const base = { op: item.operator, fd, span: spanOf(item) };
    if (item.type !== 'HereDoc') return { ...base, target: item.target && toWord(item.target, this.text, this.adapt) };
    const { delimiter, body, closing } = item;
    const heredocSpan = { start: body.pos, end: closing?.end ?? body.end };
    const target = delimiter && opaqueWord(delimiter.text, spanOf(delimiter));
    return { ...base, target, heredoc: body.text, heredocSpan };
  }
}
