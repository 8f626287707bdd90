/** Table `debian-classes.txt`: which packages only builds need. */
import { join } from 'node:path';
import { writeTable } from './text.mjs';

/**
 * Libraries that an earlier rule of the record would call a part of the compiler: they are
 * linked by what it makes, and a package kept in vain costs less than one that is missing.
 */
const LIBRARIES_FIRST = new Set(['compiler', 'compiler-runtime']);

/** @param {{record: object, out: string, command: string, date: string}} input */
export function deriveClasses({ record, out, command, date }) {
  const first = record.rules.filter((rule) => rule.class === 'ambiguous');
  const libraries = record.rules.filter((rule) => rule.class === 'runtime' && LIBRARIES_FIRST.has(rule.group));
  const rest = record.rules.filter((rule) => !first.includes(rule) && !libraries.includes(rule));
  const extras = ['build-only', 'runtime'].map((kind) => ({
    class: kind,
    group: 'ubuntu',
    pattern: `^(${record.ubuntuExtras[kind].map((name) => name.replace(/[.+]/g, '\\$&')).join('|')})$`,
    reason: kind === 'runtime' ? 'run-time library of an Ubuntu release' : 'Ubuntu package for building',
  }));
  const rules = [...first, ...libraries, ...rest, ...extras];
  writeTable(
    join(out, 'debian-classes.txt'),
    {
      what: 'classes of Debian and Ubuntu packages: build-only, ambiguous, runtime',
      source:
        "names from Debian's Packages indexes of bullseye, bookworm, trixie (main, amd64); classes and reasons are judgements",
      date,
      licence: 'own compilation',
      command,
      format: [
        'class TAB group TAB regular expression TAB reason; the first rule that matches holds',
        'before all rules: every name that ends in -dev is build-only, group headers',
      ],
    },
    rules.map((rule) => [rule.class, rule.group, rule.pattern, rule.reason].join('\t')),
  );
}
