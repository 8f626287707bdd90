/** Every stable code with the sentence a user reads. `{name}` is filled in. */

export interface Message {
  readonly title: string;
  readonly text: string;
  /** What the user can do. */
  readonly advice?: string;
}

/** Why a split is not offered. */
export const REFUSALS = {
  'opaque-command': {
    title: 'A command nobody can follow',
    text: '`{command}` may read and write anything, so it cannot be told what the runtime stage needs of it.',
    advice: 'Name a build context that holds the script, or move the command before the build tools are installed.',
  },
  'copy-too-wide': {
    title: 'The result lies in a system directory',
    text: 'The build writes below `{path}`, which cannot be copied as a whole.',
    advice: 'Let the build install into a directory of its own.',
  },
  'copy-unresolved': {
    title: 'A path that is not known',
    text: 'The build writes to `{path}`, whose value is not in the file.',
    advice: 'Give the variable a value with ENV.',
  },
  'copy-argument': {
    title: 'A path that depends on a build argument',
    text: 'The build writes to `{path}`, which changes with a build argument.',
    advice: 'Use ENV or a fixed path.',
  },
  'copy-uncertain': {
    title: 'A path that may not exist',
    text: 'Nobody can tell whether `{path}` exists after the build.',
    advice: 'Create the directory with WORKDIR or mkdir, or name a build context whose files tell.',
  },
  'unknown-place': {
    title: 'Where it is installed is not known',
    text: '`{command} install` writes where files say that were not read.',
    advice:
      'State the place (`make install PREFIX=/usr/local`), let the build context be read, or start the program by its full path.',
  },
  'unbounded-download': {
    title: 'A download that unpacks anywhere',
    text: 'What this download writes is not known, and the runtime stage has no tool to repeat it.',
  },
  order: {
    title: 'Commands that cannot be separated',
    text: 'This command changes files that a build step made, in a place that is not copied.',
  },
  'base-file': {
    title: 'A file of the full base',
    text: 'This command works on `{path}` of the full base image, which a smaller one may lack.',
  },
  'package-alone': {
    title: 'A package file without its dependencies',
    text: '`dpkg` unpacks {file} without what it depends on; nobody has read which packages of the full base image that is, and a smaller one may lack them.',
    advice: 'Install the file with `apt-get install ./FILE.deb`, which brings what it depends on.',
  },
  entangled: {
    title: 'Build and run time are entangled',
    text: 'Build steps and run-time steps depend on each other in turns.',
  },
  'cut-chain': {
    title: 'A chain that cannot be cut',
    text: 'Cutting this chain of commands would change which failure stops the build.',
    advice: 'Join the commands with && or add `set -e`.',
  },
  'unknown-base': {
    title: 'A base image without facts',
    text: 'Nothing is known of `{base}`, so it cannot be told where {what}.',
    advice: 'Say in the setting `bases` which published image it is built from.',
  },
  'unlisted-packages': {
    title: 'Packages of a release without facts',
    text: '`{name}` is there to build; of the packages of this release only the names are known, so it cannot be told which libraries would be lost with it.',
    advice: 'Split by hand, with the run-time package of each -devel package in the runtime stage.',
  },
  'runtime-build': {
    title: 'The container builds when it starts',
    text: '`{command}` needs the build tools when the container starts.',
    advice: 'Build in a RUN instruction and start the result.',
  },
  'too-many-assumptions': {
    title: 'Too much would have to be assumed',
    text: 'A split would rest on {count} assumptions; at most three are taken.',
    advice: 'Name the build context so that the files can be read.',
  },
  'not-proved': {
    title: 'The split could not be proved',
    text: 'The result would not pass the verifier: {rule}: {message}',
  },
  'kept-compiler': {
    title: 'A compiler would stay',
    text: '`{name}` stays in the runtime stage and brings a compiler.',
  },
  strict: {
    title: 'Assumptions are not allowed',
    text: 'The split rests on an assumption ({kinds}), and --strict was given.',
  },
  'tier-not-offered': {
    title: 'No such split for this file',
    text: 'The tier `{tier}` does not apply to this file.',
  },
  'conflict-marker': { title: 'Conflict markers', text: 'The file has conflict markers of version control.' },
  template: { title: 'A template', text: 'The file is a template; what it becomes is not known.' },
  'doubtful-parse': {
    title: 'Not read with certainty',
    text: 'A part of the file is not read with certainty: {detail}.',
  },
  'archived-release': {
    title: 'A release that the mirrors no longer carry',
    text: 'The smaller image lacks {names}, and {release} is no longer on the mirrors that it would be installed from.',
    advice: 'Move to a release that is still carried.',
  },
  onbuild: {
    title: 'A base for other images',
    text: 'ONBUILD instructions run in other builds and may need the build tools.',
  },
} as const satisfies Readonly<Record<string, Message>>;

