/** The bases a runtime stage may have, smallest image first. */
import type { Facts } from '../facts/index.ts';
import type { ImageState, StageBase } from '../model/state.ts';
import { parseImageRef } from '../parse/imageRef.ts';
import type { RuntimeBase } from './types.ts';

/** Candidates for the runtime stage of an image: counterparts of the same release, then the base itself. */
export function chooseBases(state: ImageState, facts: Facts): RuntimeBase[] {
  const { root } = state;
  const out: RuntimeBase[] = [];
  // A digest pins the original; a counterpart would lose the pin (design, 2.3).
  if (
    root.facts !== undefined &&
    root.facts.compilers.length > 0 &&
    root.digest === undefined &&
    root.open.length === 0
  ) {
    for (const counterpart of root.facts.counterparts) {
      if (
        counterpart.relation !== 'slim' ||
        counterpart.osDiffers ||
        counterpart.containsToolchain ||
        !counterpart.sameRepository
      )
        continue;
      const prefix = registryPrefix(root.ref, counterpart.ref);
      const ref = parseImageRef(prefix + counterpart.ref);
      const found = ref === undefined ? undefined : facts.base(ref);
      if (found === undefined) continue;
      const written = root.args.length === 0 ? prefix + counterpart.ref : withArgument(root, prefix + counterpart.ref);
      if (written === undefined) continue;
      out.push({ tier: 'slim', ref: written, facts: found, counterpart });
      break;
    }
  }
  out.push({ tier: 'same', ref: root.ref, facts: root.facts, counterpart: undefined });
  return out;
}

/** The counterpart of `node:${VERSION}` is `node:${VERSION}-slim`, whatever version is given from outside. */
function withArgument({ raw, ref }: StageBase, counterpart: string): string | undefined {
  const suffix = counterpart.startsWith(ref) ? counterpart.slice(ref.length) : '';
  return /^-[a-z]+$/.test(suffix) && /^[^$]*:[^$]*\$(\w+|\{\w+\})[\w.-]*$/.test(raw) ? raw + suffix : undefined;
}

/** A registry or mirror that the file names is kept: `docker.io/library/python:3.12` gives `docker.io/library/`. */
function registryPrefix(original: string, counterpart: string): string {
  const name = counterpart.replace(/[:@].*$/, '');
  const bare = original.replace(/[:@][^/]*$/, '');
  return bare.endsWith(name) ? bare.slice(0, bare.length - name.length) : '';
}
