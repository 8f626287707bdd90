/**
 * Build tools by the names that releases of rpm and Arch give them. Names only: comps groups of Fedora
 * ("Development Tools", "C Development Tools and Libraries"), Software Collections (devtoolset, gcc-toolset),
 * Arch's base-devel, Photon's and Azure Linux's build-essential.
 */
const TOOLS =
  /^(gcc(-c\+\+|-gfortran|-gdb-plugin)?\d*|g\+\+|(gcc-toolset|devtoolset)-\d+(-.*)?|clang|llvm|c?make3?|cmake|ninja(-build)?|meson|autoconf|automake|libtool|bison|flex|binutils|build-essential|base-devel|rpm-build|rust|cargo|golang|go|java-[\w.]+-openjdk-devel|kernel-(devel|headers)|glibc-(devel|headers)|@?"?(c-)?development([ -]tools|-libs).*|.*-devel)$/i;

/** True for a package that is there to build, by its name. */
export function isBuildTool(name: string): boolean {
  return TOOLS.test(name);
}