export type RefusalCode = keyof typeof REFUSALS;

/** Why a split is offered though something is not proved (design, section 2.4). */
export const ASSUMPTIONS = {
  'entry-script-unread': {
    title: 'An entry script nobody has read',
    text: 'Nobody has read {what}; it is assumed that nothing there calls {names}.',
  },
  'dependencies-unread': {
    title: 'Dependencies nobody has read',
    text: '{what} was not read; it is assumed that nothing in it uses {names} when the container runs.',
  },
  'artifact-name': {
    title: 'The place of the result',
    text: 'It is assumed that the build installs into {what}, as most build systems do.',
  },
  'base-unknown': {
    title: 'A base without facts',
    text: 'Nothing is known of {what}; only what this file shows was taken into account.',
  },
  'mirror-has-counterpart': {
    title: 'A mirror, or a tag given from outside',
    text: 'It is assumed that the registry also has {what}.',
  },
} as const satisfies Readonly<Record<string, Message>>;

/** What is said beside a split: of the original itself. */
export const REMARKS = {
  'retired-base': {
    title: 'A retired base image',
    text: '{base} is no longer built and gets no corrections.',
    advice: 'Move to a tag that is still built; a split does not change what the base is.',
  },
  'gone-packages': {
    title: 'Packages of a release that the mirrors no longer carry',
    text: 'The installation of packages fails today: {release} is no longer on the mirrors that {base} asks.',
    advice: 'Move to a release that is still carried, or point the sources at the archive.',
  },
} as const satisfies Readonly<Record<string, Message>>;

/** Fills `{name}` places of a sentence. */
export function fill(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => values[name] ?? whole);
}

