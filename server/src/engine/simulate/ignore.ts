/** `.dockerignore` as BuildKit reads it: what it names is not part of the build context. */
import ignore from '@balena/dockerignore';

/** True for paths of the build context that the text of a `.dockerignore` leaves out. */
export function ignoredBy(text: string): (path: string) => boolean {
  const rules = ignore().add(text.split(/\r?\n/));
  return (path) => {
    try {
      return path !== '' && rules.ignores(path);
    } catch {
      // A pattern that is none: BuildKit would refuse it; nothing is left out by it.
      return false;
    }
  };
}
