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
  'deleted-later': {
    title: 'Deleted in a later layer',
    text: 'What is deleted here of {name} stays in the layer that installed it, and ships in the image.',
    advice: 'Split the file: the runtime stage copies what is left.',
    severity: 'information',
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
  'numbered-stage': {
    title: 'A stage referred to by its number',
    text: 'Stage {number} is meant by its number: a stage that is added or moved before it changes what is copied.',
    advice: 'Give the stage a name with AS and refer to it by that name.',
    severity: 'hint',
  },
  'copy-from-mount': {
    title: 'A copy of what was mounted',
    text: '{path} lies below the {kind} mount {mount}, which is no part of stage {stage}: there is nothing to copy.',
    advice: 'Copy the result out of the mount in the same RUN, and COPY it from there.',
    severity: 'warning',
  },
  'missing-copy-source': {
    title: 'A copy of what the stage does not have',
    text: 'Stage {stage} has no {path}: sources of COPY --from begin at the root{hint}.',
    advice: 'Write the absolute path of the file in the other stage.',
    severity: 'warning',
  },
  'release-mismatch': {
    title: 'Built on one release, run on another',
    text: '{what} is built on {before} and copied to {after}: {why}{date}.',
    advice:
      'Build and run on the same release, or link the program statically. With Go, CGO_ENABLED=0 does so where no package needs C.',
    severity: 'warning',
  },
  'interpreter-mismatch': {
    title: 'Packages of another interpreter',
    text: '{language} packages are installed on {before} and copied to {after}: {why}{date}.',
    advice: 'Install and run with the same version on the same C library: the same tag, or its slim variant.',
    severity: 'warning',
  },
  'last-stage-build-package': {
    title: 'A build tool in the last stage',
    text: '{name} is only needed to build, and nothing in the last stage builds{size}{instead}.',
    advice: 'Install it in the stage that builds; in the last one install only what runs.',
    severity: 'information',
  },
  'last-stage-full-base': {
    title: 'A full image under the last stage',
    text: '{base} brings {what} that the last stage does not use; {counterpart} runs the result.',
    advice: 'Build on the full image and run on the smaller one of the same release.',
    severity: 'hint',
  },
  'missing-runtime-library': {
    title: 'A library that stays behind',
    text: '{what} is built in stage {stage} with {header}, and the last stage has no {library}.',
    advice: 'Install the library, without its headers, in the last stage.',
    severity: 'warning',
  },
  'missing-command': {
    title: 'A command that the last stage does not have',
    text: 'The container starts {path}, which no instruction of the last stage brings.',
    advice: 'Copy it from the stage that builds it.',
    severity: 'warning',
  },
  'unreached-stage': {
    title: 'A stage from which nothing is built',
    text: 'Nothing is built from stage {stage}, so that BuildKit skips it.',
    advice: 'If it is a target of its own, name it where it is built; else it can go.',
    severity: 'hint',
  },
} as const satisfies Readonly<Record<string, Message & { severity: Severity }>>;

export type FindingCode = keyof typeof FINDINGS;