/** Rules of the verifier: what a violation of each means. */
export const RULES = {
  syntax: { title: 'The result does not parse', text: 'BuildKit would refuse the result: {detail}.' },
  'missing-env': { title: 'A variable is lost', text: 'ENV {name} of the original is not set in the last stage.' },
  'changed-env': { title: 'A variable has another value', text: 'ENV {name} is `{after}`, it was `{before}`.' },
  'added-env': { title: 'A variable is added', text: 'ENV {name} is not set in the original.' },
  workdir: { title: 'Another working directory', text: 'The working directory is `{after}`, it was `{before}`.' },
  user: { title: 'Another user', text: 'The container runs as `{after}`, it ran as `{before}`.' },
  entrypoint: { title: 'Another ENTRYPOINT', text: 'ENTRYPOINT is {after}, it was {before}.' },
  cmd: { title: 'Another CMD', text: 'CMD is {after}, it was {before}.' },
  healthcheck: { title: 'Another HEALTHCHECK', text: 'HEALTHCHECK is {after}, it was {before}.' },
  stopsignal: { title: 'Another STOPSIGNAL', text: 'STOPSIGNAL is {after}, it was {before}.' },
  shell: { title: 'Another SHELL', text: 'SHELL is {after}, it was {before}.' },
  expose: { title: 'Ports differ', text: 'EXPOSE is {after}, it was {before}.' },
  volume: { title: 'Volumes differ', text: 'VOLUME is {after}, it was {before}.' },
  label: { title: 'Labels differ', text: 'LABEL {name} is {after}, it was {before}.' },
  onbuild: { title: 'ONBUILD differs', text: 'ONBUILD is {after}, it was {before}.' },
  maintainer: { title: 'MAINTAINER differs', text: 'MAINTAINER is {after}, it was {before}.' },
  'lost-command': { title: 'A command is lost', text: '`{command}` is in no stage that the last one is built from.' },
  'added-command': { title: 'A command is added', text: '`{command}` is not in the original.' },
  'other-surroundings': {
    title: 'A command runs in other surroundings',
    text: '`{command}` runs with other {what} than in the original.',
  },
  'unsound-install': {
    title: 'An installation that may fail',
    text: '`{command}`: {why}.',
  },
  'lost-effects': {
    title: 'What a command did is lost',
    text: '`{command}` runs only in the builder, and what it writes there is not known.',
  },
  'lost-path': { title: 'A path is lost', text: '{path} of the original, {writer}, is not in the last stage.' },
  'partial-path': { title: 'A path is copied in part', text: 'Only a part of {path} is copied.' },
  returns: { title: 'Something deleted is back', text: '{path} is deleted in the original and is in the last stage.' },
  order: { title: 'An older file wins', text: '{path}: in the original {later} wrote last; here {earlier} does.' },
  owner: { title: 'Another owner or mode', text: '{path} has owner or mode `{after}`, it was `{before}`.' },
  'other-place': {
    title: 'Copied to another place',
    text: '{path} of the last stage comes from another path of the builder.',
  },
  'system-copy': {
    title: 'A system directory is copied',
    text: '{path} of the builder covers that of the last stage: the files of its packages no longer belong together.',
  },
  'missing-source': { title: 'Nothing to copy', text: 'COPY --from: the stage has no {path}.' },
  'lost-package': {
    title: 'A package is lost',
    text: '{name} is installed in the original and not in the last stage.',
  },
  'unknown-package': {
    title: 'A package that does not exist',
    text: '{release} has no package {name}.',
  },
  'missing-library': {
    title: 'A library is missing',
    text: '{name} is needed at run time ({why}) and is not in the last stage.',
  },
  'missing-executable': {
    title: 'A command is missing',
    text: '`{name}` runs in the container and is not in the last stage.',
  },
  'missing-ldconfig': {
    title: 'The loader does not find a library',
    text: 'Libraries below {path} come after the last `ldconfig` of the last stage; in the original it ran after them.',
  },
  'missing-input': {
    title: 'The last stage cannot be built',
    text: '`{command}` reads {path}, which the last stage does not have by then.',
  },
  'exists-already': {
    title: 'The last stage cannot be built',
    text: '`{command}` fails: {path} exists by then, as it did not in the original.',
  },
  'missing-build-tool': {
    title: 'The last stage cannot be built',
    text: '`{command}` needs {name}, which the last stage does not have.',
  },
  'asks-first': {
    title: 'An installation that asks',
    text: '`{command}` has no `-y` and stops the build: here it would install {name} as well, and asks before.',
  },
  'missing-certificates': {
    title: 'Data is missing',
    text: '{name} was in the original, through another package, and is not in the last stage.',
  },
  'added-build-tool': {
    title: 'A build tool in the last stage',
    text: '{name} is a build tool that the original did not have.',
  },
  'kept-build-tool': {
    title: 'A build tool stays',
    text: '{name} is installed in the last stage; nothing that runs in the container needs it.',
  },
  release: {
    title: 'Another release',
    text: 'The last stage is {after}, the original is {before}: what is copied may not run.',
  },
  'interpreter-version': { title: 'Another version', text: 'The last stage has {after}, the original has {before}.' },
  platform: {
    title: 'Another platform',
    text: 'The stage is built for {after}, the original for {before}: what is copied may not run.',
  },
  'unknown-base': {
    title: 'A base without facts',
    text: 'Nothing is known of {base}: it cannot be told whether what is copied runs there.',
  },
  'builder-base': {
    title: 'Another base for the builder',
    text: 'The builder starts from {after}; the original starts from {before}.',
  },
  'lost-user': { title: 'A user is lost', text: '{kind} {name} is not created in the last stage.' },
  'user-number': { title: 'A user has another number', text: '{kind} {name} has number {after}, it had {before}.' },
  'duplicate-stage': {
    title: 'Two stages have one name',
    text: 'Two stages are called {name}: COPY --from cannot tell them apart.',
  },
  'lost-alias': {
    title: 'The name of the stage is lost',
    text: 'The original names its stage {name}; the last stage is not called so.',
  },
  'unreachable-stage': {
    title: 'A stage nobody reaches',
    text: 'Stage {name} is not built: the last stage does not use it.',
  },
  'lost-comment': { title: 'A comment is lost', text: 'The comment `{text}` is not in the result.' },
  'changed-text': { title: 'Text was changed', text: '`{text}` does not stand in the result as it was.' },
} as const satisfies Readonly<Record<string, Message>>;

export type RuleName = keyof typeof RULES;
