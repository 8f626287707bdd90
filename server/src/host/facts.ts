/** The tables of facts as text, bundled into the command line so that it is one file. */
import alpine from '../../facts/tables/alpine.txt';
import bases from '../../facts/tables/bases.txt';
import debianBookworm from '../../facts/tables/debian-bookworm.txt';
import debianBullseye from '../../facts/tables/debian-bullseye.txt';
import debianClasses from '../../facts/tables/debian-classes.txt';
import debianTrixie from '../../facts/tables/debian-trixie.txt';
import fullVsSlim from '../../facts/tables/full-vs-slim.txt';
import ubuntuLibraries from '../../facts/tables/ubuntu-libraries.txt';
import type { TableName } from '../engine/facts/types.ts';

export const tables: Readonly<Record<TableName, string>> = {
  alpine,
  bases,
  'debian-bookworm': debianBookworm,
  'debian-bullseye': debianBullseye,
  'debian-classes': debianClasses,
  'debian-trixie': debianTrixie,
  'full-vs-slim': fullVsSlim,
  'ubuntu-libraries': ubuntuLibraries,
};
