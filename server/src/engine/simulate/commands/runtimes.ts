/**
 * Libraries of the compiler's own that what is compiled needs when it runs (GCC manual, "Link Options" and
 * "Instrumentation Options"; manuals of libgomp, libatomic, gfortran). Built: structure/linked-by-name, and
 * structure/fortran: without the package the program ends with status 127.
 */
import type { Call } from '../call.ts';
import type { Machine } from '../machine.ts';

/** Name of the library → the packages of the releases that hold it. */
const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  gomp: ['libgomp1', 'libgomp'],
  atomic: ['libatomic1', 'libatomic'],
  gfortran: ['libgfortran5', 'libgfortran4', 'libgfortran3', 'libgfortran'],
  quadmath: ['libquadmath0', 'libquadmath'],
  'stdc++': ['libstdc++6', 'libstdc++', 'libgcc'],
  itm: ['libitm1'],
  asan: ['libasan8', 'libasan6', 'libasan5'],
  tsan: ['libtsan2', 'libtsan0'],
  ubsan: ['libubsan1'],
  lsan: ['liblsan0'],
};

/** Options that link one. */
const OPTIONS: readonly (readonly [RegExp, string])[] = [
  [/^-(fopenmp|fopenacc|ftree-parallelize-loops=)/, 'gomp'],
  [/^-fgnu-tm$/, 'itm'],
  [/^-fsanitize=.*address/, 'asan'],
  [/^-fsanitize=.*thread/, 'tsan'],
  [/^-fsanitize=.*undefined/, 'ubsan'],
  [/^-fsanitize=.*leak/, 'lsan'],
];

/** Words of build files that link one. */
const WORDS: readonly (readonly [RegExp, readonly string[]])[] = [
  [/open-?mp|openacc|gomp/i, ['gomp']],
  [/atomic/i, ['atomic']],
  [/fortran|f2py|\.f\d*\b/i, ['gfortran', 'quadmath']],
  [/\+\+|CXX|\.(cc|cpp|cxx)\b/i, ['stdc++']],
  [/sanitize/i, ['asan', 'tsan', 'ubsan', 'lsan']],
];

/** Words that leave it to other files, or to commands. */
const ELSEWHERE =
  /\binclude\b|\$[({]shell|\$[({]MAKE|-C\s|\bconfigure\b|-config\b|subdir|FetchContent|ExternalProject|execfile|exec\(/i;

/** What the files of a build system may link that nobody has read. */
const UNREAD = ['gomp', 'atomic', 'gfortran', 'quadmath', 'stdc++'];

/** A command line of a compiler: its options say what is linked. */
export function linkedByOptions(call: Call, machine: Machine): void {
  const words = call.args.map((arg) => arg.text);
  if (words.includes('-static')) return;
  const names = new Set<string>();
  if (/\+\+(-[\d.]+)?$/.test(call.name)) names.add('stdc++');
  if (/fortran/.test(call.name)) for (const name of ['gfortran', 'quadmath']) names.add(name);
  for (const word of words) {
    for (const [option, name] of OPTIONS) if (option.test(word)) names.add(name);
    const library = /^-l(.+)$/.exec(word)?.[1] ?? '';
    if (library in PACKAGES) names.add(library);
  }
  for (const name of names) machine.needAtRun('runtime', name, `${call.name} links it`, true, call.span);
}

/** A build system: by the text of its file, as far as it was read (`undefined`: it was not). */
export function linkedByFiles(call: Call, machine: Machine, text: string | undefined): void {
  const names =
    text === undefined || ELSEWHERE.test(text)
      ? UNREAD
      : WORDS.flatMap(([word, libraries]) => (word.test(text) ? libraries : []));
  for (const name of names) machine.needAtRun('runtime', name, `${call.name} may link it`, false, call.span);
}

/** The packages that hold a library of the compiler's own. */
export function packagesOfRuntime(name: string): readonly string[] {
  return PACKAGES[name] ?? [];
}
