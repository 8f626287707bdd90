/** Where Django's `collectstatic` writes, as the project's settings say (docs.djangoproject.com, "Settings", STATIC_ROOT). */
import { joinPath, parentOf, resolvePath } from '../../model/path.ts';
import type { Machine } from '../../simulate/machine.ts';
import type { Arg } from '../../simulate/words.ts';

/** A settings file: its path in the image, and its text. */
interface Settings {
  readonly path: string;
  readonly text: string;
}

/** The directory, where the settings were read and say one; `undefined`: not known. `manage`: the path of manage.py. */
export function staticRoot(manage: string, args: readonly Arg[], machine: Machine): string | undefined {
  const stated = args.map(({ text }) => /^--settings=(.+)$/.exec(text)?.[1]).find((one) => one !== undefined);
  const text = textOf(manage, machine) ?? '';
  const module =
    stated ??
    machine.lookup('DJANGO_SETTINGS_MODULE')?.text ??
    /DJANGO_SETTINGS_MODULE["']\s*,\s*["']([\w.]+)/.exec(text)?.[1];
  if (module === undefined) return undefined;
  return valueIn(joinPath(parentOf(manage), module.replaceAll('.', '/')), machine, 0);
}

/** STATIC_ROOT in a module of settings, or in the one that it takes everything from. */
function valueIn(module: string, machine: Machine, depth: number): string | undefined {
  const paths = [`${module}.py`, joinPath(module, '__init__.py')];
  const path = paths.find((one) => textOf(one, machine) !== undefined);
  if (path === undefined) return undefined;
  const settings = { path, text: textOf(path, machine) as string };
  const value = lastValue('STATIC_ROOT', settings);
  if (value !== undefined) return pathOf(value, settings, machine);
  const base = /^from\s+\.(\w+)\s+import\s+\*/m.exec(settings.text)?.[1];
  return base === undefined || depth > 2 ? undefined : valueIn(joinPath(parentOf(path), base), machine, depth + 1);
}

function textOf(path: string, machine: Machine): string | undefined {
  const file = machine.context.fileAt(path, machine.state.writes);
  return typeof file === 'string' ? undefined : file.text;
}

/** What a name is set to, at the left margin: a value under a condition is not known. */
function lastValue(name: string, { text }: Settings): string | undefined {
  const values = [...text.matchAll(new RegExp(`^([ \\t]*)${name}\\s*=\\s*(.+?)\\s*(?:#.*)?$`, 'gm'))];
  return values.some(([, indent]) => indent !== '') ? undefined : values.at(-1)?.[2];
}

const TEXT = String.raw`["']([^"']*)["']`;

/** A path as settings spell it: a text, parts joined to a directory, a variable of the environment with a default. */
function pathOf(value: string, settings: Settings, machine: Machine): string | undefined {
  const whole = value.replace(/^str\((.*)\)$/, '$1');
  const plain = new RegExp(`^(?:Path\\()?${TEXT}\\)?$`).exec(whole)?.[1];
  if (plain !== undefined) return machine.path(plain);
  const variable = new RegExp(
    `^(?:[\\w.]*environ\\.get|[\\w.]*getenv|env(?:\\.\\w+)?|config)\\(\\s*${TEXT}\\s*(?:,\\s*(?:default=)?(.+))?\\)$`,
  );
  const [isVariable, name = '', fallback] = variable.exec(whole) ?? [];
  if (isVariable !== undefined) {
    const set = machine.lookup(name);
    if (set !== undefined) return machine.path(set);
    return fallback === undefined ? undefined : pathOf(fallback, settings, machine);
  }
  const joined = /^(?:os\.)?(?:path\.)?join\(\s*([^,]+),(.+)\)$/.exec(whole) ?? /^(\w+)\s*\/(.+)$/.exec(whole);
  if (joined === null) return undefined;
  const parts = [...(joined[2] as string).matchAll(new RegExp(TEXT, 'g'))].map(([, part]) => part as string);
  const rest = (joined[2] as string).replace(new RegExp(TEXT, 'g'), '');
  const base = directoryOf((joined[1] as string).trim(), settings, machine);
  return base === undefined || parts.length === 0 || /[^\s,/]/.test(rest)
    ? undefined
    : resolvePath(base, parts.join('/'));
}

/** A directory that is a text, or so many above the settings (`Path(__file__).resolve().parent.parent`). */
function directoryOf(name: string, settings: Settings, machine: Machine): string | undefined {
  const plain = new RegExp(`^${TEXT}$`).exec(name)?.[1];
  if (plain !== undefined) return machine.path(plain);
  const value = /^\w+$/.test(name) ? lastValue(name, settings) : undefined;
  if (value?.includes('__file__') !== true) return undefined;
  const above = value.match(/\bdirname\b|\.parent\b/g)?.length ?? 0;
  if (
    above === 0 ||
    value.replace(/os\.path\.|dirname|abspath|realpath|Path|resolve|absolute|parent|__file__|[().\s]/g, '') !== ''
  )
    return undefined;
  let path = settings.path;
  for (let step = 0; step < above; step++) path = parentOf(path);
  return path;
}
