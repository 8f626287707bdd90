/** How the loader comes to know the libraries that a build installs (ld.so(8), ldconfig(8)). */
import type { Atom, Write } from '../model/state.ts';

/** A build may have put shared libraries into /usr/local/lib. */
export function holdsLibraries(write: Write): boolean {
  if (write.kind === 'gone' || write.kind === 'meta' || write.class === 'cache' || write.class === 'dependencies')
    return false;
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
