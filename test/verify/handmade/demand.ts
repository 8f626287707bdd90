import type { Family, Wrong } from './family.ts';

const TOOLS = 'RUN apt-get update && apt-get install -y --no-install-recommends gcc libc6-dev make\n';

/** `make install` where nothing says into what place; `last` are the lines of the last stage before its command. */
function installed(name: string, command: string, last: string, wrong: readonly Wrong[] = [], first = ''): Family {
  const build = `${TOOLS}WORKDIR /src\nCOPY . .\nRUN make install\n`;
  return {
    name: `make install: ${name}`,
    files: { Makefile: 'install:\n\t./install\n', 'opt/tool': '' },
    original: `FROM debian:bookworm-slim\n${build}${first}CMD ${command}\n`,
    right: `FROM debian:bookworm-slim AS build\n${build}\nFROM debian:bookworm-slim\nWORKDIR /src\nCOPY --from=build /src /src\n${last}${first}CMD ${command}\n`,
    wrong,
  };
}

const GUESS = 'COPY --from=build /usr/local /usr/local\n';

export const demand: readonly Family[] = [
  installed('started by its path', '["/usr/local/bin/tool"]', GUESS, [
    ['the place is not copied', GUESS, '', 'lost-path 5: /usr/local'],
  ]),
];
