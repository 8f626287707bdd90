/**
 * Rule 7 for builders whose COPY --from gives everything to root and drops special modes and
 * capabilities, as older ones do (pitfalls 17, 18): an owner is named on the copy or given
 * afterwards, a mode or a capability is set again.
 */
import type { Atom, Write } from '../model/state.ts';
import { reaching } from './alive.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Checks each COPY --from of the last stage; says one thing of each. */
export function checkResets(pair: Pair, report: Report): void {
  const { after } = pair;
  for (const atom of after.atoms) {
    if (!after.final.has(atom.id) || !atom.effect.roles.has('copy-stage')) continue;
    const named = after.file.instructions[atom.instruction]?.flags.some((flag) => flag.name === 'chown') === true;
    for (const write of atom.effect.writes) {
      // The directory that is named keeps what it has in this stage.
      if (write.below === true && write.recursive !== true) continue;
      const lost = isSpecial(write)
        ? setAgain(write, atom, pair)
          ? undefined
          : write.mode
        : named || givenAgain(write, atom, pair)
          ? undefined
          : ownerOf(write);
      if (lost === undefined) continue;
      report.result('owner', atom.span, { path: write.path, before: lost, after: 'root' });
      break;
    }
  }
}

/** setuid, setgid and sticky bits; capabilities. */
function isSpecial({ mode }: Write): boolean {
  return /^cap:|^0?[1-7]\d{3}$|[+=][rwxX]*[st]/.test(String(mode));
}

/** The command that set it runs in the last stage too, after the copy. */
function setAgain({ key }: Write, { id }: Atom, { after }: Pair): boolean {
  return after.byKey.get(key)?.some((other) => after.final.has(other.id) && other.id > id) === true;
}

/** A later `chown -R` of the last stage names the owner. */
function givenAgain({ path }: Write, { id }: Atom, { after }: Pair): boolean {
  return reaching(after, path).some(
    (other) =>
      other.atom > id &&
      other.kind === 'meta' &&
      other.owner !== undefined &&
      (other.path === path || other.recursive === true),
  );
}

/** Whoever it was given to, or ran the command; `undefined` for root. */
function ownerOf({ owner }: Write): string | undefined {
  return /^(root|0)([:.](root|0)?)?$/.test(owner ?? 'root') ? undefined : owner;
}
