/** Codes of the diagnostics, with their default severity and sentence. */
import type { Severity } from '../model/analysis.ts';
import type { Message } from './registry.ts';

export const FINDINGS = {
  'build-package': {
    title: 'A build tool in the final image',
    text: '{name} is only needed to build, and ships in the image{size}.',
    advice: 'Split the file into a builder and a runtime stage.',
    severity: 'warning',
  },
  'full-base-image': {
    title: 'A full base image under a finished application',
    text: '{base} holds compilers, headers and tools that only the build needs{size}; {counterpart} runs the result.',
    advice: 'Split the file into a builder and a runtime stage.',
    severity: 'warning',
  },
  'split-refused': {
    title: 'No split is offered',
    text: 'No split is offered: {reason}',
    severity: 'information',
  },
  'unused-build-package': {
    title: 'A build tool that nothing uses',
    text: 'Nothing in this file uses {name}{size}.',
    severity: 'hint',
  },
} as const satisfies Readonly<Record<string, Message & { severity: Severity }>>;

export type FindingCode = keyof typeof FINDINGS;
