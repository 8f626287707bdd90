/** A mistake of the caller, or a file that cannot be read or written: one line on stderr, exit status 2. */
export class UsageError extends Error {}

export const help = `dockerfile-stages: splits a Dockerfile into a builder and a runtime stage

Usage:
  dockerfile-stages check   [PATH...] [--context DIR|auto] [--fail-on error|warning|information|hint]
                            [--format text|json|sarif|github]
  dockerfile-stages split   FILE [--context DIR|auto] [--tier same|slim|distroless] [--strict]
                            [--copies-as-root] [--write | --diff | --format json]
  dockerfile-stages explain FILE [--context DIR|auto] [--format text|json]
  dockerfile-stages verify  ORIGINAL RESULT [--context DIR|auto] [--copies-as-root] [--format text|json]
  dockerfile-stages lsp --stdio

  check    reports what the final image ships only because it was needed to build
  split    prints the file with a builder and a runtime stage
  explain  tells what a split would leave behind, keep and assume, or why there is none
  verify   judges a split made by hand
  lsp      runs the language server

--copies-as-root is for builders whose COPY --from keeps neither owners nor capabilities.
Without --context, files of the build context are not read.
Exit status: 0 fine; 1 findings, a refusal or a violation; 2 usage or input/output error.
`;
