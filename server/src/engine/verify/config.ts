/** Rule 2: the same image configuration, including what each base brings. */
import type { Config, ConfigValue, ProcessForm } from '../model/state.ts';
import type { RuleName } from '../messages/registry.ts';
import type { Pair } from './images.ts';
import type { Report } from './report.ts';

/** Inherited values that may differ: versions, checksums and download places of the base's own program. */
const OF_THE_BASE =
  /(^|_)(VERSION|SHA\d*|SHA256|SHA512|MD5|CHECKSUM|URL|ASC_URL|GPG_KEYS?|RELEASE|REVISION|DOWNLOAD_\w+|CFLAGS|CPPFLAGS|LDFLAGS|PHPIZE_DEPS|PKG_RELEASE|BUILD_DATE)$/;

/** Compares the configuration of the two last images. */
export function checkConfig({ before, after }: Pair, report: Report): void {
  const a = before.state.config;
  const b = after.state.config;
  checkEnvironment(a, b, report);
  if (a.workdir.value.text !== b.workdir.value.text)
    report.result('workdir', b.workdir.span, { before: a.workdir.value.text, after: b.workdir.value.text });
  const user = (config: Config): string => config.user?.value.text ?? 'root';
  if (user(a) !== user(b)) report.result('user', b.user?.span, { before: user(a), after: user(b) });
  one('entrypoint', a.entrypoint, b.entrypoint, process, report);
  one('cmd', a.cmd, b.cmd, process, report);
  one(
    'healthcheck',
    a.healthcheck,
    b.healthcheck,
    (value) => `${value.flags} ${value.process === undefined ? '' : process(value.process)}`.trim(),
    report,
  );
  one('stopsignal', a.stopsignal, b.stopsignal, String, report);
  one('shell', a.shell, b.shell, (value) => JSON.stringify(value), report);
  one('maintainer', a.maintainer, b.maintainer, String, report);
  names('expose', a.expose, b.expose, report);
  names('volume', a.volume, b.volume, report);
  for (const [name, value] of a.label) {
    const other = b.label.get(name);
    if (other?.value !== value.value)
      report.original('label', value.span, { name, before: quoted(value.value), after: quoted(other?.value) });
  }
  for (const [name, value] of b.label)
    if (!a.label.has(name)) report.result('label', value.span, { name, before: 'none', after: quoted(value.value) });
  const triggers = (config: Config): string => config.onbuild.map((one) => one.value).join('; ');
  if (triggers(a) !== triggers(b))
    report.original('onbuild', a.onbuild[0]?.span, { before: quoted(triggers(a)), after: quoted(triggers(b)) });
}

function checkEnvironment(a: Config, b: Config, report: Report): void {
  for (const [name, value] of a.env) {
    const other = b.env.get(name);
    if (other === undefined) {
      if (value.from === 'base' && OF_THE_BASE.test(name)) continue;
      report.original('missing-env', value.span, { name });
    } else if (other.value.text !== value.value.text) {
      if (value.from === 'base' && other.from === 'base' && OF_THE_BASE.test(name)) continue;
      if (value.from === 'base' && name === 'PATH' && isSubset(other.value.text, value.value.text)) continue;
      report.result('changed-env', other.span, { name, before: value.value.text, after: other.value.text });
    }
  }
  for (const [name, other] of b.env) {
    if (a.env.has(name) || (other.from === 'base' && OF_THE_BASE.test(name))) continue;
    report.result('added-env', other.span, { name });
  }
}

/** PATH may lose directories that left with the base. */
function isSubset(path: string, whole: string): boolean {
  const all = new Set(whole.split(':'));
  return path.split(':').every((directory) => all.has(directory));
}

function process(form: ProcessForm): string {
  return form.form === 'exec'
    ? JSON.stringify(form.argv)
    : `${JSON.stringify(form.shell)} ${form.text.replace(/\s+/g, ' ').trim()}`;
}

function one<T>(
  rule: RuleName,
  a: ConfigValue<T> | undefined,
  b: ConfigValue<T> | undefined,
  print: (value: T) => string,
  report: Report,
): void {
  const before = a === undefined ? 'none' : print(a.value);
  const after = b === undefined ? 'none' : print(b.value);
  if (before !== after) report.result(rule, b?.span, { before, after });
}

function names(
  rule: RuleName,
  a: ReadonlyMap<string, ConfigValue<string>>,
  b: ReadonlyMap<string, ConfigValue<string>>,
  report: Report,
): void {
  const before = [...a.keys()].sort().join(' ');
  const after = [...b.keys()].sort().join(' ');
  if (before !== after)
    report.result(rule, [...b.values()][0]?.span, { before: before || 'none', after: after || 'none' });
}

function quoted(text: string | undefined): string {
  return text === undefined || text === '' ? 'none' : `\`${text}\``;
}
