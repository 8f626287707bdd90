/** How the loader comes to know the libraries that a build installs (ld.so(8), ldconfig(8)). */
import type { Atom, ImageState, Write } from '../model/state.ts';

const SYSTEM = /^\/(|usr|etc|bin|sbin|lib\w*|var|tmp|dev|proc|sys|run)(\/|$)/;

/** The file names directories of its own to the loader (ldconfig(8), /etc/ld.so.conf). */
export function namesDirectories({ writes }: ImageState): boolean {
  return writes.all.some((write) => write.kind !== 'gone' && /^\/etc\/ld\.so\.conf(\.d(\/|$)|$)/.test(write.path));
}

/** A build may have put shared libraries into /usr/local/lib; with `anywhere`, into any directory that is not the system's. */
export function holdsLibraries(write: Write, anywhere: boolean): boolean {
  if (write.kind === 'gone' || write.kind === 'meta' || write.class === 'cache' || write.class === 'dependencies')
    return false;
  if (anywhere && !SYSTEM.test(write.path)) return write.kind === 'tree' || /\.so(\.[\d.]+)?$/.test(write.path);
  if (write.kind === 'tree') return write.path === '/usr/local' || write.path === '/usr/local/lib';
  return /^\/usr\/local\/lib\/[^/]+\.so(\.[\d.]+)?$/.test(write.path);
}

/** `ldconfig`, or an installation of packages, whose libc-bin trigger runs it (deb-triggers(5)). */
export function renewsLoader(atom: Atom): boolean {
  const { commands, installs } = atom.effect;
  return (
    commands.includes('ldconfig') || installs.some((install) => install.manager === 'apt' && install.added.length > 0)
  );
}
