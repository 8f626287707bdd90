/** What keeps a file from being read, in a sentence. */
import type { ProblemCode } from '../model/dockerfile.ts';
import type { Message } from './registry.ts';

export const PROBLEMS = {
  'no-from': { title: 'No FROM', text: 'The file has no FROM instruction.' },
  'empty-file': { title: 'An empty file', text: 'The file has no instructions.' },
  'unknown-instruction': {
    title: 'An unknown instruction',
    text: 'A line begins with a word that is no instruction.',
    advice: 'A backslash may be missing at the end of the line before.',
  },
  'missing-argument': { title: 'An instruction without its argument', text: 'An instruction lacks its argument.' },
  'bad-flag': { title: 'A flag that BuildKit refuses', text: 'An instruction has a flag that BuildKit does not know.' },
  'bad-form': {
    title: 'An argument in the wrong form',
    text: 'An argument does not have the form its instruction asks for.',
  },
  'unterminated-heredoc': {
    title: 'A heredoc without an end',
    text: 'A heredoc is opened and its closing word is missing.',
  },
  'dangling-continuation': {
    title: 'A continuation into nothing',
    text: 'The file ends in a line that says it goes on.',
  },
  'instruction-before-from': {
    title: 'An instruction before FROM',
    text: 'Only ARG may stand before the first FROM.',
  },
  'conflict-marker': {
    title: 'Conflict markers',
    text: 'The file has conflict markers of version control.',
    advice: 'Resolve the conflict first.',
  },
  template: { title: 'A template', text: 'The file is a template; what it becomes is not known.' },
  binary: { title: 'Not a text', text: 'The file holds characters that no Dockerfile has.' },
  'too-large': {
    title: 'Too large',
    text: 'The file is larger than 2 MB, has more than 200,000 lines or a line that BuildKit refuses.',
  },
  'bad-directive': {
    title: 'A bad parser directive',
    text: 'A parser directive at the beginning is wrong or given twice.',
  },
  'not-utf8': { title: 'Not UTF-8', text: 'The file is not UTF-8 text.' },
} as const satisfies Readonly<Record<ProblemCode | 'not-utf8', Message>>;
